//! The draft: what it changes so far, what is wrong with it, its clauses to work on, and sending it to leadership.

use axum::Router;
use axum::routing::{get, post};
use kehu_core::{Locale, RulebookVersionId};
use kehu_platform::directory::Roster;
use kehu_platform::web::kit::{self, Field, Icon, Look, PageHead, Tone, tag};
use kehu_platform::web::{Answer, App, Failure, Form, Page, when};
use kehu_platform::{Error, Invalid};
use maud::{Markup, html};

use super::codes::Offered;
use super::decision;
use super::difference::{changes, count};
use super::document::{chapter_title, section_title};
use super::{crumbs, state_tag};
use crate::clauses::{Clause, Rulebook};
use crate::t::rulebook as t;
use crate::versions::{self, Drafter, State, Submission, Version};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/rulebook/draft", get(show).post(begin))
        .route("/rulebook/draft/submit", post(submit))
        .route("/rulebook/draft/withdraw", post(withdraw))
        .route("/rulebook/draft/import", post(import))
}

async fn show(page: Page) -> Answer {
    Drafter::of(&page.actor)?;
    let body = body(&page, None).await?;
    Ok(page.html(t::draft(page.locale), body).await)
}

/// The page of the draft; `refused` is what was typed into one of its forms.
pub(super) async fn body(page: &Page, refused: Option<(&Form, &Invalid)>) -> Result<Markup, Failure> {
    let (l, on) = (page.locale, page.app.db.read());
    let Some(open) = versions::open(on).await? else { return Ok(nothing_yet(page, refused)) };
    let offered = Offered::load(page).await?;
    let said = offered.in_rulebook(&*versions::document(on, &open).await?);
    let before = offered.in_rulebook(&*versions::newest(on).await?);
    let roster = page.roster();
    let editing = open.state.is_editable();
    let problems = said.check();
    let author = versions::is_author(on, &page.actor, &open).await?;
    let head = PageHead {
        title: t::draft(l),
        tags: state_tag(l, open.state),
        sub: html! {
            @if let Some(by) = open.drafted_by { (t::drafted_line(l, when::full_day(l, page.zone.local_date(open.drafted_at)), roster.name(by))) }
        },
        crumbs: &crumbs(l),
        actions: html! {
            (kit::button_link(Look::Plain, &format!("/rulebook/versions/{}", open.id), t::read_draft(l), Some(Icon::Eye)))
            (kit::button_link(Look::Plain, &format!("/rulebook/versions/{}/export", open.id), t::export(l), Some(Icon::Download)))
        },
    };
    Ok(html! {
        (kit::page_head(&head))
        div.k-stack {
            @if let Some((_, invalid)) = refused { (kit::form_errors(l, "", invalid)) }
            @if open.state == State::Returned { (returned(l, roster, &open)) }
            @if open.state == State::Submitted { (decision::submission(page, roster, &open)) }
            (kit::panel(&t::changes_so_far(l, count(&before, &said)), Markup::default(), changes(l, &before, &said)))
            @if open.state == State::Submitted { (decision::decide(page, &open, author, refused)) }
            @if editing {
                @if !problems.is_empty() {
                    (kit::panel(t::problems(l), Markup::default(), html! {
                        ul.k-problems { @for problem in &problems { li { (versions::problem(l, problem)) } } }
                    }))
                }
                (kit::panel(t::clauses(l), Markup::default(), clauses(l, &before, &said)))
                (submission(page, &open, refused))
                (exchange(page))
            }
        }
        (end(page, &open))
    })
}

fn nothing_yet(page: &Page, refused: Option<(&Form, &Invalid)>) -> Markup {
    let l = page.locale;
    html! {
        (kit::page_head(&PageHead { title: t::draft(l), crumbs: &crumbs(l), ..PageHead::default() }))
        @if let Some((_, invalid)) = refused { (kit::form_errors(l, "", invalid)) }
        (kit::empty(Icon::Writing, t::no_draft(l), t::no_draft_text(l), kit::post_button(&page.csrf, "/rulebook/draft", Look::Primary, t::begin_draft(l))))
        (exchange(page))
    }
}

fn returned(l: Locale, roster: &Roster, open: &Version) -> Markup {
    html! {
        div.k-notice.(Tone::Bad.class()) {
            p { strong { (t::returned_by(l, open.decided_by.map_or("", |id| roster.name(id)))) } }
            p.k-doc-summary { (open.note) }
        }
    }
}

fn submission(page: &Page, open: &Version, refused: Option<(&Form, &Invalid)>) -> Markup {
    let l = page.locale;
    let own = refused.filter(|(form, _)| form.optional("what") == Some("submit"));
    let known = |name: &str, known: String| own.map_or(known, |(form, _)| form.text(name).to_owned());
    let error = |name: &str| own.and_then(|(_, invalid)| invalid.of(name, l));
    let from = open.in_force_from.map(|day| day.to_string()).unwrap_or_default();
    let form = kit::post_form(
        &page.csrf,
        "/rulebook/draft/submit",
        html! {
            (hand_over(open))
            (kit::hidden("what", "submit"))
            (kit::textarea(l, &Field::new("summary", t::summary(l)).value(known("summary", open.summary.clone()))
                .hint(t::summary_hint(l)).error(error("summary")).required().wide(), 3))
            (kit::date(l, &Field::new("in_force_from", t::start(l)).value(known("in_force_from", from))
                .hint(t::start_hint(l)).error(error("in_force_from")).required()))
            (kit::form_actions(kit::submit(Look::Primary, t::submit(l))))
        },
    );
    kit::panel(t::submit_title(l), Markup::default(), form)
}

/// Which row the form acts on, and as it was seen.
pub(super) fn hand_over(open: &Version) -> Markup {
    html! { (kit::hidden("id", &open.id.to_string())) (kit::hidden("version", &open.version.to_string())) }
}

fn clauses(l: Locale, before: &Rulebook, said: &Rulebook) -> Markup {
    html! {
        p.k-sub { (t::clauses_text(l)) }
        @for chapter in said.outline() {
            details.k-fold {
                summary { (kit::icon(Icon::ChevronRight)) span { (chapter_title(l, chapter.chapter)) } }
                div.k-fold-body {
                    @for section in &chapter.sections {
                        @if let Some(section) = section.section { h3 { (section_title(l, section)) } }
                        ul.k-clause-list { @for clause in &section.clauses { (clause_line(l, before, clause)) } }
                    }
                }
            }
        }
    }
}

fn clause_line(l: Locale, before: &Rulebook, clause: &Clause) -> Markup {
    html! {
        li {
            a href={ "/rulebook/draft/clauses/" (clause.number) } {
                span.k-doc-number { (clause.number) } " " (clause.title.get(l))
            }
            @if before.clause(clause.number) != Some(clause) { " " (tag(Tone::Accent, t::changed(l))) }
            @if clause.inferred { " " (tag(Tone::Quiet, t::proposal(l))) }
        }
    }
}

/// Work on the whole document outside: a file out, a file in.
fn exchange(page: &Page) -> Markup {
    let l = page.locale;
    let form = kit::upload_form(
        &page.csrf,
        "/rulebook/draft/import",
        html! {
            p.k-sub.k-field-wide { (t::import_text(l)) }
            (kit::file(l, &Field::new("file", t::import_file(l)).required().wide(), ".toml", false))
            (kit::form_actions(kit::submit(Look::Plain, t::import(l))))
        },
    );
    kit::panel(t::import_title(l), Markup::default(), form)
}

fn end(page: &Page, open: &Version) -> Markup {
    let l = page.locale;
    let form = kit::post_form(
        &page.csrf,
        "/rulebook/draft/withdraw",
        html! {
            (hand_over(open))
            p.k-field-wide { (t::withdraw_text(l)) }
            (kit::form_actions(kit::submit(Look::Danger, t::withdraw(l))))
        },
    );
    html! {
        p.k-draft-end { (kit::dialog_opener(Look::Quiet, "withdraw", t::withdraw(l), None)) }
        (kit::dialog(l, "withdraw", t::withdraw(l), form))
    }
}

async fn begin(page: Page) -> Answer {
    versions::begin_draft(&page.app, Drafter::of(&page.actor)?, page.now).await?;
    Ok(page.done("/rulebook/draft", t::draft_begun(page.locale)))
}

async fn submit(page: Page, form: Form) -> Answer {
    let by = Drafter::of(&page.actor)?;
    let mut invalid = Invalid::default();
    let submission = Submission {
        summary: form.text("summary").replace("\r\n", "\n"),
        in_force_from: form.date("in_force_from", &mut invalid),
    };
    let outcome = match invalid.check() {
        Ok(()) => versions::submit(&page.app, by, page.now, id(&form)?, form.version(), submission).await,
        Err(refusal) => Err(refusal),
    };
    answer(&page, &form, outcome, t::submitted(page.locale)).await
}

async fn withdraw(page: Page, form: Form) -> Answer {
    let by = Drafter::of(&page.actor)?;
    versions::withdraw(&page.app, by, page.now, id(&form)?, form.version()).await?;
    Ok(page.done("/rulebook", t::withdrawn(page.locale)))
}

async fn import(page: Page, form: Form) -> Answer {
    let by = Drafter::of(&page.actor)?;
    let outcome = match read(&form) {
        Ok(rulebook) => versions::import_draft(&page.app, by, page.now, rulebook).await.map(|_| ()),
        Err(refusal) => Err(refusal),
    };
    answer(&page, &form, outcome, t::imported(page.locale)).await
}

fn read(form: &Form) -> Result<Rulebook, Error> {
    let Some(file) = form.file("file") else {
        return Err(Invalid::one("file", "required", t::file_required).into());
    };
    let Ok(text) = std::str::from_utf8(&file.bytes) else {
        return Err(Invalid::one("file", "not_text", t::file_not_text).into());
    };
    Rulebook::from_toml(text.trim_start_matches('\u{feff}')).map_err(|problems| {
        let mut invalid = Invalid::default();
        for problem in problems {
            invalid.add("", problem.fault.code(), move |l| versions::problem(l, &problem));
        }
        invalid.into()
    })
}

pub(super) fn id(form: &Form) -> Result<RulebookVersionId, Failure> {
    form.text("id").parse().map_err(|_| Failure::not_found())
}

/// On with a message, or the page again with what cannot be accepted.
pub(super) async fn answer(page: &Page, form: &Form, outcome: Result<(), Error>, message: &str) -> Answer {
    match outcome {
        Ok(()) => Ok(page.done("/rulebook/draft", message)),
        Err(Error::Invalid(invalid)) => {
            let body = body(page, Some((form, &invalid))).await?;
            Ok(page.refused(t::draft(page.locale), body).await)
        }
        Err(other) => Err(other.into()),
    }
}
