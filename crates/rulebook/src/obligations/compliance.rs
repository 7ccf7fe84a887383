//! Compliance: how many of the obligations that fall due in a period were met on time, by clause,
//! team, member and account, within what the asker may see.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, MemberId, TeamId};
use kehu_platform::db::DbFault;
use kehu_platform::sea_orm::ConnectionTrait;

use super::queries::{self, By, Counted};
use super::reach::Reach;
use super::state::Tally;

/// By clause number, for what falls due in `(from, to]`: what is due by the end of a month's last day has
/// the first instant of the next month as its date, and belongs to the month before.
pub async fn tallies_by_clause(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    reach: &Reach,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<BTreeMap<String, Tally>, DbFault> {
    Ok(added(queries::by_clause(on, now, reach, from, to).await?))
}

/// By the team that owed; `None` gathers what belongs to no team.
pub async fn tallies_by_team(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    reach: &Reach,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<BTreeMap<Option<TeamId>, Tally>, DbFault> {
    let found = queries::by_id(on, now, reach, from, to, By::Team).await?;
    Ok(added(found.into_iter().map(|c| c.map(|id| id.map(TeamId)))))
}

/// By whoever owed when it fell due. Company leadership gets no people's cells.
pub async fn tallies_by_member(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    reach: &Reach,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<BTreeMap<MemberId, Tally>, DbFault> {
    let found = queries::by_id(on, now, reach, from, to, By::Owner).await?;
    Ok(added(found.into_iter().filter_map(Counted::some).map(|c| c.map(MemberId))))
}

/// By account. Human resources get no customers.
pub async fn tallies_by_account(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    reach: &Reach,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<BTreeMap<AccountId, Tally>, DbFault> {
    let found = queries::by_id(on, now, reach, from, to, By::Account).await?;
    Ok(added(found.into_iter().filter_map(Counted::some).map(|c| c.map(AccountId))))
}

/// One tally over all groups.
pub fn together<K>(tallies: &BTreeMap<K, Tally>) -> Tally {
    tallies.values().fold(Tally::default(), |mut all, tally| {
        all += *tally;
        all
    })
}

fn added<K: Ord>(counts: impl IntoIterator<Item = Counted<K>>) -> BTreeMap<K, Tally> {
    let mut tallies: BTreeMap<K, Tally> = BTreeMap::new();
    for found in counts {
        tallies.entry(found.group).or_default().add(found.state, found.overdue, found.count);
    }
    tallies
}
