//! The schema's history. Each area hands in its migrations as SQL with the schema's own type
//! names; they run in the order of their names, each in a transaction, and on PostgreSQL under a
//! lock of the session, so that two nodes starting at once do not race.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, FromQueryResult, Statement, TransactionTrait, Value,
};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTraitSelf, SchemaManager};
use uuid::Uuid;

use super::{DbFault, dialect, execute, placeholders};
use crate::search;

/// One step of the schema. The name is written by hand (`2026_11_24_01_directory`), unique over
/// all areas, and sorts by date.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    pub name: &'static str,
    /// Statements separated by `;` at a line's end. `fill sort key TABLE.COLUMN from NAME` gives the rows
    /// that are there already the keys that their names are put in order by.
    pub sql: &'static str,
}

/// Whether a migration has been applied to this database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationState {
    pub name: String,
    pub applied: bool,
}

impl MigrationName for Migration {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "the trait is declared with early-bound lifetimes")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let backend = connection.get_database_backend();
        let sql = if self.sql == SEARCH_INDEX {
            dialect::search_ddl(backend).to_owned()
        } else {
            dialect::ddl(backend, self.sql)
        };
        for statement in sql.split(";\n").map(str::trim).filter(|s| !s.is_empty()) {
            let statement = statement.trim_end_matches(';');
            match statement.strip_prefix("fill sort key ") {
                Some(what) => fill_sort_keys(connection, what).await?,
                None => {
                    connection.execute_unprepared(statement).await?;
                }
            }
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Rows that one statement gives their keys.
const FILLED_AT_ONCE: usize = 300;

async fn fill_sort_keys(on: &impl ConnectionTrait, what: &str) -> Result<(), DbErr> {
    #[derive(FromQueryResult)]
    struct Named {
        id: Uuid,
        name: String,
    }
    let malformed = || DbErr::Custom(format!("not TABLE.COLUMN from NAME: {what}"));
    let (place, name) = what.split_once(" from ").ok_or_else(malformed)?;
    let (table, column) = place.split_once('.').ok_or_else(malformed)?;
    let sql = Statement::from_string(on.get_database_backend(), format!("select id, {name} as name from {table}"));
    let all = Named::find_by_statement(sql).all(on).await?;
    for chunk in all.chunks(FILLED_AT_ONCE) {
        let places: Vec<String> = (0..chunk.len()).map(|n| format!("({})", placeholders(n * 2, 2))).collect();
        let sql = format!(
            "update {table} set {column} = v.column2 from (values {}) as v where {table}.id = v.column1",
            places.join(", ")
        );
        let keys = chunk.iter().flat_map(|row| [Value::from(row.id), Value::from(search::sort_key(&row.name))]);
        on.execute_raw(Statement::from_sql_and_values(on.get_database_backend(), sql, keys.collect::<Vec<_>>()))
            .await?;
    }
    Ok(())
}

/// Stands for the search tables, which the dialect writes.
pub const SEARCH_INDEX: &str = "search index";

struct Schema(Vec<Migration>);

impl MigratorTraitSelf for Schema {
    fn migrations(&self) -> Vec<Box<dyn MigrationTrait>> {
        let mut sorted = self.0.clone();
        sorted.sort_by_key(|m| m.name);
        sorted.into_iter().map(|m| Box::new(m) as Box<dyn MigrationTrait>).collect()
    }
}

/// "KEHU" in ASCII: the advisory lock under which a node migrates.
const MIGRATION_LOCK: i64 = 0x4b45_4855;

pub(super) async fn run(db: &DatabaseConnection, migrations: Vec<Migration>) -> Result<(), DbFault> {
    if db.get_database_backend() == DbBackend::Postgres {
        // The lock lives as long as this transaction; the migrations run on other connections.
        let guard = db.begin().await?;
        execute(&guard, "select pg_advisory_xact_lock($1)", crate::values![MIGRATION_LOCK]).await?;
        Schema(migrations).up(db, None).await?;
        guard.commit().await?;
    } else {
        Schema(migrations).up(db, None).await?;
    }
    Ok(())
}

pub(super) async fn states(
    db: &DatabaseConnection,
    migrations: Vec<Migration>,
) -> Result<Vec<MigrationState>, DbFault> {
    let found = Schema(migrations).get_migration_with_status_read_only(db).await?;
    Ok(found
        .iter()
        .map(|m| MigrationState {
            name: m.name().to_owned(),
            applied: m.status() == sea_orm_migration::MigrationStatus::Applied,
        })
        .collect())
}
