//! Compliance with the whole rulebook over a period, beside the period before it. The page, the
//! workbook and the command line show this one reckoning.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::calendar::Zone;
use kehu_core::{AccountId, Locale};
use kehu_platform::db::DbFault;
use kehu_platform::directory::Roster;
use kehu_platform::sea_orm::ConnectionTrait;
use kehu_platform::search;

use super::queries::{Group, GroupBy, Listing, grouped, titles};
use super::reach::Reach;
use super::state::Tally;
use crate::clauses::{ClauseNumber, Rulebook};
use crate::t::obligations as t;

/// One group in the period and in the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub group: Group,
    pub name: String,
    pub now: Tally,
    pub before: Tally,
}

/// By how many points the rate has changed, when both periods have one.
pub fn change(now: &Tally, before: &Tally) -> Option<i64> {
    let points = |tally: &Tally| tally.percent().and_then(|percent| i64::try_from(percent).ok());
    Some(points(now)? - points(before)?)
}

/// All groups, and all of them together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub by: GroupBy,
    /// First and last day of the period, and of the one before it.
    pub days: (NaiveDate, NaiveDate),
    pub days_before: (NaiveDate, NaiveDate),
    pub lines: Vec<Line>,
    pub all: (Tally, Tally),
}

/// What the report names its lines by.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    pub locale: Locale,
    pub roster: &'a Roster,
    pub rulebook: &'a Rulebook,
}

/// Reckons the report. `narrowed` says which obligations count; its own period is put in place of by
/// `days`, and `days_before` end where they begin.
#[expect(clippy::too_many_arguments, reason = "who asks what about which days, and what the lines are called")]
pub async fn report(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    zone: Zone,
    reach: &Reach,
    by: GroupBy,
    narrowed: &Listing,
    (days, days_before): ((NaiveDate, NaiveDate), (NaiveDate, NaiveDate)),
    names: Names<'_>,
) -> Result<Report, DbFault> {
    let split = zone.start_of_day(days.0);
    let listing = Listing { from: zone.start_of_day(days_before.0), to: zone.end_of_day(days.1), ..narrowed.clone() };
    let mut tallies: BTreeMap<Group, (Tally, Tally)> = BTreeMap::new();
    let mut all = (Tally::default(), Tally::default());
    for found in grouped(on, now, reach, by, &listing, split).await? {
        let of_group = tallies.entry(found.group).or_default();
        for tallies in [of_group, &mut all] {
            let tally = if found.later { &mut tallies.0 } else { &mut tallies.1 };
            tally.add(found.state, found.overdue, found.count);
        }
    }
    let accounts: Vec<AccountId> =
        tallies.keys().filter_map(|group| if let Group::Account(id) = group { Some(*id) } else { None }).collect();
    let titles = titles(on, &accounts).await?;
    let mut lines: Vec<Line> = tallies
        .into_iter()
        .map(|(group, (now, before))| Line { name: name(&group, &titles, names), group, now, before })
        .collect();
    if by == GroupBy::Clause {
        lines.sort_by_key(|line| line.name.parse::<ClauseNumber>().ok());
    } else {
        lines.sort_by_cached_key(|line| search::sort_key(&line.name));
    }
    Ok(Report { by, days, days_before, lines, all })
}

fn name(group: &Group, titles: &HashMap<AccountId, String>, names: Names<'_>) -> String {
    match group {
        Group::Clause(clause) => clause.clone(),
        Group::Team(None) => t::no_team(names.locale).to_owned(),
        Group::Team(team) => names.roster.team_name(*team).to_owned(),
        Group::Member(member) => names.roster.name(*member).to_owned(),
        Group::Account(account) => titles.get(account).cloned().unwrap_or_default(),
    }
}

impl Names<'_> {
    /// What a clause is about.
    pub fn clause_title(&self, clause: &str) -> String {
        let found = clause.parse::<ClauseNumber>().ok().and_then(|number| self.rulebook.clause(number));
        found.map_or_else(String::new, |clause| clause.title.get(self.locale).to_owned())
    }
}
