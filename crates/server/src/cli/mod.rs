//! The command line.

mod answer;
mod compliance;
mod db;
mod demo;
mod doctor;
mod import;
mod init;
mod log;
mod member;
mod password;
mod rulebook;
mod serve;
mod token;

use clap::{Parser, Subcommand};

use crate::config::DataOptions;

/// Kehu runs a key account team by its rulebook.
#[derive(Debug, Parser)]
#[command(name = "kehu", version, about)]
pub struct Cli {
    #[command(flatten)]
    pub data: DataOptions,
    /// Log as text or as JSON lines
    #[arg(long, env = "KEHU_LOG_FORMAT", value_name = "text|json", global = true)]
    pub log_format: Option<String>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the product to browsers
    Serve(serve::Serve),
    /// Serve a made-up company with a year of history, to look around in; data go to ./kehu-data/demo
    Demo(demo::Demo),
    /// Set the company up with its first administrator
    Init(init::Init),
    /// Add members, list them, reset their passwords
    #[command(subcommand)]
    Member(member::Member),
    /// Make tokens for programs that use the API, list and revoke them
    #[command(subcommand)]
    Token(token::TokenCommand),
    /// Read, export, import and check the rulebook
    #[command(subcommand)]
    Rulebook(rulebook::RulebookCommand),
    /// How far the rulebook is kept: by clause, team, member or account
    Compliance(compliance::Compliance),
    /// Bring in what the company has kept elsewhere
    #[command(subcommand)]
    Import(import::Import),
    /// Look at the database's schema or bring it up to date
    #[command(subcommand)]
    Db(db::Db),
    /// Check configuration, database, disk, clock and calendar
    Doctor,
}

pub async fn run(cli: Cli) -> anyhow::Result<()> {
    let config = cli.data.resolve()?;
    log::start(cli.log_format.as_deref().or(config.file.log_format.as_deref()))?;
    match cli.command {
        Command::Serve(serve) => serve.run(&config).await,
        Command::Demo(demo) => demo.run(&cli.data).await,
        Command::Init(init) => init.run(&config).await,
        Command::Member(member) => member.run(&config).await,
        Command::Token(token) => token.run(&config).await,
        Command::Rulebook(rulebook) => rulebook.run(&config).await,
        Command::Compliance(compliance) => compliance.run(&config).await,
        Command::Import(import) => import.run(&config).await,
        Command::Db(db) => db.run(&config).await,
        Command::Doctor => doctor::run(&config).await,
    }
}
