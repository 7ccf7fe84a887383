//! The minutes of a visit (4.2.3): written from what was logged, kept as a draft, sent to the
//! account team and to the liaison of each department that owes something.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use kehu_core::{CommunicationId, MemberId};
use kehu_platform::db::Lock;
use kehu_platform::directory::Roster;
use kehu_platform::web::kit::{self, Crumb, Field, Icon, Look, PageHead, Tone, icon, tag};
use kehu_platform::web::{Answer, App, Form, Page, when};
use kehu_platform::{Error, Invalid};
use kehu_rulebook::obligations::{self, State};
use maud::{Markup, html};

use super::show::{self, Record};
use super::{draft, names, reader, way_back};
use crate::accounts::{self, Account};
use crate::communications::{self, Communication, Kind, Minutes, Recipient};
use crate::duties::{Books, MINUTES_SENT};
use crate::t::communications as t;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/communications/{id}/minutes", get(write).post(save))
        .route("/communications/{id}/minutes/draft", post(keep_draft))
}

/// What was typed, and who was taken off the list and why.
struct Typed {
    text: String,
    removed: Vec<(MemberId, String)>,
}

impl Typed {
    /// A recipient without a tick is taken off the list.
    fn read(form: &Form, recipients: &[Recipient]) -> Self {
        let kept: Vec<MemberId> = form.all("to").filter_map(|id| id.parse().ok()).collect();
        let removed = recipients.iter().filter(|r| !kept.contains(&r.member));
        Self {
            text: draft::text(form, "text"),
            removed: removed.map(|r| (r.member, draft::text(form, &format!("reason-{}", r.member)))).collect(),
        }
    }
}

async fn write(page: Page, Path(id): Path<CommunicationId>) -> Answer {
    let (contact, _) = reader::editing(&page, id).await?;
    if contact.deleted {
        return Err(Error::NotFound.into());
    }
    let on = page.app.db.read();
    let minutes = communications::minutes(on, id).await?;
    if minutes.as_ref().is_some_and(|m| m.sent_at.is_some()) {
        return Ok(Redirect::to(&format!("/communications/{id}#minutes")).into_response());
    }
    let text = match minutes {
        Some(draft) => draft.text,
        None => proposed(&page, &contact).await?,
    };
    let typed = Typed { text, removed: Vec::new() };
    let body = body(&page, &contact, &typed, &Invalid::default(), page.query().get("back")).await?;
    Ok(page.html(t::write_minutes(page.locale), body).await)
}

async fn save(page: Page, Path(id): Path<CommunicationId>, form: Form) -> Answer {
    let (contact, _) = reader::editing(&page, id).await?;
    let recipients = communications::default_recipients(page.app.db.read(), &contact).await?;
    let typed = Typed::read(&form, &recipients);
    let (l, back) = (page.locale, form.text("back"));
    let record = format!("/communications/{id}");
    let to = way_back(back).unwrap_or(&record);
    let outcome = if form.text("then") == "draft" {
        draft_kept(&page, &contact, typed.text.clone()).await.map(|()| t::draft_saved(l).to_owned())
    } else {
        send(&page, &contact, &typed).await
    };
    match outcome {
        Ok(told) => Ok(page.done(to, told)),
        Err(Error::Invalid(invalid)) => {
            let body = body(&page, &contact, &typed, &invalid, back).await?;
            Ok(page.refused(t::write_minutes(l), body).await)
        }
        Err(other) => Err(other.into()),
    }
}

/// What the browser keeps on its own when somebody turns away from the page.
async fn keep_draft(page: Page, Path(id): Path<CommunicationId>, form: Form) -> Answer {
    let (contact, _) = reader::editing(&page, id).await?;
    draft_kept(&page, &contact, draft::text(&form, "text")).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn draft_kept(page: &Page, contact: &Communication, text: String) -> Result<(), Error> {
    let (actor, now, contact) = (page.actor.clone(), page.now, contact.clone());
    page.app
        .db
        .write(Lock::account(contact.account), async move |tx| {
            let editor = accounts::editor(&**tx, &actor, contact.account).await?;
            communications::save_draft(tx, &actor, now, &editor, &contact, text).await
        })
        .await
}

async fn send(page: &Page, contact: &Communication, typed: &Typed) -> Result<String, Error> {
    let (actor, now, contact) = (page.actor.clone(), page.now, contact.clone());
    let (text, removed) = (typed.text.clone(), typed.removed.clone());
    let sent = page
        .app
        .db
        .write(Lock::account(contact.account), async move |tx| {
            let books = page.app.kept.within::<Books>(tx).await?;
            let editor = accounts::editor(&**tx, &actor, contact.account).await?;
            communications::send(tx, &actor, now, &books, &editor, &contact, text, &removed).await
        })
        .await?;
    let to = sent.recipients.iter().filter(|r| r.removed_reason.is_none()).count();
    Ok(t::minutes_sent_to(page.locale, to))
}

/// Minutes begin with what was logged: nobody types it twice.
async fn proposed(page: &Page, contact: &Communication) -> Result<String, Error> {
    let (l, on) = (page.locale, page.app.db.read());
    let mut parts = Vec::new();
    if !contact.summary.is_empty() {
        parts.push(contact.summary.clone());
    }
    let day = |date| when::day(l, date);
    let questions: Vec<String> = communications::questions(on, contact.id)
        .await?
        .iter()
        .enumerate()
        .map(|(n, q)| {
            let answer = match (q.on_the_spot, q.reply_by) {
                (true, _) => t::minutes_answered(l, q.spot_answer.as_str()),
                (false, Some(by)) => t::minutes_open(l, day(by)),
                (false, None) => String::new(),
            };
            format!("{}. {}{answer}", n + 1, q.text)
        })
        .collect();
    if !questions.is_empty() {
        parts.push(format!("{}\n{}", t::questions_raised(l), questions.join("\n")));
    }
    let agreements: Vec<String> = communications::agreements(on, contact.id)
        .await?
        .iter()
        .enumerate()
        .map(|(n, a)| {
            let due = a.due_on.map(|due| t::minutes_agreed_for(l, day(due))).unwrap_or_default();
            format!("{}. {}{due}", n + 1, a.text)
        })
        .collect();
    if !agreements.is_empty() {
        parts.push(format!("{}\n{}", t::agreements_reached(l), agreements.join("\n")));
    }
    Ok(parts.join("\n\n"))
}

async fn body(
    page: &Page,
    contact: &Communication,
    typed: &Typed,
    invalid: &Invalid,
    back: &str,
) -> Result<Markup, Error> {
    let (l, on) = (page.locale, page.app.db.read());
    let account = reader::account_of(page, contact).await?;
    let roster = page.roster();
    let recipients = communications::default_recipients(on, contact).await?;
    let due = obligations::about(on, contact.id.uuid())
        .await?
        .into_iter()
        .find(|o| o.rule == MINUTES_SENT && o.state == State::Open)
        .map(|o| o.due_at);
    let title = t::minutes_of(l, account.called());
    let text = Field::new("text", t::minutes_text(l))
        .value(typed.text.as_str())
        .error(invalid.of("text", l))
        .max_length(20_000)
        .wide();
    let action = format!("/communications/{}/minutes", contact.id);
    Ok(html! {
        (kit::page_head(&PageHead {
            title: &title,
            sub: html! { (show::span(page, contact)) },
            crumbs: &[Crumb::new(format!("/communications/{}", contact.id), t::communication(l))],
            ..PageHead::default()
        }))
        @if let Some(due) = due { (deadline(page, due)) }
        form.k-form.k-log method="post" action=(action) data-once data-draft={ (action) "/draft" } {
            (kit::csrf_field(&page.csrf))
            (kit::hidden("back", way_back(back).unwrap_or_default()))
            (kit::form_errors(l, "", invalid))
            (kit::textarea(l, &text, 12))
            (goes_to(page, roster, &recipients, typed, invalid))
            (kit::form_actions(html! {
                button.btn.btn-primary type="submit" name="then" value="send" { (icon(Icon::Send)) (t::send(l)) }
                (kit::button(Look::Plain, "then", "draft", t::save_draft(l), None))
            }))
        }
    })
}

fn deadline(page: &Page, due: DateTime<Utc>) -> Markup {
    let l = page.locale;
    let late = due <= page.now;
    let moment = when::moment(l, page.zone, page.now, due);
    html! {
        p.k-deadline.(if late { Tone::Bad } else { Tone::Warn }.class()) {
            (icon(Icon::Clock)) span { (if late { t::minutes_were_due(l, moment) } else { t::minutes_due_by(l, moment) }) }
            (kit::clause_chip(l, "4.2.3", Some("/rulebook#c4.2.3")))
        }
    }
}

/// Everybody who gets them by the rule; whoever is taken off is taken off for a reason.
fn goes_to(page: &Page, roster: &Roster, recipients: &[Recipient], typed: &Typed, invalid: &Invalid) -> Markup {
    let l = page.locale;
    html! {
        fieldset.k-field.k-field-wide {
            legend.form-label { (t::goes_to(l)) }
            @if recipients.is_empty() { p.k-none { (t::goes_to_nobody(l)) } }
            @else {
                ul.k-choices {
                    @for recipient in recipients {
                        @let removed = typed.removed.iter().find(|(member, _)| *member == recipient.member);
                        @let name = format!("reason-{}", recipient.member);
                        @let reason = Field::new(&name, t::removal_reason(l))
                            .value(removed.map_or("", |(_, reason)| reason))
                            .error(invalid.of(&name, l))
                            .max_length(300);
                        li.k-recipient {
                            label.k-choice.k-tick {
                                input.form-check-input type="checkbox" name="to" value=(recipient.member) checked[removed.is_none()];
                                span.k-choice-words { strong { (roster.name(recipient.member)) } small { (why(page, roster, recipient)) } }
                            }
                            div.k-removed { (kit::text(l, &reason)) }
                        }
                    }
                }
                p.k-hint { (t::goes_to_hint(l)) }
            }
        }
    }
}

/// Why somebody gets the minutes.
fn why(page: &Page, roster: &Roster, recipient: &Recipient) -> String {
    let l = page.locale;
    match recipient.department {
        Some(department) => t::liaison_of(l, roster.department_name(Some(department))),
        None => t::of_account_team(l).to_owned(),
    }
}

/// The minutes on the contact's page.
pub(super) fn panel(page: &Page, record: &Record, due: Option<DateTime<Utc>>) -> Markup {
    let l = page.locale;
    let action = format!("/communications/{}/minutes", record.contact.id);
    let sent = record.minutes.as_ref().filter(|m| m.sent_at.is_some());
    if let Some(sent) = sent {
        return html! {
            section.k-panel id="minutes" {
                div.k-panel-head { h2 { (t::minutes(l)) } }
                p.k-prose { (sent.text) }
                (sent_line(page, &record.roster, sent))
                (readers(page, &record.roster, sent))
            }
        };
    }
    let meeting = matches!(record.contact.kind, Kind::Visit | Kind::VideoMeeting);
    html! {
        @if meeting || record.minutes.is_some() {
            section.k-panel id="minutes" {
                div.k-panel-head { h2 { (t::minutes(l)) } @if record.minutes.is_some() { (tag(Tone::Quiet, t::draft(l))) } }
                @if let Some(due) = due { (deadline(page, due)) }
                @match &record.minutes {
                    Some(draft) if record.may_edit => p.k-prose { (draft.text) },
                    _ => p.k-none { (t::no_minutes(l)) },
                }
                @if record.may_edit {
                    (kit::button_link(
                        Look::Primary,
                        &action,
                        if record.minutes.is_some() { t::continue_minutes(l) } else { t::write_minutes(l) },
                        Some(Icon::Writing),
                    ))
                }
            }
        }
    }
}

fn sent_line(page: &Page, roster: &Roster, minutes: &Minutes) -> Markup {
    let l = page.locale;
    let by = minutes.sent_by.map_or("", |id| roster.name(id));
    html! {
        @if let Some(at) = minutes.sent_at { p { small { (t::sent_line(l, when::moment(l, page.zone, page.now, at), by)) } } }
    }
}

/// Who has read them, and who was left out and why.
fn readers(page: &Page, roster: &Roster, minutes: &Minutes) -> Markup {
    let l = page.locale;
    html! {
        ul.k-readers {
            @for recipient in &minutes.recipients {
                li {
                    (kit::person(roster.name(recipient.member), &why(page, roster, recipient)))
                    @match (&recipient.removed_reason, recipient.read_at) {
                        (Some(reason), _) => small { (t::left_out(l, reason.as_str())) },
                        (None, Some(at)) => (tag(Tone::Good, &t::read_at(l, when::moment(l, page.zone, page.now, at)))),
                        (None, None) => (tag(Tone::Quiet, t::unread(l))),
                    }
                }
            }
        }
    }
}

/// All that a recipient sees who does not see the account.
pub(super) fn alone(
    page: &Page,
    roster: &Roster,
    account: &Account,
    contact: &Communication,
    sent: &Minutes,
) -> Markup {
    let l = page.locale;
    let title = t::minutes_of(l, account.called());
    html! {
        (kit::page_head(&PageHead {
            title: &title,
            sub: html! { (names::kind(l, contact.kind)) " · " (show::span(page, contact)) },
            crumbs: &[Crumb::new("/minutes", t::inbox(l))],
            ..PageHead::default()
        }))
        section.k-panel.k-form-narrow { p.k-prose { (sent.text) } (sent_line(page, roster, sent)) }
    }
}
