//! Imports in the database: the files, what was decided about them, what they changed; and which
//! accounts a ledger may mean.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use kehu_core::{AccountId, ImportId, MemberId};
use kehu_platform::db::{DbFault, Tx, execute, insert_all, placeholders, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::values;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::model::{Change, Import, Options, RecordKind, State};
use crate::ledger::{Company, MappingFile, company_key};

/// How long a file waits whose import was never run.
const KEPT: Duration = Duration::days(7);

#[derive(FromQueryResult)]
struct ImportRow {
    id: Uuid,
    file_name: String,
    by_id: Option<Uuid>,
    by_name: String,
    at: DateTime<Utc>,
    state: String,
    mapping: Json,
    options: Json,
    report: Option<Json>,
    problem: String,
    finished_at: Option<DateTime<Utc>>,
    undone_at: Option<DateTime<Utc>>,
    undone_by: String,
}

const IMPORT: &str = "select id, file_name, by_id, by_name, at, state, mapping, options, report, problem, finished_at,
    undone_at, undone_by from imports";

impl From<ImportRow> for Import {
    fn from(r: ImportRow) -> Self {
        Self {
            id: r.id.into(),
            file_name: r.file_name,
            by: r.by_id.map(MemberId),
            by_name: r.by_name,
            at: r.at,
            state: State::from_code(&r.state).unwrap_or(State::Failed),
            mapping: serde_json::from_value(r.mapping).unwrap_or_default(),
            options: serde_json::from_value(r.options).unwrap_or_default(),
            report: r.report.and_then(|report| serde_json::from_value(report).ok()),
            problem: r.problem,
            finished_at: r.finished_at,
            undone_at: r.undone_at,
            undone_by: r.undone_by,
        }
    }
}

pub async fn import(on: &impl ConnectionTrait, id: ImportId) -> Result<Option<Import>, DbFault> {
    Ok(row::<ImportRow>(on, &format!("{IMPORT} where id = $1"), values![id.uuid()]).await?.map(Import::from))
}

/// The latest imports, of one member or of all, newest first.
pub async fn imports(on: &impl ConnectionTrait, by: Option<MemberId>, limit: u64) -> Result<Vec<Import>, DbFault> {
    let found: Vec<ImportRow> = match by {
        Some(member) => {
            let sql = format!("{IMPORT} where by_id = $1 order by at desc, id limit {limit}");
            rows(on, &sql, values![member.uuid()]).await?
        }
        None => rows(on, &format!("{IMPORT} order by at desc, id limit {limit}"), vec![]).await?,
    };
    Ok(found.into_iter().map(Import::from).collect())
}

pub(super) async fn insert(tx: &Tx, import: &Import, content: &[u8]) -> Result<(), DbFault> {
    execute(
        &**tx,
        "insert into imports (id, file_name, by_id, by_name, at, state, mapping, options, report, problem, finished_at,
            undone_at, undone_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        values![
            import.id.uuid(),
            import.file_name.clone(),
            import.by.map(MemberId::uuid),
            import.by_name.clone(),
            import.at,
            import.state.code(),
            json!(import.mapping),
            json!(import.options),
            import.report.as_ref().map(|report| json!(report)),
            import.problem.clone(),
            import.finished_at,
            import.undone_at,
            import.undone_by.clone(),
        ],
    )
    .await?;
    execute(
        &**tx,
        "insert into import_files (import_id, content) values ($1, $2)",
        values![import.id.uuid(), content.to_vec()],
    )
    .await?;
    Ok(())
}

pub(super) async fn update(tx: &Tx, import: &Import) -> Result<(), DbFault> {
    execute(
        &**tx,
        "update imports set state = $2, mapping = $3, options = $4, report = $5, problem = $6, finished_at = $7,
            undone_at = $8, undone_by = $9 where id = $1",
        values![
            import.id.uuid(),
            import.state.code(),
            json!(import.mapping),
            json!(import.options),
            import.report.as_ref().map(|report| json!(report)),
            import.problem.clone(),
            import.finished_at,
            import.undone_at,
            import.undone_by.clone(),
        ],
    )
    .await?;
    Ok(())
}

pub(super) async fn content(on: &impl ConnectionTrait, id: ImportId) -> Result<Option<Vec<u8>>, DbFault> {
    #[derive(FromQueryResult)]
    struct File {
        content: Vec<u8>,
    }
    let sql = "select content from import_files where import_id = $1";
    Ok(row::<File>(on, sql, values![id.uuid()]).await?.map(|file| file.content))
}

/// Forgets files that were uploaded and then left alone.
pub(super) async fn forget_abandoned(tx: &Tx, now: DateTime<Utc>) -> Result<(), DbFault> {
    let abandoned = "select id from imports where state in ('uploaded', 'mapped') and at < $1";
    let before = now - KEPT;
    execute(&**tx, &format!("delete from import_files where import_id in ({abandoned})"), values![before]).await?;
    execute(&**tx, "delete from imports where state in ('uploaded', 'mapped') and at < $1", values![before]).await?;
    Ok(())
}

pub(super) async fn insert_changes(tx: &Tx, import: ImportId, changes: Vec<Change>) -> Result<(), DbFault> {
    let columns = ["import_id", "record_kind", "record_id", "before_values", "version"];
    let rows = changes
        .into_iter()
        .map(|change| values![import.uuid(), change.kind.code(), change.record, change.before, change.version]);
    insert_all(&**tx, "import_changes", &columns, rows.collect::<Vec<_>>()).await
}

pub(super) async fn changes(on: &impl ConnectionTrait, import: ImportId) -> Result<Vec<Change>, DbFault> {
    #[derive(FromQueryResult)]
    struct ChangeRow {
        record_kind: String,
        record_id: Uuid,
        before_values: Option<Json>,
        version: i64,
    }
    let sql = "select record_kind, record_id, before_values, version from import_changes where import_id = $1";
    let found: Vec<ChangeRow> = rows(on, sql, values![import.uuid()]).await?;
    Ok(found
        .into_iter()
        .filter_map(|r| {
            let kind = RecordKind::from_code(&r.record_kind)?;
            Some(Change { kind, record: r.record_id, before: r.before_values, version: r.version })
        })
        .collect())
}

/// What a person has confirmed about ledgers with these headings.
#[derive(Clone, Debug, Default)]
pub struct Remembered {
    pub mapping: MappingFile,
    pub managers: BTreeMap<String, MemberId>,
}

pub(super) async fn remembered(on: &impl ConnectionTrait, fingerprint: &str) -> Result<Option<Remembered>, DbFault> {
    #[derive(FromQueryResult)]
    struct Known {
        mapping: Json,
        managers: Json,
    }
    let sql = "select mapping, managers from import_mappings where fingerprint = $1";
    let found: Option<Known> = row(on, sql, values![fingerprint]).await?;
    Ok(found.map(|known| Remembered {
        mapping: serde_json::from_value(known.mapping).unwrap_or_default(),
        managers: serde_json::from_value(known.managers).unwrap_or_default(),
    }))
}

pub(super) async fn remember(
    tx: &Tx,
    fingerprint: &str,
    mapping: &MappingFile,
    options: &Options,
    now: DateTime<Utc>,
) -> Result<(), DbFault> {
    execute(
        &**tx,
        "insert into import_mappings (fingerprint, mapping, managers, changed_at) values ($1, $2, $3, $4)
         on conflict (fingerprint) do update set mapping = excluded.mapping, managers = excluded.managers,
            changed_at = excluded.changed_at",
        values![fingerprint, json!(mapping), json!(options.managers), now],
    )
    .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct IdRow {
    id: Uuid,
}

/// The accounts that have a name or the credit code of one of the companies.
pub(super) async fn accounts_like(on: &impl ConnectionTrait, companies: &[Company]) -> Result<Vec<AccountId>, DbFault> {
    let former = companies.iter().filter_map(|company| company.former_name.as_deref()).map(company_key);
    let keys: HashSet<String> = companies.iter().map(|company| company.key.clone()).chain(former).collect();
    let codes = companies.iter().filter_map(|company| Some(company.credit_code.as_ref()?.as_str().to_owned()));
    let mut found = accounts_called(on, &keys).await?;
    for (column, wanted) in [("name_key", keys.into_iter().collect::<Vec<_>>()), ("credit_code", codes.collect())] {
        for chunk in wanted.chunks(500) {
            let sql = format!("select id from accounts where {column} in ({})", placeholders(0, chunk.len()));
            let values = chunk.iter().map(|value| Value::from(value.clone())).collect();
            found.extend(rows::<IdRow>(on, &sql, values).await?.into_iter().map(|found| found.id));
        }
    }
    Ok(found.into_iter().map(AccountId).collect())
}

/// The accounts whose short, former or English name is among the keys. Such names are compared
/// loosely, which no index does; an import looks at all of them once.
async fn accounts_called(on: &impl ConnectionTrait, keys: &HashSet<String>) -> Result<HashSet<Uuid>, DbFault> {
    #[derive(FromQueryResult)]
    struct Names {
        id: Uuid,
        short_name: String,
        former_name: String,
        english_name: String,
    }
    let sql = "select id, short_name, former_name, english_name from accounts
        where short_name <> '' or former_name <> '' or english_name <> ''";
    let all: Vec<Names> = rows(on, sql, vec![]).await?;
    let called = |n: &Names| {
        [&n.short_name, &n.former_name, &n.english_name].into_iter().any(|name| keys.contains(&company_key(name)))
    };
    Ok(all.into_iter().filter(called).map(|names| names.id).collect())
}

/// The accounts on whose team a member is.
pub(super) async fn accounts_served_by(
    on: &impl ConnectionTrait,
    member: MemberId,
) -> Result<HashSet<AccountId>, DbFault> {
    let sql = "select account_id as id from account_members where member_id = $1";
    let found: Vec<IdRow> = rows(on, sql, values![member.uuid()]).await?;
    Ok(found.into_iter().map(|found| AccountId(found.id)).collect())
}
