//! No page that people open all day reads a big table from end to end. The pages are asked for and
//! every query that they make is put to SQLite's planner.

use std::cell::RefCell;
use std::collections::BTreeSet;

use kehu_platform::db::{Db, rows, watch};
use kehu_platform::sea_orm::{FromQueryResult, Statement};
use kehu_platform::sign_in::DEMO_PASSWORD;
use kehu_testkit::{Backend, database};

use crate::client::Client;
use crate::demo::company;

/// What grows with the years, and by which names queries call it.
const BIG: [(&str, &[&str]); 9] = [
    ("obligations", &["obligations", "o", "n"]),
    ("obligation_evidence", &["obligation_evidence", "e"]),
    ("communications", &["communications", "c"]),
    ("communication_contacts", &["communication_contacts", "cc"]),
    ("contacts", &["contacts", "p"]),
    ("journal", &["journal", "j"]),
    ("questions", &["questions", "q"]),
    ("minutes", &["minutes"]),
    ("accounts", &["accounts", "a"]),
];

thread_local! {
    /// The text of every query that this thread makes, once it listens.
    static TOLD: RefCell<Option<BTreeSet<String>>> = const { RefCell::new(None) };
}

fn keep(statement: &Statement) {
    TOLD.with_borrow_mut(|told| told.as_mut().map(|told| told.insert(statement.sql.clone())));
}

#[derive(FromQueryResult)]
struct Step {
    detail: String,
}

/// The steps of a query that read a big table, or the whole of one of its indexes.
async fn scans(db: &Db, sql: &str) -> Vec<String> {
    let plan: Vec<Step> = rows(db.read(), &format!("explain query plan {sql}"), vec![]).await.unwrap();
    let big = |name: &str| BIG.iter().any(|(table, names)| names.contains(&name) && sql.contains(table));
    plan.into_iter()
        .map(|step| step.detail)
        .filter(|step| step.starts_with("SCAN") && big(step.split_whitespace().nth(1).unwrap_or_default()))
        // An index of what waits for a leader holds a handful of rows, however long the history is.
        .filter(|step| !step.ends_with("obligations_to_confirm"))
        .collect()
}

#[test]
fn no_page_of_the_day_scans_a_big_table() {
    database::run(Backend::Sqlite, crate::demo::migrated, async |database| {
        let app = company(database).await;
        let db = app.db.clone();
        watch(keep);
        TOLD.set(Some(BTreeSet::new()));
        Client::signed_in(&app, "songjie", DEMO_PASSWORD).await;
        for (login, pages) in [
            (
                "linxiao",
                &[
                    "/",
                    "/board",
                    "/compliance",
                    "/compliance?by=member",
                    "/obligations",
                    "/accounts",
                    "/accounts?sort=name",
                    "/contacts",
                    "/contacts?q=%E7%8E%8B&tier=core",
                ] as &[&str],
            ),
            (
                "liangzhenyu",
                &[
                    "/",
                    "/?view=team",
                    "/board",
                    "/board?tier=core&weeks=52&sort=rate",
                    "/compliance",
                    "/compliance?by=account",
                    "/obligations?state=missed&period=year",
                    "/accounts",
                    "/contacts?from=50",
                    "/contacts?q=%E7%BB%8F%E7%90%86",
                ],
            ),
        ] {
            let mut client = Client::signed_in(&app, login, DEMO_PASSWORD).await;
            let list = client.get("/accounts").await.body;
            let account = list.split("href=\"/accounts/0").nth(1).unwrap().split(['"', '#']).next().unwrap();
            let account = format!("/accounts/0{account}");
            for page in pages.iter().copied().chain([account.as_str()]) {
                assert!(client.get(page).await.status.is_success(), "{page}");
            }
        }
        // Company leadership sees every customer; only what it counts of the whole company reads an index through.
        let mut leadership = Client::signed_in(&app, "shenguoliang", DEMO_PASSWORD).await;
        for page in [
            "/",
            "/?view=company",
            "/contacts?q=%E7%8E%8B",
            "/board",
            "/compliance?period=month",
            "/compliance?by=team",
        ] {
            assert!(leadership.get(page).await.status.is_success(), "{page}");
        }
        let queries = TOLD.take().unwrap();
        assert!(queries.len() > 40, "{} queries were told", queries.len());
        let control = scans(&db, "select count(*) as n from obligations o where o.title = $1").await;
        assert_eq!(control.len(), 1, "a scan is seen when there is one");
        let mut found = Vec::new();
        for sql in &queries {
            for step in scans(&db, sql).await {
                found.push(format!("{step}\n{sql}\n"));
            }
        }
        assert!(found.is_empty(), "{} scans:\n{}", found.len(), found.join("\n"));
    });
}
