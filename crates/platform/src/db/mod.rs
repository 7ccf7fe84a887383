//! The two entrances to the database. `Db::read` hands out a read-only connection; `Db::write`
//! runs a closure in one transaction that names what it serialises on. SQLite has a pool of
//! readers and one IMMEDIATE writer, PostgreSQL one pool with transaction advisory locks, so that
//! two writers never see each other's half-finished work on either.

pub mod dialect;
mod fault;
mod lock;
mod migrate;
mod query;

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::Notify;

pub use fault::DbFault;
pub use lock::Lock;
pub use migrate::{Migration, MigrationState, SEARCH_INDEX};
pub use query::{execute, insert_all, placeholders, row, rows, watch};

/// Values for a statement's `$1, $2, …`, each turned into a database value.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::sea_orm::Value::from($value)),*] };
}

/// A handle on the company's database, cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    read: DatabaseConnection,
    write: DatabaseConnection,
    committed: Arc<Notify>,
}

/// One running transaction, handed to the closure of [`Db::write`].
#[derive(Debug)]
pub struct Tx(DatabaseTransaction);

impl std::ops::Deref for Tx {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.0
    }
}

tokio::task_local! {
    static WRITING: ();
    static READING: ();
}

/// Runs the work so that every [`Db::write`] in it is refused.
pub async fn read_only<T>(work: impl Future<Output = T>) -> T {
    READING.scope((), work).await
}

impl Db {
    /// Opens `sqlite://PATH` (made when missing) or `postgres://…`.
    pub async fn connect(url: &str) -> Result<Self, DbFault> {
        let committed = Arc::new(Notify::new());
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let mut options = ConnectOptions::new(url);
            options.max_connections(16).min_connections(1).acquire_timeout(Duration::from_secs(10)).sqlx_logging(false);
            options.test_before_acquire_if_idle_for(Duration::from_secs(30));
            let pool = Database::connect(options).await?;
            return Ok(Self { read: pool.clone(), write: pool, committed });
        }
        let write = Database::connect(dialect::sqlite_options(url, 1, false)).await?;
        let read = Database::connect(dialect::sqlite_options(url, 4, true)).await?;
        Ok(Self { read, write, committed })
    }

    /// For queries outside a transaction. On SQLite this connection cannot write.
    pub const fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    pub fn is_postgres(&self) -> bool {
        self.read.get_database_backend() == DbBackend::Postgres
    }

    /// Runs the closure in one transaction that is committed when it answers `Ok`. Every other
    /// write that names an overlapping lock waits its turn.
    ///
    /// # Errors
    /// What the closure answers, or the database's own fault; in both cases nothing was written.
    /// A write inside a write would wait for itself for ever and is refused instead.
    pub async fn write<T, E, F>(&self, lock: Lock, work: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&Tx) -> Result<T, E>,
        E: From<DbFault>,
    {
        if WRITING.try_with(|()| ()).is_ok() {
            return Err(DbFault::Nested.into());
        }
        if READING.try_with(|()| ()).is_ok() {
            return Err(DbFault::ReadOnly.into());
        }
        WRITING
            .scope((), async {
                let options = TransactionOptions {
                    sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                    ..TransactionOptions::default()
                };
                let tx = Tx(self.write.begin_with_options(options).await.map_err(DbFault::from)?);
                lock.take(&tx).await?;
                match work(&tx).await {
                    Ok(answer) => {
                        tx.0.commit().await.map_err(DbFault::from)?;
                        self.committed.notify_waiters();
                        Ok(answer)
                    }
                    Err(refusal) => {
                        tx.0.rollback().await.map_err(DbFault::from)?;
                        Err(refusal)
                    }
                }
            })
            .await
    }

    /// Resolves after the next commit of this process: the nudge for whoever follows the journal.
    pub async fn committed(&self) {
        self.committed.notified().await;
    }

    /// Brings the schema up to date; several nodes may start at once.
    pub async fn migrate(&self, migrations: Vec<Migration>) -> Result<(), DbFault> {
        migrate::run(&self.write, migrations).await
    }

    /// Which of the migrations this database has had.
    pub async fn migration_states(&self, migrations: Vec<Migration>) -> Result<Vec<MigrationState>, DbFault> {
        migrate::states(&self.read, migrations).await
    }

    /// The settings on which the data's safety rests.
    pub async fn settings(&self) -> Result<Vec<dialect::Setting>, DbFault> {
        dialect::settings(&self.write).await
    }

    /// Waits for running work and closes every connection.
    pub async fn close(self) -> Result<(), DbFault> {
        let same = self.is_postgres();
        self.read.close().await?;
        if !same {
            self.write.close().await?;
        }
        Ok(())
    }
}
