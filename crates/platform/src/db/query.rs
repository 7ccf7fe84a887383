//! SQL into plain row structs, with `$1, $2, …` on both databases.

use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

use super::DbFault;

/// All rows of a query.
pub async fn rows<T: FromQueryResult>(
    on: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<T>, DbFault> {
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
    on.query_all_raw(statement)
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
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
    on.query_one_raw(statement).await?.map(|found| T::from_query_result(&found, "").map_err(DbFault::from)).transpose()
}

/// Runs a statement; answers how many rows it touched.
pub async fn execute(on: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<u64, DbFault> {
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
    Ok(on.execute_raw(statement).await?.rows_affected())
}

/// `$3, $4, $5` for `count` values after the first `after`: the inside of an `in (…)`.
pub fn placeholders(after: usize, count: usize) -> String {
    (after + 1..=after + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}
