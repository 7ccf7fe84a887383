//! What the pages of the contact log look up beside the records themselves.

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, Actor, ContactId, MemberId};
use kehu_platform::db::dialect::search_condition;
use kehu_platform::db::{DbFault, placeholders, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::{search, values};
use uuid::Uuid;

/// The people of an account that somebody spoke with, the latest first.
pub(super) async fn spoken_with(on: &impl ConnectionTrait, account: AccountId) -> Result<Vec<ContactId>, DbFault> {
    #[derive(FromQueryResult)]
    struct Spoken {
        contact_id: Uuid,
    }
    let sql = "select cc.contact_id from communication_contacts cc join communications c on c.id = cc.communication_id
        where c.account_id = $1 and c.deleted_at is null group by cc.contact_id order by max(c.occurred_at) desc";
    let found: Vec<Spoken> = rows(on, sql, values![account.uuid()]).await?;
    Ok(found.into_iter().map(|s| s.contact_id.into()).collect())
}

/// An account as one to choose.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Choosable {
    id: Uuid,
    pub number: i64,
    pub name: String,
    pub short_name: String,
    pub last_at: Option<DateTime<Utc>>,
}

impl Choosable {
    pub fn id(&self) -> AccountId {
        self.id.into()
    }

    pub fn called(&self) -> &str {
        if self.short_name.is_empty() { &self.name } else { &self.short_name }
    }
}

const CHOOSABLE: &str = "select a.id, a.number, a.name, a.short_name,
    (select max(c.occurred_at) from communications c where c.account_id = a.id and c.deleted_at is null and c.connected = true)
    as last_at from accounts a";

/// The condition that leaves the accounts with which the actor may log contacts.
fn writable(actor: &Actor, after: usize) -> (String, Vec<Value>) {
    let Some(member) = actor.member else { return ("1 = 1".to_owned(), Vec::new()) };
    let mut values = vec![Value::from(member.uuid())];
    let n = after + 1;
    let mut condition = format!(
        "(a.owner_id = ${n} or a.id in (select am.account_id from account_members am where am.member_id = ${n})"
    );
    if !actor.leads.is_empty() {
        condition.push_str(&format!(" or a.team_id in ({})", placeholders(n, actor.leads.len())));
        values.extend(actor.leads.iter().map(|team| Value::from(team.uuid())));
    }
    (format!("a.archived_at is null and {condition})"), values)
}

/// The accounts with which the actor may log contacts, narrowed down by a search.
pub(super) async fn choosable(
    on: &impl ConnectionTrait,
    actor: &Actor,
    search: &str,
    limit: u64,
) -> Result<Vec<Choosable>, DbFault> {
    let (mut condition, mut values) = writable(actor, 0);
    if !search.is_empty() {
        let backend = on.get_database_backend();
        let postgres = backend == kehu_platform::sea_orm::DbBackend::Postgres;
        let Some(phrase) = search::phrase(search, postgres) else { return Ok(Vec::new()) };
        let n = values.len() + 1;
        condition = format!("{condition} and {}", search_condition(backend, "account", "a.id", n));
        values.push(phrase.into());
    }
    rows(on, &format!("{CHOOSABLE} where {condition} order by a.number limit {limit}"), values).await
}

/// Those of the accounts that the actor spoke with most recently.
pub(super) async fn recently_logged(
    on: &impl ConnectionTrait,
    member: MemberId,
    limit: u64,
) -> Result<Vec<AccountId>, DbFault> {
    #[derive(FromQueryResult)]
    struct Recent {
        account_id: Uuid,
    }
    let sql = format!(
        "select account_id from communications where by_id = $1 and deleted_at is null
         group by account_id order by max(occurred_at) desc limit {limit}"
    );
    let found: Vec<Recent> = rows(on, &sql, values![member.uuid()]).await?;
    Ok(found.into_iter().map(|r| r.account_id.into()).collect())
}

/// A call or visit that somebody is to make.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct OwedContact {
    account_id: Uuid,
    pub rule: String,
    pub due_at: DateTime<Utc>,
}

impl OwedContact {
    pub fn account(&self) -> AccountId {
        self.account_id.into()
    }
}

/// The calls and visits that the member owes at the moment, the most urgent first.
pub(super) async fn owed_by(on: &impl ConnectionTrait, member: MemberId) -> Result<Vec<OwedContact>, DbFault> {
    let sql = "select account_id, rule, due_at from obligations where acting_id = $1 and state = 'open'
        and account_id is not null and rule in ('weekly_call', 'monthly_visit') order by due_at";
    rows(on, sql, values![member.uuid()]).await
}
