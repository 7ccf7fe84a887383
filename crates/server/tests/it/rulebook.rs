//! Reading the rulebook, changing it and putting a version in force, through HTTP.

use axum::http::StatusCode;
use kehu_core::{Actor, Locale, Position};
use kehu_platform::db::Lock;
use kehu_platform::web::App;
use kehu_rulebook::versions;
use kehu_testkit::{TestDatabase, both_databases};

use crate::client::Client;
use crate::people::{self, PASSWORD};

both_databases!(crate::people::migrated =>
    everybody_reads_the_rulebook_and_only_some_may_change_it,
    a_parameter_is_changed_where_it_stands_and_comes_into_force_by_approval,
    a_value_out_of_bounds_is_refused_beside_its_field,
    a_member_confirms_having_read_it,
    every_page_of_the_rulebook_reads_in_every_language,
);

/// A company on 24 November 2026 with version 1 in force, a team leader, two leaders and an account manager.
async fn company(database: &TestDatabase) -> App {
    let app = people::company(database).await;
    let now = app.clock.now();
    app.db
        .write(Lock::company(), async |tx| {
            versions::adopt_builtin(tx, &Actor::system(), now, "2026-01-01".parse().unwrap()).await
        })
        .await
        .unwrap();
    for (login, position, locale) in [
        ("lead", Position::TeamLead, Locale::En),
        ("chief", Position::CompanyLeadership, Locale::ZhHans),
        ("manager", Position::AccountManager, Locale::ZhHant),
        ("hr", Position::HumanResources, Locale::En),
    ] {
        people::joins_as(&app, login, login, position, locale).await;
    }
    app
}

async fn enters(app: &App, login: &str) -> Client {
    Client::signed_in(app, login, PASSWORD).await
}

/// The value of a hidden field of the page.
fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let field = format!("name=\"{name}\" value=\"");
    let start = page.find(&field).unwrap_or_else(|| panic!("no field {name}")) + field.len();
    page[start..].split('"').next().unwrap()
}

const CALLS: [(&str, &str); 3] = [("clause", "4.4.1"), ("parameter", "calls_per_week"), ("seen", "1")];

async fn everybody_reads_the_rulebook_and_only_some_may_change_it(database: &TestDatabase) {
    let app = company(database).await;
    let mut manager = enters(&app, "manager").await;
    let page = manager.get("/rulebook").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("id=\"c4.4.1\"") && !page.body.contains("set-4.4.1"), "no form for those who may not");
    let clause = page.body.split("id=\"c4.4.2\"").nth(1).unwrap().split("id=\"c4.4.3\"").next().unwrap();
    assert!(clause.contains("指引條款"), "a clause without a rule says so: {clause}");
    assert!(page.body.contains("/obligations?clause=4.4.1"));
    for (path, fields) in [("/rulebook/parameters", &CALLS[..]), ("/rulebook/draft", &[])] {
        assert_eq!(manager.post(path, fields).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(manager.get("/rulebook/draft").await.status, StatusCode::FORBIDDEN);
    assert_eq!(manager.get("/rulebook/versions/1/readings").await.status, StatusCode::FORBIDDEN);
}

async fn a_parameter_is_changed_where_it_stands_and_comes_into_force_by_approval(database: &TestDatabase) {
    let app = company(database).await;
    let mut lead = enters(&app, "lead").await;
    lead.get("/rulebook").await;
    let fields = [&CALLS[..], &[("p-calls_per_week", "2")]].concat();
    assert_eq!(lead.post("/rulebook/parameters", &fields).await.location, "/rulebook#c4.4.1");
    assert!(lead.get("/rulebook").await.body.contains("draft: 2 calls"));
    let draft = lead.get("/rulebook/draft").await.body;
    let row = [("id", hidden(&draft, "id")), ("version", hidden(&draft, "version"))];
    let submission = [&row[..], &[("summary", "Twice a week"), ("in_force_from", "2026-12-01")]].concat();
    assert_eq!(lead.post("/rulebook/draft/submit", &submission).await.status, StatusCode::SEE_OTHER);

    let mut chief = enters(&app, "chief").await;
    let draft = chief.get("/rulebook/draft").await.body;
    assert!(draft.contains("Twice a week"));
    let row = [("id", hidden(&draft, "id")), ("version", hidden(&draft, "version"))];
    let approval = [&row[..], &[("in_force_from", "2026-12-01")]].concat();
    assert_eq!(lead.post("/rulebook/draft/approve", &approval).await.status, StatusCode::FORBIDDEN);
    assert_eq!(chief.post("/rulebook/draft/approve", &approval).await.location, "/rulebook/versions");

    let today = lead.get("/rulebook").await.body;
    assert!(today.contains("Version 2 has been approved"), "it is announced and does not count yet");
    let difference = lead.get("/rulebook/versions/2/difference").await.body;
    assert!(difference.contains("<del>1 call</del>") && difference.contains("<ins>2 calls</ins>"), "{difference}");
    app.clock.set("2026-12-01T02:00:00Z".parse().unwrap());
    assert!(lead.get("/rulebook").await.body.contains("in force from 1 Dec 2026"));
}

async fn a_value_out_of_bounds_is_refused_beside_its_field(database: &TestDatabase) {
    let app = company(database).await;
    let mut lead = enters(&app, "lead").await;
    lead.get("/rulebook").await;
    let fields = [&CALLS[..], &[("p-calls_per_week", "99")]].concat();
    let answer = lead.post("/rulebook/parameters", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Not more than 7 calls") && answer.body.contains("value=\"99\""));
    assert_eq!(versions::open(app.db.read()).await.unwrap(), None);
}

async fn a_member_confirms_having_read_it(database: &TestDatabase) {
    let app = company(database).await;
    let mut manager = enters(&app, "manager").await;
    assert!(manager.get("/rulebook").await.body.contains("/rulebook/versions/1/read\""));
    assert_eq!(manager.post("/rulebook/versions/1/read", &[]).await.status, StatusCode::SEE_OTHER);
    assert!(!manager.get("/rulebook").await.body.contains("/rulebook/versions/1/read\""));
    let mut hr = enters(&app, "hr").await;
    let readings = hr.get("/rulebook/versions/1/readings").await.body;
    assert!(readings.contains("read by 1 of 5"), "{readings}");
}

async fn every_page_of_the_rulebook_reads_in_every_language(database: &TestDatabase) {
    let app = company(database).await;
    let mut lead = enters(&app, "lead").await;
    lead.get("/rulebook").await;
    lead.post("/rulebook/draft", &[]).await;
    let open = versions::open(app.db.read()).await.unwrap().unwrap();
    let mut chief = enters(&app, "chief").await;
    for client in [&mut lead, &mut chief] {
        for path in [
            "/rulebook",
            "/rulebook/draft",
            "/rulebook/draft/clauses/4.4.1",
            "/rulebook/draft/clauses/1.1",
            "/rulebook/versions",
            "/rulebook/versions/1",
            &format!("/rulebook/versions/{}", open.id),
            "/rulebook/versions/1/export",
            "/rulebook/export",
        ] {
            assert_eq!(client.get(path).await.status, StatusCode::OK, "{path}");
        }
        for path in ["/rulebook/versions/9", "/rulebook/versions/x", "/rulebook/draft/clauses/9.9.9"] {
            assert_eq!(client.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
