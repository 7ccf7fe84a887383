//! Writing the index, in the transaction that writes the record.

use sea_orm::{ConnectionTrait, DbBackend};
use uuid::Uuid;

use super::fold::{pinyin_initials, words};
use crate::db::{DbFault, Migration, Tx, execute};
use crate::values;

pub const MIGRATION: Migration = Migration { name: "2026_11_24_03_search", sql: crate::db::SEARCH_INDEX };

/// Indexes a record anew: its texts, and the pinyin initials of its names.
pub async fn put(tx: &Tx, kind: &str, record: impl Into<Uuid>, names: &[&str], texts: &[&str]) -> Result<(), DbFault> {
    let record = record.into();
    let all = all_words(names, texts);
    if tx.get_database_backend() == DbBackend::Postgres {
        execute(
            &**tx,
            "insert into search_entries (kind, record_id, words) values ($1, $2, to_tsvector('simple', $3))
             on conflict (kind, record_id) do update set words = excluded.words",
            values![kind, record, all],
        )
        .await?;
    } else {
        remove(tx, kind, record).await?;
        execute(&**tx, "insert into search_entries (kind, record_id) values ($1, $2)", values![kind, record]).await?;
        execute(
            &**tx,
            "insert into search_words (rowid, words) select rowid, $3 from search_entries where kind = $1 and record_id = $2",
            values![kind, record, all],
        )
        .await?;
    }
    Ok(())
}

/// All that a record is found by.
pub(super) fn all_words(names: &[&str], texts: &[&str]) -> String {
    let mut all: Vec<String> = names.iter().chain(texts).map(|text| words(text)).collect();
    all.extend(names.iter().flat_map(|name| pinyin_initials(name)));
    all.join(" | ")
}

/// Takes a record out of the index.
pub async fn remove(tx: &Tx, kind: &str, record: impl Into<Uuid>) -> Result<(), DbFault> {
    let record = record.into();
    if tx.get_database_backend() != DbBackend::Postgres {
        execute(
            &**tx,
            "delete from search_words where rowid = (select rowid from search_entries where kind = $1 and record_id = $2)",
            values![kind, record],
        )
        .await?;
    }
    execute(&**tx, "delete from search_entries where kind = $1 and record_id = $2", values![kind, record]).await?;
    Ok(())
}
