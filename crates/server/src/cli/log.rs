//! Logs on standard error, as text or as JSON lines; `RUST_LOG` sets what is logged.

use anyhow::bail;
use tracing_subscriber::EnvFilter;

pub fn start(format: Option<&str>) -> anyhow::Result<()> {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm_migration=warn"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format.unwrap_or("text") {
        "text" => builder.init(),
        "json" => builder.json().init(),
        other => bail!("unknown log format {other:?}; use text or json"),
    }
    Ok(())
}
