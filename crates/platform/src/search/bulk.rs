//! Writing the index for many records at once, as an import does.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value};
use uuid::Uuid;

use super::index::all_words;
use crate::db::{DbFault, Tx, execute, placeholders, rows};
use crate::values;

/// Rows written by one statement.
const BULK: usize = 200;

/// A record with what it is found by: as written, and the names also by their pinyin initials.
#[derive(Clone, Debug)]
pub struct Indexed<'a> {
    pub record: Uuid,
    pub names: Vec<&'a str>,
    pub texts: Vec<&'a str>,
}

/// Indexes records of one kind anew.
pub async fn put_all(tx: &Tx, kind: &str, records: &[Indexed<'_>]) -> Result<(), DbFault> {
    for chunk in records.chunks(BULK) {
        if tx.get_database_backend() == DbBackend::Postgres {
            put_vectors(tx, kind, chunk).await?;
        } else {
            put_words(tx, kind, chunk).await?;
        }
    }
    Ok(())
}

/// Takes records of one kind out of the index.
pub async fn remove_all(tx: &Tx, kind: &str, records: &[Uuid]) -> Result<(), DbFault> {
    for chunk in records.chunks(BULK) {
        let mut values = values![kind];
        values.extend(chunk.iter().map(|record| Value::from(*record)));
        let which = format!("kind = $1 and record_id in ({})", placeholders(1, chunk.len()));
        if tx.get_database_backend() != DbBackend::Postgres {
            let sql =
                format!("delete from search_words where rowid in (select rowid from search_entries where {which})");
            execute(&**tx, &sql, values.clone()).await?;
        }
        execute(&**tx, &format!("delete from search_entries where {which}"), values).await?;
    }
    Ok(())
}

fn words_of(entry: &Indexed<'_>) -> String {
    all_words(&entry.names, &entry.texts)
}

async fn put_vectors(tx: &Tx, kind: &str, chunk: &[Indexed<'_>]) -> Result<(), DbFault> {
    let mut values = values![kind];
    let mut places = Vec::new();
    for (n, entry) in chunk.iter().enumerate() {
        places.push(format!("($1, ${}, to_tsvector('simple', ${}))", n * 2 + 2, n * 2 + 3));
        values.extend(values![entry.record, words_of(entry)]);
    }
    let sql = format!(
        "insert into search_entries (kind, record_id, words) values {}
         on conflict (kind, record_id) do update set words = excluded.words",
        places.join(", ")
    );
    execute(&**tx, &sql, values).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Entry {
    place: i64,
    record_id: Uuid,
}

async fn put_words(tx: &Tx, kind: &str, chunk: &[Indexed<'_>]) -> Result<(), DbFault> {
    let ids: Vec<Uuid> = chunk.iter().map(|entry| entry.record).collect();
    remove_all(tx, kind, &ids).await?;
    let mut values = values![kind];
    values.extend(ids.iter().map(|id| Value::from(*id)));
    let places: Vec<String> = (2..ids.len() + 2).map(|n| format!("($1, ${n})")).collect();
    let sql = format!("insert into search_entries (kind, record_id) values {}", places.join(", "));
    execute(&**tx, &sql, values.clone()).await?;
    let sql = format!(
        "select rowid as place, record_id from search_entries where kind = $1 and record_id in ({})",
        placeholders(1, ids.len())
    );
    let entries: Vec<Entry> = rows(&**tx, &sql, values).await?;
    let mut values = Vec::new();
    let mut places = Vec::new();
    for found in &entries {
        if let Some(entry) = chunk.iter().find(|entry| entry.record == found.record_id) {
            places.push(format!("(${}, ${})", values.len() + 1, values.len() + 2));
            values.extend(values![found.place, words_of(entry)]);
        }
    }
    execute(&**tx, &format!("insert into search_words (rowid, words) values {}", places.join(", ")), values).await?;
    Ok(())
}
