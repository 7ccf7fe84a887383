//! `kehu doctor`: whether this installation can be relied on. It changes nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::bail;
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use kehu_core::calendar::Zone;
use kehu_core::{Clock, Position};
use kehu_platform::db::Db;
use kehu_platform::directory;
use kehu_platform::journal::{self, Inspection};

use crate::compose;
use crate::config::Config;

/// Free space below which the data folder is at risk, and below which it is nearly full.
const LITTLE_SPACE: u64 = 1 << 30;
const NO_SPACE: u64 = 100 << 20;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Ok,
    Warn,
    Fail,
}

/// One finding: what was looked at, how it is, and what to do about it.
struct Finding {
    verdict: Verdict,
    about: &'static str,
    text: String,
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn ok(&mut self, about: &'static str, text: impl Into<String>) {
        self.0.push(Finding { verdict: Verdict::Ok, about, text: text.into() });
    }

    fn warn(&mut self, about: &'static str, text: impl Into<String>) {
        self.0.push(Finding { verdict: Verdict::Warn, about, text: text.into() });
    }

    fn fail(&mut self, about: &'static str, text: impl Into<String>) {
        self.0.push(Finding { verdict: Verdict::Fail, about, text: text.into() });
    }

    fn count(&self, verdict: Verdict) -> usize {
        self.0.iter().filter(|f| f.verdict == verdict).count()
    }
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let mut findings = Findings::default();
    configuration(config, &mut findings);
    disk(config, &mut findings);
    let now = Clock::system().now();
    database(config, now, &mut findings).await;
    for finding in &findings.0 {
        let verdict = match finding.verdict {
            Verdict::Ok => "OK  ",
            Verdict::Warn => "WARN",
            Verdict::Fail => "FAIL",
        };
        println!("{verdict}  {:<13} {}", finding.about, finding.text);
    }
    let (warned, failed) = (findings.count(Verdict::Warn), findings.count(Verdict::Fail));
    if failed > 0 {
        bail!("{failed} failed, {warned} to look at");
    }
    println!("{}", if warned == 0 { "All is well.".to_owned() } else { format!("{warned} to look at.") });
    Ok(())
}

fn configuration(config: &Config, findings: &mut Findings) {
    findings.ok("configuration", format!("data folder {}", config.data.display()));
    findings.ok("configuration", format!("database {}", without_password(&config.database_url)));
}

/// The address of the database without its secret.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((user, place)) => {
            let name = user.split(':').next().unwrap_or_default();
            format!("{scheme}://{name}:…@{place}")
        }
        None => url.to_owned(),
    }
}

fn disk(config: &Config, findings: &mut Findings) {
    let folder = existing(&config.data);
    if folder != config.data {
        findings.warn("disk", format!("{} does not exist yet; kehu init makes it", config.data.display()));
    }
    let probe = folder.join(".kehu-doctor");
    match std::fs::write(&probe, b"").and_then(|()| std::fs::remove_file(&probe)) {
        Ok(()) => findings.ok("disk", format!("{} can be written", folder.display())),
        Err(error) => findings.fail("disk", format!("{} cannot be written: {error}", folder.display())),
    }
    match free_space(&folder) {
        Some(free) if free < NO_SPACE => findings.fail("disk", format!("only {} MiB free", free >> 20)),
        Some(free) if free < LITTLE_SPACE => findings.warn("disk", format!("only {} MiB free", free >> 20)),
        Some(free) => findings.ok("disk", format!("{} GiB free", free >> 30)),
        None => findings.warn("disk", "free space is unknown: df gave no answer"),
    }
}

/// The folder itself, or the nearest one above it that exists.
fn existing(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    if absolute.exists() {
        return folder.to_owned();
    }
    absolute.ancestors().find(|above| above.exists()).map_or_else(|| PathBuf::from("/"), Path::to_owned)
}

/// Bytes that are free, as the POSIX form of `df` tells; the standard library does not know.
fn free_space(folder: &Path) -> Option<u64> {
    let output = Command::new("df").args(["-P", "-k"]).arg(folder).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let kilobytes: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kilobytes * 1024)
}

async fn database(config: &Config, now: DateTime<Utc>, findings: &mut Findings) {
    if let Some(path) = config.database_url.strip_prefix("sqlite://")
        && !Path::new(path).exists()
    {
        findings.warn("database", "there is none yet; kehu init makes it");
        clock(now, None, findings);
        return;
    }
    let db = match Db::connect(&config.database_url).await {
        Ok(db) => db,
        Err(fault) => {
            findings.fail("database", format!("cannot be opened: {fault}"));
            clock(now, None, findings);
            return;
        }
    };
    settings(&db, findings).await;
    if schema(&db, findings).await {
        company(&db, now, findings).await;
    } else {
        clock(now, None, findings);
    }
    if let Err(fault) = db.close().await {
        findings.warn("database", format!("did not close: {fault}"));
    }
}

async fn settings(db: &Db, findings: &mut Findings) {
    match db.settings().await {
        Ok(settings) => {
            let listed: Vec<String> = settings.iter().map(|s| format!("{}={}", s.name, s.value)).collect();
            findings.ok("database", listed.join(" "));
            for wrong in settings.iter().filter(|s| !s.is_right()) {
                let wanted = wrong.wanted.unwrap_or_default();
                findings.fail("database", format!("{} is {}, not {wanted}", wrong.name, wrong.value));
            }
        }
        Err(fault) => findings.fail("database", format!("does not answer: {fault}")),
    }
}

/// Whether the schema is up to date.
async fn schema(db: &Db, findings: &mut Findings) -> bool {
    match db.migration_states(compose::migrations()).await {
        Ok(states) => {
            let pending = states.iter().filter(|s| !s.applied).count();
            if pending == 0 {
                findings.ok("schema", format!("up to date, {} steps", states.len()));
            } else {
                findings.warn("schema", format!("{pending} steps to take; kehu db migrate or kehu serve takes them"));
            }
            pending == 0
        }
        Err(fault) => {
            findings.fail("schema", format!("cannot be read: {fault}"));
            false
        }
    }
}

async fn company(db: &Db, now: DateTime<Utc>, findings: &mut Findings) {
    let newest = match journal::last_moment(db.read()).await {
        Ok(newest) => newest,
        Err(fault) => return findings.fail("journal", format!("cannot be read: {fault}")),
    };
    clock(now, newest, findings);
    seals(db, findings).await;
    match directory::company(db.read()).await {
        Ok(Some(company)) => match company.zone.parse::<Zone>() {
            Ok(zone) => findings.ok("company", format!("{}, {zone}, now {}", company.name, zone.local(now))),
            Err(error) => findings.fail("company", error.to_string()),
        },
        Ok(None) => return findings.warn("company", "not set up yet; use kehu init"),
        Err(fault) => return findings.fail("company", format!("cannot be read: {fault}")),
    }
    match directory::members(db.read()).await {
        Ok(members) => {
            let administrators = members
                .iter()
                .filter(|m| m.active && m.can_sign_in && m.positions.holds(Position::Administrator))
                .count();
            let active = members.iter().filter(|m| m.active).count();
            if administrators == 0 {
                findings.fail("members", "nobody can administer Kehu; use kehu member reset-password");
            } else {
                findings.ok("members", format!("{active} active, {administrators} of them administrators"));
            }
        }
        Err(fault) => findings.fail("members", format!("cannot be read: {fault}")),
    }
    match directory::calendar(db.read()).await {
        Ok(calendar) => {
            let year = calendar.zone().local_date(now).year();
            let provisional =
                NaiveDate::from_ymd_opt(year, 12, 31).is_some_and(|last_day| calendar.is_provisional(last_day));
            if provisional {
                findings.warn("calendar", format!("the holiday notice for {year} has not been entered"));
            } else {
                findings.ok("calendar", format!("the holidays of {year} are known"));
            }
        }
        Err(fault) => findings.fail("calendar", format!("cannot be read: {fault}")),
    }
}

/// Whether the journal is as it was when it was sealed.
async fn seals(db: &Db, findings: &mut Findings) {
    match journal::inspect(db.read()).await {
        Ok(Inspection::Whole { newest: Some(seal), unsealed }) => findings.ok(
            "journal",
            format!("sealed through entry {} ({}), {unsealed} since; {}", seal.last_seq, seal.sealed_at, seal.digest),
        ),
        Ok(Inspection::Whole { newest: None, unsealed }) => {
            findings.ok("journal", format!("{unsealed} entries, none sealed yet"));
        }
        Ok(Inspection::Broken(seal)) => findings.fail(
            "journal",
            format!(
                "entries {} to {} are not as they were when sealed on {}",
                seal.first_seq, seal.last_seq, seal.sealed_at
            ),
        ),
        Err(fault) => findings.fail("journal", format!("cannot be inspected: {fault}")),
    }
}

/// A clock that stands before the newest record would write history in the wrong order.
fn clock(now: DateTime<Utc>, newest: Option<DateTime<Utc>>, findings: &mut Findings) {
    match newest {
        Some(newest) if newest > now + TimeDelta::minutes(1) => {
            findings.fail("clock", format!("{now} is before the newest record, which is of {newest}"));
        }
        _ if now.year() < 2025 => findings.fail("clock", format!("{now} cannot be right")),
        _ => findings.ok("clock", now.format("%Y-%m-%d %H:%M:%S UTC").to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn the_password_of_the_database_is_never_printed() {
        assert_eq!(without_password("postgres://kehu:s3cr@t@db/kehu"), "postgres://kehu:…@db/kehu");
        assert_eq!(without_password("sqlite://kehu-data/kehu.sqlite"), "sqlite://kehu-data/kehu.sqlite");
    }
}
