//! One cadence over accounts and windows: what the leader's board draws. A row comes as one string of
//! its cells, so that thousands of cells are as few rows.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{AccountId, MemberId, TeamId};
use kehu_platform::db::{DbFault, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult};
use kehu_platform::values;
use uuid::Uuid;

use super::super::reach::{Condition, Naming, Reach};
use super::super::state::{State, Tally};

/// Whose obligations a grid shows, always within what the asker may see in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Of the teams that the asker leads, or of one of them.
    Teams(Option<TeamId>),
    /// Of the accounts on whose team the asker is.
    OwnAccounts,
}

/// The part of a cadence that is asked for: the windows that begin from `first` to `last`.
#[derive(Clone, Copy, Debug)]
pub struct Grid<'a> {
    pub rule: &'a str,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub whose: Whose,
    pub owner: Option<MemberId>,
    /// Only these accounts, when they are known.
    pub accounts: Option<&'a [AccountId]>,
}

/// What one member owed for one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridRow {
    pub account: AccountId,
    pub owner: MemberId,
    pub cells: Vec<GridCell>,
}

/// How one window of one account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GridCell {
    /// First day of the window.
    pub window: NaiveDate,
    pub state: State,
    pub overdue: bool,
    /// A late record waits for the leader.
    pub to_confirm: bool,
    pub explained: bool,
}

#[derive(FromQueryResult)]
struct Packed {
    account_id: Option<Uuid>,
    owner_id: Uuid,
    cells: String,
}

pub(super) fn sql(within: &[Condition]) -> String {
    let within: Vec<&str> = within.iter().map(|condition| condition.sql.as_str()).collect();
    format!(
        "select account_id, owner_id, string_agg(window_key || case state when 'met' then 'm' when 'met_late' then 'l'
            when 'missed' then 'x' when 'waived' then 'w' when 'cancelled' then 'c'
            else case when due_at <= $4 then 'd' else 'o' end end
            || case when to_confirm = true then '?' when explained_at is not null then '!' else '.' end, ',') as cells
         from obligations where rule = $1 and window_key >= $2 and window_key <= $3 and {}
         group by account_id, owner_id",
        within.join(" and ")
    )
}

/// The rows of the grid in no particular order, their cells by window.
pub async fn grid(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    reach: &Reach,
    wanted: &Grid<'_>,
) -> Result<Vec<GridRow>, DbFault> {
    let mut values = values![wanted.rule, wanted.first.to_string(), wanted.last.to_string(), now];
    let mut conditions = vec![match wanted.whose {
        Whose::Teams(team) => reach.of_teams(team, values.len()),
        Whose::OwnAccounts => reach.of_own_accounts(values.len()),
    }];
    values.extend(conditions[0].values.clone());
    if let Some(accounts) = wanted.accounts {
        let ids = accounts.iter().map(|account| account.uuid()).collect();
        conditions.push(Condition::any_of("subject_id", ids, values.len()));
        values.extend(conditions[1].values.clone());
    }
    if let Some(owner) = wanted.owner {
        let owner = Condition::any_of("owner_id", vec![owner.uuid()], values.len());
        values.extend(owner.values.clone());
        conditions.push(owner);
    }
    let sql = sql(&conditions);
    let found: Vec<Packed> = rows(on, &sql, values).await?;
    Ok(found
        .into_iter()
        .filter_map(|row| {
            let account = row.account_id?.into();
            Some(GridRow { account, owner: row.owner_id.into(), cells: unpacked(&row.cells) })
        })
        .collect())
}

fn unpacked(cells: &str) -> Vec<GridCell> {
    let mut found: Vec<GridCell> = cells.split(',').filter_map(cell).collect();
    found.sort_unstable_by_key(|cell| cell.window);
    found
}

/// `2026-11-16x!`: the window, a letter for the state, and what stands beside it.
fn cell(packed: &str) -> Option<GridCell> {
    let (window, rest) = packed.split_at_checked(10)?;
    let (state, beside) = (rest.as_bytes().first()?, rest.as_bytes().get(1)?);
    Some(GridCell {
        window: day(window.as_bytes())?,
        state: match state {
            b'm' => State::Met,
            b'l' => State::MetLate,
            b'x' => State::Missed,
            b'w' => State::Waived,
            b'c' => State::Cancelled,
            _ => State::Open,
        },
        overdue: *state == b'd',
        to_confirm: *beside == b'?',
        explained: *beside == b'!',
    })
}

/// `2026-11-16`. The general parser takes ten times as long, and there are thousands of these.
fn day(text: &[u8]) -> Option<NaiveDate> {
    let number = |from: usize, to: usize| {
        text.get(from..to)?
            .iter()
            .try_fold(0_u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
    };
    NaiveDate::from_ymd_opt(i32::try_from(number(0, 4)?).ok()?, number(5, 7)?, number(8, 10)?)
}

#[derive(FromQueryResult)]
struct Proof {
    account_id: Option<Uuid>,
    record_id: Uuid,
}

pub(super) fn proofs_sql(accounts: &Condition) -> String {
    format!(
        "select o.account_id, e.record_id
         from obligations o join obligation_evidence e on e.obligation_id = o.id
         where o.rule = $1 and o.window_key >= $2 and o.window_key <= $3 and {}",
        accounts.sql
    )
}

/// The records that discharged a cadence for the accounts, which are those of a grid that the asker
/// has been shown.
pub async fn proofs(
    on: &impl ConnectionTrait,
    rule: &str,
    (first, last): (NaiveDate, NaiveDate),
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, Uuid)>, DbFault> {
    let mut values = values![rule, first.to_string(), last.to_string()];
    let ids = accounts.iter().map(|account| account.uuid()).collect();
    let accounts = Condition::any_of("o.subject_id", ids, values.len());
    let sql = proofs_sql(&accounts);
    values.extend(accounts.values);
    let found: Vec<Proof> = rows(on, &sql, values).await?;
    Ok(found.into_iter().filter_map(|proof| Some((proof.account_id?.into(), proof.record_id))).collect())
}

#[derive(FromQueryResult)]
struct Standing {
    team_id: Option<Uuid>,
    window_key: String,
    state: String,
    overdue: i32,
    count: i64,
}

pub(super) fn by_team_sql(within: &Condition) -> String {
    format!(
        "select team_id, window_key, state, case when state = 'open' and due_at <= $4 then 1 else 0 end as overdue,
            count(*) as count
         from obligations where rule = $1 and window_key >= $2 and window_key <= $3 and {} group by 1, 2, 3, 4",
        within.sql
    )
}

/// How a cadence stands team by team and window by window, without people and customers.
pub async fn by_team_and_window(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    reach: &Reach,
    rule: &str,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<BTreeMap<(Option<TeamId>, NaiveDate), Tally>, DbFault> {
    let within = reach.condition(Naming::Nothing, 4);
    let mut values = values![rule, first.to_string(), last.to_string(), now];
    let sql = by_team_sql(&within);
    values.extend(within.values);
    let found: Vec<Standing> = rows(on, &sql, values).await?;
    let mut tallies: BTreeMap<(Option<TeamId>, NaiveDate), Tally> = BTreeMap::new();
    for row in found {
        let (Some(state), Some(window)) = (State::from_code(&row.state), day(row.window_key.as_bytes())) else {
            continue;
        };
        let count = u64::try_from(row.count).unwrap_or_default();
        tallies.entry((row.team_id.map(TeamId), window)).or_default().add(state, row.overdue == 1, count);
    }
    Ok(tallies)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::{State, unpacked};

    #[test]
    fn a_packed_row_unfolds_into_its_windows_in_order() {
        let found = unpacked("2026-11-16x!,2026-11-09m.,2026-11-23d.,2026-11-02x?,broken,2026-13-01m.");
        let told: Vec<(String, State)> = found.iter().map(|c| (c.window.to_string(), c.state)).collect();
        let day = |day: &str| day.to_owned();
        assert_eq!(
            told,
            [
                (day("2026-11-02"), State::Missed),
                (day("2026-11-09"), State::Met),
                (day("2026-11-16"), State::Missed),
                (day("2026-11-23"), State::Open)
            ]
        );
        assert!(found[0].to_confirm && found[2].explained && found.last().unwrap().overdue);
    }
}
