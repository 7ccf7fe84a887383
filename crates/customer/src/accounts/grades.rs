//! Tiers and stages: built-in ones, and what the company calls them.

use chrono::{DateTime, Utc};
use kehu_core::{Administrator, Locale};
use kehu_platform::db::{DbFault, Tx};
use kehu_platform::journal::{self, Entry};
use kehu_platform::sea_orm::ConnectionTrait;
use kehu_platform::{Error, Invalid};
use serde_json::json;

use super::model::{Grade, GradeKind};
use super::store;
use crate::duties::Books;
use crate::ledger::{STAGE_CODES, TIER_CODES};
use crate::t::accounts as t;

/// The company's tiers or stages in order, the built-in ones where it has not changed them.
pub async fn grades(on: &impl ConnectionTrait, kind: GradeKind) -> Result<Vec<Grade>, DbFault> {
    let mut grades = store::own_grades(on, kind).await?;
    let built_in: &[&str] = match kind {
        GradeKind::Tier => &TIER_CODES,
        GradeKind::Stage => &STAGE_CODES,
    };
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

/// Adds a tier or stage of the company's own, after the others.
pub async fn add_grade(
    tx: &Tx,
    by: Administrator<'_>,
    now: DateTime<Utc>,
    books: &Books,
    grade: Grade,
) -> Result<(), Error> {
    let all = grades(&**tx, grade.kind).await?;
    if all.iter().any(|known| known.code == grade.code) {
        return Err(Invalid::one("code", "duplicate", t::grade_code_taken).into());
    }
    let position = all.iter().map(|known| known.position + 1).max().unwrap_or(0);
    set_grade(tx, by, now, books, Grade { position, archived: false, ..grade }).await
}

/// Names a grade, places it, or archives one that nothing refers to any more. Which tiers are key is
/// a parameter of the rulebook (4.4.1).
pub async fn set_grade(
    tx: &Tx,
    by: Administrator<'_>,
    now: DateTime<Utc>,
    books: &Books,
    grade: Grade,
) -> Result<(), Error> {
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
    let known = grades(&**tx, grade.kind).await?;
    let newly_archived = grade.archived && !known.iter().any(|g| g.code == grade.code && g.archived);
    if newly_archived {
        refuse_in_use(tx, books, now, &grade, &mut invalid).await?;
    }
    invalid.check()?;
    store::put_grade(tx, &grade, now).await?;
    let entry = Entry::new("grade", kehu_core::fresh(now), "set").after(
        json!({ "kind": grade.kind.code(), "code": grade.code, "name": grade.name, "archived": grade.archived }),
    );
    journal::record(tx, &by, now, entry).await?;
    Ok(())
}

/// A grade of accounts is not archived under them, a key tier not under the rulebook.
async fn refuse_in_use(
    tx: &Tx,
    books: &Books,
    now: DateTime<Utc>,
    grade: &Grade,
    invalid: &mut Invalid,
) -> Result<(), DbFault> {
    let held = store::holders(&**tx, grade.kind).await?.get(&grade.code).copied().unwrap_or_default();
    match grade.kind {
        GradeKind::Tier if held > 0 => invalid.add("archived", "in_use", move |l| t::tier_in_use(l, held)),
        GradeKind::Stage if held > 0 => invalid.add("archived", "in_use", move |l| t::stage_in_use(l, held)),
        _ => {}
    }
    if grade.kind == GradeKind::Tier && books.is_key(&grade.code, now) {
        invalid.add("archived", "key_tier", t::tier_named_key);
    }
    Ok(())
}
