//! One test body, two databases: what holds on SQLite must hold on PostgreSQL.
//!
//! ```ignore
//! kehu_testkit::both_databases!(crate::migrated => a_left_member_owes_nothing);
//!
//! async fn a_left_member_owes_nothing(database: &TestDatabase) {
//!     let db = Db::connect(database.url()).await.unwrap();
//!     …
//! }
//! ```
//!
//! makes the tests `a_left_member_owes_nothing::sqlite` and `a_left_member_owes_nothing::postgres`.
//! `migrated` is `async fn(url: &str) -> anyhow::Result<()>`; it brings an empty database to the
//! state in which every test starts and closes its connections.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

use tokio::runtime::Runtime;

use crate::postgres::FreshDatabase;
use crate::servers::leash::scratch_dir;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// An empty, migrated database that belongs to one test.
pub struct TestDatabase {
    backend: Backend,
    url: String,
    dir: PathBuf,
    postgres: Option<FreshDatabase>,
}

impl TestDatabase {
    /// `sqlite:///tmp/…/kehu.sqlite` or `postgres://…`.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// A folder of this test alone, for files beside the database; removed after the test.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    async fn create(backend: Backend, migrate: &impl AsyncFn(&str) -> anyhow::Result<()>) -> anyhow::Result<Self> {
        let dir = scratch_dir("test")?;
        let (url, postgres) = match backend {
            Backend::Sqlite => {
                let url = format!("sqlite://{}", dir.join("kehu.sqlite").display());
                migrate(&url).await?;
                (url, None)
            }
            Backend::Postgres => {
                let fresh = FreshDatabase::create(migrate).await?;
                (fresh.url.clone(), Some(fresh))
            }
        };
        Ok(TestDatabase { backend, url, dir, postgres })
    }

    async fn remove(self) -> anyhow::Result<()> {
        if let Some(postgres) = self.postgres {
            postgres.drop().await?;
        }
        Ok(std::fs::remove_dir_all(self.dir)?)
    }
}

/// Runs one test on one database and cleans up, also when the test fails. Use [`both_databases!`].
///
/// # Panics
/// When the test does, and when there is no database to run it on.
///
/// [`both_databases!`]: crate::both_databases
pub fn run<R>(
    backend: Backend,
    migrate: impl AsyncFn(&str) -> anyhow::Result<()>,
    test: impl AsyncFnOnce(&TestDatabase) -> R,
) -> R {
    let database = match runtime().block_on(TestDatabase::create(backend, &migrate)) {
        Ok(database) => database,
        Err(error) => panic!("no database to test on: {error:#}"),
    };
    // The test has a runtime of its own: what it left running ends before its database goes.
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime().block_on(test(&database))));
    let removed = runtime().block_on(database.remove());
    match outcome {
        Err(panic) => resume_unwind(panic),
        Ok(result) => {
            if let Err(error) = removed {
                println!("the test database stays behind: {error:#}");
            }
            result
        }
    }
}

pub(crate) fn runtime() -> Runtime {
    match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => panic!("no runtime for the test: {error}"),
    }
}

/// Makes each named `async fn(&TestDatabase)` two tests, one on SQLite and one on PostgreSQL.
#[macro_export]
macro_rules! both_databases {
    ($migrate:expr => $($test:ident),+ $(,)?) => {
        $(
            mod $test {
                #[test]
                fn sqlite() -> impl ::std::process::Termination {
                    $crate::database::run($crate::Backend::Sqlite, $migrate, super::$test)
                }

                #[test]
                fn postgres() -> impl ::std::process::Termination {
                    $crate::database::run($crate::Backend::Postgres, $migrate, super::$test)
                }
            }
        )+
    };
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use sea_orm::{ConnectionTrait, Database, DatabaseConnection};

    use super::*;

    both_databases!(super::with_a_table => each_test_starts_from_the_migrated_state, a_test_may_answer_with_a_result);

    async fn open(database: &str) -> DatabaseConnection {
        let create = if database.starts_with("sqlite") { "?mode=rwc" } else { "" };
        Database::connect(format!("{database}{create}")).await.unwrap()
    }

    async fn count(database: &DatabaseConnection) -> i64 {
        let row = database.query_one_raw(statement(database, "SELECT count(*) AS n FROM account")).await.unwrap();
        row.unwrap().try_get("", "n").unwrap()
    }

    fn statement(database: &DatabaseConnection, sql: &str) -> sea_orm::Statement {
        sea_orm::Statement::from_string(database.get_database_backend(), sql)
    }

    async fn with_a_table(url: &str) -> anyhow::Result<()> {
        let database = open(url).await;
        database.execute_unprepared("CREATE TABLE account (name text)").await?;
        Ok(database.close().await?)
    }

    async fn each_test_starts_from_the_migrated_state(database: &TestDatabase) {
        assert!(database.dir().is_dir());
        let database = open(database.url()).await;
        assert_eq!(count(&database).await, 0);
        database.execute_unprepared("INSERT INTO account VALUES ('海河重工')").await.unwrap();
    }

    async fn a_test_may_answer_with_a_result(database: &TestDatabase) -> anyhow::Result<()> {
        let database = open(database.url()).await;
        database.execute_unprepared("INSERT INTO account VALUES ('海河重工')").await?;
        assert_eq!(count(&database).await, 1, "nothing of another test is here");
        Ok(())
    }

    #[test]
    fn a_failing_test_leaves_nothing_behind() {
        let mut dir = PathBuf::new();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            run(Backend::Sqlite, with_a_table, async |database: &TestDatabase| {
                dir = database.dir().to_owned();
                panic!("as tests do");
            })
        }));
        assert!(outcome.is_err());
        assert!(dir.is_absolute() && !dir.exists());
    }
}
