//! The contact log in the database.

mod minutes;
mod questions;
mod walk;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, CommunicationId, ContactId, MemberId};
use kehu_platform::db::{DbFault, Tx, execute, insert_all, placeholders, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::values;
use uuid::Uuid;

pub use minutes::minutes;
pub(in crate::communications) use minutes::{insert_minutes, mark_read, put_minutes};
pub use questions::{agreements, open_questions, question, questions};
pub(in crate::communications) use questions::{insert_agreements, insert_questions, update_question};

pub(in crate::communications) use walk::{Walk, walk_total, walked};

use super::model::{Communication, Kind, Place};

#[derive(FromQueryResult)]
pub(in crate::communications) struct CommunicationRow {
    id: Uuid,
    account_id: Uuid,
    kind: String,
    place: String,
    connected: bool,
    occurred_at: DateTime<Utc>,
    ended_at: DateTime<Utc>,
    by_id: Uuid,
    recorded_at: DateTime<Utc>,
    established_at: DateTime<Utc>,
    summary: String,
    deleted_at: Option<DateTime<Utc>>,
    version: i64,
}

pub(in crate::communications) const COMMUNICATION: &str =
    "select c.id, c.account_id, c.kind, c.place, c.connected, c.occurred_at, c.ended_at, c.by_id,
    c.recorded_at, c.established_at, c.summary, c.deleted_at, c.version from communications c";

impl CommunicationRow {
    fn with(self, contacts: Vec<ContactId>) -> Communication {
        Communication {
            id: self.id.into(),
            account: self.account_id.into(),
            kind: Kind::from_code(&self.kind).unwrap_or(Kind::Message),
            place: Place::from_code(&self.place).unwrap_or_default(),
            connected: self.connected,
            occurred_at: self.occurred_at,
            ended_at: self.ended_at,
            by: self.by_id.into(),
            recorded_at: self.recorded_at,
            established_at: self.established_at,
            summary: self.summary,
            contacts,
            deleted: self.deleted_at.is_some(),
            version: self.version,
        }
    }
}

#[derive(FromQueryResult)]
struct Met {
    communication_id: Uuid,
    contact_id: Uuid,
}

pub(in crate::communications) async fn with_contacts(
    on: &impl ConnectionTrait,
    found: Vec<CommunicationRow>,
) -> Result<Vec<Communication>, DbFault> {
    let mut met: HashMap<Uuid, Vec<ContactId>> = HashMap::new();
    for chunk in found.chunks(500) {
        let sql = format!(
            "select communication_id, contact_id from communication_contacts where communication_id in ({}) order by contact_id",
            placeholders(0, chunk.len())
        );
        for m in rows::<Met>(on, &sql, chunk.iter().map(|c| Value::from(c.id)).collect()).await? {
            met.entry(m.communication_id).or_default().push(m.contact_id.into());
        }
    }
    Ok(found
        .into_iter()
        .map(|c| {
            let contacts = met.remove(&c.id).unwrap_or_default();
            c.with(contacts)
        })
        .collect())
}

pub async fn communication(on: &impl ConnectionTrait, id: CommunicationId) -> Result<Option<Communication>, DbFault> {
    let found: Vec<CommunicationRow> =
        rows(on, &format!("{COMMUNICATION} where c.id = $1"), values![id.uuid()]).await?;
    Ok(with_contacts(on, found).await?.pop())
}

/// Contacts by id, in order of time.
pub async fn communications(on: &impl ConnectionTrait, ids: &[CommunicationId]) -> Result<Vec<Communication>, DbFault> {
    let mut found: Vec<CommunicationRow> = Vec::new();
    for chunk in ids.chunks(500) {
        let sql = format!("{COMMUNICATION} where c.id in ({})", placeholders(0, chunk.len()));
        let ids = chunk.iter().map(|id| Value::from(id.uuid())).collect();
        found.extend(rows::<CommunicationRow>(on, &sql, ids).await?);
    }
    found.sort_by_key(|c| (c.occurred_at, c.id));
    with_contacts(on, found).await
}

/// The latest contacts with an account, deleted ones left out.
pub async fn latest(
    on: &impl ConnectionTrait,
    account: AccountId,
    before: Option<DateTime<Utc>>,
    limit: u64,
) -> Result<Vec<Communication>, DbFault> {
    let mut sql = format!("{COMMUNICATION} where c.account_id = $1 and c.deleted_at is null");
    let mut values = values![account.uuid()];
    if let Some(before) = before {
        sql.push_str(" and c.occurred_at < $2");
        values.push(before.into());
    }
    let found: Vec<CommunicationRow> =
        rows(on, &format!("{sql} order by c.occurred_at desc limit {limit}"), values).await?;
    with_contacts(on, found).await
}

/// When each of the accounts was last reached; calls that nobody answered do not count.
pub async fn last_contacts(
    on: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, DateTime<Utc>>, DbFault> {
    #[derive(FromQueryResult)]
    struct Last {
        account_id: Uuid,
        at: DateTime<Utc>,
    }
    let mut last = HashMap::new();
    for chunk in accounts.chunks(500) {
        let sql = format!(
            "select account_id, max(occurred_at) as at from communications
             where account_id in ({}) and deleted_at is null and connected = true group by account_id",
            placeholders(0, chunk.len())
        );
        let found: Vec<Last> = rows(on, &sql, chunk.iter().map(|id| Value::from(id.uuid())).collect()).await?;
        last.extend(found.into_iter().map(|l| (AccountId(l.account_id), l.at)));
    }
    Ok(last)
}

/// The moment of [`last_contacts`] as an expression, for putting the accounts of a query in order.
pub fn last_contact_of(account_id: &str) -> String {
    format!(
        "(select max(lc.occurred_at) from communications lc
          where lc.account_id = {account_id} and lc.deleted_at is null and lc.connected = true)"
    )
}

/// A contact as the cadences judge it: who, when, of what kind; only those with a named person.
#[derive(Clone, Debug)]
pub struct Judged {
    pub id: Uuid,
    pub account: AccountId,
    pub kind: Kind,
    pub place: Place,
    pub by: MemberId,
    pub occurred_at: DateTime<Utc>,
    pub established_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct JudgedRow {
    id: Uuid,
    account_id: Uuid,
    kind: String,
    place: String,
    by_id: Uuid,
    occurred_at: DateTime<Utc>,
    established_at: DateTime<Utc>,
}

/// Connected contacts with a named person in `[start, end)`, of the given accounts or of all.
pub async fn judged(
    on: &impl ConnectionTrait,
    accounts: Option<&[AccountId]>,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
) -> Result<Vec<Judged>, DbFault> {
    const JUDGED: &str = "select c.id, c.account_id, c.kind, c.place, c.by_id, c.occurred_at, c.established_at
        from communications c
        where c.occurred_at >= $1 and c.occurred_at < $2 and c.deleted_at is null and c.connected = true
          and c.kind in ('phone_call', 'messenger_call', 'visit')
          and exists (select 1 from communication_contacts cc where cc.communication_id = c.id)";
    let mut found: Vec<JudgedRow> = Vec::new();
    match accounts {
        None => found = rows(on, JUDGED, values![start, end]).await?,
        Some(accounts) => {
            for chunk in accounts.chunks(500) {
                let sql = format!("{JUDGED} and c.account_id in ({})", placeholders(2, chunk.len()));
                let mut values = values![start, end];
                values.extend(chunk.iter().map(|id| Value::from(id.uuid())));
                found.extend(rows::<JudgedRow>(on, &sql, values).await?);
            }
        }
    }
    Ok(found
        .into_iter()
        .map(|r| Judged {
            id: r.id,
            account: r.account_id.into(),
            kind: Kind::from_code(&r.kind).unwrap_or(Kind::Message),
            place: Place::from_code(&r.place).unwrap_or_default(),
            by: r.by_id.into(),
            occurred_at: r.occurred_at,
            established_at: r.established_at,
        })
        .collect())
}

/// A contact as it is written for the first time.
#[derive(Clone, Copy, Debug)]
pub(in crate::communications) struct New<'a> {
    pub contact: &'a Communication,
    pub recorded_by: Option<MemberId>,
    /// Held together with others of the same event.
    pub batch: Option<Uuid>,
}

/// Writes new contacts, many to a statement.
pub(in crate::communications) async fn insert(tx: &Tx, all: &[New<'_>]) -> Result<(), DbFault> {
    let columns = [
        "id",
        "account_id",
        "kind",
        "place",
        "connected",
        "occurred_at",
        "ended_at",
        "by_id",
        "recorded_by",
        "recorded_at",
        "established_at",
        "summary",
        "batch_id",
        "version",
    ];
    let rows = all.iter().map(|new| {
        let c = new.contact;
        values![
            c.id.uuid(),
            c.account.uuid(),
            c.kind.code(),
            c.place.code(),
            c.connected,
            c.occurred_at,
            c.ended_at,
            c.by.uuid(),
            new.recorded_by.map(MemberId::uuid),
            c.recorded_at,
            c.established_at,
            c.summary.clone(),
            new.batch,
            1_i64,
        ]
    });
    insert_all(&**tx, "communications", &columns, rows.collect()).await?;
    insert_persons(tx, all.iter().map(|new| (new.contact.id, new.contact.contacts.as_slice()))).await
}

/// Who of the customer took part in each of the contacts.
async fn insert_persons(tx: &Tx, all: impl Iterator<Item = (CommunicationId, &[ContactId])>) -> Result<(), DbFault> {
    let rows = all.flat_map(|(id, persons)| persons.iter().map(move |person| values![id.uuid(), person.uuid()]));
    insert_all(&**tx, "communication_contacts", &["communication_id", "contact_id"], rows.collect()).await
}

pub(in crate::communications) async fn put_contacts(
    tx: &Tx,
    id: CommunicationId,
    contacts: &[ContactId],
) -> Result<(), DbFault> {
    execute(&**tx, "delete from communication_contacts where communication_id = $1", values![id.uuid()]).await?;
    insert_persons(tx, std::iter::once((id, contacts))).await
}

/// Writes a corrected contact over; answers whether the version was still the writer's.
pub(in crate::communications) async fn update(tx: &Tx, c: &Communication) -> Result<bool, DbFault> {
    let touched = execute(
        &**tx,
        "update communications set account_id = $3, kind = $4, place = $5, connected = $6, occurred_at = $7, ended_at = $8,
            by_id = $9, established_at = $10, summary = $11, version = version + 1 where id = $1 and version = $2",
        values![
            c.id.uuid(),
            c.version,
            c.account.uuid(),
            c.kind.code(),
            c.place.code(),
            c.connected,
            c.occurred_at,
            c.ended_at,
            c.by.uuid(),
            c.established_at,
            c.summary.clone()
        ],
    )
    .await?;
    if touched == 1 {
        put_contacts(tx, c.id, &c.contacts).await?;
        let account = values![c.id.uuid(), c.account.uuid()];
        execute(&**tx, "update questions set account_id = $2 where communication_id = $1", account.clone()).await?;
        execute(&**tx, "update agreements set account_id = $2 where communication_id = $1", account).await?;
    }
    Ok(touched == 1)
}

pub(in crate::communications) async fn delete(
    tx: &Tx,
    id: CommunicationId,
    version: i64,
    at: Option<DateTime<Utc>>,
    reason: Option<&str>,
) -> Result<bool, DbFault> {
    let touched = execute(
        &**tx,
        "update communications set deleted_at = $3, deleted_reason = $4, version = version + 1 where id = $1 and version = $2",
        values![id.uuid(), version, at, reason.map(str::to_owned)],
    )
    .await?;
    Ok(touched == 1)
}
