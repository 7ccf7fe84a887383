//! One logged contact: what was said, what was left open and what it discharged.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use kehu_core::CommunicationId;
use kehu_platform::db::Lock;
use kehu_platform::directory::Roster;
use kehu_platform::web::kit::{self, Crumb, Icon, Look, PageHead, Tone, icon, tag};
use kehu_platform::web::{Answer, App, Form, Page, when};
use kehu_platform::{Error, Invalid};
use maud::{Markup, html};

use super::outcome::Discharge;
use super::reader::{self, Reading};
use super::{history, minutes, names, outcome, store};
use crate::accounts::{self, Account, Contact};
use crate::communications::{self, Agreement, Communication, Kind, Minutes, Question};
use crate::duties::Books;
use crate::t::communications as t;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/communications/{id}", get(show))
        .route("/communications/{id}/delete", post(delete))
        .route("/communications/{id}/restore", post(restore))
}

/// Everything on the page.
pub(super) struct Record {
    pub account: Account,
    pub contact: Communication,
    pub people: Vec<Contact>,
    pub questions: Vec<Question>,
    pub agreements: Vec<Agreement>,
    pub minutes: Option<Minutes>,
    pub roster: Arc<Roster>,
    pub may_edit: bool,
}

impl Record {
    pub fn person(&self, id: kehu_core::ContactId) -> Option<&Contact> {
        self.people.iter().find(|p| p.id == id)
    }
}

async fn show(page: Page, Path(id): Path<CommunicationId>) -> Answer {
    let body = body(&page, id, &Invalid::default(), "").await?;
    let topics = [format!("communication:{id}"), format!("minutes:{id}")];
    Ok(page.live(t::communication(page.locale), &topics, body).await)
}

async fn delete(page: Page, Path(id): Path<CommunicationId>, form: Form) -> Answer {
    let (contact, _) = reader::editing(&page, id).await?;
    let (app, actor, now) = (page.app.clone(), page.actor.clone(), page.now);
    let (version, reason) = (form.version(), form.text("reason").to_owned());
    let outcome = page
        .app
        .db
        .write(Lock::account(contact.account), async move |tx| {
            let books = app.kept.within::<Books>(tx).await?;
            let editor = accounts::editor(&**tx, &actor, contact.account).await?;
            let before = Communication { version, ..contact };
            communications::delete(tx, &actor, now, &books, &editor, &before, &reason).await
        })
        .await;
    match outcome {
        Ok(()) => Ok(page.done(&format!("/communications/{id}"), t::deleted(page.locale))),
        Err(Error::Invalid(invalid)) => {
            let body = body(&page, id, &invalid, form.text("reason")).await?;
            Ok(page.refused(t::communication(page.locale), body).await)
        }
        Err(other) => Err(other.into()),
    }
}

async fn restore(page: Page, Path(id): Path<CommunicationId>) -> Answer {
    let (contact, _) = reader::editing(&page, id).await?;
    let (app, actor, now) = (page.app.clone(), page.actor.clone(), page.now);
    page.app
        .db
        .write(Lock::account(contact.account), async move |tx| {
            let books = app.kept.within::<Books>(tx).await?;
            let editor = accounts::editor(&**tx, &actor, contact.account).await?;
            communications::restore(tx, &actor, now, &books, &editor, &contact).await
        })
        .await?;
    Ok(page.done(&format!("/communications/{id}"), t::restored(page.locale)))
}

async fn body(page: &Page, id: CommunicationId, invalid: &Invalid, reason: &str) -> Result<Markup, Error> {
    let on = page.app.db.read();
    let (contact, mut minutes, reading) = reader::reading(page, id).await?;
    if let Some(sent) = minutes.take() {
        let read_now = !contact.deleted && reader::note_reading(page, &contact, &sent).await?;
        minutes = if read_now { communications::minutes(on, id).await? } else { Some(sent) };
    }
    let roster = page.roster();
    let viewer = match (reading, &minutes) {
        (Reading::Whole(viewer), _) => viewer,
        (Reading::MinutesOnly, Some(sent)) => {
            let account = reader::account_of(page, &contact).await?;
            return Ok(minutes::alone(page, roster, &account, &contact, sent));
        }
        (Reading::MinutesOnly, None) => return Err(Error::NotFound),
    };
    let record = Record {
        account: viewer.account().clone(),
        people: accounts::contacts_of(on, contact.account).await?,
        questions: communications::questions(on, id).await?,
        agreements: communications::agreements(on, id).await?,
        minutes,
        roster: roster.clone(),
        may_edit: viewer.inside,
        contact,
    };
    let discharges = outcome::discharges(on, &record).await?;
    let facts = store::beside(on, id).await?;
    let history = history::of(page, &record).await?;
    Ok(html! {
        (head(page, &record))
        @if record.contact.deleted { (deleted_note(page, &record, facts.deleted_reason.as_deref())) }
        @else if !invalid.is_empty() { (kit::form_errors(page.locale, "", invalid)) }
        div.k-cols {
            div.k-stack {
                (said(page, &record, facts.same_event))
                (questions(page, &record))
                (agreements(page, &record))
                @if !record.contact.deleted { (minutes::panel(page, &record, outcome::minutes_due(&discharges))) }
            }
            div.k-stack {
                (discharged(page, &discharges))
                (kit::panel(t::history(page.locale), Markup::default(), history))
            }
        }
        @if record.may_edit && !record.contact.deleted { (delete_dialog(page, &record, invalid, reason)) }
    })
}

fn head(page: &Page, record: &Record) -> Markup {
    let (l, contact) = (page.locale, &record.contact);
    let title = t::title(l, record.account.called(), names::kind(l, contact.kind));
    kit::page_head(&PageHead {
        title: &title,
        tags: html! {
            @if contact.deleted { (tag(Tone::Bad, t::tag_deleted(l))) }
            @if !contact.connected { (tag(Tone::Quiet, t::connected_no(l))) }
            @if is_late(page, contact) { (tag(Tone::Warn, t::recorded_late(l))) }
        },
        sub: html! { (span(page, contact)) " · " (record.roster.name(contact.by)) },
        crumbs: &[
            Crumb::new("/communications", t::communications(l)),
            Crumb::new(format!("/accounts/{}", record.account.id), record.account.called()),
        ],
        actions: html! {
            @if record.may_edit && !contact.deleted {
                (kit::button_link(Look::Plain, &format!("/communications/{}/edit", contact.id), t::correct(l), Some(Icon::Pencil)))
                (kit::dialog_opener(Look::Quiet, "delete", t::delete(l), Some(Icon::Trash)))
            }
        },
    })
}

/// When it was: the day, from and, where it took time, to.
pub(super) fn span(page: &Page, contact: &Communication) -> String {
    let from = when::moment(page.locale, page.zone, page.now, contact.occurred_at);
    if contact.ended_at <= contact.occurred_at {
        return from;
    }
    let same_day = page.zone.local_date(contact.ended_at) == page.zone.local_date(contact.occurred_at);
    if same_day {
        format!("{from}–{}", when::clock(page.zone, contact.ended_at))
    } else {
        format!("{from} – {}", when::moment(page.locale, page.zone, page.now, contact.ended_at))
    }
}

/// Written down on a later day than it happened.
fn is_late(page: &Page, contact: &Communication) -> bool {
    page.zone.local_date(contact.recorded_at) > page.zone.local_date(contact.occurred_at) + chrono::Duration::days(1)
}

fn deleted_note(page: &Page, record: &Record, reason: Option<&str>) -> Markup {
    let l = page.locale;
    html! {
        div.k-flash.is-warn role="status" {
            (icon(Icon::Trash))
            span { (t::deleted_because(l, reason.unwrap_or_default())) }
            @if record.may_edit {
                (kit::post_button(&page.csrf, &format!("/communications/{}/restore", record.contact.id), Look::Plain, t::restore(l)))
            }
        }
    }
}

fn said(page: &Page, record: &Record, same_event: i64) -> Markup {
    let (l, contact) = (page.locale, &record.contact);
    let persons = html! {
        @for id in &contact.contacts {
            @if let Some(person) = record.person(*id) {
                div { (person.facts.name) @if !person.facts.title.is_empty() { small { " " (person.facts.title) } } }
            }
        }
    };
    let mut facts = vec![(t::with_whom(l), persons), (t::by(l), html! { (record.roster.name(contact.by)) })];
    if contact.kind == Kind::Visit {
        facts.push((t::place(l), html! { (names::place(l, contact.place)) }));
    }
    facts.push((t::recorded_at(l), html! { (when::moment(l, page.zone, page.now, contact.recorded_at)) }));
    if same_event > 0 {
        facts.push((t::same_event(l), html! { (t::other_accounts(l, same_event)) }));
    }
    kit::panel(
        "",
        Markup::default(),
        html! {
            @if contact.summary.is_empty() { p.k-none { (t::nothing_said(l)) } }
            @else { p.k-prose { (contact.summary) } }
            (kit::facts(&facts))
        },
    )
}

fn questions(page: &Page, record: &Record) -> Markup {
    let l = page.locale;
    if record.questions.is_empty() {
        return Markup::default();
    }
    kit::panel(
        t::questions_raised(l),
        Markup::default(),
        html! { ul.k-asked { @for question in &record.questions { li { (asked(page, record, question)) } } } },
    )
}

fn asked(page: &Page, record: &Record, question: &Question) -> Markup {
    let l = page.locale;
    let day = |date| when::near_day(l, page.zone, page.now, date);
    let owner = record.roster.name(if question.follows_manager { record.account.owner } else { question.owner });
    let may_answer = record.may_edit && !record.contact.deleted;
    html! {
        div.k-asked-head {
            strong { (question.text) }
            @if question.on_the_spot { (tag(Tone::Good, t::question_spot(l))) }
            @else if question.told.is_some() { (tag(Tone::Good, t::answered(l))) }
            @else if let Some(by) = question.reply_by {
                @let late = by < page.zone.local_date(page.now);
                (tag(if late { Tone::Bad } else { Tone::Warn }, &t::answer_by(l, day(by))))
            }
        }
        @if question.on_the_spot {
            @if !question.spot_answer.is_empty() { p.k-prose { (question.spot_answer) } }
        } @else {
            @if !question.solution.is_empty() { p.k-prose { (question.solution) } }
            small {
                (t::owned_by(l, owner))
                @if let Some(department) = question.department {
                    " · " (t::needs_department(l, record.roster.department_name(Some(department))))
                }
            }
            @if let Some(told) = &question.told {
                p.k-asked-told {
                    (icon(Icon::CircleCheck)) " "
                    (t::told_line(
                        l,
                        names::kind(l, told.how),
                        when::moment(l, page.zone, page.now, told.at),
                        record.roster.name(told.by),
                        record.person(told.to).map_or("", |p| &p.facts.name),
                    ))
                    @if !told.text.is_empty() { span.k-prose { (told.text) } }
                }
            } @else if may_answer {
                div.k-toolbar {
                    (kit::button_link(Look::Row, &format!("/questions/{}/answer", question.id), t::record_answer(l), None))
                    (kit::button_link(
                        Look::Quiet,
                        &format!("/questions/{}/solution", question.id),
                        if question.solution.is_empty() { t::write_solution(l) } else { t::change_solution(l) },
                        None,
                    ))
                }
            }
        }
    }
}

fn agreements(page: &Page, record: &Record) -> Markup {
    let l = page.locale;
    if record.agreements.is_empty() {
        return Markup::default();
    }
    kit::panel(
        t::agreements_reached(l),
        Markup::default(),
        html! {
            ul.k-asked {
                @for agreement in &record.agreements {
                    li.k-asked-head {
                        span { (agreement.text) }
                        @if let Some(day) = agreement.due_on {
                            (tag(Tone::Quiet, &t::agreed_for(l, when::near_day(l, page.zone, page.now, day))))
                        }
                    }
                }
            }
        },
    )
}

fn discharged(page: &Page, discharges: &[Discharge]) -> Markup {
    let l = page.locale;
    html! {
        @if !discharges.is_empty() {
            (kit::side_card(t::because_of_rulebook(l), None, None, html! {
                @for discharge in discharges {
                    (kit::side_line(
                        &format!("/obligations/{}", discharge.obligation.id),
                        html! { (kit::clause_chip(l, &discharge.obligation.clause, None)) (kit::state_mark(l, discharge.state(page.now))) },
                        &discharge.told(page),
                    ))
                }
            }))
        }
    }
}

fn delete_dialog(page: &Page, record: &Record, invalid: &Invalid, reason: &str) -> Markup {
    let l = page.locale;
    let field = kit::Field::new("reason", t::delete_reason(l))
        .value(reason)
        .error(invalid.of("reason", l))
        .max_length(500)
        .required()
        .wide();
    kit::dialog(
        l,
        "delete",
        t::delete_title(l),
        kit::post_form(
            &page.csrf,
            &format!("/communications/{}/delete", record.contact.id),
            html! {
                p { (t::delete_text(l)) }
                (kit::hidden("version", &record.contact.version.to_string()))
                (kit::textarea(l, &field, 2))
                (kit::form_actions(kit::submit(Look::Danger, t::delete(l))))
            },
        ),
    )
}
