//! The history: every version that was approved, what it said and what it changed.

use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use kehu_core::{Locale, RulebookVersionId};
use kehu_platform::web::kit::{self, Column, Crumb, Icon, Look, PageHead, TableRow, Tone, tag};
use kehu_platform::web::{Answer, App, Failure, Page, when};
use maud::{Markup, html};

use super::codes::Offered;
use super::difference::changes;
use super::document::{document, marked};
use super::readings::read_notice;
use super::{crumbs, from_day, state_tag, version_name};
use crate::t::rulebook as t;
use crate::versions::{self, Drafter, ReadingObserver, State, Version};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/rulebook/export", get(export_in_force))
        .route("/rulebook/versions", get(list))
        .route("/rulebook/versions/{key}", get(show))
        .route("/rulebook/versions/{key}/difference", get(compare))
        .route("/rulebook/versions/{key}/export", get(export))
}

/// The version by its number, or by its id when it never got one. Versions that were not approved are seen by
/// those who draft.
pub(super) async fn find(page: &Page, key: &str) -> Result<Version, Failure> {
    let on = page.app.db.read();
    let found = match key.parse::<i64>() {
        Ok(number) => versions::numbered(on, number).await?,
        Err(_) => match key.parse::<RulebookVersionId>() {
            Ok(id) => versions::version(on, id).await?,
            Err(_) => None,
        },
    };
    let version = found.ok_or_else(Failure::not_found)?;
    if version.state != State::Approved {
        Drafter::of(&page.actor)?;
    }
    Ok(version)
}

pub(super) fn address(version: &Version) -> String {
    match version.number {
        Some(number) => format!("/rulebook/versions/{number}"),
        None => format!("/rulebook/versions/{}", version.id),
    }
}

async fn list(page: Page) -> Answer {
    let (l, on) = (page.locale, page.app.db.read());
    let drafts = Drafter::of(&page.actor).is_ok();
    let observes = ReadingObserver::of(&page.actor).is_ok();
    let today = page.zone.local_date(page.now);
    let timeline = page.kept::<versions::Timeline>().await?;
    let current = timeline.on(today);
    let roster = page.roster();
    let mut all = versions::all(on).await?;
    all.retain(|version| drafts || version.state == State::Approved);
    let columns = [
        Column::new(t::version(l)),
        Column::new(t::state(l)),
        Column::new(t::summary(l)),
        Column::new(t::drafted_by(l)).minor(),
        Column::new(t::decided_by(l)).minor(),
        Column::new(""),
    ];
    let rows: Vec<TableRow> = all
        .iter()
        .map(|version| {
            let is_current = current.id == Some(version.id);
            let person = |id| html! { @if let Some(id) = id { (roster.name(id)) } @else { (t::by_the_product(l)) } };
            TableRow::new(vec![
                html! {
                    a href=(address(version)) { (version_name(l, version)) }
                    @if let Some(from) = version.in_force_from { small.k-sub { (from_day(l, from)) } }
                },
                html! {
                    @if is_current { (tag(Tone::Good, t::in_force(l))) } @else { (state_tag(l, version.state)) }
                },
                html! { (version.summary) @if version.summary.is_empty() && version.number == Some(1) { (t::first_version(l)) } },
                html! { (person(version.drafted_by)) " " small.k-none { (when::full_day(l, page.zone.local_date(version.drafted_at))) } },
                html! {
                    @if let Some(at) = version.decided_at {
                        (person(version.decided_by)) " " small.k-none { (when::full_day(l, page.zone.local_date(at))) }
                    }
                },
                html! {
                    @if version.number.is_some_and(|number| number > 1) {
                        a href={ (address(version)) "/difference" } { (t::what_changes(l)) }
                    }
                    @if observes && version.state == State::Approved {
                        @if version.number.is_some_and(|number| number > 1) { " · " }
                        a href={ (address(version)) "/readings" } { (t::readings(l)) }
                    }
                },
            ])
        })
        .collect();
    let body = html! {
        (kit::page_head(&PageHead {
            title: t::versions(l),
            sub: html! { (t::versions_text(l)) },
            crumbs: &crumbs(l),
            ..PageHead::default()
        }))
        @if rows.is_empty() {
            (kit::empty(Icon::Book2, t::no_versions(l), t::builtin_text(l), Markup::default()))
        } @else {
            (kit::table(l, t::versions(l), &columns, &rows))
        }
    };
    Ok(page.html(t::versions(l), body).await)
}

async fn show(page: Page, Path(key): Path<String>) -> Answer {
    let l = page.locale;
    let version = find(&page, &key).await?;
    let rulebook = Offered::load(&page).await?.in_rulebook(&*versions::document(page.app.db.read(), &version).await?);
    let title = format!("{} {}", rulebook.title.get(l), version_name(l, &version));
    let body = html! {
        (kit::print_head(&page.company.name, &title, ""))
        (kit::page_head(&PageHead {
            title: &title,
            tags: state_tag(l, version.state),
            sub: html! { @if let Some(from) = version.in_force_from { (from_day(l, from)) } },
            crumbs: &trail(&page),
            actions: actions(&page, &version),
        }))
        @if let (State::Approved, Some(number)) = (version.state, version.number) {
            (read_notice(&page, Some(version.id), number).await?)
        }
        (what_is_new(l, &version))
        (document(l, &rulebook, None, &marked))
    };
    Ok(page.html(&title, body).await)
}

fn what_is_new(l: Locale, version: &Version) -> Markup {
    html! {
        @if !version.summary.is_empty() {
            div.k-notice { div { strong { (t::summary(l)) } p.k-doc-summary { (version.summary) } } }
        }
    }
}

fn trail(page: &Page) -> Vec<Crumb> {
    let mut crumbs = crumbs(page.locale);
    crumbs.push(Crumb::new("/rulebook/versions", t::versions(page.locale)));
    crumbs
}

fn actions(page: &Page, version: &Version) -> Markup {
    let (l, address) = (page.locale, address(version));
    html! {
        @if version.number.is_some_and(|number| number > 1) {
            (kit::button_link(Look::Plain, &format!("{address}/difference"), t::what_changes(l), None))
        }
        (kit::button_link(Look::Plain, &format!("{address}/export"), t::export(l), Some(Icon::Download)))
        button.btn type="button" data-print { (kit::icon(Icon::Printer)) (t::print(l)) }
    }
}

async fn compare(page: Page, Path(key): Path<String>) -> Answer {
    let (l, on) = (page.locale, page.app.db.read());
    let version = find(&page, &key).await?;
    let number = version.number.ok_or_else(Failure::not_found)?;
    let before = versions::numbered(on, number - 1).await?.ok_or_else(Failure::not_found)?;
    let offered = Offered::load(&page).await?;
    let old = offered.in_rulebook(&*versions::document(on, &before).await?);
    let new = offered.in_rulebook(&*versions::document(on, &version).await?);
    let title = t::difference_title(l, version_name(l, &version), version_name(l, &before));
    let mut crumbs = trail(&page);
    crumbs.push(Crumb::new(address(&version), version_name(l, &version)));
    let body = html! {
        (kit::page_head(&PageHead {
            title: &title,
            sub: html! { @if let Some(from) = version.in_force_from { (from_day(l, from)) } },
            crumbs: &crumbs,
            ..PageHead::default()
        }))
        (read_notice(&page, Some(version.id), number).await?)
        (what_is_new(l, &version))
        (kit::panel("", Markup::default(), changes(l, &old, &new)))
    };
    Ok(page.html(&title, body).await)
}

async fn export_in_force(page: Page) -> Answer {
    let timeline = page.kept::<versions::Timeline>().await?;
    let current = timeline.on(page.zone.local_date(page.now));
    Ok(file(&format!("rulebook-{}.toml", current.number), current.rulebook.to_toml()))
}

async fn export(page: Page, Path(key): Path<String>) -> Answer {
    let version = find(&page, &key).await?;
    let rulebook = versions::document(page.app.db.read(), &version).await?;
    let name = version.number.map_or_else(|| "draft".to_owned(), |number| number.to_string());
    Ok(file(&format!("rulebook-{name}.toml"), rulebook.to_toml()))
}

fn file(name: &str, text: String) -> axum::response::Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, "application/toml; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, text).into_response()
}
