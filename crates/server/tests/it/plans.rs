//! No page that people open all day reads a big table from end to end. The pages are asked for and
//! every query that they make is put to SQLite's planner.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use kehu::{compose, demo};
use kehu_core::Clock;
use kehu_platform::db::{Db, TOLD, rows};
use kehu_platform::sea_orm::FromQueryResult;
use kehu_platform::sign_in::DEMO_PASSWORD;
use kehu_testkit::{Backend, database};
use tracing::field::{Field, Visit};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};

use crate::client::Client;

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

/// Keeps the text of every query.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<BTreeSet<String>>>);

impl<S: tracing::Subscriber> Layer<S> for Told {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == TOLD {
            event.record(&mut self.clone());
        }
    }
}

impl Visit for Told {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "sql" {
            self.0.lock().unwrap().insert(value.to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
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
        let db = Db::connect(database.url()).await.unwrap();
        let now = "2026-11-24T06:30:00Z".parse().unwrap();
        demo::seed(&db, now).await.unwrap();
        let app = compose::app(db.clone(), Clock::standing_at(now), false);
        let told = Told::default();
        let _listening = tracing::subscriber::set_default(tracing_subscriber::registry().with(told.clone()));
        // Queries of a test beside this one may have been told to nobody before, which is remembered.
        Client::signed_in(&app, "songjie", DEMO_PASSWORD).await;
        tracing::callsite::rebuild_interest_cache();
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
        for page in ["/", "/?view=company", "/board", "/compliance?period=month", "/compliance?by=team"] {
            assert!(leadership.get(page).await.status.is_success(), "{page}");
        }
        let queries: Vec<String> = told.0.lock().unwrap().iter().cloned().collect();
        assert!(queries.len() > 40, "{} queries were told", queries.len());
        let control = scans(&db, "select count(*) as n from obligations o where o.title = $1").await;
        assert_eq!(control.len(), 1, "a scan is seen when there is one");
        let mut found = Vec::new();
        for sql in queries.iter().filter(|sql| !sql.starts_with("explain")) {
            for step in scans(&db, sql).await {
                found.push(format!("{step}\n{sql}\n"));
            }
        }
        assert!(found.is_empty(), "{} scans:\n{}", found.len(), found.join("\n"));
    });
}
