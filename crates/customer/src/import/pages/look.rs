//! The dry run: what would be made, changed and kept out, before anything is.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kehu_core::ImportId;
use kehu_platform::Error;
use kehu_platform::web::kit::{self, Crumb, Icon, Look, PageHead, Tone};
use kehu_platform::web::{Answer, Page};
use maud::{Markup, html};

use super::{SHOWN, steps, words};
use crate::import::importer::Importer;
use crate::import::managers::Known;
use crate::import::model::{Import, Report};
use crate::import::propose::read;
use crate::import::reading::{Reading, Unreadable};
use crate::import::run::dry_run;
use crate::import::store;
use crate::import::upload::request;
use crate::t::import as t;

/// The file of an import, read as it was confirmed.
pub(super) async fn reading(page: &Page, import: &Import) -> Result<Result<Reading, Unreadable>, Error> {
    let content = store::content(page.app.db.read(), import.id).await?.ok_or(Error::NotFound)?;
    let draft = match read(content, import.mapping.clone()).await {
        Ok((_, draft)) => draft,
        Err(error) => return Ok(Err(error.into())),
    };
    Ok(draft.assemble().map_err(Unreadable::from))
}

pub(super) async fn show(page: Page, importer: Importer, import: Import) -> Answer {
    let l = page.locale;
    let Ok(reading) = reading(&page, &import).await? else {
        return Ok(Redirect::to(&format!("/import/{}/columns", import.id)).into_response());
    };
    let report = dry_run(&page.app.db, &importer, &reading, &import.options).await?;
    let crumbs = [Crumb::new("/import", t::title(l))];
    let head = PageHead {
        title: &import.file_name,
        sub: html! { (t::look_intro(l)) },
        crumbs: &crumbs,
        ..PageHead::default()
    };
    let body = html! {
        (kit::page_head(&head))
        (steps(&page, 2))
        (words::figures(l, &report))
        (concerns(&page, &import, &report))
        (actions(&page, &import, &report))
        div.k-stack {
            (bad_rows(&page, &import, &report))
            (companies(&page, &report))
            (notes(&page, &report))
        }
    };
    Ok(page.html(&import.file_name, body).await)
}

/// What a person should settle first.
fn concerns(page: &Page, import: &Import, report: &Report) -> Markup {
    let l = page.locale;
    let unknown: Vec<String> = report
        .managers
        .iter()
        .filter(|manager| manager.is == Known::Unknown)
        .map(|manager| match manager.name.as_str() {
            "" => t::nameless_with_count(l, manager.companies),
            name => t::manager_with_count(l, manager.companies, name),
        })
        .collect();
    let made: Vec<&str> =
        report.managers.iter().filter(|manager| manager.is == Known::New).map(|m| m.name.as_str()).collect();
    let comma = kehu_platform::t::app::list_comma(l);
    html! {
        @if !unknown.is_empty() {
            div.k-flash.(Tone::Warn.class()) {
                (kit::icon(Icon::AlertTriangle)) span { (t::unknown_managers(l, unknown.join(comma))) }
                a href={ "/import/" (import.id) "/columns#managers" } { (t::match_managers(l)) }
            }
        }
        @if !made.is_empty() {
            p.k-note { (kit::icon(Icon::UserPlus)) (t::would_be_members(l, made.join(comma))) }
        }
        @if report.tiers_assumed > 0 {
            p.k-note { (kit::icon(Icon::InfoCircle)) (t::tiers_assumed(l, report.tiers_assumed)) }
        }
    }
}

fn actions(page: &Page, import: &Import, report: &Report) -> Markup {
    let l = page.locale;
    let (made, changed) = (report.accounts.created, report.accounts.updated);
    html! {
        @if !report.changes_anything() {
            @let why = if report.bad_rows() > 0 { t::nothing_acceptable(l) } else { t::nothing_to_do(l) };
            p.k-note { (kit::icon(Icon::InfoCircle)) (why) }
        }
        div.k-actions.k-import-actions {
            @if report.changes_anything() {
                form.k-inline method="post" action={ "/import/" (import.id) "/run" } data-once {
                    (kit::csrf_field(&page.csrf)) (kit::submit(Look::Primary, &t::run_button(l, made + changed)))
                }
            }
            (kit::button_link(Look::Plain, &format!("/import/{}/columns", import.id), t::back_to_columns(l), Some(Icon::ArrowLeft)))
        }
    }
}

/// The bad rows with their reasons, and the file of them.
pub(super) fn bad_rows(page: &Page, import: &Import, report: &Report) -> Markup {
    let l = page.locale;
    let file = format!("/import/{}/rejects.csv", import.id);
    html! {
        @if !report.errors.is_empty() {
            (kit::panel(
                &t::bad_rows_title(l, report.bad_rows()),
                kit::button_link(Look::Quiet, &file, t::download_rejects(l), Some(Icon::Download)),
                html! {
                    (words::issues(l, t::bad_rows_caption(l), report.errors.get(..SHOWN).unwrap_or(&report.errors)))
                    @if report.errors.len() > SHOWN { p.k-hint { (t::rest_in_file(l, report.errors.len() - SHOWN)) } }
                },
            ))
        }
    }
}

/// Each company with what becomes of it, a page at a time.
pub(super) fn companies(page: &Page, report: &Report) -> Markup {
    let l = page.locale;
    let query = page.query();
    let last = report.lines.len().saturating_sub(1) / SHOWN;
    let at: usize = query.get("page").parse::<usize>().unwrap_or(1).saturating_sub(1).min(last);
    let lines: Vec<_> = report.lines.iter().skip(at * SHOWN).take(SHOWN).cloned().collect();
    let to = |at: usize| format!("{}#companies", query.with("page", &(at + 1).to_string()).on(page.path()));
    let previous = (at > 0).then(|| to(at - 1));
    let next = (at < last).then(|| to(at + 1));
    let number = |n: usize| u64::try_from(n).unwrap_or_default();
    let pager = kit::Pager {
        first: number(at * SHOWN + 1),
        last: number(at * SHOWN + lines.len()),
        total: number(report.lines.len()),
        previous: previous.as_deref(),
        next: next.as_deref(),
    };
    html! {
        @if !lines.is_empty() {
            div id="companies" {
                (kit::panel(t::companies(l), html! {}, html! {
                    (words::lines(l, &lines))
                    (kit::pager(l, &pager))
                }))
            }
        }
    }
}

/// What was left out or decided in rows that are taken.
pub(super) fn notes(page: &Page, report: &Report) -> Markup {
    let l = page.locale;
    html! {
        @if !report.notes.is_empty() {
            div.k-panel {
                (kit::disclosure(&t::notes_title(l, report.notes.len()), false, html! {
                    (words::issues(l, t::notes_caption(l), report.notes.get(..SHOWN * 4).unwrap_or(&report.notes)))
                }))
            }
        }
    }
}

pub(super) async fn run(page: Page, Path(id): Path<ImportId>) -> Answer {
    let importer = Importer::of(page.actor.clone())?;
    request(&page.app.db, &importer, page.now, id).await?;
    Ok(Redirect::to(&format!("/import/{id}")).into_response())
}
