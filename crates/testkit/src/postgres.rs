//! A fresh PostgreSQL database for each test, copied from a template that was migrated once.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::str::FromStr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Context;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, Row};

use crate::servers::{Cluster, POSTGRES_VARIABLE};

/// Held while a template is made, so that test processes running at once make it only once.
const TEMPLATE_LOCK: i64 = 0x6b65_6875;

pub(crate) struct FreshDatabase {
    pub(crate) url: String,
    name: String,
}

impl FreshDatabase {
    /// `migrate` runs once per test binary, on the template.
    pub(crate) async fn create(migrate: &impl AsyncFn(&str) -> anyhow::Result<()>) -> anyhow::Result<FreshDatabase> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let mut server = connect(server()?).await?;
        let template = template(&mut server, migrate).await?;
        let name = format!("kehu_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        // A server that outlives the tests may hold one left by a process of the same number.
        run(&mut server, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
        run(&mut server, format!("CREATE DATABASE {name} TEMPLATE {template}")).await?;
        Ok(FreshDatabase { url: database_url(crate::postgres::server()?, &name), name })
    }

    pub(crate) async fn drop(self) -> anyhow::Result<()> {
        let mut server = connect(server()?).await?;
        run(&mut server, format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).await
    }
}

/// The server named by `KEHU_TEST_POSTGRES`, else one started for this process.
fn server() -> anyhow::Result<&'static str> {
    static NAMED: OnceLock<Option<String>> = OnceLock::new();
    static STARTED: OnceLock<Result<Cluster, String>> = OnceLock::new();
    if let Some(url) = NAMED.get_or_init(|| std::env::var(POSTGRES_VARIABLE).ok()) {
        return Ok(url);
    }
    match STARTED.get_or_init(|| Cluster::start().map_err(|error| format!("{error:#}"))) {
        Ok(cluster) => Ok(cluster.url()),
        Err(error) => anyhow::bail!("{error}"),
    }
}

async fn connect(url: &str) -> anyhow::Result<PgConnection> {
    let options = PgConnectOptions::from_str(url).with_context(|| format!("{POSTGRES_VARIABLE} is no URL"))?;
    options.disable_statement_logging().connect().await.with_context(|| format!("no PostgreSQL at {url}"))
}

async fn run(server: &mut PgConnection, sql: String) -> anyhow::Result<()> {
    server.execute(AssertSqlSafe(sql.clone())).await.with_context(|| sql)?;
    Ok(())
}

/// The name of the migrated template, which is made when it is not there yet.
async fn template<M>(server: &mut PgConnection, migrate: &M) -> anyhow::Result<String>
where
    M: AsyncFn(&str) -> anyhow::Result<()>,
{
    let (prefix, name) = template_name::<M>()?;
    if is_ready(server, &name).await? {
        return Ok(name);
    }
    // A connection of its own, since the lock ends with it, even when making the template fails.
    let mut locked = connect(crate::postgres::server()?).await?;
    run(&mut locked, format!("SELECT pg_advisory_lock({TEMPLATE_LOCK})")).await?;
    if !is_ready(server, &name).await? {
        drop_templates(server, &prefix).await?;
        run(server, format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")).await?;
        migrate(&database_url(crate::postgres::server()?, &name)).await.context("migrating the template")?;
        run(server, format!("ALTER DATABASE {name} WITH IS_TEMPLATE true")).await?;
    }
    locked.close().await?;
    Ok(name)
}

/// A template is complete when it is marked as one.
async fn is_ready(server: &mut PgConnection, name: &str) -> anyhow::Result<bool> {
    let row = sqlx::query("SELECT datistemplate FROM pg_database WHERE datname = $1")
        .bind(name)
        .fetch_optional(server)
        .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?.unwrap_or(false))
}

/// Removes the templates of earlier builds, and any that was not finished.
async fn drop_templates(server: &mut PgConnection, prefix: &str) -> anyhow::Result<()> {
    let rows = sqlx::query("SELECT datname FROM pg_database WHERE starts_with(datname, $1)")
        .bind(prefix)
        .fetch_all(&mut *server)
        .await?;
    for row in rows {
        let name: String = row.try_get(0)?;
        run(server, format!("ALTER DATABASE {name} WITH IS_TEMPLATE false")).await?;
        run(server, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
    }
    Ok(())
}

/// A template belongs to one way of migrating in one build of one test binary: a rebuilt binary
/// may hold other migrations.
fn template_name<M>() -> anyhow::Result<(String, String)> {
    let program = std::env::current_exe()?;
    let built = program.metadata()?.modified()?;
    let stem = program.file_stem().and_then(|stem| stem.to_str()).unwrap_or("test");
    let stem = stem.split('-').next().unwrap_or(stem);
    let prefix = format!("kehu_template_{stem:.20}_{:08x}_", hash(std::any::type_name::<M>()) as u32);
    let name = format!("{prefix}{:08x}", hash((program.as_os_str(), built)) as u32);
    Ok((prefix, name))
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The same server, another database.
fn database_url(server: &str, name: &str) -> String {
    let (address, options) = match server.split_once('?') {
        Some((address, options)) => (address, format!("?{options}")),
        None => (server, String::new()),
    };
    let host_starts = address.find("://").map_or(0, |at| at + 3);
    let host_ends = address[host_starts..].find('/').map_or(address.len(), |at| host_starts + at);
    format!("{}/{name}{options}", &address[..host_ends])
}

#[cfg(test)]
mod tests {
    use super::database_url;

    #[test]
    fn the_url_of_a_test_database_keeps_server_and_options() {
        let check = |server, expected: &str| assert_eq!(database_url(server, "t"), expected);
        check("postgres://kehu@127.0.0.1:5432/postgres", "postgres://kehu@127.0.0.1:5432/t");
        check("postgres://kehu@db", "postgres://kehu@db/t");
        check("postgres://kehu@db/?sslmode=disable", "postgres://kehu@db/t?sslmode=disable");
        check("postgres://kehu@db/x?host=/run/pg", "postgres://kehu@db/t?host=/run/pg");
    }
}
