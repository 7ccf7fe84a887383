//! What the pages of the contact log look up beside the records themselves.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::calendar::Zone;
use kehu_core::{AccountId, Actor, CommunicationId, ContactId, MemberId, ObligationId};
use kehu_platform::db::dialect::search_condition;
use kehu_platform::db::{DbFault, placeholders, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value};
use kehu_platform::{search, values};
use uuid::Uuid;

use crate::accounts;
use crate::communications::Kind;
use crate::communications::store::Walk;

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

/// The accounts with which the actor may log contacts, narrowed down by a search.
pub(super) async fn choosable(
    on: &impl ConnectionTrait,
    actor: &Actor,
    search: &str,
    limit: u64,
) -> Result<Vec<Choosable>, DbFault> {
    let (editable, mut values) = accounts::editable(actor, 0);
    let mut condition = format!("a.archived_at is null and {editable}");
    if !search.is_empty() {
        let backend = on.get_database_backend();
        let Some(phrase) = search::phrase(search, backend == DbBackend::Postgres) else { return Ok(Vec::new()) };
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

/// A person at a customer's, as one to choose.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Person {
    id: Uuid,
    account_id: Uuid,
    pub name: String,
    pub title: String,
}

impl Person {
    pub fn id(&self) -> ContactId {
        self.id.into()
    }

    pub fn account(&self) -> AccountId {
        self.account_id.into()
    }
}

/// The people of the accounts, those who are gone left out.
pub(super) async fn people_of(on: &impl ConnectionTrait, accounts: &[AccountId]) -> Result<Vec<Person>, DbFault> {
    let mut people = Vec::new();
    for chunk in accounts.chunks(500) {
        let sql = format!(
            "select id, account_id, name, title from contacts where archived_at is null and account_id in ({})
             order by created_at, id",
            placeholders(0, chunk.len())
        );
        people.extend(rows::<Person>(on, &sql, chunk.iter().map(|id| Value::from(id.uuid())).collect()).await?);
    }
    Ok(people)
}

/// What is kept beside the contact itself.
#[derive(Clone, Debug, Default, FromQueryResult)]
pub(super) struct Beside {
    pub deleted_reason: Option<String>,
    /// How many other accounts were logged with it after the same event.
    pub same_event: i64,
}

pub(super) async fn beside(on: &impl ConnectionTrait, id: CommunicationId) -> Result<Beside, DbFault> {
    let sql = "select c.deleted_reason, (select count(*) from communications o
            where o.batch_id = c.batch_id and o.id <> c.id and o.deleted_at is null) as same_event
        from communications c where c.id = $1";
    Ok(row(on, sql, values![id.uuid()]).await?.unwrap_or_default())
}

/// The obligations that any of the records has discharged or helped to.
pub(super) async fn discharged_by(on: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<ObligationId>, DbFault> {
    #[derive(FromQueryResult)]
    struct Proved {
        obligation_id: Uuid,
    }
    let sql = format!(
        "select distinct obligation_id from obligation_evidence where record_id in ({})",
        placeholders(0, records.len())
    );
    let found: Vec<Proved> = rows(on, &sql, records.iter().map(|id| Value::from(*id)).collect()).await?;
    Ok(found.into_iter().map(|p| p.obligation_id.into()).collect())
}

/// Minutes as a recipient finds them.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Received {
    id: Uuid,
    name: String,
    short_name: String,
    pub text: String,
    pub sent_at: DateTime<Utc>,
    sent_by: Option<Uuid>,
    pub read_at: Option<DateTime<Utc>>,
}

impl Received {
    pub fn id(&self) -> CommunicationId {
        self.id.into()
    }

    pub fn called(&self) -> &str {
        if self.short_name.is_empty() { &self.name } else { &self.short_name }
    }

    pub fn sent_by(&self) -> Option<MemberId> {
        self.sent_by.map(MemberId)
    }
}

/// The minutes that were sent to the member, the unread ones first.
pub(super) async fn minutes_sent_to(
    on: &impl ConnectionTrait,
    member: MemberId,
    limit: u64,
) -> Result<Vec<Received>, DbFault> {
    let sql = format!(
        "select c.id, a.name, a.short_name, m.text, m.sent_at, m.sent_by, r.read_at
         from minutes_recipients r join minutes m on m.communication_id = r.communication_id
         join communications c on c.id = r.communication_id join accounts a on a.id = c.account_id
         where r.member_id = $1 and r.removed_reason is null and m.sent_at is not null and c.deleted_at is null
         order by r.read_at is not null, m.sent_at desc limit {limit}"
    );
    rows(on, &sql, values![member.uuid()]).await
}

/// What the log is narrowed down to.
pub(super) struct Wanted {
    pub by: Option<MemberId>,
    pub kind: Option<Kind>,
    pub account: Option<AccountId>,
    pub search: String,
    /// First and last day.
    pub days: Option<(NaiveDate, NaiveDate)>,
    pub zone: Zone,
}

impl Wanted {
    /// The condition on `c` and `a`, for contacts with accounts that the actor may see.
    fn condition(&self, on: &impl ConnectionTrait, actor: &Actor) -> (String, Vec<Value>) {
        let walk = Walk {
            account: self.account,
            kind: self.kind,
            by: self.by,
            from: self.days.map(|(first, _)| self.zone.start_of_day(first)),
            to: self.days.map(|(_, last)| self.zone.end_of_day(last)),
        };
        let (mut condition, mut values) = walk.condition(actor);
        if !self.search.is_empty() {
            let backend = on.get_database_backend();
            match search::phrase(&self.search, backend == DbBackend::Postgres) {
                Some(phrase) => {
                    values.push(phrase.into());
                    let found = search_condition(backend, "account", "a.id", values.len());
                    condition.push_str(&format!(" and {found}"));
                }
                None => condition.push_str(" and 1 = 0"),
            }
        }
        (condition, values)
    }
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

pub(super) async fn count_logged(on: &impl ConnectionTrait, actor: &Actor, wanted: &Wanted) -> Result<u64, DbFault> {
    let (condition, values) = wanted.condition(on, actor);
    let sql =
        format!("select count(*) as n from communications c join accounts a on a.id = c.account_id where {condition}");
    Ok(row::<Count>(on, &sql, values).await?.map_or(0, |c| c.n.unsigned_abs()))
}

/// A line of the log.
#[derive(Clone, Debug)]
pub(super) struct Logged {
    row: LoggedRow,
    pub persons: Vec<String>,
}

#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct LoggedRow {
    id: Uuid,
    name: String,
    short_name: String,
    kind: String,
    pub connected: bool,
    pub occurred_at: DateTime<Utc>,
    by_id: Uuid,
    pub summary: String,
    pub open_questions: i64,
    pub minutes_sent_at: Option<DateTime<Utc>>,
}

impl std::ops::Deref for Logged {
    type Target = LoggedRow;

    fn deref(&self) -> &LoggedRow {
        &self.row
    }
}

impl LoggedRow {
    pub fn id(&self) -> CommunicationId {
        self.id.into()
    }

    pub fn kind(&self) -> Kind {
        Kind::from_code(&self.kind).unwrap_or(Kind::Message)
    }

    pub fn by(&self) -> MemberId {
        self.by_id.into()
    }

    pub fn called(&self) -> &str {
        if self.short_name.is_empty() { &self.name } else { &self.short_name }
    }
}

/// A page of the log, newest first.
pub(super) async fn logged(
    on: &impl ConnectionTrait,
    actor: &Actor,
    wanted: &Wanted,
    from: u64,
    limit: u64,
) -> Result<Vec<Logged>, DbFault> {
    let (condition, values) = wanted.condition(on, actor);
    let sql = format!(
        "select c.id, a.name, a.short_name, c.kind, c.connected, c.occurred_at, c.by_id, c.summary,
            (select count(*) from questions q where q.communication_id = c.id and q.on_the_spot = false
             and q.told_at is null) as open_questions,
            (select m.sent_at from minutes m where m.communication_id = c.id) as minutes_sent_at
         from communications c join accounts a on a.id = c.account_id
         where {condition} order by c.occurred_at desc, c.id desc limit {limit} offset {from}"
    );
    let found: Vec<LoggedRow> = rows(on, &sql, values).await?;
    let mut persons = persons_of(on, &found).await?;
    Ok(found.into_iter().map(|row| Logged { persons: persons.remove(&row.id).unwrap_or_default(), row }).collect())
}

/// Who took part, by contact.
async fn persons_of(on: &impl ConnectionTrait, contacts: &[LoggedRow]) -> Result<HashMap<Uuid, Vec<String>>, DbFault> {
    #[derive(FromQueryResult)]
    struct There {
        communication_id: Uuid,
        name: String,
    }
    let mut persons: HashMap<Uuid, Vec<String>> = HashMap::new();
    for chunk in contacts.chunks(500) {
        let sql = format!(
            "select cc.communication_id, p.name from communication_contacts cc join contacts p on p.id = cc.contact_id
             where cc.communication_id in ({}) order by p.created_at, p.id",
            placeholders(0, chunk.len())
        );
        let found: Vec<There> = rows(on, &sql, chunk.iter().map(|c| Value::from(c.id)).collect()).await?;
        for there in found {
            persons.entry(there.communication_id).or_default().push(there.name);
        }
    }
    Ok(persons)
}
