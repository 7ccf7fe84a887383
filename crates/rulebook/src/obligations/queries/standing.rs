//! How things stand at this moment: what Today is made of.

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, MemberId, TeamId};
use kehu_platform::db::{DbFault, placeholders, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::values;
use uuid::Uuid;

use super::super::state::{State, Tally};
use super::super::store::{Obligation, find};

pub(super) const OPEN_OF: &str = "acting_id = $1 and state = 'open' order by due_at, id";

/// Everything that the member is to do, the most urgent first.
pub async fn open_of(on: &impl ConnectionTrait, member: MemberId) -> Result<Vec<Obligation>, DbFault> {
    find(on, OPEN_OF, values![member.uuid()]).await
}

pub(super) const MISSED_OF: &str = "acting_id = $1 and state = 'missed' and due_at >= $2
    and settled_at >= $3 and (explanation is null or window_key = '') order by due_at, id";

/// What the member missed since the moment: cadences not explained yet, and promises, which can
/// still be kept. `due_after` is early enough that nothing missed since then fell due before.
pub async fn missed_of(
    on: &impl ConnectionTrait,
    member: MemberId,
    due_after: DateTime<Utc>,
    since: DateTime<Utc>,
) -> Result<Vec<Obligation>, DbFault> {
    find(on, MISSED_OF, values![member.uuid(), due_after, since]).await
}

pub(super) fn about_condition(records: usize) -> String {
    format!("about_id in ({}) order by opened_at, due_at, id", placeholders(0, records))
}

/// All obligations about the records, settled ones too, for cards with their steps.
pub async fn cards(on: &impl ConnectionTrait, abouts: &[Uuid]) -> Result<Vec<Obligation>, DbFault> {
    let mut found = Vec::new();
    for chunk in abouts.chunks(500) {
        found.extend(find(on, &about_condition(chunk.len()), chunk.iter().map(|id| Value::from(*id)).collect()).await?);
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct Monthly {
    later: i32,
    state: String,
    overdue: i32,
    count: i64,
}

pub(super) const MONTHS_OF: &str = "
    select case when due_at > $3 then 1 else 0 end as later, state,
        case when state = 'open' and due_at <= $5 then 1 else 0 end as overdue, count(*) as count
    from obligations where owner_id = $1 and due_at > $2 and due_at <= $4 group by 1, 2, 3";

/// The member's tallies of two months that follow each other, by when they begin and end.
pub async fn months_of(
    on: &impl ConnectionTrait,
    member: MemberId,
    bounds: (DateTime<Utc>, DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<(Tally, Tally), DbFault> {
    let found: Vec<Monthly> = rows(on, MONTHS_OF, values![member.uuid(), bounds.0, bounds.1, bounds.2, now]).await?;
    let mut tallies = (Tally::default(), Tally::default());
    for row in found {
        let Some(state) = State::from_code(&row.state) else { continue };
        let tally = if row.later == 1 { &mut tallies.1 } else { &mut tallies.0 };
        tally.add(state, row.overdue == 1, u64::try_from(row.count).unwrap_or_default());
    }
    Ok(tallies)
}

pub(super) fn overdue_of_teams_condition(teams: usize) -> String {
    format!(
        "team_id in ({}) and state in ('open', 'missed') and due_at <= $1 and due_at >= $2
            and (state = 'open' or settled_at >= $3) order by due_at, id",
        placeholders(3, teams)
    )
}

/// What is overdue in the teams, and what was missed in them since the moment.
pub async fn overdue_of_teams(
    on: &impl ConnectionTrait,
    teams: &[TeamId],
    now: DateTime<Utc>,
    due_after: DateTime<Utc>,
    since: DateTime<Utc>,
) -> Result<Vec<Obligation>, DbFault> {
    if teams.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = values![now, due_after, since];
    values.extend(teams.iter().map(|team| Value::from(team.uuid())));
    find(on, &overdue_of_teams_condition(teams.len()), values).await
}

/// So many obligations of one rule towards one customer are overdue or were missed.
#[derive(Clone, Debug)]
pub struct Lapse {
    pub account: AccountId,
    pub team: Option<TeamId>,
    pub title: String,
    pub rule: String,
    pub overdue: u64,
    pub missed: u64,
}

#[derive(FromQueryResult)]
struct LapseRow {
    account_id: Uuid,
    team_id: Option<Uuid>,
    title: String,
    rule: String,
    overdue: i64,
    missed: i64,
}

pub(super) const LAPSES: &str = "
    select account_id, team_id, max(title) as title, rule,
        cast(sum(case when state = 'open' then 1 else 0 end) as bigint) as overdue,
        cast(sum(case when state = 'missed' then 1 else 0 end) as bigint) as missed
    from obligations
    where state in ('open', 'missed') and due_at <= $1 and due_at >= $2 and account_id is not null
    group by account_id, team_id, rule";

/// Lapses towards customers since the moment, over the whole company and without people.
pub async fn lapses(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    since: DateTime<Utc>,
) -> Result<Vec<Lapse>, DbFault> {
    let found: Vec<LapseRow> = rows(on, LAPSES, values![now, since]).await?;
    let count = |n: i64| u64::try_from(n).unwrap_or_default();
    Ok(found
        .into_iter()
        .map(|r| Lapse {
            account: r.account_id.into(),
            team: r.team_id.map(TeamId),
            title: r.title,
            rule: r.rule,
            overdue: count(r.overdue),
            missed: count(r.missed),
        })
        .collect())
}

pub(super) const COUNT_OVERDUE: &str =
    "select count(*) as n from obligations where acting_id = $1 and state = 'open' and due_at < $2";

/// How much of what the member is to do is overdue.
pub async fn count_overdue(on: &impl ConnectionTrait, member: MemberId, now: DateTime<Utc>) -> Result<i64, DbFault> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let counted = row::<Count>(on, COUNT_OVERDUE, values![member.uuid(), now]).await?;
    Ok(counted.map_or(0, |count| count.n))
}
