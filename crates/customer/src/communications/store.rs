//! The contact log in the database.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{AccountId, AgreementId, CommunicationId, ContactId, DepartmentId, MemberId, QuestionId};
use kehu_platform::db::{DbFault, Tx, execute, placeholders, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::values;
use uuid::Uuid;

use super::model::{Agreement, Communication, Kind, Minutes, Place, Question, Recipient, Told};

#[derive(FromQueryResult)]
pub(super) struct CommunicationRow {
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

pub(super) const COMMUNICATION: &str =
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

pub(super) async fn with_contacts(
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

pub(super) async fn insert(
    tx: &Tx,
    c: &Communication,
    recorded_by: Option<MemberId>,
    batch: Option<Uuid>,
) -> Result<(), DbFault> {
    execute(
        &**tx,
        "insert into communications (id, account_id, kind, place, connected, occurred_at, ended_at, by_id, recorded_by,
            recorded_at, established_at, summary, batch_id, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)",
        values![
            c.id.uuid(),
            c.account.uuid(),
            c.kind.code(),
            c.place.code(),
            c.connected,
            c.occurred_at,
            c.ended_at,
            c.by.uuid(),
            recorded_by.map(MemberId::uuid),
            c.recorded_at,
            c.established_at,
            c.summary.clone(),
            batch
        ],
    )
    .await?;
    put_contacts(tx, c.id, &c.contacts).await
}

pub(super) async fn put_contacts(tx: &Tx, id: CommunicationId, contacts: &[ContactId]) -> Result<(), DbFault> {
    execute(&**tx, "delete from communication_contacts where communication_id = $1", values![id.uuid()]).await?;
    for contact in contacts {
        execute(
            &**tx,
            "insert into communication_contacts (communication_id, contact_id) values ($1, $2)",
            values![id.uuid(), contact.uuid()],
        )
        .await?;
    }
    Ok(())
}

/// Writes a corrected contact over; answers whether the version was still the writer's.
pub(super) async fn update(tx: &Tx, c: &Communication) -> Result<bool, DbFault> {
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

pub(super) async fn delete(
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

#[derive(FromQueryResult)]
struct QuestionRow {
    id: Uuid,
    communication_id: Uuid,
    account_id: Uuid,
    text: String,
    on_the_spot: bool,
    spot_answer: String,
    reply_by: Option<NaiveDate>,
    solution: String,
    owner_id: Uuid,
    follows_manager: bool,
    department_id: Option<Uuid>,
    told_at: Option<DateTime<Utc>>,
    told_by: Option<Uuid>,
    told_to: Option<Uuid>,
    told_how: Option<String>,
    told_text: Option<String>,
    told_recorded_at: Option<DateTime<Utc>>,
    version: i64,
}

const QUESTION: &str = "select id, communication_id, account_id, text, on_the_spot, spot_answer, reply_by, solution, owner_id,
    follows_manager, department_id, told_at, told_by, told_to, told_how, told_text, told_recorded_at, version from questions";

impl From<QuestionRow> for Question {
    fn from(r: QuestionRow) -> Self {
        let told = match (r.told_at, r.told_by, r.told_to, r.told_recorded_at) {
            (Some(at), Some(by), Some(to), Some(recorded_at)) => Some(Told {
                at,
                by: by.into(),
                to: to.into(),
                how: r.told_how.as_deref().and_then(Kind::from_code).unwrap_or(Kind::Message),
                text: r.told_text.unwrap_or_default(),
                recorded_at,
            }),
            _ => None,
        };
        Self {
            id: r.id.into(),
            communication: r.communication_id.into(),
            account: r.account_id.into(),
            text: r.text,
            on_the_spot: r.on_the_spot,
            spot_answer: r.spot_answer,
            reply_by: r.reply_by,
            solution: r.solution,
            owner: r.owner_id.into(),
            follows_manager: r.follows_manager,
            department: r.department_id.map(DepartmentId),
            told,
            version: r.version,
        }
    }
}

pub async fn question(on: &impl ConnectionTrait, id: QuestionId) -> Result<Option<Question>, DbFault> {
    Ok(row::<QuestionRow>(on, &format!("{QUESTION} where id = $1"), values![id.uuid()]).await?.map(Question::from))
}

pub async fn questions(on: &impl ConnectionTrait, of: CommunicationId) -> Result<Vec<Question>, DbFault> {
    let sql = format!("{QUESTION} where communication_id = $1 order by created_at, id");
    Ok(rows::<QuestionRow>(on, &sql, values![of.uuid()]).await?.into_iter().map(Question::from).collect())
}

/// Questions of an account that still wait for an answer, the most urgent first.
pub async fn open_questions(on: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Question>, DbFault> {
    let sql = format!(
        "{QUESTION} where account_id = $1 and on_the_spot = false and told_at is null
         and communication_id in (select id from communications where account_id = $1 and deleted_at is null)
         order by reply_by, id"
    );
    Ok(rows::<QuestionRow>(on, &sql, values![account.uuid()]).await?.into_iter().map(Question::from).collect())
}

pub(super) async fn insert_question(tx: &Tx, q: &Question, now: DateTime<Utc>) -> Result<(), DbFault> {
    execute(
        &**tx,
        "insert into questions (id, communication_id, account_id, text, on_the_spot, spot_answer, reply_by, solution, owner_id,
            follows_manager, department_id, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)",
        values![
            q.id.uuid(),
            q.communication.uuid(),
            q.account.uuid(),
            q.text.clone(),
            q.on_the_spot,
            q.spot_answer.clone(),
            q.reply_by,
            q.solution.clone(),
            q.owner.uuid(),
            q.follows_manager,
            q.department.map(DepartmentId::uuid),
            now
        ],
    )
    .await?;
    Ok(())
}

/// Sets the solution, and the telling when there was one.
pub(super) async fn update_question(tx: &Tx, q: &Question) -> Result<bool, DbFault> {
    let told = q.told.as_ref();
    let touched = execute(
        &**tx,
        "update questions set solution = $3, told_at = $4, told_by = $5, told_to = $6, told_how = $7, told_text = $8,
            told_recorded_at = $9, version = version + 1 where id = $1 and version = $2",
        values![
            q.id.uuid(),
            q.version,
            q.solution.clone(),
            told.map(|t| t.at),
            told.map(|t| t.by.uuid()),
            told.map(|t| t.to.uuid()),
            told.map(|t| t.how.code()),
            told.map(|t| t.text.clone()),
            told.map(|t| t.recorded_at),
        ],
    )
    .await?;
    Ok(touched == 1)
}

pub(super) async fn insert_agreement(
    tx: &Tx,
    a: &Agreement,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<(), DbFault> {
    execute(
        &**tx,
        "insert into agreements (id, communication_id, account_id, text, due_on, created_at) values ($1, $2, $3, $4, $5, $6)",
        values![a.id.uuid(), a.communication.uuid(), account.uuid(), a.text.clone(), a.due_on, now],
    )
    .await?;
    Ok(())
}

pub async fn agreements(on: &impl ConnectionTrait, of: CommunicationId) -> Result<Vec<Agreement>, DbFault> {
    #[derive(FromQueryResult)]
    struct AgreementRow {
        id: Uuid,
        communication_id: Uuid,
        text: String,
        due_on: Option<NaiveDate>,
    }
    let sql =
        "select id, communication_id, text, due_on from agreements where communication_id = $1 order by created_at, id";
    let found: Vec<AgreementRow> = rows(on, sql, values![of.uuid()]).await?;
    Ok(found
        .into_iter()
        .map(|r| Agreement {
            id: AgreementId(r.id),
            communication: r.communication_id.into(),
            text: r.text,
            due_on: r.due_on,
        })
        .collect())
}

#[derive(FromQueryResult)]
struct MinutesRow {
    text: String,
    changed_at: DateTime<Utc>,
    sent_at: Option<DateTime<Utc>>,
    sent_by: Option<Uuid>,
    version: i64,
}

#[derive(FromQueryResult)]
struct RecipientRow {
    member_id: Uuid,
    department_id: Option<Uuid>,
    removed_reason: Option<String>,
    read_at: Option<DateTime<Utc>>,
}

pub async fn minutes(on: &impl ConnectionTrait, of: CommunicationId) -> Result<Option<Minutes>, DbFault> {
    let sql = "select text, changed_at, sent_at, sent_by, version from minutes where communication_id = $1";
    let Some(found) = row::<MinutesRow>(on, sql, values![of.uuid()]).await? else { return Ok(None) };
    let sql = "select member_id, department_id, removed_reason, read_at from minutes_recipients
        where communication_id = $1 order by member_id";
    let recipients: Vec<RecipientRow> = rows(on, sql, values![of.uuid()]).await?;
    Ok(Some(Minutes {
        text: found.text,
        changed_at: found.changed_at,
        sent_at: found.sent_at,
        sent_by: found.sent_by.map(MemberId),
        recipients: recipients
            .into_iter()
            .map(|r| Recipient {
                member: r.member_id.into(),
                department: r.department_id.map(DepartmentId),
                removed_reason: r.removed_reason,
                read_at: r.read_at,
            })
            .collect(),
        version: found.version,
    }))
}

/// Saves the text and, once sent, when and by whom and to whom.
pub(super) async fn put_minutes(tx: &Tx, of: CommunicationId, m: &Minutes) -> Result<(), DbFault> {
    execute(
        &**tx,
        "insert into minutes (communication_id, text, changed_at, sent_at, sent_by, version) values ($1, $2, $3, $4, $5, 1)
         on conflict (communication_id) do update set text = excluded.text, changed_at = excluded.changed_at,
            sent_at = excluded.sent_at, sent_by = excluded.sent_by, version = minutes.version + 1",
        values![of.uuid(), m.text.clone(), m.changed_at, m.sent_at, m.sent_by.map(MemberId::uuid)],
    )
    .await?;
    for r in &m.recipients {
        execute(
            &**tx,
            "insert into minutes_recipients (communication_id, member_id, department_id, removed_reason, read_at)
             values ($1, $2, $3, $4, $5)
             on conflict (communication_id, member_id) do update set department_id = excluded.department_id,
                removed_reason = excluded.removed_reason",
            values![
                of.uuid(),
                r.member.uuid(),
                r.department.map(DepartmentId::uuid),
                r.removed_reason.clone(),
                r.read_at
            ],
        )
        .await?;
    }
    Ok(())
}

/// Notes that a recipient has read the minutes, the first time; answers whether it was.
pub(super) async fn mark_read(tx: &Tx, of: CommunicationId, by: MemberId, now: DateTime<Utc>) -> Result<bool, DbFault> {
    let touched = execute(
        &**tx,
        "update minutes_recipients set read_at = $3
         where communication_id = $1 and member_id = $2 and read_at is null and removed_reason is null",
        values![of.uuid(), by.uuid(), now],
    )
    .await?;
    Ok(touched == 1)
}
