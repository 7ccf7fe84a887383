//! What can be done on the page of one obligation.

use axum::Router;
use axum::extract::Path;
use axum::routing::post;
use kehu_core::{ObligationId, WaiverId};
use kehu_platform::Error;
use kehu_platform::web::{Answer, App, Form, Page, way_back};

use super::super::queries;
use super::super::store;
use super::super::{
    answer as answer_explanation, ask_waiver, confirm_late, decide_waiver, explain, grant_waiver, read_answer,
};
use super::show::{Refused, Seen};
use crate::t::obligations as t;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/obligations/{id}/explanation", post(explained))
        .route("/obligations/{id}/answer", post(answered))
        .route("/obligations/{id}/answer/read", post(answer_was_read))
        .route("/obligations/{id}/waivers", post(asked))
        .route("/obligations/{id}/grant", post(granted))
        .route("/obligations/{id}/confirmation", post(confirmed))
        .route("/waivers/{id}/decision", post(decided))
}

async fn explained(page: Page, Path(id): Path<ObligationId>, form: Form) -> Answer {
    let obligation = Seen::load(&page, id).await?.obligation;
    let (actor, now, words) = (page.actor.clone(), page.now, form.text("words").to_owned());
    let version = form.version();
    let done = page.app.db.write(obligation.lock(), async |tx| explain(tx, &actor, now, id, version, &words).await);
    answer(&page, id, &form, "explain", done.await, t::explanation_saved(page.locale)).await
}

async fn answered(page: Page, Path(id): Path<ObligationId>, form: Form) -> Answer {
    let obligation = Seen::load(&page, id).await?.obligation;
    let (actor, now, words) = (page.actor.clone(), page.now, form.text("words").to_owned());
    let version = form.version();
    let done = page
        .app
        .db
        .write(obligation.lock(), async |tx| answer_explanation(tx, &actor, now, id, version, &words).await)
        .await;
    answer(&page, id, &form, "answer", done, t::answer_saved(page.locale)).await
}

async fn answer_was_read(page: Page, Path(id): Path<ObligationId>, form: Form) -> Answer {
    let obligation = Seen::load(&page, id).await?.obligation;
    let (actor, now) = (page.actor.clone(), page.now);
    let done = page.app.db.write(obligation.lock(), async |tx| read_answer(tx, &actor, now, id).await).await;
    answer(&page, id, &form, "answer", done, t::answer_was_read(page.locale)).await
}

async fn asked(page: Page, Path(id): Path<ObligationId>, form: Form) -> Answer {
    let obligation = Seen::load(&page, id).await?.obligation;
    let (actor, now, words) = (page.actor.clone(), page.now, form.text("words").to_owned());
    let done = page.app.db.write(obligation.lock(), async |tx| ask_waiver(tx, &actor, now, id, &words).await);
    let done = done.await.map(|_| ());
    answer(&page, id, &form, "waiver", done, t::waiver_asked(page.locale)).await
}

async fn granted(page: Page, Path(id): Path<ObligationId>, form: Form) -> Answer {
    let obligation = Seen::load(&page, id).await?.obligation;
    let (actor, now, words) = (page.actor.clone(), page.now, form.text("words").to_owned());
    let done = page.app.db.write(obligation.lock(), async |tx| grant_waiver(tx, &actor, now, id, &words).await);
    answer(&page, id, &form, "grant", done.await.map(|_| ()), t::grant_done(page.locale)).await
}

async fn confirmed(page: Page, Path(id): Path<ObligationId>, form: Form) -> Answer {
    let obligation = Seen::load(&page, id).await?.obligation;
    let (actor, now) = (page.actor.clone(), page.now);
    let done = page.app.db.write(obligation.lock(), async |tx| confirm_late(tx, &actor, now, id).await);
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
        .write(obligation.lock(), async |tx| decide_waiver(tx, &actor, now, id, approve, &words).await)
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
