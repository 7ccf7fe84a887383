//! SQL into plain row structs, with `$1, $2, …` on both databases.

use std::sync::OnceLock;

use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

use super::DbFault;

static WATCHER: OnceLock<fn(&Statement)> = OnceLock::new();

/// Shows every statement of this process to the watcher before it runs; the first watcher stays. So a
/// benchmark learns what to ask the bare driver, and a test whose plans to look at.
pub fn watch(watcher: fn(&Statement)) {
    let _ = WATCHER.set(watcher);
}

fn statement(on: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Statement {
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
    if let Some(watcher) = WATCHER.get() {
        watcher(&statement);
    }
    statement
}

/// All rows of a query.
pub async fn rows<T: FromQueryResult>(
    on: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<T>, DbFault> {
    on.query_all_raw(statement(on, sql, values))
        .await?
        .iter()
        .map(|found| T::from_query_result(found, "").map_err(DbFault::from))
        .collect()
}

/// The first row of a query, if there is one.
pub async fn row<T: FromQueryResult>(
    on: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Option<T>, DbFault> {
    on.query_one_raw(statement(on, sql, values))
        .await?
        .map(|found| T::from_query_result(&found, "").map_err(DbFault::from))
        .transpose()
}

/// Runs a statement; answers how many rows it touched.
pub async fn execute(on: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<u64, DbFault> {
    Ok(on.execute_raw(statement(on, sql, values)).await?.rows_affected())
}

/// `$3, $4, $5` for `count` values after the first `after`: the inside of an `in (…)`.
pub fn placeholders(after: usize, count: usize) -> String {
    (after + 1..=after + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

/// How many values one statement carries: the parser looks each `$n` up among those before it.
const VALUES_AT_ONCE: usize = 1000;

/// Inserts many rows of the same columns, many to a statement.
pub async fn insert_all(
    on: &impl ConnectionTrait,
    table: &str,
    columns: &[&str],
    rows: Vec<Vec<Value>>,
) -> Result<(), DbFault> {
    let width = columns.len();
    let at_once = (VALUES_AT_ONCE / width.max(1)).max(1);
    let mut rows = rows.into_iter();
    while !rows.as_slice().is_empty() {
        let chunk: Vec<Vec<Value>> = rows.by_ref().take(at_once).collect();
        let places: Vec<String> = (0..chunk.len()).map(|n| format!("({})", placeholders(n * width, width))).collect();
        let sql = format!("insert into {table} ({}) values {}", columns.join(", "), places.join(", "));
        execute(on, &sql, chunk.into_iter().flatten().collect()).await?;
    }
    Ok(())
}
