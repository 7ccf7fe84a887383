//! Counts and lists over the ledger, for pages and measures.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, MemberId, TeamId};
use kehu_platform::db::{DbFault, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::values;
use uuid::Uuid;

use super::super::reach::{Condition, Naming, Reach};
use super::super::state::State;
use super::listing::Listing;

/// So many obligations of one group stand in one state.
pub(in crate::obligations) struct Counted<K> {
    pub group: K,
    pub state: State,
    pub overdue: bool,
    pub count: u64,
}

impl<K> Counted<K> {
    pub fn map<T>(self, change: impl FnOnce(K) -> T) -> Counted<T> {
        Counted { group: change(self.group), state: self.state, overdue: self.overdue, count: self.count }
    }
}

impl<K> Counted<Option<K>> {
    /// Without what belongs to no group.
    pub fn some(self) -> Option<Counted<K>> {
        let Counted { group, state, overdue, count } = self;
        group.map(|group| Counted { group, state, overdue, count })
    }
}

#[derive(FromQueryResult)]
struct ByText {
    label: String,
    state: String,
    overdue: i32,
    count: i64,
}

#[derive(FromQueryResult)]
struct ById {
    label: Option<Uuid>,
    state: String,
    overdue: i32,
    count: i64,
}

fn counted<K>(group: K, state: &str, overdue: i32, count: i64) -> Option<Counted<K>> {
    let state = State::from_code(state)?;
    Some(Counted { group, state, overdue: overdue == 1, count: u64::try_from(count).unwrap_or_default() })
}

fn counting(column: &str, naming: Naming, reach: &Reach) -> (String, Vec<kehu_platform::sea_orm::Value>) {
    let within = reach.condition(naming, 3);
    let sql = format!(
        "select {column} as label, state,
            case when state = 'open' and due_at <= $3 then 1 else 0 end as overdue, count(*) as count
         from obligations where due_at > $1 and due_at <= $2 and {} group by 1, 2, 3",
        within.sql
    );
    (sql, within.values)
}

/// Counts by clause of what falls due in `(from, to]`.
pub(in crate::obligations) async fn by_clause(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    reach: &Reach,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Counted<String>>, DbFault> {
    let (sql, within) = counting("clause", Naming::Nothing, reach);
    let mut values = values![from, to, now];
    values.extend(within);
    let found: Vec<ByText> = rows(on, &sql, values).await?;
    Ok(found.into_iter().filter_map(|r| counted(r.label, &r.state, r.overdue, r.count)).collect())
}

/// What a report groups by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    Clause,
    Team,
    Member,
    Account,
}

impl GroupBy {
    pub const ALL: [GroupBy; 4] = [GroupBy::Clause, GroupBy::Team, GroupBy::Member, GroupBy::Account];

    pub const fn code(self) -> &'static str {
        match self {
            GroupBy::Clause => "clause",
            GroupBy::Team => "team",
            GroupBy::Member => "member",
            GroupBy::Account => "account",
        }
    }

    pub fn from_code(code: &str) -> Option<GroupBy> {
        GroupBy::ALL.into_iter().find(|by| by.code() == code)
    }

    const fn column(self) -> &'static str {
        match self {
            GroupBy::Clause => "clause",
            GroupBy::Team => "team_id",
            GroupBy::Member => "owner_id",
            GroupBy::Account => "account_id",
        }
    }

    /// What a line names, which must not be hidden from the asker.
    pub(super) const fn naming(self) -> Naming {
        match self {
            GroupBy::Clause | GroupBy::Team => Naming::Nothing,
            GroupBy::Member => Naming::People,
            GroupBy::Account => Naming::Customers,
        }
    }
}

/// What a line of a report is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Clause(String),
    Team(Option<TeamId>),
    Member(MemberId),
    Account(AccountId),
}

impl Group {
    /// How programs name the group.
    pub fn key(&self) -> String {
        match self {
            Group::Clause(clause) => clause.clone(),
            Group::Team(None) => "none".to_owned(),
            Group::Team(Some(team)) => team.to_string(),
            Group::Member(member) => member.to_string(),
            Group::Account(account) => account.to_string(),
        }
    }
}

#[derive(FromQueryResult)]
struct GroupedByText {
    label: String,
    later: i32,
    state: String,
    overdue: i32,
    count: i64,
}

#[derive(FromQueryResult)]
struct GroupedById {
    label: Option<Uuid>,
    later: i32,
    state: String,
    overdue: i32,
    count: i64,
}

/// So many obligations of a group, in the period or (not `later`) in the one before it.
pub(in crate::obligations) struct Grouped {
    pub group: Group,
    pub later: bool,
    pub state: State,
    pub overdue: bool,
    pub count: u64,
}

impl GroupedByText {
    fn told(self) -> Option<Grouped> {
        Grouped::of(Group::Clause(self.label), self.later, &self.state, self.overdue, self.count)
    }
}

impl GroupedById {
    /// `None` for what belongs to nobody and to no customer; what belongs to no team is a group.
    fn told(self, by: GroupBy) -> Option<Grouped> {
        let group = match by {
            GroupBy::Team => Group::Team(self.label.map(TeamId)),
            GroupBy::Member => Group::Member(MemberId(self.label?)),
            GroupBy::Account => Group::Account(AccountId(self.label?)),
            GroupBy::Clause => return None,
        };
        Grouped::of(group, self.later, &self.state, self.overdue, self.count)
    }
}

impl Grouped {
    fn of(group: Group, later: i32, state: &str, overdue: i32, count: i64) -> Option<Self> {
        let state = State::from_code(state)?;
        let count = u64::try_from(count).unwrap_or_default();
        Some(Self { group, later: later == 1, state, overdue: overdue == 1, count })
    }
}

pub(super) fn grouped_sql(by: GroupBy, condition: &str, within: &str, n: usize) -> String {
    format!(
        "select {} as label, case when due_at > ${} then 1 else 0 end as later, state,
            case when state = 'open' and due_at <= ${} then 1 else 0 end as overdue, count(*) as count
         from obligations where {condition} and {within} group by 1, 2, 3, 4",
        by.column(),
        n + 1,
        n + 2
    )
}

/// Counts by group of what the listing leaves, split at the moment at which its second period begins.
pub(in crate::obligations) async fn grouped_general(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    reach: &Reach,
    by: GroupBy,
    listing: &Listing,
    split: DateTime<Utc>,
) -> Result<Vec<Grouped>, DbFault> {
    let (condition, mut values) = listing.condition(now, reach);
    let within = reach.condition(by.naming(), values.len());
    values.extend(within.values);
    let sql = grouped_sql(by, &condition, &within.sql, values.len());
    values.extend(values![split, now]);
    grouped_by(on, by, &sql, values).await
}

/// The answer of a query that counts by group.
pub(super) async fn grouped_by(
    on: &impl ConnectionTrait,
    by: GroupBy,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<Grouped>, DbFault> {
    if by == GroupBy::Clause {
        let found: Vec<GroupedByText> = rows(on, sql, values).await?;
        return Ok(found.into_iter().filter_map(GroupedByText::told).collect());
    }
    let found: Vec<GroupedById> = rows(on, sql, values).await?;
    Ok(found.into_iter().filter_map(|row| row.told(by)).collect())
}

/// What each of the accounts is called in the ledger.
pub(in crate::obligations) async fn titles(
    on: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, String>, DbFault> {
    #[derive(FromQueryResult)]
    struct Title {
        account_id: Option<Uuid>,
        title: String,
    }
    let mut titles = HashMap::new();
    for chunk in accounts.chunks(500) {
        let ids = Condition::any_of("o.account_id", chunk.iter().map(|account| account.uuid()).collect(), 0);
        // The newest obligation has the account's present name.
        let sql = format!(
            "select o.account_id, o.title from obligations o where {} and o.due_at =
                (select max(n.due_at) from obligations n where n.account_id = o.account_id)",
            ids.sql
        );
        let found: Vec<Title> = rows(on, &sql, ids.values).await?;
        titles.extend(found.into_iter().filter_map(|t| Some((t.account_id?.into(), t.title))));
    }
    Ok(titles)
}

/// Whose obligations are told apart when counting.
#[derive(Clone, Copy, Debug)]
pub(in crate::obligations) enum By {
    Team,
    Owner,
    Account,
}

/// Counts by team, owner or account of what falls due in `(from, to]`.
pub(in crate::obligations) async fn by_id(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    reach: &Reach,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    by: By,
) -> Result<Vec<Counted<Option<Uuid>>>, DbFault> {
    let (column, naming) = match by {
        By::Team => ("team_id", Naming::Nothing),
        By::Owner => ("owner_id", Naming::People),
        By::Account => ("account_id", Naming::Customers),
    };
    let (sql, within) = counting(column, naming, reach);
    let mut values = values![from, to, now];
    values.extend(within);
    let found: Vec<ById> = rows(on, &sql, values).await?;
    Ok(found.into_iter().filter_map(|r| counted(r.label, &r.state, r.overdue, r.count)).collect())
}
