//! Answering a question that was left open (4.2.3): first a solution, then the record of telling
//! the customer. Only the second answers it.

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use kehu_core::{ContactId, QuestionId};
use kehu_platform::db::Lock;
use kehu_platform::web::kit::{self, Choice, Crumb, Field, Icon, Look, PageHead, Tone, icon, tag};
use kehu_platform::web::{Answer, App, Form, Page, when};
use kehu_platform::{Error, Invalid};
use maud::{Markup, html};

use super::moments::{self, Moment};
use super::{desk, draft, log_form, names, way_back};
use crate::accounts::{self, Account, Contact};
use crate::communications::{self, Kind, Question, Telling};
use crate::duties::Books;
use crate::t::communications as t;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/questions/{id}/answer", get(answer).post(tell))
        .route("/questions/{id}/solution", get(solution).post(propose))
}

/// What was typed about the telling.
struct Typed {
    solution: String,
    to: String,
    how: Kind,
    moment: Moment,
    text: String,
}

impl Typed {
    fn read(form: &Form) -> Self {
        Self {
            solution: draft::text(form, "solution"),
            to: form.text("to").to_owned(),
            how: Kind::from_code(form.text("how")).unwrap_or(Kind::PhoneCall),
            moment: Moment::read(form, "at"),
            text: draft::text(form, "text"),
        }
    }
}

/// The question with its account, for those who may answer it.
async fn open(page: &Page, id: QuestionId) -> Result<(Question, Account), Error> {
    let on = page.app.db.read();
    let question = communications::question(on, id).await?.ok_or(Error::NotFound)?;
    let editor = accounts::editor(on, &page.actor, question.account).await?;
    if question.on_the_spot || question.told.is_some() {
        return Err(Error::conflict("already_answered", t::already_answered));
    }
    Ok((question, editor.account().clone()))
}

async fn answer(page: Page, Path(id): Path<QuestionId>) -> Answer {
    let (question, account) = open(&page, id).await?;
    let on = page.app.db.read();
    let people = desk::people(on, account.id).await?;
    let asked = communications::communication(on, question.communication).await?;
    // Most likely one tells whoever asked.
    let asker = asked.and_then(|c| c.contacts.first().copied()).or(match people.as_slice() {
        [only] => Some(only.id),
        _ => None,
    });
    let typed = Typed {
        solution: question.solution.clone(),
        to: asker.map(|id| id.to_string()).unwrap_or_default(),
        how: Kind::PhoneCall,
        moment: Moment::default(),
        text: String::new(),
    };
    let body = body(&page, &question, &account, &people, &typed, &Invalid::default(), page.query().get("back"));
    Ok(page.html(t::record_answer(page.locale), body).await)
}

async fn tell(page: Page, Path(id): Path<QuestionId>, form: Form) -> Answer {
    let (question, account) = open(&page, id).await?;
    let (typed, back) = (Typed::read(&form), form.text("back"));
    let mut invalid = Invalid::default();
    let telling = Telling {
        at: typed.moment.told(&page, "at", &mut invalid),
        // Nobody chosen is nobody of the account's.
        to: typed.to.parse().unwrap_or(ContactId(uuid::Uuid::nil())),
        how: typed.how,
        solution: typed.solution.clone(),
        text: typed.text.clone(),
    };
    let (app, actor, now, account_id) = (page.app.clone(), page.actor.clone(), page.now, account.id);
    let outcome = match invalid.check() {
        Err(refusal) => Err(refusal),
        Ok(()) => {
            page.app
                .db
                .write(Lock::account(account_id), async move |tx| {
                    let books = app.kept.within::<Books>(tx).await?;
                    let editor = accounts::editor(&**tx, &actor, account_id).await?;
                    let before = communications::question(&**tx, id).await?.ok_or(Error::NotFound)?;
                    communications::tell(tx, &actor, now, &books, &editor, &before, telling).await
                })
                .await
        }
    };
    match outcome {
        Ok(()) => Ok(page.done(&on_from(back, &question), t::answer_recorded(page.locale))),
        Err(Error::Invalid(invalid)) => {
            let people = desk::people(page.app.db.read(), account.id).await?;
            let body = body(&page, &question, &account, &people, &typed, &invalid, back);
            Ok(page.refused(t::record_answer(page.locale), body).await)
        }
        Err(other) => Err(other.into()),
    }
}

fn on_from(back: &str, question: &Question) -> String {
    way_back(back).map_or_else(|| format!("/communications/{}", question.communication), str::to_owned)
}

fn head(page: &Page, question: &Question, account: &Account, title: &str) -> Markup {
    let l = page.locale;
    let crumbs = [Crumb::new(format!("/communications/{}", question.communication), account.called())];
    html! {
        (kit::page_head(&PageHead { title, crumbs: &crumbs, ..PageHead::default() }))
        div.k-question {
            (icon(Icon::MessageQuestion))
            div {
                strong { (question.text) }
                @if let Some(by) = question.reply_by {
                    @let late = by < page.zone.local_date(page.now);
                    " " (tag(
                        if late { Tone::Bad } else { Tone::Warn },
                        &t::answer_by(l, when::near_day(l, page.zone, page.now, by)),
                    ))
                }
            }
        }
    }
}

fn body(
    page: &Page,
    question: &Question,
    account: &Account,
    people: &[Contact],
    typed: &Typed,
    invalid: &Invalid,
    back: &str,
) -> Markup {
    let l = page.locale;
    let persons: Vec<Choice> = people
        .iter()
        .map(|p| {
            let choice = Choice::new(p.id.to_string(), &p.facts.name);
            if p.facts.title.is_empty() { choice } else { choice.hint(&p.facts.title) }
        })
        .collect();
    let ways: Vec<Choice> = Kind::ALL.iter().map(|kind| Choice::new(kind.code(), names::kind(l, *kind))).collect();
    let field = |name, label| Field::new(name, label).error(invalid.of(name, l)).wide();
    html! {
        (head(page, question, account, t::record_answer(l)))
        form.k-form.k-log method="post" action={ "/questions/" (question.id) "/answer" } data-once {
            (kit::csrf_field(&page.csrf))
            (kit::hidden("back", way_back(back).unwrap_or_default()))
            (log_form::default_submit())
            (kit::form_errors(l, "", invalid))
            (kit::textarea(l, &field("solution", t::solution(l)).value(typed.solution.as_str()).max_length(4000).required(), 3))
            (kit::radios(l, &field("to", t::told_whom(l)).value(typed.to.as_str()).required(), &persons))
            (kit::radios(l, &field("how", t::told_how(l)).value(typed.how.code()), &ways))
            (moments::fields(page, &typed.moment, "at", invalid.of("at", l), ""))
            (kit::textarea(l, &field("text", t::told_text(l)).value(typed.text.as_str()).max_length(4000), 2))
            (kit::form_actions(html! {
                (kit::submit(Look::Primary, t::save_answer(l)))
                (kit::button_link(Look::Plain, &on_from(back, question), t::cancel(l), None))
            }))
        }
    }
}

async fn solution(page: Page, Path(id): Path<QuestionId>) -> Answer {
    let (question, account) = open(&page, id).await?;
    let body =
        solution_body(&page, &question, &account, &question.solution, &Invalid::default(), page.query().get("back"));
    Ok(page.html(t::write_solution(page.locale), body).await)
}

async fn propose(page: Page, Path(id): Path<QuestionId>, form: Form) -> Answer {
    let (question, account) = open(&page, id).await?;
    let (typed, back) = (draft::text(&form, "solution"), form.text("back"));
    let (actor, now, account_id) = (page.actor.clone(), page.now, account.id);
    let (text, version) = (typed.clone(), form.version());
    let outcome = page
        .app
        .db
        .write(Lock::account(account_id), async move |tx| {
            let editor = accounts::editor(&**tx, &actor, account_id).await?;
            let before = communications::question(&**tx, id).await?.ok_or(Error::NotFound)?;
            // The version that the writer read: nobody's solution is written over unseen.
            communications::propose_solution(tx, &actor, now, &editor, &Question { version, ..before }, text).await
        })
        .await;
    let invalid = match outcome {
        Ok(()) => return Ok(page.done(&on_from(back, &question), t::solution_saved(page.locale))),
        Err(Error::Invalid(invalid)) => invalid,
        Err(Error::Stale) => {
            let theirs = question.solution.clone();
            Invalid::one("solution", "stale", move |l| t::solution_changed(l, theirs.as_str()))
        }
        Err(other) => return Err(other.into()),
    };
    let body = solution_body(&page, &question, &account, &typed, &invalid, back);
    Ok(page.refused(t::write_solution(page.locale), body).await)
}

fn solution_body(
    page: &Page,
    question: &Question,
    account: &Account,
    typed: &str,
    invalid: &Invalid,
    back: &str,
) -> Markup {
    let l = page.locale;
    let field = Field::new("solution", t::solution(l))
        .value(typed)
        .error(invalid.of("solution", l))
        .hint(t::solution_hint(l))
        .max_length(4000)
        .required()
        .wide();
    html! {
        (head(page, question, account, t::write_solution(l)))
        form.k-form.k-log method="post" action={ "/questions/" (question.id) "/solution" } data-once {
            (kit::csrf_field(&page.csrf))
            (kit::hidden("back", way_back(back).unwrap_or_default()))
            (kit::hidden("version", &question.version.to_string()))
            (kit::form_errors(l, "", invalid))
            (kit::textarea(l, &field, 5))
            (kit::form_actions(html! {
                (kit::submit(Look::Primary, t::save(l)))
                (kit::button_link(Look::Plain, &on_from(back, question), t::cancel(l), None))
            }))
        }
    }
}
