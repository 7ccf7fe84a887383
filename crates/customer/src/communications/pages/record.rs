//! Logging one contact: choose the account, say what happened, and be told what that cleared.

use axum::Router;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use chrono::{Datelike, Duration, NaiveDate};
use kehu_core::AccountId;
use kehu_platform::db::Lock;
use kehu_platform::web::kit::{self, Icon, PageHead, Tone, tag};
use kehu_platform::web::{Answer, App, Form, Page, Query, when};
use kehu_platform::{Error, Invalid};
use maud::{Markup, html};

use super::desk::Desk;
use super::draft::Draft;
use super::log_form::{self, More};
use super::outcome::{self, Outcome};
use super::{choose, lately, way_back};
use crate::accounts;
use crate::communications::{self, Communication, Kind};
use crate::duties::Books;
use crate::t::communications as t;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/record", get(show).post(save))
}

async fn show(page: Page, headers: HeaderMap) -> Answer {
    let mut query = page.query();
    if query.get("back").is_empty() {
        query = query.with("back", came_from(&headers).unwrap_or_default());
    }
    let Ok(account) = query.get("account").parse::<AccountId>() else { return choose::page(&page, &query).await };
    let desk = Desk::load(&page, account).await?;
    let kind = Kind::from_code(query.get("kind")).unwrap_or(Kind::PhoneCall);
    let draft = Draft::fresh(kind, &desk);
    let body = body(&page, &desk, &draft, &Invalid::default(), More::Nothing, query.get("back")).await?;
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
        let body = body(&page, &desk, &draft, &Invalid::default(), more, back).await?;
        return Ok(page.html(t::record(l), body).await);
    }
    match keep(&page, &desk, &draft).await {
        Ok(kept) if form.text("then") == "minutes" => {
            let to = Query::default().with("back", way_back(back).unwrap_or_default());
            Ok(page.done(&to.on(&minutes_path(&kept.record)), kept.told))
        }
        Ok(kept) => Ok(done(&page, back, &kept)),
        Err(Error::Invalid(invalid)) => {
            let body = body(&page, &desk, &draft, &invalid, More::Nothing, back).await?;
            Ok(page.refused(t::record(l), body).await)
        }
        Err(other) => Err(other.into()),
    }
}

/// The page of ours from which somebody came to record something.
fn came_from(headers: &HeaderMap) -> Option<&str> {
    let address = headers.get(header::REFERER)?.to_str().ok()?;
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let path = address.split_once("://")?.1.strip_prefix(host)?;
    way_back(path).filter(|path| !path.starts_with("/record") && !path.starts_with("/sign-in"))
}

pub(super) fn minutes_path(record: &Communication) -> String {
    format!("/communications/{}/minutes", record.id)
}

/// Back to where one came from, or on to the record; after a visit with the offer to write its
/// minutes.
pub(super) fn done(page: &Page, back: &str, kept: &Kept) -> Response {
    let record = format!("/communications/{}", kept.record.id);
    let to = way_back(back).unwrap_or(&record);
    if kept.minutes_due {
        return page.done_offering(to, &kept.told, (&minutes_path(&kept.record), t::write_minutes(page.locale)));
    }
    page.done(to, &kept.told)
}

/// A contact that was written down, and what to say about it.
pub(super) struct Kept {
    pub record: Communication,
    pub told: String,
    pub minutes_due: bool,
}

/// Writes the contact down, with the person who is new, and says what that cleared.
pub(super) async fn keep(page: &Page, desk: &Desk, draft: &Draft) -> Result<Kept, Error> {
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
            let books = page.app.kept.within::<Books>(tx).await?;
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
    Ok(Kept { told: outcome.told(page, &record, in_charge), minutes_due: outcome.minutes_due.is_some(), record })
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

async fn body(
    page: &Page,
    desk: &Desk,
    draft: &Draft,
    invalid: &Invalid,
    more: More,
    back: &str,
) -> Result<Markup, Error> {
    let l = page.locale;
    let back = way_back(back).unwrap_or_default();
    let choose = Query::default().with("kind", draft.kind.code()).with("back", back).on("/record");
    Ok(html! {
        (kit::page_head(&PageHead {
            title: desk.account.called(),
            sub: owed(page, desk),
            tags: kit::icon_link(&choose, t::other_account(l), Icon::SwitchHorizontal),
            ..PageHead::default()
        }))
        div.k-cols {
            (log_form::form(page, desk, draft, invalid, more, back))
            div.k-stack { (lately::aside(page, &desk.account).await?) }
        }
    })
}

/// What the account waits for, under its name.
pub(super) fn owed(page: &Page, desk: &Desk) -> Markup {
    let l = page.locale;
    let due = |at| soon(page, page.zone.local_date(at - Duration::microseconds(1)));
    html! {
        @if desk.owed.is_empty() && desk.key { (t::nothing_owed(l)) }
        @else if !desk.key { (t::not_key(l)) }
        @for obligation in &desk.owed {
            @let late = obligation.is_overdue(page.now);
            (tag(
                if late { Tone::Bad } else { Tone::Warn },
                &match (obligation.rule.as_str(), late) {
                    ("weekly_call", false) => t::owes_call(l, due(obligation.due_at)),
                    ("weekly_call", true) => t::late_call(l, due(obligation.due_at)),
                    (_, false) => t::owes_visit(l, due(obligation.due_at)),
                    (_, true) => t::late_visit(l, due(obligation.due_at)),
                },
            )) " "
        }
    }
}

/// A day of this week by its name, any other by its date.
fn soon(page: &Page, day: NaiveDate) -> String {
    let today = page.zone.local_date(page.now);
    if today + Duration::days(1) < day && day.iso_week() == today.iso_week() {
        return when::short_weekday(page.locale, day.weekday()).to_owned();
    }
    when::near_day(page.locale, page.zone, page.now, day)
}
