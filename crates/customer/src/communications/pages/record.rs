//! Logging one contact: choose the account, say what happened, and be told what that cleared.

use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use kehu_core::AccountId;
use kehu_core::calendar::Zone;
use kehu_platform::db::Lock;
use kehu_platform::web::kit::{self, Icon, PageHead, Tone, tag};
use kehu_platform::web::{Answer, App, Form, Page, Query, when};
use kehu_platform::{Error, Invalid};
use maud::{Markup, html};

use super::desk::Desk;
use super::draft::Draft;
use super::log_form::{self, More};
use super::outcome::{self, Outcome};
use super::{choose, way_back};
use crate::accounts;
use crate::communications::{self, Communication, Kind};
use crate::duties::Books;
use crate::t::communications as t;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/record", get(show).post(save))
}

async fn show(page: Page) -> Answer {
    let query = page.query();
    let Ok(account) = query.get("account").parse::<AccountId>() else { return choose::page(&page, &query).await };
    let desk = Desk::load(&page, account).await?;
    let kind = Kind::from_code(query.get("kind")).unwrap_or(Kind::PhoneCall);
    let body = body(&page, &desk, &Draft::fresh(kind, &desk), &Invalid::default(), More::Nothing, query.get("back"));
    Ok(page.html(t::record(page.locale), body).await)
}

async fn save(page: Page, form: Form) -> Answer {
    let Ok(account) = form.text("account").parse::<AccountId>() else {
        return Ok(Redirect::to("/record").into_response());
    };
    let desk = Desk::load(&page, account).await?;
    let draft = Draft::read(&form);
    let (l, back) = (page.locale, form.text("back"));
    let more = match form.text("more") {
        "question" => More::Question,
        "agreement" => More::Agreement,
        _ => More::Nothing,
    };
    if more != More::Nothing {
        let body = body(&page, &desk, &draft, &Invalid::default(), more, back);
        return Ok(page.html(t::record(l), body).await);
    }
    match keep(&page, &desk, &draft).await {
        Ok((record, told)) if form.text("then") == "minutes" => {
            let to = Query::default().with("back", way_back(back).unwrap_or_default());
            Ok(page.done(&to.on(&format!("/communications/{}/minutes", record.id)), told))
        }
        Ok((record, told)) => Ok(done(&page, back, &record, &told)),
        Err(Error::Invalid(invalid)) => {
            let body = body(&page, &desk, &draft, &invalid, More::Nothing, back);
            Ok(page.refused(t::record(l), body).await)
        }
        Err(other) => Err(other.into()),
    }
}

/// Back to where one came from, or on to the record.
fn done(page: &Page, back: &str, record: &Communication, told: &str) -> Response {
    match way_back(back) {
        Some(back) => page.done(back, told),
        None => page.done(&format!("/communications/{}", record.id), told),
    }
}

/// Writes the contact down, with the person who is new, and says what that cleared.
pub(super) async fn keep(page: &Page, desk: &Desk, draft: &Draft) -> Result<(Communication, String), Error> {
    let mut invalid = Invalid::default();
    let mut new = draft.enter(page, desk, &mut invalid);
    invalid.check()?;
    let (actor, now, account) = (page.actor.clone(), page.now, desk.account.id);
    let newcomer = draft.newcomer();
    let in_charge = desk.team.iter().any(|mate| mate.id == new.by && mate.counts);
    let (record, outcome) = page
        .app
        .db
        .write(Lock::account(account), async move |tx| {
            let books = Books::load(&**tx).await?;
            let editor = accounts::editor(&**tx, &actor, account).await?;
            let before = outcome::cadences_of(&**tx, account).await?;
            if let Some(facts) = newcomer {
                let added = accounts::add_contact(tx, &actor, now, &editor, facts).await.map_err(of_newcomer)?;
                new.contacts.push(added.id);
            }
            let record = communications::log(tx, &actor, now, &books, &editor, new, None).await?;
            let outcome = Outcome::of(tx, before, &record).await?;
            Ok::<_, Error>((record, outcome))
        })
        .await?;
    let told = outcome.told(page, &record, in_charge);
    Ok((record, told))
}

/// The new person's fields have names of their own in the log form.
pub(super) fn of_newcomer(error: Error) -> Error {
    let Error::Invalid(invalid) = error else { return error };
    let mut renamed = Invalid::default();
    for error in invalid.errors() {
        let message = error.message.clone();
        renamed.add(format!("new-{}", error.field), error.code, move |l| message.text(l));
    }
    Error::Invalid(renamed)
}

fn body(page: &Page, desk: &Desk, draft: &Draft, invalid: &Invalid, more: More, back: &str) -> Markup {
    let l = page.locale;
    html! {
        (kit::page_head(&PageHead {
            title: desk.account.called(),
            sub: owed(page, desk),
            actions: kit::icon_link(&Query::default().with("back", back).on("/record"), t::other_account(l), Icon::SwitchHorizontal),
            ..PageHead::default()
        }))
        (log_form::form(page, desk, draft, invalid, more, way_back(back).unwrap_or_default()))
    }
}

/// What the account waits for, under its name.
pub(super) fn owed(page: &Page, desk: &Desk) -> Markup {
    let l = page.locale;
    let due =
        |zone: Zone, at| when::near_day(l, zone, page.now, zone.local_date(at - chrono::Duration::microseconds(1)));
    html! {
        @if desk.owed.is_empty() && desk.key { (t::nothing_owed(l)) }
        @else if !desk.key { (t::not_key(l)) }
        @for obligation in &desk.owed {
            @let late = obligation.is_overdue(page.now);
            (tag(
                if late { Tone::Bad } else { Tone::Warn },
                &match obligation.rule.as_str() {
                    "weekly_call" => t::owes_call(l, due(page.zone, obligation.due_at)),
                    _ => t::owes_visit(l, due(page.zone, obligation.due_at)),
                },
            )) " "
        }
    }
}
