//! Seals on the journal. Each covers the entries since the one before it with a digest that also takes in the
//! earlier digest, so an entry that is changed, removed or slipped in later breaks every seal from there on.
//! Whoever notes the newest digest outside the database can prove the whole of it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use sha2::{Digest as _, Sha256};

use super::{COLUMNS, Journaled};
use crate::db::{Db, DbFault, Lock, Migration, Tx, execute, row, rows};
use crate::values;
use crate::web::App;

pub const MIGRATION: Migration = Migration {
    name: "2026_11_24_30_journal_seals",
    sql: "
create table journal_seals (
  last_seq bigint not null primary key,
  first_seq bigint not null unique,
  entries bigint not null,
  digest text not null,
  sealed_at timestamp not null
);
",
};

/// How often the journal is looked after.
const EVERY: Duration = Duration::from_secs(10 * 60);
/// Entries wait so long, so that a quiet company gets a seal an hour and not one a call.
const SETTLED: TimeDelta = TimeDelta::hours(1);
/// So many entries make a seal at once, and no seal covers more.
const BATCH: u64 = 5_000;

const SEALS: &str = "select first_seq, last_seq, entries, digest, sealed_at from journal_seals";

/// The seal on a run of entries.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Seal {
    pub first_seq: i64,
    pub last_seq: i64,
    pub entries: i64,
    /// SHA-256 in hexadecimal over the digest before and the entries.
    pub digest: String,
    pub sealed_at: DateTime<Utc>,
}

/// What the seals say about the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inspection {
    /// Every seal holds; the newest, if there is one, and how many entries came after it.
    Whole { newest: Option<Seal>, unsealed: i64 },
    /// The first seal that does not hold: something under it was changed, removed or slipped in.
    Broken(Seal),
}

/// Seals the journal now and then until the process stops.
pub async fn keep_sealed(app: App) {
    loop {
        if let Err(fault) = seal(&app.db, app.clock.now()).await {
            tracing::error!(%fault, "sealing the journal");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Puts seals on what has settled; answers how many.
pub async fn seal(db: &Db, now: DateTime<Utc>) -> Result<usize, DbFault> {
    let mut made = 0;
    while is_due(db.read(), now).await? {
        // Alone with the company, so that no entry with a lower place is still to be committed.
        let sealed = db.write(Lock::company(), async |tx| next(tx, now).await).await?;
        made += usize::from(sealed);
    }
    Ok(made)
}

async fn is_due(on: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, DbFault> {
    let after = newest(on).await?.map_or(0, |seal| seal.last_seq);
    let Some(oldest) = moment_after(on, after, 0).await? else { return Ok(false) };
    Ok(oldest <= now - SETTLED || moment_after(on, after, BATCH - 1).await?.is_some())
}

async fn next(tx: &Tx, now: DateTime<Utc>) -> Result<bool, DbFault> {
    let before = newest(&**tx).await?;
    let after = before.as_ref().map_or(0, |seal| seal.last_seq);
    let waiting = entries(&**tx, after, i64::MAX, BATCH).await?;
    let Some(last) = waiting.last() else { return Ok(false) };
    let digest = digest(before.as_ref().map_or("", |seal| &seal.digest), &waiting);
    let sql = "insert into journal_seals (first_seq, last_seq, entries, digest, sealed_at) values ($1, $2, $3, $4, $5)";
    execute(&**tx, sql, values![after + 1, last.seq, waiting.len() as i64, digest, now]).await?;
    Ok(true)
}

/// Reads the whole journal again and compares it with its seals.
pub async fn inspect(on: &impl ConnectionTrait) -> Result<Inspection, DbFault> {
    let seals: Vec<Seal> = rows(on, &format!("{SEALS} order by last_seq"), vec![]).await?;
    let (mut after, mut before) = (0, String::new());
    for seal in &seals {
        let sealed = entries(on, after, seal.last_seq, BATCH + 1).await?;
        let holds = seal.first_seq == after + 1
            && seal.entries == sealed.len() as i64
            && seal.digest == digest(&before, &sealed);
        if !holds {
            return Ok(Inspection::Broken(seal.clone()));
        }
        (after, before) = (seal.last_seq, seal.digest.clone());
    }
    let unsealed = count_after(on, after).await?;
    Ok(Inspection::Whole { newest: seals.last().cloned(), unsealed })
}

async fn newest(on: &impl ConnectionTrait) -> Result<Option<Seal>, DbFault> {
    row(on, &format!("{SEALS} order by last_seq desc limit 1"), vec![]).await
}

async fn entries(on: &impl ConnectionTrait, after: i64, to: i64, limit: u64) -> Result<Vec<Journaled>, DbFault> {
    let sql = format!("select {COLUMNS} from journal where seq > $1 and seq <= $2 order by seq limit {limit}");
    rows(on, &sql, values![after, to]).await
}

/// When the entry was written that stands so many places behind the given one.
async fn moment_after(on: &impl ConnectionTrait, after: i64, places: u64) -> Result<Option<DateTime<Utc>>, DbFault> {
    #[derive(FromQueryResult)]
    struct Written {
        at: DateTime<Utc>,
    }
    let sql = format!("select at from journal where seq > $1 order by seq limit 1 offset {places}");
    Ok(row::<Written>(on, &sql, values![after]).await?.map(|written| written.at))
}

async fn count_after(on: &impl ConnectionTrait, after: i64) -> Result<i64, DbFault> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let counted = row::<Count>(on, "select count(*) as n from journal where seq > $1", values![after]).await?;
    Ok(counted.map_or(0, |count| count.n))
}

/// The digest over the one before and every field of the entries, each told apart from the next.
fn digest(before: &str, entries: &[Journaled]) -> String {
    let mut hash = Sha256::new();
    let mut take = |field: &[u8]| {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    };
    take(before.as_bytes());
    for entry in entries {
        take(&entry.seq.to_be_bytes());
        take(entry.id.as_bytes());
        take(&entry.at.timestamp_micros().to_be_bytes());
        take(entry.member_id.as_ref().map_or(&[][..], |id| id.as_bytes()));
        for text in [&entry.actor_name, &entry.door, &entry.verb, &entry.record_kind] {
            take(text.as_bytes());
        }
        take(entry.record_id.as_bytes());
        take(entry.account_id.as_ref().map_or(&[][..], |id| id.as_bytes()));
        for values in [&entry.before_values, &entry.after_values] {
            take(values.as_ref().map(ToString::to_string).unwrap_or_default().as_bytes());
        }
    }
    hex::encode(hash.finalize())
}
