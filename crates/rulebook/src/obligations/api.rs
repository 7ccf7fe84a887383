//! The JSON door of the ledger: what is owed, and how far it is kept. What a position may not see in
//! the browser is null here.

mod change;
mod compliance;

use axum::Json;
use axum::response::IntoResponse as _;
use chrono::{DateTime, Utc};
use kehu_core::{AccountId, MemberId, ObligationId};
use kehu_platform::Error;
use kehu_platform::directory;
use kehu_platform::sea_orm::ConnectionTrait;
use kehu_platform::web::api::{Answer, Asked, Caller, Cursor, Id, Limit, List, Problem, Tagged, moment};
use kehu_platform::web::{App, OperationWords};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::approver::Approver;
use super::queries::{self, Said, Walk};
use super::reach::{Reach, Sight};
use super::registry::registry;
use super::state::State;
use super::store::{self, Obligation};
use crate::t::obligations as t;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one)).merge(compliance::routes()).merge(change::routes())
}

/// What the operations do, in the reader's words.
pub fn words() -> Vec<OperationWords> {
    vec![
        ("list_obligations", t::api_list_obligations),
        ("read_obligation", t::api_read_obligation),
        ("explain_obligation", t::api_explain_obligation),
        ("answer_explanation", t::api_answer_explanation),
        ("confirm_late_record", t::api_confirm_late_record),
        ("waive_obligation", t::api_waive_obligation),
        ("compliance", t::api_compliance),
    ]
}

async fn reach(caller: &Caller) -> Result<Reach, Error> {
    let reach = Reach::of(&caller.actor);
    match registry().accounts_of {
        Some(accounts_of) => Ok(reach.with_accounts(accounts_of(caller.app.db.clone(), caller.actor.clone()).await?)),
        None => Ok(reach),
    }
}

/// Something that somebody owes because of a clause.
#[derive(Serialize, ToSchema)]
#[schema(as = Obligation)]
struct ObligationView {
    id: Uuid,
    /// Number of the clause.
    #[schema(example = "4.4.1")]
    clause: String,
    #[schema(example = "weekly_call")]
    rule: String,
    state: State,
    /// Open and past its due date.
    overdue: bool,
    account_id: Option<Uuid>,
    /// What it is owed for.
    subject: Option<Record>,
    /// The member who owes it; null for those who see no people.
    owner: Option<Uuid>,
    /// The member who is to act now.
    acting: Option<Uuid>,
    /// What it is called in lists.
    title: Option<String>,
    opened_at: DateTime<Utc>,
    window_start: Option<DateTime<Utc>>,
    window_end: Option<DateTime<Utc>>,
    due_at: DateTime<Utc>,
    settled_at: Option<DateTime<Utc>>,
    /// The records that discharged it.
    evidence: Vec<Record>,
    /// What discharged it was entered later than the rulebook allows.
    recorded_late: bool,
    /// The version of the rulebook that made it.
    rulebook_version: i64,
    /// What whoever owes it says about it; null as well for those who do not see all of it.
    explanation: Option<Words>,
    /// What the leader answered.
    answer: Option<Words>,
    version: i64,
}

/// What somebody said, and when.
#[derive(Serialize, ToSchema)]
#[schema(as = ObligationWords)]
struct Words {
    text: String,
    at: DateTime<Utc>,
}

/// A record by its kind and id.
#[derive(Serialize, ToSchema)]
struct Record {
    #[schema(example = "communication")]
    kind: String,
    id: Uuid,
}

/// What belongs to an obligation and is kept beside it.
#[derive(Default)]
struct Beside {
    evidence: Vec<(String, Uuid)>,
    answer: Option<Said>,
}

impl Beside {
    async fn of(on: &impl ConnectionTrait, id: ObligationId) -> Result<Self, Error> {
        Ok(Self { evidence: store::evidence(on, id).await?, answer: queries::said(on, id).await? })
    }
}

fn view(now: DateTime<Utc>, o: Obligation, sight: Sight, beside: Beside) -> ObligationView {
    let (customers, people) = (sight != Sight::WithoutCustomers, sight != Sight::WithoutPeople);
    let record = |kind: String, id: Uuid| Record { kind, id };
    let kind = if o.account.is_some_and(|account| account.uuid() == o.subject) { "account" } else { &o.about_kind };
    ObligationView {
        overdue: o.is_overdue(now),
        explanation: o
            .explanation
            .clone()
            .zip(o.explained_at)
            .filter(|_| sight == Sight::Full)
            .map(|(text, at)| Words { text, at }),
        answer: beside.answer.filter(|_| sight == Sight::Full).map(|said| Words { text: said.words, at: said.at }),
        subject: customers.then(|| record(kind.to_owned(), o.subject)),
        id: o.id.uuid(),
        clause: o.clause,
        rule: o.rule,
        state: o.state,
        account_id: o.account.filter(|_| customers).map(AccountId::uuid),
        owner: people.then(|| o.owner.uuid()),
        acting: people.then(|| o.acting.uuid()),
        title: customers.then_some(o.title),
        opened_at: o.opened_at,
        window_start: o.window_start,
        window_end: o.window_end,
        due_at: o.due_at,
        settled_at: o.settled_at,
        evidence: beside.evidence.into_iter().filter(|_| customers).map(|(kind, id)| record(kind, id)).collect(),
        recorded_late: o.recorded_late,
        rulebook_version: o.rulebook_version,
        version: o.version,
    }
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    #[param(inline)]
    state: Option<State>,
    /// Number of a clause.
    #[param(example = "4.4.1")]
    clause: Option<String>,
    account_id: Option<Uuid>,
    /// The member who owes it.
    owner: Option<Uuid>,
    /// Only what falls due before this moment.
    due_before: Option<DateTime<Utc>>,
    /// How many at once.
    #[serde(default)]
    #[param(value_type = Option<u16>, minimum = 1, maximum = 200, default = 50)]
    limit: Limit,
    /// `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// List obligations
///
/// Those that the member may see, the earliest due first.
#[utoipa::path(get, path = "/api/v1/obligations", tag = "obligations", operation_id = "list_obligations", params(Wanted),
    responses((status = 200, description = "A part of the list", body = List<ObligationView>)))]
async fn list(caller: Caller, Asked(wanted): Asked<Wanted>) -> Answer {
    let after = Cursor::read(wanted.cursor.as_ref(), |place| {
        let (due_at, id) = place.split_once('|')?;
        Some((DateTime::from_timestamp_micros(due_at.parse().ok()?).map(moment)?, id.parse::<ObligationId>().ok()?))
    })?;
    let walk = Walk {
        state: wanted.state,
        clause: wanted.clause,
        account: wanted.account_id.map(AccountId),
        owner: wanted.owner.map(MemberId),
        due_before: wanted.due_before.map(moment),
    };
    let (on, reach) = (caller.app.db.read(), reach(&caller).await?);
    let found = queries::walked(on, &walk, &reach, after, wanted.limit.get() + 1).await?;
    let total = queries::walk_total(on, &walk, &reach).await?;
    let ids: Vec<ObligationId> = found.iter().map(|o| o.id).collect();
    let mut evidence = store::evidence_of(on, &ids).await?;
    let mut answers = queries::answers_of(on, &ids).await?;
    let views = found.into_iter().map(|o| {
        let sight = reach.sight(&o).unwrap_or(Sight::WithoutCustomers);
        let evidence = evidence.remove(&o.id.uuid()).unwrap_or_default();
        let beside = Beside { evidence, answer: answers.remove(&o.id) };
        view(caller.now, o, sight, beside)
    });
    let part =
        List::part(views.collect(), wanted.limit, total, |o| format!("{}|{}", o.due_at.timestamp_micros(), o.id));
    Ok(Json(part).into_response())
}

/// Read an obligation
#[utoipa::path(get, path = "/api/v1/obligations/{id}", tag = "obligations", operation_id = "read_obligation",
    params(("id" = Uuid, Path, description = "The obligation")),
    responses((status = 200, description = "The obligation; `ETag` is its version", body = ObligationView)))]
async fn one(caller: Caller, Id(id): Id<ObligationId>) -> Answer {
    let (obligation, sight) = seen(&caller, id).await?;
    let beside = Beside::of(caller.app.db.read(), id).await?;
    Ok(Tagged(obligation.version, view(caller.now, obligation, sight, beside)).into_response())
}

/// The obligation and how it may be shown to the caller; as if there were none when it may not.
async fn seen(caller: &Caller, id: ObligationId) -> Result<(Obligation, Sight), Problem> {
    let obligation = store::obligation(caller.app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let sight = match reach(caller).await?.sight(&obligation) {
        Some(Sight::Full) => Sight::Full,
        // Whoever is to decide sees what they decide about.
        _ if decides(caller, &obligation).await? => Sight::Full,
        Some(sight) => sight,
        None => return Err(Problem::not_found()),
    };
    Ok((obligation, sight))
}

async fn decides(caller: &Caller, obligation: &Obligation) -> Result<bool, Error> {
    let on = caller.app.db.read();
    let team = match obligation.team {
        Some(team) => directory::team(on, team).await?,
        None => None,
    };
    let may = |asked_by| Approver::of(&caller.actor, obligation, team.as_ref(), asked_by).is_ok();
    let waits = queries::waivers(on, obligation.id).await?.iter().any(|w| w.pending() && may(Some(w.asked_by)));
    Ok(waits || ((obligation.to_confirm || obligation.explanation.is_some()) && may(None)))
}
