//! The rows of minutes and of whom they went to.

use chrono::{DateTime, Utc};
use kehu_core::{CommunicationId, DepartmentId, MemberId};
use kehu_platform::db::{DbFault, Tx, execute, insert_all, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult};
use kehu_platform::values;
use uuid::Uuid;

use crate::communications::model::{Minutes, Recipient};

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
pub(in crate::communications) async fn put_minutes(tx: &Tx, of: CommunicationId, m: &Minutes) -> Result<(), DbFault> {
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
pub(in crate::communications) async fn mark_read(
    tx: &Tx,
    of: CommunicationId,
    by: MemberId,
    now: DateTime<Utc>,
) -> Result<bool, DbFault> {
    let touched = execute(
        &**tx,
        "update minutes_recipients set read_at = $3
         where communication_id = $1 and member_id = $2 and read_at is null and removed_reason is null",
        values![of.uuid(), by.uuid(), now],
    )
    .await?;
    Ok(touched == 1)
}

/// Writes whole minutes with their recipients, as they were sent and read.
pub(in crate::communications) async fn insert_minutes(
    tx: &Tx,
    all: &[(CommunicationId, &Minutes)],
) -> Result<(), DbFault> {
    let texts = all.iter().map(|(of, m)| {
        values![of.uuid(), m.text.clone(), m.changed_at, m.sent_at, m.sent_by.map(MemberId::uuid), m.version]
    });
    let columns = ["communication_id", "text", "changed_at", "sent_at", "sent_by", "version"];
    insert_all(&**tx, "minutes", &columns, texts.collect()).await?;
    let recipients = all.iter().flat_map(|(of, m)| {
        m.recipients.iter().map(|r| {
            let department = r.department.map(DepartmentId::uuid);
            values![of.uuid(), r.member.uuid(), department, r.removed_reason.clone(), r.read_at]
        })
    });
    let columns = ["communication_id", "member_id", "department_id", "removed_reason", "read_at"];
    insert_all(&**tx, "minutes_recipients", &columns, recipients.collect()).await
}
