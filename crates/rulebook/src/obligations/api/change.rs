//! What can be done about an obligation: explained, answered, confirmed, waived.

use axum::response::IntoResponse as _;
use chrono::{DateTime, Utc};
use kehu_core::{Actor, ObligationId};
use kehu_platform::Error;
use kehu_platform::db::Tx;
use kehu_platform::web::App;
use kehu_platform::web::api::{Answer, Caller, Id, IfMatch, Json as Body, Once, Problem, Reply, tidy};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Beside, ObligationView, seen, store, view};
use crate::obligations::{answer, ask_waiver, confirm_late, explain, grant_waiver};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(explained))
        .routes(routes!(answered))
        .routes(routes!(confirmed))
        .routes(routes!(waived))
}

/// Something said about an obligation.
#[derive(Clone, Deserialize, ToSchema)]
#[schema(as = NewWords)]
#[serde(deny_unknown_fields)]
struct WordsBody {
    #[schema(min_length = 1, max_length = 500)]
    text: String,
}

/// Does the work and answers the obligation as it stands then. The verbs call what is said `words`.
async fn done<F>(caller: &Caller, once: &Once, id: ObligationId, work: F) -> Answer
where
    F: AsyncFnOnce(&Tx, &Actor) -> Result<(), Problem>,
{
    let (before, sight) = seen(caller, id).await?;
    let reply = caller
        .write(once, before.lock(), async |tx| {
            work(tx, &caller.actor)
                .await
                .map_err(|problem| problem.renamed(|field| (field == "words").then(|| "text".to_owned())))?;
            let after = store::obligation(&**tx, id).await?.ok_or(Error::NotFound)?;
            let (version, beside) = (after.version, Beside::of(&**tx, id).await?);
            Ok(Reply::ok(view(caller.now, after, sight, beside))?.version(version))
        })
        .await?;
    Ok(reply.into_response())
}

/// As [`done`], with what is said about the version that was read; it must be the one that stands.
async fn said<F>(caller: &Caller, once: &Once, id: ObligationId, read: IfMatch, body: &WordsBody, verb: F) -> Answer
where
    F: AsyncFnOnce(&Tx, &Actor, DateTime<Utc>, ObligationId, i64, &str) -> Result<(), Error>,
{
    let work = async |tx: &Tx, actor: &Actor| {
        let version = read.holds(store::obligation(&**tx, id).await?.ok_or(Error::NotFound)?.version)?;
        Ok(verb(tx, actor, caller.now, id, version, &tidy(&body.text)).await?)
    };
    done(caller, once, id, work).await
}

/// Explain an obligation
///
/// For whoever owes it, when it is overdue, was met late or missed. It changes no state.
#[utoipa::path(put, path = "/api/v1/obligations/{id}/explanation", tag = "obligations", operation_id = "explain_obligation",
    request_body = WordsBody, params(("id" = Uuid, Path, description = "The obligation"),
        ("If-Match" = String, Header, description = "The version that it is said about, as `ETag` gave it, or `*`", pattern = "^([*]|(W/)?\"[0-9]{1,9}\")$", example = "\"3\"")),
    responses((status = 200, description = "The obligation; `ETag` is its version", body = ObligationView)))]
async fn explained(
    caller: Caller,
    once: Once,
    version: IfMatch,
    Id(id): Id<ObligationId>,
    Body(body): Body<WordsBody>,
) -> Answer {
    said(&caller, &once, id, version, &body, explain).await
}

/// Answer an explanation
///
/// For the leader of the team that owed it; company leadership answers a leader's own.
#[utoipa::path(put, path = "/api/v1/obligations/{id}/answer", tag = "obligations", operation_id = "answer_explanation",
    request_body = WordsBody, params(("id" = Uuid, Path, description = "The obligation"),
        ("If-Match" = String, Header, description = "The version that it is said about, as `ETag` gave it, or `*`", pattern = "^([*]|(W/)?\"[0-9]{1,9}\")$", example = "\"3\"")),
    responses((status = 200, description = "The obligation; `ETag` is its version", body = ObligationView)))]
async fn answered(
    caller: Caller,
    once: Once,
    version: IfMatch,
    Id(id): Id<ObligationId>,
    Body(body): Body<WordsBody>,
) -> Answer {
    said(&caller, &once, id, version, &body, answer).await
}

/// Confirm a late record
///
/// What was recorded after the days for recording had run out counts as met late once the leader says
/// that it happened.
#[utoipa::path(post, path = "/api/v1/obligations/{id}/confirmation", tag = "obligations", operation_id = "confirm_late_record",
    params(("id" = Uuid, Path, description = "The obligation")),
    responses((status = 200, description = "The obligation; `ETag` is its version", body = ObligationView)))]
async fn confirmed(caller: Caller, once: Once, Id(id): Id<ObligationId>) -> Answer {
    let now = caller.now;
    done(&caller, &once, id, async |tx: &Tx, actor: &Actor| Ok(confirm_late(tx, actor, now, id).await?)).await
}

/// Waive an obligation, or ask for it
///
/// Whoever owes it asks for it to be waived and waits for the decision; whoever may decide waives it
/// at once. Either gives the reason.
#[utoipa::path(post, path = "/api/v1/obligations/{id}/waivers", tag = "obligations", operation_id = "waive_obligation",
    params(("id" = Uuid, Path, description = "The obligation")), request_body = WordsBody,
    responses((status = 200, description = "The obligation; `ETag` is its version", body = ObligationView)))]
async fn waived(caller: Caller, once: Once, Id(id): Id<ObligationId>, Body(body): Body<WordsBody>) -> Answer {
    let now = caller.now;
    let work = async |tx: &Tx, actor: &Actor| {
        let owed = store::obligation(&**tx, id).await?.ok_or(Error::NotFound)?;
        let reason = tidy(&body.text);
        if actor.is(owed.owner) || actor.is(owed.acting) {
            ask_waiver(tx, actor, now, id, &reason).await?;
        } else {
            grant_waiver(tx, actor, now, id, &reason).await?;
        }
        Ok(())
    };
    done(&caller, &once, id, work).await
}
