//! The append-only record of who did what to which record when, with the values before and after.
//! It is written in the transaction of the change itself: the timeline of every page, the audit
//! trail, and what open pages and other nodes follow. Sealed in hash-chained batches, so that
//! tampering shows.

mod seal;
#[cfg(test)]
mod seal_tests;

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, Actor, Door, JournalId, MemberId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::db::{DbFault, Migration, Tx, execute, insert_all, placeholders, rows};
use crate::{kept, values};

pub use seal::{Inspection, MIGRATION as SEALS, Seal, inspect, keep_sealed, seal};

pub const MIGRATION: Migration = Migration {
    name: "2026_11_24_02_journal",
    sql: "
create table journal (
  seq serial_key,
  id uuid not null unique,
  at timestamp not null,
  member_id uuid,
  actor_name text not null,
  door text not null,
  verb text not null,
  record_kind text not null,
  record_id uuid not null,
  account_id uuid,
  before_values json,
  after_values json
);
create index journal_record on journal (record_kind, record_id, seq);
create index journal_account on journal (account_id, seq);
",
};

/// One change about to be journaled.
#[derive(Debug)]
pub struct Entry {
    /// Past-tense verb in code form: `created`, `tier_changed`.
    pub verb: &'static str,
    pub record_kind: &'static str,
    pub record_id: Uuid,
    /// The account that the record belongs to, for its timeline and for open pages. What belongs to none is the
    /// company's own order, which is [`kept`] in memory until such an entry is made.
    pub account: Option<AccountId>,
    pub before: Option<Json>,
    pub after: Option<Json>,
}

impl Entry {
    pub fn new(record_kind: &'static str, record_id: impl Into<Uuid>, verb: &'static str) -> Self {
        Self { verb, record_kind, record_id: record_id.into(), account: None, before: None, after: None }
    }

    pub fn account(mut self, account: AccountId) -> Self {
        self.account = Some(account);
        self
    }

    pub fn before(mut self, values: Json) -> Self {
        self.before = Some(values);
        self
    }

    pub fn after(mut self, values: Json) -> Self {
        self.after = Some(values);
        self
    }
}

/// The values of a record before and after a change, only those that differ.
pub fn changed(before: Json, after: Json) -> (Json, Json) {
    let (Json::Object(mut before), Json::Object(mut after)) = (before, after) else { return (Json::Null, Json::Null) };
    before.retain(|key, value| after.get(key) != Some(&*value));
    after.retain(|key, _| before.contains_key(key));
    (Json::Object(before), Json::Object(after))
}

const WRITTEN: [&str; 11] = [
    "id",
    "at",
    "member_id",
    "actor_name",
    "door",
    "verb",
    "record_kind",
    "record_id",
    "account_id",
    "before_values",
    "after_values",
];

/// Writes one entry in the running transaction.
pub async fn record(tx: &Tx, actor: &Actor, now: DateTime<Utc>, entry: Entry) -> Result<(), DbFault> {
    record_all(tx, actor, now, vec![entry]).await
}

/// Writes many entries in the running transaction: what a bulk change leaves behind.
pub async fn record_all(tx: &Tx, actor: &Actor, now: DateTime<Utc>, entries: Vec<Entry>) -> Result<(), DbFault> {
    let made = |entry| Past { at: now, member: actor.member, name: actor.name.clone(), door: actor.door, entry };
    enter(tx, entries.into_iter().map(made).collect()).await
}

/// An entry with who made it and when.
#[derive(Debug)]
pub struct Past {
    pub at: DateTime<Utc>,
    pub member: Option<MemberId>,
    pub name: String,
    pub door: Door,
    pub entry: Entry,
}

fn written(past: Past) -> Vec<Value> {
    let entry = past.entry;
    values![
        JournalId::new(past.at).uuid(),
        past.at,
        past.member.map(|m| m.uuid()),
        past.name,
        past.door.code(),
        entry.verb,
        entry.record_kind,
        entry.record_id,
        entry.account.map(|a| a.uuid()),
        entry.before,
        entry.after,
    ]
}

/// Writes entries behind what is there, in their own order.
pub async fn enter(tx: &Tx, history: Vec<Past>) -> Result<(), DbFault> {
    if history.iter().any(|past| past.entry.account.is_none()) {
        kept::move_on(tx).await?;
    }
    insert_all(&**tx, "journal", &WRITTEN, history.into_iter().map(written).collect()).await
}

/// Writes the history that a company brings along. What its founding has journaled so far is put
/// in with it, all in the order of the moments; the journal must hold nothing else.
pub async fn record_past(tx: &Tx, history: Vec<Past>) -> Result<(), DbFault> {
    let meanwhile: Vec<Journaled> = rows(&**tx, &format!("select {COLUMNS} from journal order by seq"), vec![]).await?;
    execute(&**tx, "delete from journal", vec![]).await?;
    let mut all: Vec<(DateTime<Utc>, Vec<Value>)> = Vec::new();
    for done in meanwhile {
        all.push((
            done.at,
            values![
                JournalId::new(done.at).uuid(),
                done.at,
                done.member_id,
                done.actor_name,
                done.door,
                done.verb,
                done.record_kind,
                done.record_id,
                done.account_id,
                done.before_values,
                done.after_values,
            ],
        ));
    }
    all.extend(history.into_iter().map(|past| (past.at, written(past))));
    all.sort_by_key(|(at, _)| *at);
    insert_all(&**tx, "journal", &WRITTEN, all.into_iter().map(|(_, row)| row).collect()).await
}

/// An entry as read back.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Journaled {
    pub seq: i64,
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub member_id: Option<Uuid>,
    pub actor_name: String,
    pub door: String,
    pub verb: String,
    pub record_kind: String,
    pub record_id: Uuid,
    pub account_id: Option<Uuid>,
    pub before_values: Option<Json>,
    pub after_values: Option<Json>,
}

const COLUMNS: &str =
    "seq, id, at, member_id, actor_name, door, verb, record_kind, record_id, account_id, before_values, after_values";

/// The history of one record, oldest first.
pub async fn of_record(on: &impl ConnectionTrait, kind: &str, id: impl Into<Uuid>) -> Result<Vec<Journaled>, DbFault> {
    let sql = format!("select {COLUMNS} from journal where record_kind = $1 and record_id = $2 order by seq");
    rows(on, &sql, values![kind, id.into()]).await
}

/// The first entry about each of the records: who made it.
pub async fn first_of(on: &impl ConnectionTrait, kind: &str, ids: &[Uuid]) -> Result<Vec<Journaled>, DbFault> {
    let mut found = Vec::new();
    for chunk in ids.chunks(500) {
        let sql = format!(
            "select {COLUMNS} from journal j where record_kind = $1 and record_id in ({})
             and seq = (select min(k.seq) from journal k where k.record_kind = j.record_kind and k.record_id = j.record_id)",
            placeholders(1, chunk.len())
        );
        let mut values = values![kind];
        values.extend(chunk.iter().map(|id| Value::from(*id)));
        found.extend(rows::<Journaled>(on, &sql, values).await?);
    }
    Ok(found)
}

/// The latest entries about an account, newest first, before the given place.
pub async fn of_account(
    on: &impl ConnectionTrait,
    account: AccountId,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Journaled>, DbFault> {
    let sql =
        format!("select {COLUMNS} from journal where account_id = $1 and seq < $2 order by seq desc limit {limit}");
    rows(on, &sql, values![account.uuid(), before.unwrap_or(i64::MAX)]).await
}

/// What was written after the given place, oldest first: how pages and other nodes follow.
pub async fn since(on: &impl ConnectionTrait, seq: i64, limit: u64) -> Result<Vec<Journaled>, DbFault> {
    let sql = format!("select {COLUMNS} from journal where seq > $1 order by seq limit {limit}");
    rows(on, &sql, values![seq]).await
}

#[derive(FromQueryResult)]
struct Last {
    seq: Option<i64>,
}

/// The place of the newest entry, 0 when there is none.
pub async fn last(on: &impl ConnectionTrait) -> Result<i64, DbFault> {
    Ok(crate::db::row::<Last>(on, "select max(seq) as seq from journal", vec![])
        .await?
        .and_then(|l| l.seq)
        .unwrap_or(0))
}

#[derive(FromQueryResult)]
struct Newest {
    at: DateTime<Utc>,
}

/// When the newest entry was written.
pub async fn last_moment(on: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>, DbFault> {
    let sql = "select at from journal order by seq desc limit 1";
    Ok(crate::db::row::<Newest>(on, sql, vec![]).await?.map(|newest| newest.at))
}
