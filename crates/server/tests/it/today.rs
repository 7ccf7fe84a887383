//! Today, compliance and the page of one obligation through HTTP, in the demo company.

use axum::http::StatusCode;
use kehu_platform::db::rows;
use kehu_platform::sea_orm::FromQueryResult;
use kehu_platform::values;
use kehu_platform::web::App;
use kehu_testkit::{Backend, TestDatabase, both_databases, database};
use uuid::Uuid;

use crate::demo::{client, company};

both_databases!(crate::demo::migrated =>
    a_manager_sees_a_dozen_rows_and_the_actions_that_clear_them,
    a_waiver_goes_from_the_manager_to_the_leader_and_back,
);

/// An obligation of the member in the state.
async fn one_of(app: &App, login: &str, state: &str) -> Uuid {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
    }
    let sql = "select o.id from obligations o join members m on m.id = o.owner_id
        where m.login = $1 and o.state = $2 and o.to_confirm = false and o.window_key <> '' order by o.due_at desc limit 1";
    rows::<Found>(app.db.read(), sql, values![login, state]).await.unwrap()[0].id
}

async fn a_manager_sees_a_dozen_rows_and_the_actions_that_clear_them(database: &TestDatabase) {
    let app = company(database).await;
    let mut manager = client(&app, "linxiao").await;
    let today = manager.get("/").await;
    assert_eq!(today.status, StatusCode::OK);
    let open = today.body.matches("<article class=\"k-owed\"").count() + today.body.matches("k-owed-fold").count();
    let folded = today
        .body
        .split("k-owed-inside")
        .skip(1)
        .map(|part| part.split("</details>").next().unwrap().matches("<article").count());
    let rows = open - folded.sum::<usize>();
    assert!((3..=20).contains(&rows), "{rows} rows");
    for action in ["/record?account=", "/record/quick?account=", "/answer", "/rulebook#c4.4.1"] {
        assert!(today.body.contains(action), "{action}");
    }
    assert!(today.body.contains("owner:"), "the page refreshes when something of its reader's changes");
    let list = manager.get("/obligations?period=quarter&state=met&page=99").await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.body.contains("/obligations/"), "a page beyond the last shows the last");
}

async fn a_waiver_goes_from_the_manager_to_the_leader_and_back(database: &TestDatabase) {
    let app = company(database).await;
    let id = one_of(&app, "huangsiyuan", "open").await;
    let page = format!("/obligations/{id}");
    let mut manager = client(&app, "huangsiyuan").await;
    manager.get(&page).await;
    let refused = manager.post(&format!("{page}/waivers"), &[("words", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let asked = manager.post(&format!("{page}/waivers"), &[("words", "停产检修，双方约定不通话")]).await;
    assert_eq!((asked.status, asked.location.as_str()), (StatusCode::SEE_OTHER, page.as_str()));

    let mut leader = client(&app, "liangzhenyu").await;
    assert!(leader.get("/").await.body.contains(&format!("{page}#decide")));
    let body = leader.get(&page).await.body;
    let action = body.split("action=\"/waivers/").nth(1).unwrap().split('"').next().unwrap();
    let decided = leader.post(&format!("/waivers/{action}"), &[("decision", "approve"), ("words", "")]).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER);
    let waived = one_of(&app, "huangsiyuan", "waived").await;
    assert_eq!(waived, id);
    let again = leader.post(&format!("/waivers/{action}"), &[("decision", "approve"), ("words", "")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}

#[test]
fn every_position_sees_what_the_permissions_say() {
    database::run(Backend::Sqlite, crate::demo::migrated, async |database| {
        let app = company(database).await;
        let id = one_of(&app, "huangsiyuan", "missed").await;
        let page = format!("/obligations/{id}");
        // Login, the page of somebody's missed obligation, whether it names the customer and the person.
        for (login, status, customer, person) in [
            ("huangsiyuan", StatusCode::OK, true, true),
            ("liangzhenyu", StatusCode::OK, true, true),
            ("shenguoliang", StatusCode::OK, true, false),
            ("fangyaqin", StatusCode::OK, false, true),
            ("sumin", StatusCode::NOT_FOUND, false, false),
            ("songjie", StatusCode::NOT_FOUND, false, false),
            ("baiyuxuan", StatusCode::NOT_FOUND, false, false),
        ] {
            let mut client = client(&app, login).await;
            for everybodys in ["/", "/?view=team", "/?view=company", "/compliance?period=year"] {
                assert_eq!(client.get(everybodys).await.status, StatusCode::OK, "{login} {everybodys}");
            }
            let answer = client.get(&page).await;
            assert_eq!(answer.status, status, "{login}");
            assert_eq!(answer.body.contains("/accounts/0"), customer, "{login} and the customer");
            assert_eq!(answer.body.contains("黄思远"), person, "{login} and the person");
            let meddles = client.post(&format!("{page}/confirmation"), &[]).await.status;
            assert!(meddles.is_client_error(), "{login} {meddles}");
        }
    });
}
