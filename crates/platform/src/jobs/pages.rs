//! The administrator's page of jobs.

use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use kehu_core::{JobId, Locale, Position};
use maud::{Markup, html};

use super::retry::{drop_dead, retry_dead};
use super::store::{self, Job, State};
use crate::t::jobs as t;
use crate::web::kit::{self, Column, Icon, Look, PageHead, TableRow, Tone};
use crate::web::{Answer, App, NavEntry, NavGroup, Page, when};

/// How many jobs the page shows.
const SHOWN: u64 = 100;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/jobs", get(list))
        .route("/jobs/{id}/retry", post(retry))
        .route("/jobs/{id}/drop", post(discard))
}

pub fn nav() -> Vec<NavEntry> {
    vec![NavEntry {
        group: NavGroup::Administration,
        href: "/jobs",
        label: t::nav,
        icon: Icon::Settings,
        thumb: false,
        visible: |actor| actor.holds(Position::Administrator),
        count: None,
    }]
}

async fn list(page: Page) -> Answer {
    page.actor.administrator()?;
    let jobs = store::latest(page.app.db.read(), SHOWN).await?;
    let l = page.locale;
    let head = PageHead { title: t::title(l), sub: html! { (t::intro(l)) }, ..PageHead::default() };
    let body = html! {
        (kit::page_head(&head))
        @if jobs.is_empty() {
            (kit::empty(Icon::CircleCheck, t::none(l), t::none_text(l), html! {}))
        } @else {
            (table(&page, &jobs))
        }
    };
    Ok(page.html(t::title(l), body).await)
}

fn table(page: &Page, jobs: &[Job]) -> Markup {
    let l = page.locale;
    let columns = [
        Column::new(t::kind(l)),
        Column::new(t::state(l)),
        Column::new(t::due(l)),
        Column::new(t::attempts(l)).numeric(),
        Column::new(t::problem(l)),
        Column::new(""),
    ];
    let rows: Vec<TableRow> = jobs
        .iter()
        .map(|job| {
            let (tone, word) = state(l, page, job);
            let moment = job.finished_at.unwrap_or(job.run_at);
            TableRow::new(vec![
                html! { (label(page, &job.kind)) },
                kit::tag(tone, word),
                html! { (when::moment(l, page.zone, page.now, moment)) },
                html! { (job.attempts) },
                html! { (job.problem) },
                actions(page, job),
            ])
            .tone(if job.state == State::Dead { Tone::Bad } else { Tone::Quiet })
        })
        .collect();
    kit::table(l, t::title(l), &columns, &rows)
}

/// The kind in words; one that nothing here does keeps its code.
fn label<'a>(page: &Page, kind: &'a str) -> &'a str {
    page.app.jobs.iter().find(|handler| handler.kind() == kind).map_or(kind, |handler| handler.label(page.locale))
}

fn state(l: Locale, page: &Page, job: &Job) -> (Tone, &'static str) {
    match job.state {
        State::Dead => (Tone::Bad, t::dead(l)),
        State::Done => (Tone::Good, t::done(l)),
        State::Waiting if job.is_running(page.now) => (Tone::Accent, t::running(l)),
        State::Waiting if job.attempts > 0 => (Tone::Warn, t::again(l)),
        State::Waiting => (Tone::Quiet, t::waiting(l)),
    }
}

fn actions(page: &Page, job: &Job) -> Markup {
    let l = page.locale;
    html! {
        @if job.state == State::Dead {
            (kit::post_button(&page.csrf, &format!("/jobs/{}/retry", job.id), Look::Row, t::retry(l)))
            " "
            (kit::post_button(&page.csrf, &format!("/jobs/{}/drop", job.id), Look::Quiet, t::discard(l)))
        }
    }
}

async fn retry(page: Page, Path(id): Path<JobId>) -> Answer {
    retry_dead(&page.app.db, page.actor.administrator()?, page.now, id).await?;
    Ok(page.done("/jobs", t::retried(page.locale)))
}

async fn discard(page: Page, Path(id): Path<JobId>) -> Answer {
    drop_dead(&page.app.db, page.actor.administrator()?, page.now, id).await?;
    Ok(page.done("/jobs", t::discarded(page.locale)))
}
