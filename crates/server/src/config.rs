//! Where the product's data lives and where it listens: by flag, by `KEHU_*` in the environment,
//! or in `kehu.toml`, in that order.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use serde::Deserialize;

/// The options that every command on the company's data takes.
#[derive(Args, Clone, Debug, Default)]
pub struct DataOptions {
    /// Folder for the database and files [default: ./kehu-data]
    #[arg(long, env = "KEHU_DATA", value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
    /// Database to use instead of SQLite in the data folder: postgres://user:password@host/database
    #[arg(long, env = "KEHU_DATABASE_URL", value_name = "URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,
    /// Configuration file [default: kehu.toml, when there is one]
    #[arg(long, env = "KEHU_CONFIG", value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
}

/// What `kehu.toml` may say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileConfig {
    pub data: Option<PathBuf>,
    pub database_url: Option<String>,
    pub listen: Option<String>,
    pub log_format: Option<String>,
    pub secure_cookies: Option<bool>,
}

/// The settings after flags, environment and file have been put together.
#[derive(Clone, Debug)]
pub struct Config {
    pub data: PathBuf,
    pub database_url: String,
    pub file: FileConfig,
}

impl DataOptions {
    pub fn resolve(&self) -> anyhow::Result<Config> {
        let default = Path::new("kehu.toml");
        let file = match &self.config {
            Some(path) => read(path)?,
            None if default.exists() => read(default)?,
            None => FileConfig::default(),
        };
        let data = self.data.clone().or_else(|| file.data.clone()).unwrap_or_else(|| PathBuf::from("kehu-data"));
        let database_url = match self.database_url.clone().or_else(|| file.database_url.clone()) {
            Some(url) => url,
            None => format!("sqlite://{}", data.join("kehu.sqlite").display()),
        };
        Ok(Config { data, database_url, file })
    }
}

fn read(path: &Path) -> anyhow::Result<FileConfig> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("in {}", path.display()))
}

impl Config {
    /// Opens the database, making the data folder when it is missing, and brings its schema up to date.
    pub async fn open(&self) -> anyhow::Result<kehu_platform::db::Db> {
        let db = self.connect().await?;
        db.migrate(crate::compose::migrations()).await.context("bringing the database's schema up to date")?;
        Ok(db)
    }

    pub async fn connect(&self) -> anyhow::Result<kehu_platform::db::Db> {
        if self.database_url.starts_with("sqlite:") {
            std::fs::create_dir_all(&self.data).with_context(|| format!("making {}", self.data.display()))?;
        }
        kehu_platform::db::Db::connect(&self.database_url).await.context("opening the database")
    }
}
