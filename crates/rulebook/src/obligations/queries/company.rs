//! Counting the whole company. A year of a large company is half a million obligations; told apart one
//! by one they take a second, counted along an index a fraction of it.

use chrono::{DateTime, Utc};
use kehu_platform::db::DbFault;
use kehu_platform::sea_orm::{ConnectionTrait, Value};
use kehu_platform::values;

use super::super::reach::{Naming, Reach};
use super::super::state::State;
use super::listing::Listing;
use super::tally::{Group, GroupBy, Grouped, grouped_by, grouped_general};

/// How many stand how between two moments.
struct Range {
    state: State,
    later: bool,
    overdue: bool,
    after: DateTime<Utc>,
    until: DateTime<Utc>,
}

/// The states of both periods, the open ones split at the moment from which they are not overdue.
fn ranges(from: DateTime<Utc>, split: DateTime<Utc>, to: DateTime<Utc>, now: DateTime<Utc>) -> Vec<Range> {
    let mut ranges = Vec::new();
    for (later, after, until) in [(false, from, split), (true, split, to)] {
        for state in State::ALL {
            if state == State::Open {
                ranges.push(Range { state, later, overdue: true, after, until: until.min(now) });
                ranges.push(Range { state, later, overdue: false, after: after.max(now), until });
            } else {
                ranges.push(Range { state, later, overdue: false, after, until });
            }
        }
    }
    ranges.retain(|range| range.after < range.until);
    ranges
}

/// Where the groups are listed, and by which column an obligation belongs to one. Customers are not
/// the rulebook's to list.
const fn listed(by: GroupBy) -> Option<(&'static str, &'static str)> {
    match by {
        // From one clause to the next along the index.
        GroupBy::Clause => Some((
            "with recursive next (g) as (select min(clause) from obligations union all
                select (select min(n.clause) from obligations n where n.clause > next.g) from next where next.g is not null)
             select g from next where g is not null",
            "clause",
        )),
        GroupBy::Team => Some(("select id as g from teams", "team_id")),
        GroupBy::Member => Some(("select id as g from members", "owner_id")),
        GroupBy::Account => None,
    }
}

pub(super) fn sql(groups: &str, column: &str, ranges: usize) -> String {
    let ranges: Vec<String> = (0..ranges)
        .map(|n| {
            let at = |place: usize| n * 5 + place;
            format!("(${}, ${}, ${}, ${}, ${})", at(1), at(2), at(3), at(4), at(5))
        })
        .collect();
    format!(
        "select c.* from (select g.g as label, s.column2 as later, s.column1 as state, s.column3 as overdue,
            (select count(*) from obligations o where o.{column} = g.g and o.state = s.column1
                and o.due_at > s.column4 and o.due_at <= s.column5) as count
         from ({groups}) g cross join (values {}) s) c where c.count > 0",
        ranges.join(", ")
    )
}

/// As [`grouped_general`], which it leaves the rest to.
pub(in crate::obligations) async fn grouped(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    reach: &Reach,
    by: GroupBy,
    listing: &Listing,
    split: DateTime<Utc>,
) -> Result<Vec<Grouped>, DbFault> {
    let whole = reach.is_whole(Naming::Nothing) && reach.is_whole(by.naming()) && listing.is_whole();
    let Some((groups, column)) = listed(by).filter(|_| whole) else {
        return grouped_general(on, now, reach, by, listing, split).await;
    };
    let ranges = ranges(listing.from, split, listing.to, now);
    let sql = sql(groups, column, ranges.len());
    let values: Vec<Value> = ranges
        .iter()
        .flat_map(|r| values![r.state.code(), i32::from(r.later), i32::from(r.overdue), r.after, r.until])
        .collect();
    let mut found = grouped_by(on, by, &sql, values).await?;
    if by == GroupBy::Team {
        let rest = Listing { teamless: true, ..listing.clone() };
        let rest = grouped_general(on, now, reach, by, &rest, split).await?;
        found.extend(rest.into_iter().filter(|counted| counted.group == Group::Team(None)));
    }
    Ok(found)
}
