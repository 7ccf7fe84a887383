//! Deciding on what was submitted: company leadership approves it or sends it back.

use axum::Router;
use axum::routing::post;
use kehu_platform::Invalid;
use kehu_platform::directory::Roster;
use kehu_platform::web::kit::{self, Field, Look, Tone};
use kehu_platform::web::{Answer, App, Form, Page, when};
use maud::{Markup, html};

use super::draft::{answer, hand_over, id};
use crate::t::rulebook as t;
use crate::versions::{self, Version};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/rulebook/draft/approve", post(approve)).route("/rulebook/draft/return", post(send_back))
}

/// What was submitted: by whom, why, and from when it should count.
pub(super) fn submission(page: &Page, roster: &Roster, open: &Version) -> Markup {
    let l = page.locale;
    let by = open.submitted_by.map_or("", |id| roster.name(id));
    let at = open.submitted_at.map(|at| when::moment(l, page.zone, page.now, at)).unwrap_or_default();
    let from = open.in_force_from.map(|day| when::full_day(l, day)).unwrap_or_default();
    let facts = kit::facts(&[
        (t::submitted_by(l), html! { (by) " · " (at) }),
        (t::start(l), html! { (from) }),
        (t::summary(l), html! { span.k-doc-summary { (open.summary) } }),
    ]);
    kit::panel(t::submission(l), Markup::default(), facts)
}

/// The two ways on for those who may decide; the others learn for whom it waits.
pub(super) fn decide(page: &Page, open: &Version, author: bool, refused: Option<(&Form, &Invalid)>) -> Markup {
    let l = page.locale;
    html! {
        @if page.actor.leadership().is_err() {
            div.k-notice.(Tone::Quiet.class()) { p { (t::waits_for_leadership(l)) } }
        } @else if author {
            div.k-notice.(Tone::Warn.class()) { p { (t::own_submission(l)) } }
        } @else { (forms(page, open, refused)) }
    }
}

fn forms(page: &Page, open: &Version, refused: Option<(&Form, &Invalid)>) -> Markup {
    let l = page.locale;
    let of = |what: &str| refused.filter(|(form, _)| form.optional("what") == Some(what));
    let note = |what: &'static str, scope: &'static str| {
        let typed = of(what).map(|(form, _)| form.text("note").to_owned()).unwrap_or_default();
        let error = of(what).and_then(|(_, invalid)| invalid.of("note", l));
        Field::new("note", t::note(l)).value(typed).error(error).scope(scope).wide()
    };
    let proposed = open.in_force_from.map(|day| day.max(page.zone.local_date(page.now)).to_string());
    let from = of("approve").map(|(form, _)| form.text("in_force_from").to_owned()).or(proposed).unwrap_or_default();
    let error = of("approve").and_then(|(_, invalid)| invalid.of("in_force_from", l));
    html! {
        div.k-two {
            (kit::panel(t::approve(l), Markup::default(), kit::post_form(&page.csrf, "/rulebook/draft/approve", html! {
                (hand_over(open))
                (kit::hidden("what", "approve"))
                (kit::date(l, &Field::new("in_force_from", t::start(l)).value(from).hint(t::start_hint(l)).error(error).required().wide()))
                (kit::textarea(l, &note("approve", "approve"), 2))
                (kit::form_actions(kit::submit(Look::Primary, t::approve(l))))
            })))
            (kit::panel(t::send_back(l), Markup::default(), kit::post_form(&page.csrf, "/rulebook/draft/return", html! {
                (hand_over(open))
                (kit::hidden("what", "return"))
                (kit::textarea(l, &note("return", "return").required().hint(t::note_hint(l)), 4))
                (kit::form_actions(kit::submit(Look::Plain, t::send_back(l))))
            })))
        }
    }
}

async fn approve(page: Page, form: Form) -> Answer {
    let by = page.actor.leadership()?;
    let l = page.locale;
    let mut invalid = Invalid::default();
    let from = form.date("in_force_from", &mut invalid);
    let note = form.text("note").replace("\r\n", "\n");
    let outcome = match invalid.check() {
        Ok(()) => versions::approve(&page.app, by, page.now, id(&form)?, form.version(), from, note).await,
        Err(refusal) => Err(refusal),
    };
    match outcome {
        Ok(from) => Ok(page.done("/rulebook/versions", t::approved_from(l, when::full_day(l, from)))),
        Err(refusal) => answer(&page, &form, Err(refusal), "").await,
    }
}

async fn send_back(page: Page, form: Form) -> Answer {
    let by = page.actor.leadership()?;
    let note = form.text("note").replace("\r\n", "\n");
    let outcome = versions::send_back(&page.app, by, page.now, id(&form)?, form.version(), note).await;
    answer(&page, &form, outcome, t::sent_back(page.locale)).await
}
