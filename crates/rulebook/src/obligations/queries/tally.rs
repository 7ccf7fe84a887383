//! Counts and lists over the ledger, for pages and measures.

use chrono::{DateTime, Utc};
use kehu_platform::db::{DbFault, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult};
use kehu_platform::values;
use uuid::Uuid;

use super::super::reach::{Naming, Reach};
use super::super::state::State;

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
