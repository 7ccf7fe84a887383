//! The list of accounts that a member may see: found by name, narrowed down, put in order.

use chrono::{DateTime, Utc};
use kehu_core::{Actor, MemberId, TeamId};
use kehu_platform::db::{DbFault, dialect, placeholders, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value};
use kehu_platform::search;
use kehu_rulebook::obligations::overdue_accounts;

use super::{ACCOUNT, AccountRow};
use crate::accounts::access;
use crate::accounts::model::Account;
use crate::communications::last_contact_of;

/// Accounts a page.
pub const PAGE: u64 = 50;

/// What the list is in the order of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Number,
    Name,
    Amount,
    LastContact,
}

impl Order {
    pub const fn code(self) -> &'static str {
        match self {
            Order::Number => "number",
            Order::Name => "name",
            Order::Amount => "amount",
            Order::LastContact => "contact",
        }
    }

    pub fn from_code(code: &str) -> Order {
        [Order::Name, Order::Amount, Order::LastContact].into_iter().find(|o| o.code() == code).unwrap_or_default()
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub search: String,
    pub tier: String,
    pub stage: String,
    pub owner: Option<MemberId>,
    pub team: Option<TeamId>,
    pub region: String,
    pub overdue: bool,
    /// Only accounts whose tier is none of these: those that owe nothing.
    pub not_tiers: Vec<String>,
    pub archived: bool,
    pub order: Order,
    pub descending: bool,
    pub offset: u64,
    /// How many at the most; a page of them unless said otherwise.
    pub limit: Option<u64>,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub accounts: Vec<Account>,
    pub total: u64,
}

pub async fn list(
    on: &impl ConnectionTrait,
    actor: &Actor,
    now: DateTime<Utc>,
    wanted: &Wanted,
) -> Result<Listed, DbFault> {
    let (condition, values) = condition(on.get_database_backend(), actor, now, wanted);
    #[derive(FromQueryResult)]
    struct Total {
        n: i64,
    }
    let total: Option<Total> =
        row(on, &format!("select count(*) as n from accounts a where {condition}"), values.clone()).await?;
    let direction = if wanted.descending { "desc" } else { "asc" };
    let last = last_contact_of("a.id");
    let order = match wanted.order {
        Order::Number => "a.number".to_owned(),
        Order::Name => format!("a.name_sort {direction}, a.number"),
        // Unknown amounts and accounts never contacted stand last in either direction.
        Order::Amount => format!("a.annual_amount {direction} nulls last, a.number"),
        Order::LastContact => format!("{last} is null, {last}"),
    };
    let sql = format!(
        "select {ACCOUNT} from accounts a where {condition} order by {order} {direction} limit {} offset {}",
        wanted.limit.unwrap_or(PAGE),
        wanted.offset
    );
    let found: Vec<AccountRow> = rows(on, &sql, values).await?;
    Ok(Listed {
        accounts: found.into_iter().map(Account::from).collect(),
        total: total.map_or(0, |t| u64::try_from(t.n).unwrap_or_default()),
    })
}

/// The accounts after the given number, in the order of their numbers.
pub async fn list_after(
    on: &impl ConnectionTrait,
    actor: &Actor,
    now: DateTime<Utc>,
    wanted: &Wanted,
    after: i64,
    limit: u64,
) -> Result<Listed, DbFault> {
    let (condition, mut values) = condition(on.get_database_backend(), actor, now, wanted);
    #[derive(FromQueryResult)]
    struct Total {
        n: i64,
    }
    let total: Option<Total> =
        row(on, &format!("select count(*) as n from accounts a where {condition}"), values.clone()).await?;
    values.push(Value::from(after));
    let sql = format!(
        "select {ACCOUNT} from accounts a where {condition} and a.number > ${} order by a.number limit {limit}",
        values.len()
    );
    let found: Vec<AccountRow> = rows(on, &sql, values).await?;
    Ok(Listed {
        accounts: found.into_iter().map(Account::from).collect(),
        total: total.map_or(0, |t| t.n.unsigned_abs()),
    })
}

fn condition(backend: DbBackend, actor: &Actor, now: DateTime<Utc>, wanted: &Wanted) -> (String, Vec<Value>) {
    let (visible, mut values) = access::visible(actor, 0);
    let archived = if wanted.archived { "not null" } else { "null" };
    let mut parts = vec![visible, format!("a.archived_at is {archived}")];
    let mut push = |make: &dyn Fn(usize) -> String, value: Value| {
        values.push(value);
        parts.push(make(values.len()));
    };
    if let Some(phrase) = search::phrase(&wanted.search, backend == DbBackend::Postgres) {
        push(&|n| dialect::search_condition(backend, "account", "a.id", n), Value::from(phrase));
    }
    for (column, value) in [("tier", &wanted.tier), ("stage", &wanted.stage), ("province", &wanted.region)] {
        if !value.is_empty() {
            push(&|n| format!("a.{column} = ${n}"), Value::from(value.clone()));
        }
    }
    if let Some(owner) = wanted.owner {
        push(&|n| format!("a.owner_id = ${n}"), Value::from(owner.uuid()));
    }
    if let Some(team) = wanted.team {
        push(&|n| format!("a.team_id = ${n}"), Value::from(team.uuid()));
    }
    if wanted.overdue {
        push(&|n| format!("a.id in ({})", overdue_accounts(n)), Value::from(now));
    }
    if !wanted.not_tiers.is_empty() {
        let places = placeholders(values.len(), wanted.not_tiers.len());
        values.extend(wanted.not_tiers.iter().map(|tier| Value::from(tier.clone())));
        parts.push(format!("a.tier not in ({places})"));
    }
    (parts.join(" and "), values)
}

/// The provinces of the accounts that the member may see, for the filter.
pub async fn regions(on: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<String>, DbFault> {
    #[derive(FromQueryResult)]
    struct Region {
        province: String,
    }
    let (visible, values) = access::visible(actor, 0);
    // Whoever sees everything asks for one province after the other, not for every account.
    let sql = if access::sees_every_account(actor) {
        "with recursive found (province) as (
            select min(province) from accounts where province > ''
            union all
            select (select min(a.province) from accounts a where a.province > f.province) from found f where f.province is not null
         ) select province from found where province is not null order by province"
            .to_owned()
    } else {
        format!("select distinct a.province from accounts a where {visible} and a.province <> '' order by a.province")
    };
    Ok(rows::<Region>(on, &sql, values).await?.into_iter().map(|r| r.province).collect())
}
