//! The contact log that a company brings along, written many rows to a statement. The journal is
//! the caller's, and so is asking the rules afterwards.

use kehu_core::{DepartmentId, MemberId};
use kehu_platform::db::{DbFault, Tx, insert_all};
use kehu_platform::values;

use super::model::{Agreement, Communication, Minutes, Question};

/// A contact with everything that came of it.
#[derive(Clone, Debug)]
pub struct PastCommunication {
    pub contact: Communication,
    pub questions: Vec<Question>,
    pub agreements: Vec<Agreement>,
    pub minutes: Option<Minutes>,
}

/// Writes contacts as they were logged by those who had them.
pub async fn enter(tx: &Tx, all: &[PastCommunication]) -> Result<(), DbFault> {
    contacts(tx, all).await?;
    questions(tx, all).await?;
    agreements(tx, all).await?;
    minutes(tx, all).await
}

async fn contacts(tx: &Tx, all: &[PastCommunication]) -> Result<(), DbFault> {
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
        "version",
    ];
    let rows = all.iter().map(|past| &past.contact).map(|c| {
        values![
            c.id.uuid(),
            c.account.uuid(),
            c.kind.code(),
            c.place.code(),
            c.connected,
            c.occurred_at,
            c.ended_at,
            c.by.uuid(),
            c.by.uuid(),
            c.recorded_at,
            c.established_at,
            c.summary.clone(),
            1_i64
        ]
    });
    insert_all(&**tx, "communications", &columns, rows.collect()).await?;
    let met = all
        .iter()
        .flat_map(|past| past.contact.contacts.iter().map(|person| values![past.contact.id.uuid(), person.uuid()]));
    insert_all(&**tx, "communication_contacts", &["communication_id", "contact_id"], met.collect()).await
}

async fn questions(tx: &Tx, all: &[PastCommunication]) -> Result<(), DbFault> {
    let columns = [
        "id",
        "communication_id",
        "account_id",
        "text",
        "on_the_spot",
        "spot_answer",
        "reply_by",
        "solution",
        "owner_id",
        "follows_manager",
        "department_id",
        "told_at",
        "told_by",
        "told_to",
        "told_how",
        "told_text",
        "told_recorded_at",
        "created_at",
        "version",
    ];
    let mut rows = Vec::new();
    for past in all {
        for q in &past.questions {
            let told = q.told.as_ref();
            rows.push(values![
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
                told.map(|t| t.at),
                told.map(|t| t.by.uuid()),
                told.map(|t| t.to.uuid()),
                told.map(|t| t.how.code()),
                told.map(|t| t.text.clone()),
                told.map(|t| t.recorded_at),
                past.contact.recorded_at,
                q.version
            ]);
        }
    }
    insert_all(&**tx, "questions", &columns, rows).await
}

async fn agreements(tx: &Tx, all: &[PastCommunication]) -> Result<(), DbFault> {
    let mut rows = Vec::new();
    for past in all {
        for a in &past.agreements {
            rows.push(values![
                a.id.uuid(),
                a.communication.uuid(),
                past.contact.account.uuid(),
                a.text.clone(),
                a.due_on,
                past.contact.recorded_at
            ]);
        }
    }
    let columns = ["id", "communication_id", "account_id", "text", "due_on", "created_at"];
    insert_all(&**tx, "agreements", &columns, rows).await
}

async fn minutes(tx: &Tx, all: &[PastCommunication]) -> Result<(), DbFault> {
    let (mut texts, mut recipients) = (Vec::new(), Vec::new());
    for past in all {
        let (of, Some(m)) = (past.contact.id.uuid(), &past.minutes) else { continue };
        texts.push(values![of, m.text.clone(), m.changed_at, m.sent_at, m.sent_by.map(MemberId::uuid), m.version]);
        recipients.extend(m.recipients.iter().map(|r| {
            values![of, r.member.uuid(), r.department.map(DepartmentId::uuid), r.removed_reason.clone(), r.read_at]
        }));
    }
    let columns = ["communication_id", "text", "changed_at", "sent_at", "sent_by", "version"];
    insert_all(&**tx, "minutes", &columns, texts).await?;
    let columns = ["communication_id", "member_id", "department_id", "removed_reason", "read_at"];
    insert_all(&**tx, "minutes_recipients", &columns, recipients).await
}
