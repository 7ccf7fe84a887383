//! The schema's history. Each area hands in its migrations as SQL with the schema's own type
//! names; they run in the order of their names, each in a transaction, and on PostgreSQL under a
//! lock of the session, so that two nodes starting at once do not race.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, TransactionTrait};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTraitSelf, SchemaManager};

use super::{DbFault, dialect, execute};

/// One step of the schema. The name is written by hand (`2026_11_24_01_directory`), unique over
/// all areas, and sorts by date.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    pub name: &'static str,
    /// Statements separated by `;` at a line's end.
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
            connection.execute_unprepared(statement.trim_end_matches(';')).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
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
