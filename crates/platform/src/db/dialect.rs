//! Every difference between SQLite and PostgreSQL lives here and nowhere else.

use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use super::DbFault;

/// Connections to one SQLite file: WAL, full durability, foreign keys on.
pub(super) fn sqlite_options(url: &str, connections: u32, read_only: bool) -> ConnectOptions {
    use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .sqlx_logging(false)
        // A connection to a file does not go stale, and asking after it costs as much as a small query.
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            let sqlite = sqlite
                .create_if_missing(!read_only)
                .read_only(read_only)
                .busy_timeout(Duration::from_secs(10))
                .foreign_keys(true)
                .pragma("temp_store", "memory")
                .pragma("cache_size", "-8000")
                .statement_cache_capacity(256);
            if read_only {
                sqlite
            } else {
                sqlite.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full)
            }
        });
    options
}

/// Turns the schema's own type names into the database's: `uuid`, `timestamp`, `json`, `bytes`,
/// `serial_key` (a counting primary key) and `sort_key` (text in the order of its bytes, whatever
/// language the database was made for). Everything else is common SQL.
pub(super) fn ddl(backend: DbBackend, sql: &str) -> String {
    let names: &[(&str, &str)] = if backend == DbBackend::Postgres {
        &[
            ("timestamp", "timestamptz"),
            ("json", "jsonb"),
            ("bytes", "bytea"),
            ("serial_key", "bigint generated always as identity primary key"),
            ("sort_key", "text collate \"C\""),
        ]
    } else {
        &[
            ("uuid", "blob"),
            ("timestamp", "text"),
            ("json", "text"),
            ("bytes", "blob"),
            ("date", "text"),
            ("serial_key", "integer primary key autoincrement"),
            ("sort_key", "text"),
        ]
    };
    let mut out = String::with_capacity(sql.len());
    let mut word = String::new();
    for c in sql.chars().chain(std::iter::once('\n')) {
        if c.is_ascii_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        match names.iter().find(|(ours, _)| *ours == word) {
            Some((_, theirs)) => out.push_str(theirs),
            None => out.push_str(&word),
        }
        word.clear();
        out.push(c);
    }
    out
}

/// The table of searchable words, one row a record, in each database's full-text form.
pub(super) fn search_ddl(backend: DbBackend) -> &'static str {
    if backend == DbBackend::Postgres {
        "create table search_entries (kind text not null, record_id uuid not null, words tsvector not null, primary key (kind, record_id));
         create index search_entries_words on search_entries using gin (words)"
    } else {
        "create table search_entries (rowid integer primary key, kind text not null, record_id blob not null, unique (kind, record_id));
         create virtual table search_words using fts5(words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')"
    }
}

/// A condition that is true for records of `kind` (column `id_column`) whose words match the
/// phrase bound as `$n`.
pub fn search_condition(backend: DbBackend, kind: &str, id_column: &str, n: usize) -> String {
    if backend == DbBackend::Postgres {
        format!(
            "{id_column} in (select s.record_id from search_entries s where s.kind = '{kind}' and s.words @@ cast(${n} as tsquery))"
        )
    } else {
        // The cross join holds the planner to asking the words first and not once for every record of the kind.
        format!(
            "{id_column} in (select s.record_id from search_words w cross join search_entries s on s.rowid = w.rowid \
             where w.words match ${n} and s.kind = '{kind}')"
        )
    }
}

/// A setting of the running database, and the only value it may have, if there is such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    pub name: &'static str,
    pub value: String,
    pub wanted: Option<&'static str>,
}

impl Setting {
    pub fn is_right(&self) -> bool {
        self.wanted.is_none_or(|wanted| wanted == self.value)
    }
}

/// The settings on which the data's safety rests, as the database reports them.
pub(super) async fn settings(on: &DatabaseConnection) -> Result<Vec<Setting>, DbFault> {
    // SQLite reports synchronous=FULL as 2.
    let asked: &[(&'static str, &str, Option<&'static str>)] = if on.get_database_backend() == DbBackend::Postgres {
        &[
            ("server_version", "show server_version", None),
            ("server_encoding", "show server_encoding", Some("UTF8")),
            ("fsync", "show fsync", Some("on")),
            ("full_page_writes", "show full_page_writes", Some("on")),
            ("synchronous_commit", "show synchronous_commit", Some("on")),
        ]
    } else {
        &[
            ("sqlite_version", "select sqlite_version()", None),
            ("journal_mode", "pragma journal_mode", Some("wal")),
            ("synchronous", "pragma synchronous", Some("2")),
            ("foreign_keys", "pragma foreign_keys", Some("1")),
            ("quick_check", "pragma quick_check(1)", Some("ok")),
        ]
    };
    let mut settings = Vec::new();
    for &(name, sql, wanted) in asked {
        let row = on.query_one_raw(Statement::from_string(on.get_database_backend(), sql)).await?;
        let value = match row {
            Some(row) => row.try_get_by_index::<String>(0).or_else(|_| number(&row))?,
            None => String::new(),
        };
        settings.push(Setting { name, value, wanted });
    }
    Ok(settings)
}

fn number(row: &sea_orm::QueryResult) -> Result<String, sea_orm::DbErr> {
    row.try_get_by_index::<i64>(0).or_else(|_| row.try_get_by_index::<i32>(0).map(i64::from)).map(|n| n.to_string())
}
