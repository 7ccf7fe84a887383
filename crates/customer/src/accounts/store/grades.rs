//! The company's own tiers and stages, and how many accounts are of each.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kehu_platform::db::{DbFault, Tx, execute, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult};
use kehu_platform::values;

use crate::accounts::model::{Grade, GradeKind};

/// Those that the company named or added; the built-in ones are not stored.
pub(in crate::accounts) async fn own_grades(on: &impl ConnectionTrait, kind: GradeKind) -> Result<Vec<Grade>, DbFault> {
    #[derive(FromQueryResult)]
    struct GradeRow {
        code: String,
        name: String,
        position: i32,
        archived_at: Option<DateTime<Utc>>,
    }
    let sql = "select code, name, position, archived_at from account_grades where kind = $1 order by position, code";
    let own: Vec<GradeRow> = rows(on, sql, values![kind.code()]).await?;
    Ok(own
        .into_iter()
        .map(|r| Grade { kind, code: r.code, name: r.name, position: r.position, archived: r.archived_at.is_some() })
        .collect())
}

pub(in crate::accounts) async fn put_grade(tx: &Tx, grade: &Grade, now: DateTime<Utc>) -> Result<(), DbFault> {
    execute(
        &**tx,
        "insert into account_grades (kind, code, name, position, archived_at) values ($1, $2, $3, $4, $5)
         on conflict (kind, code) do update set name = excluded.name, position = excluded.position,
            archived_at = excluded.archived_at",
        values![
            grade.kind.code(),
            grade.code.clone(),
            grade.name.clone(),
            grade.position,
            grade.archived.then_some(now)
        ],
    )
    .await?;
    Ok(())
}

/// How many accounts, archived ones left out, are of each tier or stage.
pub async fn holders(on: &impl ConnectionTrait, kind: GradeKind) -> Result<HashMap<String, i64>, DbFault> {
    #[derive(FromQueryResult)]
    struct Held {
        code: String,
        n: i64,
    }
    let column = kind.code();
    let sql =
        format!("select {column} as code, count(*) as n from accounts where archived_at is null group by {column}");
    let held: Vec<Held> = rows(on, &sql, vec![]).await?;
    Ok(held.into_iter().map(|h| (h.code, h.n)).collect())
}
