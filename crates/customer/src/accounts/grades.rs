//! Tiers and stages: built-in ones, and what the company calls them.

use chrono::{DateTime, Utc};
use kehu_core::{Administrator, Locale};
use kehu_platform::db::{DbFault, Tx, execute, rows};
use kehu_platform::journal::{self, Entry};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult};
use kehu_platform::{Error, Invalid, values};
use serde_json::json;

use super::model::{Grade, GradeKind};
use crate::ledger::{STAGE_CODES, TIER_CODES};
use crate::t::accounts as t;

/// The company's tiers or stages in order, the built-in ones where it has not changed them.
pub async fn grades(on: &impl ConnectionTrait, kind: GradeKind) -> Result<Vec<Grade>, DbFault> {
    #[derive(FromQueryResult)]
    struct GradeRow {
        code: String,
        name: String,
        position: i32,
        archived_at: Option<DateTime<Utc>>,
    }
    let sql = "select code, name, position, archived_at from account_grades where kind = $1 order by position, code";
    let own: Vec<GradeRow> = rows(on, sql, values![kind.code()]).await?;
    let built_in: &[&str] = match kind {
        GradeKind::Tier => &TIER_CODES,
        GradeKind::Stage => &STAGE_CODES,
    };
    let mut grades: Vec<Grade> = own
        .into_iter()
        .map(|r| Grade { kind, code: r.code, name: r.name, position: r.position, archived: r.archived_at.is_some() })
        .collect();
    for (place, code) in (0..).zip(built_in) {
        if !grades.iter().any(|g| g.code == *code) {
            let (code, name) = ((*code).to_owned(), String::new());
            grades.push(Grade { kind, code, name, position: place, archived: false });
        }
    }
    grades.sort_by(|a, b| (a.position, &a.code).cmp(&(b.position, &b.code)));
    Ok(grades)
}

/// What a tier or stage is called: by the company, else by us, else its code.
pub fn grade_name(l: Locale, grades: &[Grade], code: &str) -> String {
    let own = grades.iter().find(|g| g.code == code).map(|g| g.name.as_str()).filter(|name| !name.is_empty());
    own.map_or_else(|| built_in_name(l, code).to_owned(), str::to_owned)
}

fn built_in_name(l: Locale, code: &str) -> &str {
    match code {
        "strategic" => t::tier_strategic(l),
        "core" => t::tier_core(l),
        "key" => t::tier_key(l),
        "general" => t::tier_general(l),
        "prospect" => t::stage_prospect(l),
        "active" => t::stage_active(l),
        "dormant" => t::stage_dormant(l),
        "lost" => t::stage_lost(l),
        other => other,
    }
}

/// Names a grade, or adds one; which tiers are key is a parameter of the rulebook (4.4.1).
pub async fn set_grade(tx: &Tx, by: Administrator<'_>, now: DateTime<Utc>, grade: Grade) -> Result<(), Error> {
    let mut invalid = Invalid::default();
    let sound = !grade.code.is_empty()
        && grade.code.len() <= 30
        && grade.code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !sound {
        invalid.add("code", "malformed", t::grade_code_malformed);
    }
    if grade.name.chars().count() > 30 {
        invalid.add("name", "too_long", |l| t::too_long(l, 30));
    }
    invalid.check()?;
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
    let entry = Entry::new("grade", kehu_core::fresh(now), "set").after(
        json!({ "kind": grade.kind.code(), "code": grade.code, "name": grade.name, "archived": grade.archived }),
    );
    journal::record(tx, &by, now, entry).await?;
    Ok(())
}
