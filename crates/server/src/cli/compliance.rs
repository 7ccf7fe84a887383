//! `kehu compliance`: the same reckoning as the page, for whoever runs the installation.

use anyhow::{Context as _, bail, ensure};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use kehu_core::calendar::{Window, WindowKind};
use kehu_core::{Actor, Clock, Locale};
use kehu_platform::directory::{self, Roster};
use kehu_rulebook::clauses::ClauseNumber;
use kehu_rulebook::obligations::{GroupBy, Line, Listing, Names, Period, Reach, Report, Tally, before, report};
use kehu_rulebook::versions;
use serde_json::{Value, json};

use crate::compose;
use crate::config::Config;

#[derive(Args, Debug)]
pub struct Compliance {
    /// One clause alone, as 4.4.1
    #[arg(long, value_name = "N")]
    clause: Option<ClauseNumber>,
    /// First day on which something falls due, as 2026-11-01 [default: the first of this month]
    #[arg(long, value_name = "DAY")]
    from: Option<NaiveDate>,
    /// Last day [default: the last of this month]
    #[arg(long, value_name = "DAY")]
    to: Option<NaiveDate>,
    #[arg(long, value_enum, default_value_t = By::Clause)]
    group_by: By,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
    /// zh-Hans, zh-Hant or en
    #[arg(long, value_name = "TAG", default_value_t = Locale::En)]
    language: Locale,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum By {
    Clause,
    Team,
    Member,
    Account,
}

impl From<By> for GroupBy {
    fn from(by: By) -> GroupBy {
        match by {
            By::Clause => GroupBy::Clause,
            By::Team => GroupBy::Team,
            By::Member => GroupBy::Member,
            By::Account => GroupBy::Account,
        }
    }
}

impl Compliance {
    pub async fn run(self, config: &Config) -> anyhow::Result<()> {
        let app = compose::app(config.open().await?, Clock::system(), false);
        let (on, now) = (app.db.read(), app.clock.now());
        let zone = directory::calendar(on).await?.zone();
        let today = zone.local_date(now);
        let month = Window::containing(WindowKind::Month, today);
        let (from, to) = (self.from.unwrap_or(month.start), self.to.unwrap_or(month.last_day()));
        ensure!(from <= to, "{from} is after {to}");
        let period = if (from, to) == (month.start, month.last_day()) { Period::Month } else { Period::Days(from, to) };
        let current = versions::in_force(on, today).await?;
        let roster = Roster::load(on).await?;
        let names = Names { locale: self.language, roster: &roster, rulebook: &current.rulebook };
        if let Some(clause) = self.clause
            && current.rulebook.clause(clause).is_none()
        {
            bail!("the rulebook in force has no clause {clause}");
        }
        let narrowed = Listing {
            clause: self.clause.map(|clause| clause.to_string()),
            ..Listing::due(zone.start_of_day(from), zone.end_of_day(to))
        };
        let reach = Reach::of(&Actor::system());
        let days = ((from, to), before(period, today, zone));
        let found = report(on, now, zone, &reach, self.group_by.into(), &narrowed, days, names)
            .await
            .context("reckoning the report")?;
        if self.json {
            return print_json(&found);
        }
        print_table(&found);
        Ok(())
    }
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
fn print_json(report: &Report) -> anyhow::Result<()> {
    let rows: Vec<Value> = report.lines.iter().map(row).collect();
    let answer = json!({
        "group_by": report.by.code(),
        "from": report.days.0,
        "to": report.days.1,
        "previous_from": report.days_before.0,
        "previous_to": report.days_before.1,
        "rows": rows,
        "total": { "current": figures(&report.all.0), "previous": figures(&report.all.1) },
    });
    println!("{}", serde_json::to_string_pretty(&answer)?);
    Ok(())
}

fn row(line: &Line) -> Value {
    json!({
        "group": line.group.key(),
        "name": line.name,
        "current": figures(&line.now),
        "previous": figures(&line.before),
    })
}

fn figures(tally: &Tally) -> Value {
    json!({
        "met": tally.met,
        "met_late": tally.met_late,
        "missed": tally.missed,
        "settled": tally.settled(),
        "percent": tally.percent(),
        "open": tally.open,
        "overdue": tally.overdue,
        "waived": tally.waived,
        "cancelled": tally.cancelled,
    })
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
fn print_table(report: &Report) {
    let (from, to) = report.days;
    println!("{from} to {to}, compared with {} to {}", report.days_before.0, report.days_before.1);
    println!("on time\tbefore\tmet\tlate\tmissed\topen\toverdue\twaived\t{}", report.by.code());
    for line in &report.lines {
        println!("{}\t{}", told(&line.now, &line.before), line.name);
    }
    println!("{}\tall", told(&report.all.0, &report.all.1));
}

fn told(now: &Tally, before: &Tally) -> String {
    let counts = [now.met, now.met_late, now.missed, now.open, now.overdue, now.waived];
    let counts: Vec<String> = counts.iter().map(u64::to_string).collect();
    format!("{}\t{}\t{}", now.figure(), before.figure(), counts.join("\t"))
}
