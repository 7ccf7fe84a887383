//! `kehu rulebook show|export|import|check`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use kehu_core::{Actor, Clock, Door, Locale, Position};
use kehu_platform::directory;
use kehu_platform::web::App;
use kehu_rulebook::clauses::{Clause, ClauseNumber, Rulebook};
use kehu_rulebook::versions::{self, Drafter};

use super::answer;
use crate::compose;
use crate::config::Config;

#[derive(Debug, Subcommand)]
pub enum RulebookCommand {
    /// Print the rulebook that is in force today
    Show(Show),
    /// Write a version as TOML, to a file or to standard output
    Export {
        /// The version's number; without it the one in force today
        #[arg(long, value_name = "N")]
        version: Option<i64>,
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Make a TOML file the draft, to be submitted and approved in the browser
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Draft on behalf of this member; without it as the first administrator
        #[arg(long = "as", value_name = "LOGIN")]
        login: Option<String>,
    },
    /// Say what is wrong with a TOML file, line by line
    Check {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Args, Debug)]
pub struct Show {
    /// One clause alone, as 4.4.1
    #[arg(long, value_name = "N")]
    clause: Option<ClauseNumber>,
    /// zh-Hans, zh-Hant or en
    #[arg(long, value_name = "TAG", default_value_t = Locale::default())]
    language: Locale,
}

impl RulebookCommand {
    pub async fn run(self, config: &Config) -> anyhow::Result<()> {
        if let RulebookCommand::Check { file } = &self {
            return check(file);
        }
        let app = compose::app(config.open().await?, Clock::system(), false);
        match self {
            RulebookCommand::Show(show) => show.run(&app).await,
            RulebookCommand::Export { version, file } => export(&app, version, file.as_deref()).await,
            RulebookCommand::Import { file, login } => import(&app, &file, login.as_deref()).await,
            RulebookCommand::Check { .. } => Ok(()),
        }
    }
}

impl Show {
    #[expect(clippy::print_stdout, reason = "the command's answer")]
    async fn run(self, app: &App) -> anyhow::Result<()> {
        let current = in_force(app).await?;
        let l = self.language;
        if let Some(number) = self.clause {
            let clause = current.rulebook.clause(number);
            let clause = clause.with_context(|| format!("the rulebook in force has no clause {number}"))?;
            println!("{}", told(clause, l));
            return Ok(());
        }
        println!("{}\n", current.rulebook.title.get(l));
        for chapter in current.rulebook.outline() {
            println!("{}. {}\n", chapter.chapter.number, chapter.chapter.title.get(l));
            for section in chapter.sections {
                if let Some(section) = section.section {
                    println!("{} {}\n", section.number, section.title.get(l));
                }
                for clause in section.clauses {
                    println!("{}\n", told(clause, l));
                }
            }
        }
        Ok(())
    }
}

fn told(clause: &Clause, l: Locale) -> String {
    let positions: Vec<&str> = clause.responsible.iter().map(|r| versions::responsible_name(l, *r)).collect();
    let bound = if positions.is_empty() { String::new() } else { format!("  [{}]", positions.join(", ")) };
    format!("{} {}{bound}\n{}", clause.number, clause.title.get(l), clause.plain_text(l))
}

async fn in_force(app: &App) -> anyhow::Result<versions::InForce> {
    let zone = directory::calendar(app.db.read()).await?.zone();
    Ok(versions::in_force(app.db.read(), zone.local_date(app.clock.now())).await?)
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
async fn export(app: &App, number: Option<i64>, file: Option<&Path>) -> anyhow::Result<()> {
    let text = match number {
        None => in_force(app).await?.rulebook.to_toml(),
        Some(number) => {
            let version = versions::numbered(app.db.read(), number).await?;
            let version = version.with_context(|| format!("there is no version {number}"))?;
            versions::document(app.db.read(), &version).await?.to_toml()
        }
    };
    match file {
        Some(file) => std::fs::write(file, text).with_context(|| format!("writing {}", file.display())),
        None => {
            print!("{text}");
            Ok(())
        }
    }
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
async fn import(app: &App, file: &Path, login: Option<&str>) -> anyhow::Result<()> {
    let rulebook = read(file)?;
    let actor = actor(app, login).await?;
    let drafter = Drafter::of(&actor).context("this member may not draft changes of the rulebook")?;
    versions::import_draft(app, drafter, app.clock.now(), rulebook).await.map_err(answer::refused)?;
    println!("{} is the draft now; submit it at /rulebook/draft", file.display());
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
fn check(file: &Path) -> anyhow::Result<()> {
    let rulebook = read(file)?;
    println!("{}: {} clauses, nothing wrong", file.display(), rulebook.clauses().len());
    Ok(())
}

/// Reads a rulebook file; its problems are the error, one a line.
fn read(file: &Path) -> anyhow::Result<Rulebook> {
    let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    match Rulebook::from_toml(text.trim_start_matches('\u{feff}')) {
        Ok(rulebook) => Ok(rulebook),
        Err(problems) => {
            let lines: Vec<String> = problems.iter().map(|p| format!("{}: {p}", file.display())).collect();
            bail!("{}", lines.join("\n"))
        }
    }
}

/// The named member, or the first administrator, who set the installation up.
async fn actor(app: &App, login: Option<&str>) -> anyhow::Result<Actor> {
    let on = app.db.read();
    let member = match login.map(|login| login.trim().to_lowercase()) {
        Some(login) => {
            let found = directory::member_by_login(on, &login).await?;
            found.with_context(|| format!("nobody has the login {login}"))?
        }
        None => {
            let administers = |m: &directory::Member| m.active && m.positions.holds(Position::Administrator);
            let found = directory::members(on).await?.into_iter().filter(administers).min_by_key(|m| m.created_at);
            found.context("there is no administrator yet; set the company up first: kehu init")?
        }
    };
    let actor = directory::actor(on, member.id, app.clock.now(), Door::CommandLine).await?;
    actor.with_context(|| format!("{} has left", member.name))
}
