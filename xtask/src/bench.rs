//! `cargo xtask bench`: builds the product as it is shipped, makes up a large company and measures.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;

use crate::servers::Cluster;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Database {
    Sqlite,
    Postgres,
}

/// Measures on one database; the company made up for it stays for the next run under `target/bench`.
pub fn run(database: Database, scale: usize) -> Result<bool> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo).args(["build", "--release", "-p", "kehu", "-p", "kehu-bench"]).status()?;
    ensure!(built.success(), "the release build failed");
    let folder = target.join("bench");
    std::fs::create_dir_all(&folder)?;
    let cluster = match database {
        Database::Sqlite => None,
        Database::Postgres => Some(Cluster::start().context("starting PostgreSQL")?),
    };
    let url = match &cluster {
        None => format!("sqlite://{}", folder.join(format!("company-{scale}.sqlite")).display()),
        Some(cluster) => cluster.url().to_owned(),
    };
    let program = target.join("release");
    let measured = Command::new(program.join("kehu-bench"))
        .arg("--kehu")
        .arg(program.join("kehu"))
        .args(["--database-url", &url, "--scale", &scale.to_string()])
        .arg("--out")
        .arg(root.join("docs/benchmarks.md"))
        .status()?;
    Ok(measured.success())
}
