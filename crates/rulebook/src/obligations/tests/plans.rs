//! Today and the board ask for little: each of their queries goes by an index.

use kehu_platform::db::{Db, rows};
use kehu_platform::sea_orm::FromQueryResult;
use kehu_testkit::Backend;

use super::super::queries::plans;

#[derive(FromQueryResult)]
struct Step {
    detail: String,
}

/// Indexes that hold only what waits, however long the history is.
const SMALL: [&str; 3] = ["waivers_pending", "obligations_to_confirm", "explanation_answers_unread"];

/// SQLite tells its plan in words; PostgreSQL reads a small table whole whatever the indexes.
#[test]
fn no_query_of_today_or_the_board_reads_all_obligations() {
    kehu_testkit::database::run(Backend::Sqlite, super::migrated, async |database| {
        let db = Db::connect(database.url()).await.unwrap();
        for query in plans() {
            let plan: Vec<Step> = rows(db.read(), &format!("explain query plan {query}"), vec![]).await.unwrap();
            let plan: Vec<String> = plan.into_iter().map(|step| step.detail).collect();
            let scans = plan.iter().any(|step| {
                step.starts_with("SCAN")
                    && ["obligations", "o", "waivers", "w", "e", "obligation_evidence", "x"].contains(&table(step))
                    && !SMALL.iter().any(|index| step.ends_with(index))
            });
            assert!(!scans, "{query}\n{plan:#?}");
        }
    });
}

fn table(step: &str) -> &str {
    step.split_whitespace().nth(1).unwrap_or_default()
}
