//! The JSON door of the contact log: what other programs log discharges what is owed, as on the form.

use axum::Json;
use axum::response::IntoResponse as _;
use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{AccountId, CommunicationId, ContactId, DepartmentId, MemberId};
use kehu_platform::db::Lock;
use kehu_platform::directory;
use kehu_platform::sea_orm::ConnectionTrait;
use kehu_platform::web::api::{
    Answer, Asked, Caller, Cursor, Id, Json as Body, Limit, List, MadeBy, Once, Problem, Reply, Tagged, moment, tidy,
};
use kehu_platform::web::{App, OperationWords};
use kehu_platform::{Error, Invalid};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::log::{NewAgreement, NewCommunication, NewQuestion};
use super::model::{Agreement, Communication, Kind, Place, Question};
use super::store::{Walk, walk_total, walked};
use super::{log, store};
use crate::accounts::{self, Account};
use crate::duties::Books;
use crate::t::communications as t;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(one))
}

/// What the operations do, in the reader's words.
pub fn words() -> Vec<OperationWords> {
    vec![
        ("list_communications", t::api_list_communications),
        ("read_communication", t::api_read_communication),
        ("log_communication", t::api_log_communication),
    ]
}

/// A contact with a customer.
#[derive(Serialize, ToSchema)]
#[schema(as = Communication)]
struct CommunicationView {
    id: Uuid,
    account_id: Uuid,
    kind: Kind,
    /// Where a visit took place.
    place: Option<Place>,
    connected: bool,
    occurred_at: DateTime<Utc>,
    ended_at: DateTime<Utc>,
    /// The member who spoke with the customer.
    by: Uuid,
    contact_ids: Vec<Uuid>,
    summary: String,
    recorded_at: DateTime<Utc>,
    /// Taken back; it discharges nothing.
    deleted: bool,
    version: i64,
    made_by: Option<MadeBy>,
}

/// A contact with what was asked and agreed there.
#[derive(Serialize, ToSchema)]
struct WholeCommunication {
    #[serde(flatten)]
    communication: CommunicationView,
    questions: Vec<QuestionView>,
    agreements: Vec<AgreementView>,
}

/// A question that the customer raised.
#[derive(Serialize, ToSchema)]
#[schema(as = Question)]
struct QuestionView {
    id: Uuid,
    text: String,
    /// Answered on the spot, or to be answered later.
    on_the_spot: bool,
    /// What was answered on the spot, or how it is going to be solved.
    answer: String,
    reply_by: Option<NaiveDate>,
    owner: Uuid,
    department: Option<Uuid>,
    /// When the customer was told the answer.
    told_at: Option<DateTime<Utc>>,
}

/// Something both sides agreed on.
#[derive(Serialize, ToSchema)]
#[schema(as = Agreement)]
struct AgreementView {
    id: Uuid,
    text: String,
    due_on: Option<NaiveDate>,
}

fn view(c: Communication, made_by: Option<MadeBy>) -> CommunicationView {
    CommunicationView {
        id: c.id.uuid(),
        account_id: c.account.uuid(),
        kind: c.kind,
        place: (c.kind == Kind::Visit).then_some(c.place),
        connected: c.connected,
        occurred_at: c.occurred_at,
        ended_at: c.ended_at,
        by: c.by.uuid(),
        contact_ids: c.contacts.iter().map(|id| id.uuid()).collect(),
        summary: c.summary,
        recorded_at: c.recorded_at,
        deleted: c.deleted,
        version: c.version,
        made_by,
    }
}

async fn whole(
    on: &impl ConnectionTrait,
    c: Communication,
    made_by: Option<MadeBy>,
) -> Result<WholeCommunication, Error> {
    let question = |q: Question| QuestionView {
        id: q.id.uuid(),
        answer: if q.on_the_spot { q.spot_answer } else { q.solution },
        text: q.text,
        on_the_spot: q.on_the_spot,
        reply_by: q.reply_by,
        owner: q.owner.uuid(),
        department: q.department.map(|d| d.uuid()),
        told_at: q.told.map(|told| told.at),
    };
    let agreement = |a: Agreement| AgreementView { id: a.id.uuid(), text: a.text, due_on: a.due_on };
    Ok(WholeCommunication {
        questions: store::questions(on, c.id).await?.into_iter().map(question).collect(),
        agreements: store::agreements(on, c.id).await?.into_iter().map(agreement).collect(),
        communication: view(c, made_by),
    })
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    account_id: Option<Uuid>,
    #[param(inline)]
    kind: Option<Kind>,
    /// The member who spoke with the customer.
    by: Option<Uuid>,
    /// Only what took place at this moment or later.
    from: Option<DateTime<Utc>>,
    /// Only what took place before this moment.
    to: Option<DateTime<Utc>>,
    /// How many at once.
    #[serde(default)]
    #[param(value_type = Option<u16>, minimum = 1, maximum = 200, default = 50)]
    limit: Limit,
    /// `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// List communications
///
/// Contacts with accounts that the member may see, the latest first.
#[utoipa::path(get, path = "/api/v1/communications", tag = "communications", operation_id = "list_communications", params(Wanted),
    responses((status = 200, description = "A part of the list", body = List<CommunicationView>)))]
async fn list(caller: Caller, Asked(wanted): Asked<Wanted>) -> Answer {
    let after = Cursor::read(wanted.cursor.as_ref(), |place| {
        let (at, id) = place.split_once('|')?;
        Some((DateTime::from_timestamp_micros(at.parse().ok()?).map(moment)?, id.parse::<CommunicationId>().ok()?))
    })?;
    let on = caller.app.db.read();
    let walk = Walk {
        account: wanted.account_id.map(AccountId),
        kind: wanted.kind,
        by: wanted.by.map(MemberId),
        from: wanted.from.map(moment),
        to: wanted.to.map(moment),
    };
    let found = walked(on, &caller.actor, &walk, after, wanted.limit.get() + 1).await?;
    let total = walk_total(on, &caller.actor, &walk).await?;
    let ids: Vec<Uuid> = found.iter().map(|c| c.id.uuid()).collect();
    let mut makers = MadeBy::of(on, "communication", &ids).await?;
    let views = found.into_iter().map(|c| {
        let made_by = makers.remove(&c.id.uuid());
        view(c, made_by)
    });
    let place = |c: &CommunicationView| format!("{}|{}", c.occurred_at.timestamp_micros(), c.id);
    Ok(Json(List::part(views.collect(), wanted.limit, total, place)).into_response())
}

/// Read a communication
#[utoipa::path(get, path = "/api/v1/communications/{id}", tag = "communications", operation_id = "read_communication",
    params(("id" = Uuid, Path, description = "The communication")),
    responses((status = 200, description = "The communication; `ETag` is its version", body = WholeCommunication)))]
async fn one(caller: Caller, Id(id): Id<CommunicationId>) -> Answer {
    let on = caller.app.db.read();
    let found = store::communication(on, id).await?.ok_or_else(Problem::not_found)?;
    accounts::viewer(on, &caller.actor, found.account).await?;
    let made_by = MadeBy::of_one(on, "communication", id.uuid()).await?;
    Ok(Tagged(found.version, whole(on, found, made_by).await?).into_response())
}

/// A contact to be logged.
#[derive(Clone, Deserialize, ToSchema)]
#[schema(as = NewCommunication)]
#[serde(deny_unknown_fields)]
struct NewBody {
    account_id: Uuid,
    kind: Kind,
    /// Where a visit took place; at the customer's unless said otherwise.
    place: Option<Place>,
    /// Whether the other side answered; only calls can go unanswered.
    #[serde(default = "yes")]
    #[schema(default = true)]
    connected: bool,
    #[schema(example = "2026-11-24T06:10:00Z")]
    occurred_at: DateTime<Utc>,
    /// When a visit or meeting ended, from which its minutes are due.
    ended_at: Option<DateTime<Utc>>,
    /// The member who spoke with the customer: one who serves the account; the token's unless said otherwise.
    by: Option<Uuid>,
    /// With whom; at least one when somebody answered.
    #[serde(default)]
    #[schema(max_items = 100)]
    contact_ids: Vec<Uuid>,
    #[serde(default)]
    #[schema(max_length = 8000)]
    summary: String,
    #[serde(default)]
    #[schema(max_items = 40)]
    questions: Vec<QuestionBody>,
    #[serde(default)]
    #[schema(max_items = 40)]
    agreements: Vec<AgreementBody>,
}

const fn yes() -> bool {
    true
}

/// A question that the customer raised.
#[derive(Clone, Deserialize, ToSchema)]
#[schema(as = NewQuestion)]
#[serde(deny_unknown_fields)]
struct QuestionBody {
    #[schema(min_length = 1, max_length = 1000)]
    text: String,
    #[serde(default)]
    on_the_spot: bool,
    /// What was answered on the spot, or how it is going to be solved.
    #[serde(default)]
    #[schema(max_length = 4000)]
    answer: String,
    /// By when it is to be answered, unless it was answered on the spot.
    reply_by: Option<NaiveDate>,
    /// Who answers it; the account manager unless said otherwise.
    owner: Option<Uuid>,
    /// The department that has to help.
    department: Option<Uuid>,
}

/// Something both sides agreed on.
#[derive(Clone, Deserialize, ToSchema)]
#[schema(as = NewAgreement)]
#[serde(deny_unknown_fields)]
struct AgreementBody {
    #[schema(min_length = 1, max_length = 1000)]
    text: String,
    due_on: Option<NaiveDate>,
}

/// Log a communication
///
/// Brings everything that it discharges and opens up to date, as on the form.
#[utoipa::path(post, path = "/api/v1/communications", tag = "communications", operation_id = "log_communication", request_body = NewBody,
    responses((status = 201, description = "The communication", body = WholeCommunication)))]
async fn create(caller: Caller, once: Once, Body(body): Body<NewBody>) -> Answer {
    let account = AccountId(body.account_id);
    let reply = caller
        .write(&once, Lock::account(account), async |tx| {
            let books = caller.app.kept.within::<Books>(tx).await?;
            let editor = accounts::editor(&**tx, &caller.actor, account).await?;
            let new = entered(&**tx, &caller, &books, editor.account(), body.clone()).await?;
            let logged = log::log(tx, &caller.actor, caller.now, &books, &editor, new, None).await;
            let record = logged.map_err(|error| Problem::from(error).renamed(named))?;
            let (id, version) = (record.id, record.version);
            let view = whole(&**tx, record, Some(MadeBy::caller(&caller))).await?;
            Ok(Reply::created(format!("/api/v1/communications/{id}"), view)?.version(version))
        })
        .await?;
    Ok(reply.into_response())
}

/// What the verb is given; whoever is named must serve the account.
async fn entered(
    on: &impl ConnectionTrait,
    caller: &Caller,
    books: &Books,
    account: &Account,
    body: NewBody,
) -> Result<NewCommunication, Error> {
    let mut invalid = Invalid::default();
    let today = books.zone().local_date(caller.now);
    let mut serving = vec![caller.member, account.owner, directory::in_charge(caller.leaves(), account.owner, today)];
    serving.extend(accounts::account_team(on, account.id).await?.into_iter().map(|(member, _)| member));
    let serves = |id: Uuid| serving.iter().any(|member| member.uuid() == id);
    if body.by.is_some_and(|by| !serves(by)) {
        invalid.add("by", "unknown", t::by_unknown);
    }
    if !body.connected && !body.kind.may_fail_to_connect() {
        invalid.add("connected", "only_calls", t::only_calls_unanswered);
    }
    let departments = &caller.roster().departments;
    for (n, question) in body.questions.iter().enumerate() {
        if question.owner.is_some_and(|owner| !serves(owner)) {
            invalid.add(format!("questions/{n}/owner"), "unknown", t::by_unknown);
        }
        if question.department.is_some_and(|id| !departments.iter().any(|d| d.id.uuid() == id && !d.archived)) {
            invalid.add(format!("questions/{n}/department"), "unknown", t::department_unknown);
        }
    }
    invalid.check()?;
    let mut contacts: Vec<ContactId> = body.contact_ids.into_iter().map(ContactId).collect();
    contacts.sort_unstable();
    contacts.dedup();
    let question = |q: QuestionBody| NewQuestion {
        text: tidy(&q.text),
        on_the_spot: q.on_the_spot,
        answer: tidy(&q.answer),
        reply_by: q.reply_by,
        owner: q.owner.map(MemberId),
        department: q.department.map(DepartmentId),
    };
    let agreement = |a: AgreementBody| NewAgreement { text: tidy(&a.text), due_on: a.due_on };
    Ok(NewCommunication {
        kind: body.kind,
        place: body.place.unwrap_or_default(),
        connected: body.connected,
        occurred_at: moment(body.occurred_at),
        ended_at: body.ended_at.map(moment),
        by: body.by.map_or(caller.member, MemberId),
        contacts,
        summary: tidy(&body.summary),
        questions: body.questions.into_iter().map(question).collect(),
        agreements: body.agreements.into_iter().map(agreement).collect(),
    })
}

/// The verb names fields as the form does.
fn named(field: &str) -> Option<String> {
    let row = |name: &str, group: &str, part: &str| {
        field.strip_prefix(name)?.parse::<usize>().ok().map(|n| format!("{group}/{n}/{part}"))
    };
    if field == "contacts" {
        return Some("contact_ids".to_owned());
    }
    row("question-", "questions", "text")
        .or_else(|| row("reply-by-", "questions", "reply_by"))
        .or_else(|| row("agreement-", "agreements", "text"))
        .or_else(|| row("agreed-by-", "agreements", "due_on"))
}
