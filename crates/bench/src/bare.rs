//! The ceiling: the statements of a page through the bare driver, every row and column read, nothing made of them.
//! Statements that write run in a transaction that is rolled back, so they cost no disk.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use kehu_platform::sea_orm::{Statement, Value};
use tokio_postgres::NoTls;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use crate::pages::Asked;
use crate::process::{cpu_of_postgres, own_cpu};

const RUN: Duration = Duration::from_millis(1500);
const SHORT_RUN: Duration = Duration::from_millis(100);

/// CPU time a request: of this process, and of the database's.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bare {
    pub driver: Duration,
    pub database: Duration,
}

pub async fn measure(url: &str, pages: &[Asked]) -> anyhow::Result<Vec<Bare>> {
    match url.strip_prefix("sqlite://") {
        Some(path) => pages.iter().map(|page| sqlite(path, &page.statements, RUN)).collect(),
        None => {
            let mut costs = Vec::new();
            for page in pages {
                costs.push(postgres(url, &page.statements).await?);
            }
            Ok(costs)
        }
    }
}

fn writes(statements: &[Statement]) -> bool {
    statements.iter().any(|statement| {
        let sql = statement.sql.trim_start();
        ["insert", "update", "delete"].iter().any(|verb| sql.starts_with(verb))
    })
}

/// The ids of the records that the statements make, which every repetition makes anew.
fn made(statements: &[Statement]) -> HashSet<Uuid> {
    let first = |statement: &Statement| match statement.values.as_ref()?.0.first()? {
        Value::Uuid(id) if statement.sql.trim_start().starts_with("insert") => *id,
        _ => None,
    };
    statements.iter().filter_map(first).collect()
}

/// The values of a statement for the nth repetition.
fn values<'a>(statement: &'a Statement, made: &'a HashSet<Uuid>, nth: u128) -> impl Iterator<Item = Value> + 'a {
    statement.values.iter().flat_map(|values| values.0.iter()).map(move |value| match value {
        Value::Uuid(Some(id)) if made.contains(id) => Value::Uuid(Some(Uuid::from_u128(id.as_u128() ^ nth))),
        other => other.clone(),
    })
}

/// What each statement of a page that reads costs by itself on SQLite, for whoever looks for the slow one. One that
/// writes stands on what was written before it and cannot be timed alone.
pub fn each<'a>(url: &str, page: &'a Asked) -> anyhow::Result<Vec<(&'a Statement, Duration)>> {
    let path = url.strip_prefix("sqlite://").context("single statements are timed on SQLite")?;
    let reads = page.statements.iter().map(std::slice::from_ref).filter(|one| !writes(one));
    reads.map(|one| Ok((&one[0], sqlite(path, one, SHORT_RUN)?.driver))).collect()
}

fn sqlite(path: &str, statements: &[Statement], lasting: Duration) -> anyhow::Result<Bare> {
    let connection = rusqlite::Connection::open(path)?;
    connection.execute_batch("pragma journal_mode = wal; pragma cache_size = -16000; pragma foreign_keys = on")?;
    connection.set_prepared_statement_cache_capacity(256);
    let writes = writes(statements);
    let made = made(statements);
    let once = |nth: u32| -> anyhow::Result<()> {
        if writes {
            connection.execute_batch("begin immediate")?;
        }
        for statement in statements {
            let mut prepared = connection.prepare_cached(&statement.sql.replace('$', "?"))?;
            let values = values(statement, &made, u128::from(nth)).map(|value| plain(&value));
            let columns = prepared.column_count();
            let mut rows = prepared.query(rusqlite::params_from_iter(values))?;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    std::hint::black_box(row.get_ref(column)?);
                }
            }
        }
        if writes {
            connection.execute_batch("rollback")?;
        }
        Ok(())
    };
    once(1)?;
    let (before, begun) = (own_cpu()?, Instant::now());
    let mut times: u32 = 0;
    while begun.elapsed() < lasting {
        once(times + 2)?;
        times += 1;
    }
    Ok(Bare { driver: (own_cpu()? - before) / times, database: Duration::ZERO })
}

/// A value as the product's own driver writes it.
fn plain(value: &Value) -> rusqlite::types::Value {
    use rusqlite::types::Value as Plain;
    match value {
        Value::Bool(Some(b)) => Plain::Integer(i64::from(*b)),
        Value::Int(Some(n)) => Plain::Integer(i64::from(*n)),
        Value::BigInt(Some(n)) => Plain::Integer(*n),
        Value::String(Some(text)) => Plain::Text(text.to_string()),
        Value::Bytes(Some(bytes)) => Plain::Blob(bytes.to_vec()),
        Value::Uuid(Some(id)) => Plain::Blob(id.as_bytes().to_vec()),
        Value::Json(Some(json)) => Plain::Text(json.to_string()),
        Value::ChronoDate(Some(day)) => Plain::Text(day.to_string()),
        Value::ChronoDateTimeUtc(Some(at)) => Plain::Text(at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false)),
        _ => Plain::Null,
    }
}

async fn postgres(url: &str, statements: &[Statement]) -> anyhow::Result<Bare> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    let writes = writes(statements);
    let mut prepared = Vec::new();
    for statement in statements {
        let made = client.prepare(&statement.sql).await.with_context(|| statement.sql.clone())?;
        prepared.push((made, statement));
    }
    let made = made(statements);
    let once = async |nth: u32| -> anyhow::Result<()> {
        if writes {
            client.batch_execute("begin").await?;
        }
        for (prepared, statement) in &prepared {
            let values: Vec<_> = values(statement, &made, u128::from(nth)).map(|value| typed(&value)).collect();
            let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|v| &**v as &(dyn ToSql + Sync)).collect();
            std::hint::black_box(client.query(prepared, &values).await?);
        }
        if writes {
            client.batch_execute("rollback").await?;
        }
        Ok(())
    };
    once(1).await?;
    let (driver, database, begun) = (own_cpu()?, cpu_of_postgres()?, Instant::now());
    let mut times: u32 = 0;
    while begun.elapsed() < RUN {
        once(times + 2).await?;
        times += 1;
    }
    Ok(Bare { driver: (own_cpu()? - driver) / times, database: cpu_of_postgres()?.saturating_sub(database) / times })
}

fn typed(value: &Value) -> Box<dyn ToSql + Sync + Send> {
    match value {
        Value::Bool(b) => Box::new(*b),
        Value::Int(n) => Box::new(*n),
        Value::BigInt(n) => Box::new(*n),
        Value::Bytes(bytes) => Box::new(bytes.clone()),
        Value::Uuid(id) => Box::new(*id),
        Value::Json(json) => Box::new(json.as_deref().cloned()),
        Value::ChronoDate(day) => Box::new(*day),
        Value::ChronoDateTimeUtc(at) => Box::new(*at),
        Value::String(text) => Box::new(text.as_ref().map(ToString::to_string)),
        _ => Box::new(None::<String>),
    }
}
