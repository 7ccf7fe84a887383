//! What can be done on the page of one obligation.

use axum::Router;
use axum::extract::Path;
use axum::routing::post;
use kehu_core::{ObligationId, WaiverId};
use kehu_platform::Error;
use kehu_platform::db::Lock;
use kehu_platform::web::{Answer, App, Form, Page, way_back};

use super::super::queries;
use super::super::store::{self, Obligation};
use super::super::{ask_waiver, confirm_late, decide_waiver, explain, grant_waiver};
use super::show::{Refused, Seen};
use crate::t::obligations as t;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/obligations/{id}/explanation", post(explained))
        .route("/obligations/{id}/waivers", post(asked))
        .route("/obligations/{id}/grant", post(granted))
        .route("/obligations/{id}/confirmation", post(confirmed))
        .route("/waivers/{id}/decision", post(decided))
}

/// Everything that is written about an obligation waits for what its account is doing.
fn lock(obligation: &Obligation) -> Lock {
    match obligation.account {
        Some(account) => Lock::account(account),
        None => Lock::member(obligation.owner),
    }
}

async fn explained(page: Page, Path(id): Path<ObligationId>, form: Form) -> Answer {
    let obligation = Seen::load(&page, id).await?.obligation;
    let (actor, now, words) = (page.actor.clone(), page.now, form.text("words").to_owned());
    let version = form.version();
    let done = page.app.db.write(lock(&obligation), async |tx| explain(tx, &actor, now, id, version, &words).await);
    answer(&page, id, &form, "explain", done.await, t::explanation_saved(page.locale)).await
}

async fn asked(page: Page, Path(id): Path<ObligationId>, form: Form) -> Answer {
    let obligation = Seen::load(&page, id).await?.obligation;
    let (actor, now, words) = (page.actor.clone(), page.now, form.text("words").to_owned());
    let done = page.app.db.write(lock(&obligation), async |tx| ask_waiver(tx, &actor, now, id, &words).await);
    let done = done.await.map(|_| ());
    answer(&page, id, &form, "waiver", done, t::waiver_asked(page.locale)).await
}

async fn granted(page: Page, Path(id): Path<ObligationId>, form: Form) -> Answer {
    let obligation = Seen::load(&page, id).await?.obligation;
    let (actor, now, words) = (page.actor.clone(), page.now, form.text("words").to_owned());
    let done = page.app.db.write(lock(&obligation), async |tx| grant_waiver(tx, &actor, now, id, &words).await);
    answer(&page, id, &form, "grant", done.await.map(|_| ()), t::grant_done(page.locale)).await
}

async fn confirmed(page: Page, Path(id): Path<ObligationId>, form: Form) -> Answer {
    let obligation = Seen::load(&page, id).await?.obligation;
    let (actor, now) = (page.actor.clone(), page.now);
    let done = page.app.db.write(lock(&obligation), async |tx| confirm_late(tx, &actor, now, id).await);
    answer(&page, id, &form, "confirm", done.await, t::confirmation_done(page.locale)).await
}

async fn decided(page: Page, Path(id): Path<WaiverId>, form: Form) -> Answer {
    let waiver = queries::waiver(page.app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let of = waiver.obligation;
    let obligation = store::obligation(page.app.db.read(), of).await?.ok_or(Error::NotFound)?;
    // Who sees nothing of it is not told that it exists.
    Seen::load(&page, of).await?;
    let approve = match form.text("decision") {
        "approve" => true,
        "refuse" => false,
        _ => return Err(Error::NotFound.into()),
    };
    let (actor, now, words) = (page.actor.clone(), page.now, form.text("words").to_owned());
    let done = page
        .app
        .db
        .write(lock(&obligation), async |tx| decide_waiver(tx, &actor, now, id, approve, &words).await)
        .await;
    let said = if approve { t::decision_approved(page.locale) } else { t::decision_refused(page.locale) };
    answer(&page, of, &form, "decide", done, said).await
}

/// Back to the obligation, or its page with the message beside the field.
async fn answer(
    page: &Page,
    id: ObligationId,
    form: &Form,
    scope: &'static str,
    done: Result<(), Error>,
    said: &str,
) -> Answer {
    match done {
        Ok(()) => {
            let own = format!("/obligations/{id}");
            Ok(page.done(way_back(form.text("back")).unwrap_or(&own), said))
        }
        Err(Error::Invalid(invalid)) => {
            let seen = Seen::load(page, id).await?;
            Ok(seen.page(page, &Refused { form: form.clone(), invalid, scope }).await)
        }
        Err(other) => Err(other.into()),
    }
}
