//! The versions' rows.

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{MemberId, RulebookVersionId};
use kehu_platform::db::{DbFault, Tx, execute, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::values;
use serde_json::Value as Json;
use uuid::Uuid;

use super::model::{State, Version};

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    number: Option<i64>,
    state: String,
    in_force_from: Option<NaiveDate>,
    summary: String,
    drafted_by: Option<Uuid>,
    drafted_at: DateTime<Utc>,
    submitted_by: Option<Uuid>,
    submitted_at: Option<DateTime<Utc>>,
    decided_by: Option<Uuid>,
    decided_at: Option<DateTime<Utc>>,
    note: String,
    version: i64,
}

impl From<Row> for Version {
    fn from(r: Row) -> Self {
        Self {
            id: r.id.into(),
            number: r.number,
            state: State::from_code(&r.state).unwrap_or(State::Withdrawn),
            in_force_from: r.in_force_from,
            summary: r.summary,
            drafted_by: r.drafted_by.map(MemberId),
            drafted_at: r.drafted_at,
            submitted_by: r.submitted_by.map(MemberId),
            submitted_at: r.submitted_at,
            decided_by: r.decided_by.map(MemberId),
            decided_at: r.decided_at,
            note: r.note,
            version: r.version,
        }
    }
}

const SELECT: &str =
    "select id, number, state, in_force_from, summary, drafted_by, drafted_at, submitted_by, submitted_at,
    decided_by, decided_at, note, version from rulebook_versions";

async fn find(on: &impl ConnectionTrait, condition: &str, values: Vec<Value>) -> Result<Vec<Version>, DbFault> {
    let found: Vec<Row> = rows(on, &format!("{SELECT} {condition}"), values).await?;
    Ok(found.into_iter().map(Version::from).collect())
}

pub async fn version(on: &impl ConnectionTrait, id: RulebookVersionId) -> Result<Option<Version>, DbFault> {
    Ok(find(on, "where id = $1", values![id.uuid()]).await?.pop())
}

pub async fn numbered(on: &impl ConnectionTrait, number: i64) -> Result<Option<Version>, DbFault> {
    Ok(find(on, "where number = $1", values![number]).await?.pop())
}

/// The version that is on its way, if there is one.
pub async fn open(on: &impl ConnectionTrait) -> Result<Option<Version>, DbFault> {
    Ok(find(on, "where state in ('draft', 'submitted', 'returned')", vec![]).await?.pop())
}

/// Every approved version, by number.
pub async fn approved(on: &impl ConnectionTrait) -> Result<Vec<Version>, DbFault> {
    find(on, "where state = 'approved' order by number", vec![]).await
}

/// Every version that ever was, newest first.
pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<Version>, DbFault> {
    find(on, "order by drafted_at desc, id desc", vec![]).await
}

#[derive(FromQueryResult)]
struct Document {
    document: Json,
}

pub(super) async fn document(on: &impl ConnectionTrait, id: RulebookVersionId) -> Result<Option<Json>, DbFault> {
    let sql = "select document from rulebook_versions where id = $1";
    Ok(row::<Document>(on, sql, values![id.uuid()]).await?.map(|found| found.document))
}

pub(super) async fn insert(tx: &Tx, version: &Version, document: Json) -> Result<(), DbFault> {
    let sql =
        "insert into rulebook_versions (id, document, number, state, in_force_from, summary, drafted_by, drafted_at,
        submitted_by, submitted_at, decided_by, decided_at, note, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    let mut values = values![version.id.uuid(), document];
    values.extend(own_values(version));
    execute(&**tx, sql, values).await?;
    Ok(())
}

/// Writes everything but the document.
pub(super) async fn update(tx: &Tx, version: &Version) -> Result<(), DbFault> {
    let sql = "update rulebook_versions set number = $2, state = $3, in_force_from = $4, summary = $5, drafted_by = $6,
        drafted_at = $7, submitted_by = $8, submitted_at = $9, decided_by = $10, decided_at = $11, note = $12,
        version = $13 where id = $1";
    let mut values = values![version.id.uuid()];
    values.extend(own_values(version));
    execute(&**tx, sql, values).await?;
    Ok(())
}

pub(super) async fn update_document(tx: &Tx, id: RulebookVersionId, document: Json) -> Result<(), DbFault> {
    let sql = "update rulebook_versions set document = $2, version = version + 1 where id = $1";
    execute(&**tx, sql, values![id.uuid(), document]).await?;
    Ok(())
}

fn own_values(v: &Version) -> Vec<Value> {
    values![
        v.number,
        v.state.code(),
        v.in_force_from,
        v.summary.clone(),
        v.drafted_by.map(MemberId::uuid),
        v.drafted_at,
        v.submitted_by.map(MemberId::uuid),
        v.submitted_at,
        v.decided_by.map(MemberId::uuid),
        v.decided_at,
        v.note.clone(),
        v.version,
    ]
}

#[derive(FromQueryResult)]
struct ReadingRow {
    member_id: Uuid,
    at: DateTime<Utc>,
}

/// Who has confirmed having read the version, and when.
pub(super) async fn readings(
    on: &impl ConnectionTrait,
    id: RulebookVersionId,
) -> Result<Vec<(MemberId, DateTime<Utc>)>, DbFault> {
    let sql = "select member_id, at from rulebook_readings where version_id = $1 order by at";
    let found: Vec<ReadingRow> = rows(on, sql, values![id.uuid()]).await?;
    Ok(found.into_iter().map(|r| (r.member_id.into(), r.at)).collect())
}

/// Whether the member has confirmed having read the version.
pub async fn has_read(on: &impl ConnectionTrait, id: RulebookVersionId, member: MemberId) -> Result<bool, DbFault> {
    let sql = "select member_id, at from rulebook_readings where version_id = $1 and member_id = $2";
    Ok(row::<ReadingRow>(on, sql, values![id.uuid(), member.uuid()]).await?.is_some())
}

pub(super) async fn insert_reading(
    tx: &Tx,
    id: RulebookVersionId,
    member: MemberId,
    at: DateTime<Utc>,
) -> Result<(), DbFault> {
    let sql = "insert into rulebook_readings (version_id, member_id, at) values ($1, $2, $3)";
    execute(&**tx, sql, values![id.uuid(), member.uuid(), at]).await?;
    Ok(())
}
