//! `kehu import ledger`: brings a customer ledger in from the command line.

mod answer;
mod mapping;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use kehu_core::{Actor, Clock, Door, Locale, Position};
use kehu_customer::import::{self, Draft, Importer, NewImport, Options, Reading, Unreadable};
use kehu_customer::ledger::MappingFile;
use kehu_platform::directory;
use kehu_platform::web::App;

use self::answer::Outcome;
use self::mapping::MappingOption;
use super::answer as refusal;
use crate::compose;
use crate::config::Config;

#[derive(Debug, Subcommand)]
pub enum Import {
    /// Bring in a customer ledger: CSV in UTF-8 or GB18030, XLSX, XLS
    Ledger(Ledger),
}

#[derive(Args, Debug)]
pub struct Ledger {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Sheet to read; without it the one that looks most like a ledger
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// TOML file that says what columns and words mean and which member a manager is
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Make account managers who are no members yet members without sign-in
    #[arg(long)]
    create_managers: bool,
    /// Show what would be done and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Write what the ledger says over accounts and contacts that are known already
    #[arg(long)]
    update: bool,
    /// Import on behalf of this member; without it as the first administrator
    #[arg(long = "as", value_name = "LOGIN")]
    login: Option<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

impl Import {
    pub async fn run(self, config: &Config) -> anyhow::Result<()> {
        let Import::Ledger(ledger) = self;
        let app = compose::app(config.open().await?, Clock::system(), false);
        ledger.run(&app).await
    }
}

impl Ledger {
    async fn run(self, app: &App) -> anyhow::Result<()> {
        let locale = locale();
        let content = std::fs::read(&self.file).with_context(|| format!("reading {}", self.file.display()))?;
        let mapping = self.mapping.as_deref().map(MappingOption::read).transpose()?;
        let actor = actor(app, self.login.as_deref()).await?;
        let importer = Importer::of(actor).context("this member may not import accounts")?;

        let (mapping, reading) = self.read(app, &content, mapping.as_ref(), locale).await?;
        let options = Options {
            create_managers: self.create_managers,
            update: self.update,
            managers: mapping.managers(app).await?,
        };
        let report = if self.dry_run {
            import::dry_run(&app.db, &importer, &reading, &options).await.map_err(refusal::refused)?
        } else {
            let file_name = self.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            let new = NewImport { file_name, content, mapping: mapping.file, options };
            let done = import::run(&app.db, &importer, app.clock.now(), &reading, new).await;
            done.map_err(refusal::refused)?.report.unwrap_or_default()
        };
        let rejects = if self.dry_run || report.errors.is_empty() {
            None
        } else {
            Some(write_rejects(&self.file, &reading.rejects(&report.errors, locale)?)?)
        };
        let outcome = Outcome { report: &report, dry_run: self.dry_run, rejects: rejects.as_deref(), locale };
        if self.json {
            outcome.json()?
        } else {
            outcome.table()
        }
        let kept = report.accounts.created + report.accounts.updated + report.accounts.unchanged;
        if kept == 0 && report.rows > 0 && !self.dry_run {
            bail!("no row could be imported");
        }
        Ok(())
    }

    /// Reads the file by the given mapping, or by what was confirmed for such ledgers before.
    async fn read(
        &self,
        app: &App,
        content: &[u8],
        given: Option<&MappingOption>,
        locale: Locale,
    ) -> anyhow::Result<(MappingOption, Reading)> {
        let mut told = given.map(|given| given.file.clone()).unwrap_or_default();
        if let Some(sheet) = &self.sheet {
            told.sheet = Some(sheet.clone());
        }
        let unreadable = |error: Unreadable| anyhow::anyhow!(error.message(locale));
        let (draft, known) = if given.is_some() {
            let draft = Draft::of(content, Some(&told)).map_err(|error| unreadable(error.into()))?;
            (draft, MappingOption::default())
        } else {
            match import::propose(app.db.read(), content.to_vec(), told).await {
                Ok(proposed) => {
                    let known = MappingOption { known: proposed.remembered.managers, ..MappingOption::default() };
                    (proposed.draft, known)
                }
                Err(import::NotProposed::Unreadable(error)) => return Err(unreadable(error.into())),
                Err(error) => return Err(error.into()),
            }
        };
        let missing = &draft.proposal.not_found;
        if given.is_some() && !missing.is_empty() {
            let fields: Vec<&str> = missing.iter().map(|field| field.label(locale)).collect();
            bail!("the mapping names columns that this table does not have, for: {}", fields.join(", "));
        }
        let file = MappingFile {
            sheet: draft.proposal.mapping.sheet.clone(),
            header_row: Some(draft.proposal.mapping.header_row),
            ..draft.proposal.to_file()
        };
        let reading = draft.assemble().map_err(|error| unreadable(error.into()))?;
        let option = given.cloned().unwrap_or(known);
        Ok((MappingOption { file, ..option }, reading))
    }
}

/// The member on whose behalf rows are written: the named one, or the first administrator, who
/// set the installation up; on one without any, whoever runs commands on the server.
async fn actor(app: &App, login: Option<&str>) -> anyhow::Result<Actor> {
    let member = match login {
        Some(login) => {
            let login = login.trim().to_lowercase();
            let found = directory::member_by_login(app.db.read(), &login).await?;
            Some(found.with_context(|| format!("nobody has the login {login}"))?)
        }
        None => {
            let members = directory::members(app.db.read()).await?;
            let administers = |m: &directory::Member| m.active && m.positions.holds(Position::Administrator);
            members.into_iter().filter(administers).min_by_key(|m| m.created_at)
        }
    };
    match member {
        Some(member) => directory::actor(app.db.read(), member.id, app.clock.now(), Door::CommandLine)
            .await?
            .with_context(|| format!("{} has left", member.name)),
        None => Ok(Actor { name: "kehu".to_owned(), door: Door::CommandLine, ..Actor::system() }),
    }
}

/// The language of the terminal; simplified Chinese when it names none that we speak.
fn locale() -> Locale {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| {
        let value = std::env::var(name).ok()?;
        (!value.is_empty()).then_some(value)
    });
    let tag = named.unwrap_or_default();
    let tag = tag.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    Locale::from_accept_language(&tag)
}

/// Writes the bad rows beside the ledger, or here when there is no writing there.
fn write_rejects(ledger: &Path, content: &[u8]) -> anyhow::Result<PathBuf> {
    let mut name = ledger.file_name().unwrap_or_default().to_os_string();
    name.push(".rejects.csv");
    let beside = ledger.with_file_name(&name);
    if std::fs::write(&beside, content).is_ok() {
        return Ok(beside);
    }
    let here = PathBuf::from(&name);
    std::fs::write(&here, content).with_context(|| format!("writing {}", here.display()))?;
    Ok(here)
}
