//! The rulebook in force, as everybody reads it.

use axum::Router;
use axum::routing::get;
use kehu_platform::Invalid;
use kehu_platform::web::kit::{self, Icon, Look, MenuItem, PageHead, Tone, tag};
use kehu_platform::web::{Answer, App, Failure, Form, Page};
use maud::{Markup, html};

use super::codes::Offered;
use super::document::document;
use super::margin::Kept;
use super::readings::read_notice;
use super::{from_day, number_name, parameter};
use crate::t::rulebook as t;
use crate::versions::{self, Drafter, InForce, ReadingObserver, Version};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/rulebook", get(show))
}

async fn show(page: Page) -> Answer {
    let body = body(&page, None).await?;
    Ok(page.html(t::nav(page.locale), body).await)
}

/// The document with, for those who may draft, its parameters open for change; `refused` is what was typed
/// into one of them.
pub(super) async fn body(page: &Page, refused: Option<(&Form, &Invalid)>) -> Result<Markup, Failure> {
    let (l, on) = (page.locale, page.app.db.read());
    let today = page.zone.local_date(page.now);
    let timeline = page.kept::<versions::Timeline>().await?;
    let current = timeline.on(today);
    let kept = Kept::load(page).await?;
    let drafts = Drafter::of(&page.actor).is_ok();
    let open = if drafts { versions::open(on).await? } else { None };
    let offered = Offered::load(page).await?;
    let draft = match &open {
        Some(open) => Some(offered.in_rulebook(&*versions::document(on, open).await?)),
        None => None,
    };
    let editing = drafts && open.as_ref().is_none_or(|open| open.state.is_editable());
    let rulebook = offered.in_rulebook(&current.rulebook);
    let proposed = parameter::Proposed { in_force: &rulebook, draft: draft.as_ref(), editing };
    Ok(html! {
        (kit::print_head(&page.company.name, &format!("{} {}", current.rulebook.title.get(l), number_name(l, current.number)), &printed(page)))
        (kit::page_head(&PageHead {
            title: current.rulebook.title.get(l),
            tags: tag(Tone::Good, t::in_force(l)),
            sub: version_line(page, current).await?,
            actions: actions(page, drafts, open.as_ref()),
            ..PageHead::default()
        }))
        (read_notice(page, current.id, current.number).await?)
        @if let Some(next) = timeline.next_after(today) { (coming(page, next)) }
        @if let Some(open) = &open { (under_way(page, open)) }
        (document(l, &rulebook, Some(&|clause| kept.margin(l, clause)), &|clause, parameter, shown| {
            proposed.marked(l, clause, parameter, shown)
        }))
        (proposed.dialogs(l, &page.csrf, refused))
    })
}

fn printed(page: &Page) -> String {
    t::printed_on(page.locale, kehu_platform::web::when::full_day(page.locale, page.zone.local_date(page.now)))
}

async fn version_line(page: &Page, current: &InForce) -> Result<Markup, Failure> {
    let l = page.locale;
    let Some(id) = current.id else { return Ok(html! { (t::builtin_text(l)) }) };
    let read = match ReadingObserver::of(&page.actor) {
        Ok(observer) => {
            let on = page.app.db.read();
            let version = versions::version(on, id).await?.ok_or_else(Failure::not_found)?;
            let roster = page.roster();
            let readings = versions::readings(on, &observer, roster, &version).await?;
            Some((readings.iter().filter(|r| r.at.is_some()).count(), readings.len()))
        }
        Err(_) => None,
    };
    Ok(html! {
        a href={ "/rulebook/versions/" (current.number) } { (number_name(l, current.number)) }
        " · " (from_day(l, current.from))
        @if let Some((read, all)) = read {
            " · " a href={ "/rulebook/versions/" (current.number) "/readings" } { (t::read_by(l, all, read)) }
        }
    })
}

fn actions(page: &Page, drafts: bool, open: Option<&Version>) -> Markup {
    let l = page.locale;
    let menu = [
        MenuItem::new("/rulebook/versions", t::versions(l)).icon(Icon::History),
        MenuItem::new("/rulebook/export", t::export(l)).icon(Icon::Download),
    ];
    html! {
        @if drafts {
            @let label = if open.is_some() { t::to_draft(l) } else { t::amend(l) };
            (kit::button_link(Look::Plain, "/rulebook/draft", label, Some(Icon::Pencil)))
        }
        button.btn type="button" data-print { (kit::icon(Icon::Printer)) (t::print(l)) }
        (kit::menu(t::more(l), kit::icon(Icon::Dots), &menu, Markup::default()))
    }
}

/// A version that was approved and takes over later.
fn coming(page: &Page, next: &InForce) -> Markup {
    let l = page.locale;
    let address = format!("/rulebook/versions/{}", next.number);
    html! {
        div.k-notice.(Tone::Accent.class()) {
            p { (t::coming(l, kehu_platform::web::when::full_day(l, next.from), number_name(l, next.number))) }
            div.k-notice-actions {
                (kit::button_link(Look::Row, &format!("{address}/difference"), t::what_changes(l), None))
                (kit::button_link(Look::Quiet, &address, t::read_it(l), None))
            }
        }
    }
}

/// The draft, for those who work on it or decide on it.
fn under_way(page: &Page, open: &Version) -> Markup {
    let l = page.locale;
    let words = if open.state.is_editable() { t::draft_under_way(l) } else { t::draft_waits(l) };
    html! {
        div.k-notice.(Tone::Warn.class()) {
            p { (words) }
            div.k-notice-actions { (kit::button_link(Look::Row, "/rulebook/draft", t::to_draft(l), None)) }
        }
    }
}
