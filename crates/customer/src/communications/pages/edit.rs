//! Correcting a logged contact, also when it was logged with the wrong account. Whoever read an
//! older version is told so, and sees what it says now.

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use kehu_core::{AccountId, CommunicationId};
use kehu_platform::db::Lock;
use kehu_platform::directory;
use kehu_platform::t::app;
use kehu_platform::web::kit::{self, Crumb, Field, Icon, Look, PageHead, icon};
use kehu_platform::web::{Answer, App, Form, Page, Query, when};
use kehu_platform::{Error, Invalid};
use maud::{Markup, html};

use super::desk::{Desk, Mate};
use super::draft::{Draft, chosen};
use super::moments::{self, Moment};
use super::{choose, log_form, names, reader, show, store};
use crate::accounts;
use crate::communications::{self, Communication, Correction, Kind};
use crate::duties::Books;
use crate::t::communications as t;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/communications/{id}/edit", get(edit).post(save))
        .route("/communications/{id}/move", get(choose_other))
}

async fn edit(page: Page, Path(id): Path<CommunicationId>) -> Answer {
    let (contact, _) = reader::editing(&page, id).await?;
    let desk = desk(&page, &contact, page.query().get("to")).await?;
    let draft = on_record(&page, &contact, &desk);
    let body = body(&page, &contact, &desk, &draft, &Invalid::default(), contact.version);
    Ok(page.html(t::correct_title(page.locale), body).await)
}

async fn save(page: Page, Path(id): Path<CommunicationId>, form: Form) -> Answer {
    let (contact, _) = reader::editing(&page, id).await?;
    let desk = desk(&page, &contact, form.text("to")).await?;
    let draft = Draft::read(&form);
    let refusal = match keep(&page, &contact, &desk, &draft, form.version()).await {
        Ok(()) => return Ok(page.done(&format!("/communications/{id}"), t::corrected(page.locale))),
        Err(Error::Invalid(invalid)) => (invalid, form.version()),
        // Saving once more is then a decision made in sight of the newer version.
        Err(Error::Stale) => (Invalid::one("", "stale", t::changed_meanwhile), contact.version),
        Err(other) => return Err(other.into()),
    };
    let body = body(&page, &contact, &desk, &draft, &refusal.0, refusal.1);
    Ok(page.refused(t::correct_title(page.locale), body).await)
}

/// The desk of the account that the contact belongs to, or shall belong to, with those who took
/// part in it even when they are gone since.
async fn desk(page: &Page, contact: &Communication, to: &str) -> Result<Desk, Error> {
    if contact.deleted {
        return Err(Error::NotFound);
    }
    let account = to.parse::<AccountId>().unwrap_or(contact.account);
    let mut desk = Desk::load(page, account).await?;
    let on = page.app.db.read();
    let gone = accounts::contacts_of(on, account).await?;
    desk.people.extend(gone.into_iter().filter(|p| p.archived && contact.contacts.contains(&p.id)));
    if !desk.team.iter().any(|mate| mate.id == contact.by)
        && let Some(member) = directory::member(on, contact.by).await?
    {
        desk.team.push(Mate { id: member.id, name: member.name, counts: true });
    }
    Ok(desk)
}

fn on_record(page: &Page, contact: &Communication, desk: &Desk) -> Draft {
    let here = |id: &&kehu_core::ContactId| desk.people.iter().any(|p| p.id == **id);
    Draft {
        kind: contact.kind,
        place: contact.place,
        connected: contact.connected,
        moment: Moment::at(page.zone, contact.occurred_at),
        ended: when::input(page.zone, contact.ended_at),
        by: contact.by.to_string(),
        contacts: contact.contacts.iter().filter(here).map(ToString::to_string).collect(),
        summary: contact.summary.clone(),
        ..Draft::blank()
    }
}

async fn keep(page: &Page, contact: &Communication, desk: &Desk, draft: &Draft, version: i64) -> Result<(), Error> {
    let mut invalid = Invalid::default();
    let occurred_at = draft.moment.told(page, "occurred_at", &mut invalid);
    let meeting = matches!(draft.kind, Kind::Visit | Kind::VideoMeeting) && !draft.ended.is_empty();
    let ended_at = match meeting {
        true => moments::read(page.zone, &draft.ended),
        // How long a call took is not asked; what is known of it is kept.
        false if same_minute(contact.occurred_at, occurred_at) == contact.occurred_at => Some(contact.ended_at),
        false => Some(occurred_at),
    };
    if ended_at.is_none() {
        invalid.add("ended_at", "not_a_time", app::not_a_time);
    }
    let by = desk.team.iter().find(|mate| mate.id.to_string() == draft.by).map(|mate| mate.id);
    if by.is_none() {
        invalid.add("by", "required", t::by_unknown);
    }
    invalid.check()?;
    let correction = Correction {
        kind: draft.kind,
        place: draft.place,
        connected: draft.connected,
        occurred_at: same_minute(contact.occurred_at, occurred_at),
        ended_at: same_minute(contact.ended_at, ended_at.unwrap_or(occurred_at)),
        by: by.unwrap_or(contact.by),
        contacts: chosen(&draft.contacts),
        summary: draft.summary.clone(),
    };
    let correction = Correction { ended_at: correction.ended_at.max(correction.occurred_at), ..correction };
    let (actor, now, contact, to) = (page.actor.clone(), page.now, contact.clone(), desk.account.id);
    let locks = Lock::several([Lock::account(contact.account), Lock::account(to)]);
    page.app
        .db
        .write(locks, async move |tx| {
            let books = page.app.kept.within::<Books>(tx).await?;
            let editor = accounts::editor(&**tx, &actor, contact.account).await?;
            let other = if to == contact.account { None } else { Some(accounts::editor(&**tx, &actor, to).await?) };
            let before = communications::communication(&**tx, contact.id).await?.ok_or(Error::NotFound)?;
            if before.version != version {
                return Err(Error::Stale);
            }
            communications::correct(tx, &actor, now, &books, &editor, other.as_ref(), &before, version, correction)
                .await
        })
        .await?;
    Ok(())
}

/// The form shows minutes: a moment that was left alone keeps its seconds, so that nothing counts
/// as changed.
fn same_minute(
    kept: chrono::DateTime<chrono::Utc>,
    typed: chrono::DateTime<chrono::Utc>,
) -> chrono::DateTime<chrono::Utc> {
    if kept.timestamp().div_euclid(60) == typed.timestamp().div_euclid(60) { kept } else { typed }
}

fn body(page: &Page, contact: &Communication, desk: &Desk, draft: &Draft, invalid: &Invalid, version: i64) -> Markup {
    let l = page.locale;
    let record = format!("/communications/{}", contact.id);
    let moved = desk.account.id != contact.account;
    let began = Field::new("occurred_at", t::when_moment(l))
        .value(draft.moment.typed.as_str())
        .error(invalid.of("occurred_at", l))
        .required();
    let ended = Field::new("ended_at", t::ended_moment(l))
        .value(draft.ended.as_str())
        .error(invalid.of("ended_at", l))
        .hint(t::ended_at_hint(l));
    html! {
        (kit::page_head(&PageHead {
            title: t::correct_title(l),
            sub: html! {
                (desk.account.called()) " · "
                a href={ (record) "/move" } { (t::wrong_account(l)) }
            },
            crumbs: &[Crumb::new("/communications", t::communications(l)), Crumb::new(record.as_str(), show::span(page, contact))],
            ..PageHead::default()
        }))
        @if moved { div.k-flash.is-warn role="status" { (icon(Icon::SwitchHorizontal)) span { (t::will_move(l, desk.account.called())) } } }
        form.k-form.k-log method="post" action={ (record) "/edit" } data-once {
            (kit::csrf_field(&page.csrf))
            (kit::hidden("version", &version.to_string()))
            (kit::hidden("when", "at"))
            @if moved { (kit::hidden("to", &desk.account.id.to_string())) }
            (kit::form_errors(l, "", invalid))
            @if invalid.errors().iter().any(|e| e.code == "stale") { (as_it_is_now(page, contact)) }
            (log_form::kinds(l, draft))
            (log_form::connected(l, draft, ""))
            (log_form::places(l, &desk.counts, draft, ""))
            (log_form::persons_known(l, desk, draft, invalid))
            (kit::datetime(l, &began))
            div.k-log-meeting.k-field { (kit::datetime(l, &ended)) }
            (log_form::by_select(l, desk, draft, invalid))
            (log_form::summary(l, draft, invalid, 4, ""))
            (kit::form_actions(html! {
                (kit::submit(Look::Primary, t::save(l)))
                (kit::button_link(Look::Plain, &record, t::cancel(l), None))
            }))
        }
    }
}

/// The newer version, beside what was typed.
fn as_it_is_now(page: &Page, contact: &Communication) -> Markup {
    let l = page.locale;
    kit::panel(
        t::as_it_is_now(l),
        Markup::default(),
        html! {
            p { (names::kind(l, contact.kind)) " · " (show::span(page, contact)) }
            p.k-prose { (contact.summary) }
        },
    )
}

async fn choose_other(page: Page, Path(id): Path<CommunicationId>) -> Answer {
    let (contact, _) = reader::editing(&page, id).await?;
    let (l, query) = (page.locale, page.query());
    let found = store::choosable(page.app.db.read(), &page.actor, query.get("find"), 60).await?;
    let edit = format!("/communications/{id}/edit");
    let body = html! {
        (kit::page_head(&PageHead {
            title: t::move_title(l),
            sub: html! { (names::kind(l, contact.kind)) " · " (show::span(&page, &contact)) },
            crumbs: &[Crumb::new(edit.as_str(), t::correct_title(l))],
            ..PageHead::default()
        }))
        form.k-choose method="get" action=(page.path()) role="search" {
            (kit::search_box("find", query.get("find"), t::find_account(l)))
            (kit::submit(Look::Plain, t::find(l)))
        }
        ul.k-choices {
            @for account in found.iter().filter(|a| a.id() != contact.account) {
                li { (choose::line(&page, &Query::default().with("to", &account.id().to_string()).on(&edit), account, None)) }
            }
        }
    };
    Ok(page.html(t::move_title(l), body).await)
}
