//! Groups in the database.

use chrono::{DateTime, Utc};
use kehu_core::{AccountGroupId, AccountId};
use kehu_platform::db::{DbFault, Tx, execute, placeholders, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::{search, values};
use uuid::Uuid;

use super::{AccountGroup, GroupKeeper};
use crate::accounts::model::Account;
use crate::accounts::store::{ACCOUNT, AccountRow};

#[derive(FromQueryResult)]
struct GroupRow {
    id: Uuid,
    name: String,
    once: bool,
    lead_account_id: Option<Uuid>,
    version: i64,
}

impl From<GroupRow> for AccountGroup {
    fn from(r: GroupRow) -> Self {
        Self { id: r.id.into(), name: r.name, once: r.once, lead: r.lead_account_id.map(AccountId), version: r.version }
    }
}

const GROUP: &str = "select id, name, once, lead_account_id, version from account_groups where dissolved_at is null";

/// The groups that stand, by name.
pub(super) async fn groups(on: &impl ConnectionTrait) -> Result<Vec<AccountGroup>, DbFault> {
    let mut found: Vec<GroupRow> = rows(on, GROUP, vec![]).await?;
    found.sort_by_cached_key(|group| search::sort_key(&group.name));
    Ok(found.into_iter().map(AccountGroup::from).collect())
}

pub async fn group(on: &impl ConnectionTrait, id: AccountGroupId) -> Result<Option<AccountGroup>, DbFault> {
    Ok(row::<GroupRow>(on, &format!("{GROUP} and id = $1"), values![id.uuid()]).await?.map(AccountGroup::from))
}

/// The account that owes for all of the group; `None` when each owes its own.
pub(in crate::accounts) async fn carrier(
    on: &impl ConnectionTrait,
    id: AccountGroupId,
) -> Result<Option<AccountId>, DbFault> {
    Ok(group(on, id).await?.filter(|group| group.once).and_then(|group| group.lead))
}

/// The accounts in a group, archived ones left out.
pub async fn accounts_in_group(on: &impl ConnectionTrait, id: AccountGroupId) -> Result<Vec<Account>, DbFault> {
    accounts(on, "a.group_id = $1", values![id.uuid()]).await
}

/// The accounts that are in any group.
pub(super) async fn grouped_accounts(on: &impl ConnectionTrait) -> Result<Vec<Account>, DbFault> {
    accounts(on, "a.group_id is not null", vec![]).await
}

/// The accounts that the actor may put into a group and that are in none.
pub async fn candidates(on: &impl ConnectionTrait, by: GroupKeeper<'_>) -> Result<Vec<Account>, DbFault> {
    let actor = by.0;
    if by.keeps_all() {
        return accounts(on, "a.group_id is null", vec![]).await;
    }
    if actor.leads.is_empty() {
        return Ok(Vec::new());
    }
    let condition = format!("a.group_id is null and a.team_id in ({})", placeholders(0, actor.leads.len()));
    accounts(on, &condition, actor.leads.iter().map(|team| Value::from(team.uuid())).collect()).await
}

async fn accounts(on: &impl ConnectionTrait, condition: &str, values: Vec<Value>) -> Result<Vec<Account>, DbFault> {
    let sql = format!("select {ACCOUNT} from accounts a where {condition} and a.archived_at is null order by a.number");
    Ok(rows::<AccountRow>(on, &sql, values).await?.into_iter().map(Account::from).collect())
}

pub(super) async fn insert(tx: &Tx, group: &AccountGroup) -> Result<(), DbFault> {
    let lead = group.lead.map(AccountId::uuid);
    let sql = "insert into account_groups (id, name, once, lead_account_id, version) values ($1, $2, $3, $4, 1)";
    execute(&**tx, sql, values![group.id.uuid(), group.name.clone(), group.once, lead]).await?;
    Ok(())
}

/// Writes the group over; answers whether its version was still the one given.
pub(super) async fn update(tx: &Tx, group: &AccountGroup) -> Result<bool, DbFault> {
    let touched = execute(
        &**tx,
        "update account_groups set name = $3, once = $4, lead_account_id = $5, version = version + 1
         where id = $1 and version = $2 and dissolved_at is null",
        values![group.id.uuid(), group.version, group.name.clone(), group.once, group.lead.map(AccountId::uuid)],
    )
    .await?;
    Ok(touched == 1)
}

/// Ends the group and frees every account in it, archived ones too.
pub(super) async fn dissolve(tx: &Tx, id: AccountGroupId, now: DateTime<Utc>) -> Result<(), DbFault> {
    let sql = "update accounts set group_id = null, version = version + 1, changed_at = $2 where group_id = $1";
    execute(&**tx, sql, values![id.uuid(), now]).await?;
    let sql = "update account_groups set dissolved_at = $2, version = version + 1 where id = $1";
    execute(&**tx, sql, values![id.uuid(), now]).await?;
    Ok(())
}
