//! The rows of what came of a contact: questions and agreements.

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{AccountId, AgreementId, CommunicationId, DepartmentId, QuestionId};
use kehu_platform::db::{DbFault, Tx, execute, insert_all, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::values;
use uuid::Uuid;

use crate::communications::model::{Agreement, Kind, Question, Told};

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

/// Writes new questions with the moment at which each was entered, many to a statement.
pub(in crate::communications) async fn insert_questions(
    tx: &Tx,
    all: &[(&Question, DateTime<Utc>)],
) -> Result<(), DbFault> {
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
    let rows = all.iter().map(|(q, entered_at)| {
        let mut row = values![
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
        ];
        row.extend(told_values(q));
        row.extend(values![*entered_at, q.version]);
        row
    });
    insert_all(&**tx, "questions", &columns, rows.collect()).await
}

/// The columns of the telling, empty while there was none.
fn told_values(q: &Question) -> Vec<Value> {
    let told = q.told.as_ref();
    values![
        told.map(|t| t.at),
        told.map(|t| t.by.uuid()),
        told.map(|t| t.to.uuid()),
        told.map(|t| t.how.code()),
        told.map(|t| t.text.clone()),
        told.map(|t| t.recorded_at),
    ]
}

/// Sets the solution, and the telling when there was one.
pub(in crate::communications) async fn update_question(tx: &Tx, q: &Question) -> Result<bool, DbFault> {
    let mut values = values![q.id.uuid(), q.version, q.solution.clone()];
    values.extend(told_values(q));
    let touched = execute(
        &**tx,
        "update questions set solution = $3, told_at = $4, told_by = $5, told_to = $6, told_how = $7, told_text = $8,
            told_recorded_at = $9, version = version + 1 where id = $1 and version = $2",
        values,
    )
    .await?;
    Ok(touched == 1)
}

/// Writes new agreements, each with its account and the moment at which it was entered.
pub(in crate::communications) async fn insert_agreements(
    tx: &Tx,
    all: &[(&Agreement, AccountId, DateTime<Utc>)],
) -> Result<(), DbFault> {
    let rows = all.iter().map(|(a, account, entered_at)| {
        values![a.id.uuid(), a.communication.uuid(), account.uuid(), a.text.clone(), a.due_on, *entered_at]
    });
    let columns = ["id", "communication_id", "account_id", "text", "due_on", "created_at"];
    insert_all(&**tx, "agreements", &columns, rows.collect()).await
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
