//! What came of an import, its bad rows as a file, and taking it back.

use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use kehu_core::ImportId;
use kehu_platform::Error;
use kehu_platform::web::kit::{self, Crumb, Icon, Look, PageHead, Tone};
use kehu_platform::web::{Answer, Page, encode, when};
use maud::{Markup, html};

use super::{look, steps, words};
use crate::import::importer::Importer;
use crate::import::managers::Known;
use crate::import::model::{Import, Report, State};
use crate::import::run::dry_run;
use crate::import::undo::undo;
use crate::import::upload::of_importer;
use crate::t::import as t;

/// The import's end, with the reason why it was not taken back, if somebody has just tried.
pub(super) async fn show(page: Page, import: Import, refusal: Option<String>) -> Answer {
    let l = page.locale;
    let crumbs = [Crumb::new("/imports", t::imports(l))];
    let moment = when::moment(l, page.zone, page.now, import.finished_at.unwrap_or(import.at));
    let head = PageHead {
        title: &import.file_name,
        tags: words::state(l, import.state),
        sub: html! { (t::imported_by(l, moment, import.by_name.as_str())) },
        crumbs: &crumbs,
        actions: head_actions(&page, &import),
    };
    let nothing = Report::default();
    let report = import.report.as_ref().unwrap_or(&nothing);
    let body = html! {
        (kit::page_head(&head))
        (steps(&page, 4))
        @if let Some(refusal) = &refusal {
            div.k-flash.(Tone::Bad.class()) role="alert" { (kit::icon(Icon::AlertTriangle)) span { (refusal) } }
        }
        @match import.state {
            State::Failed => {
                div.k-flash.(Tone::Bad.class()) role="alert" {
                    (kit::icon(Icon::AlertTriangle)) span { (t::failed_text(l)) " " (import.problem) }
                }
            },
            _ => {
                @if let Some(at) = import.undone_at {
                    div.k-flash.(Tone::Warn.class()) {
                        (kit::icon(Icon::ArrowBackUp))
                        span { (t::undone_by(l, when::moment(l, page.zone, page.now, at), import.undone_by.as_str())) }
                    }
                }
                (words::figures(l, report))
                (members(&page, report))
                div.k-stack {
                    (look::bad_rows(&page, &import, report))
                    (look::companies(&page, &linked(&import, report)))
                    (look::notes(&page, report))
                }
            },
        }
    };
    match refusal {
        Some(_) => Ok(page.refused(&import.file_name, body).await),
        None => Ok(page.html(&import.file_name, body).await),
    }
}

/// What was undone is no longer there to be opened.
fn linked(import: &Import, report: &Report) -> Report {
    let mut report = report.clone();
    if import.state == State::Undone {
        for line in &mut report.lines {
            line.account = None;
        }
    }
    report
}

fn head_actions(page: &Page, import: &Import) -> Markup {
    let l = page.locale;
    let changed = import.report.as_ref().is_some_and(Report::changes_anything);
    html! {
        (kit::button_link(Look::Plain, "/import", t::import_another(l), Some(Icon::Upload)))
        @if import.state == State::Done && changed {
            (kit::dialog_opener(Look::Danger, "undo", t::undo(l), Some(Icon::ArrowBackUp)))
            (kit::dialog(l, "undo", t::undo(l), html! {
                p { (t::undo_text(l)) }
                (kit::post_form(&page.csrf, &format!("/import/{}/undo", import.id),
                    kit::form_actions(kit::submit(Look::Danger, t::undo_confirm(l)))))
            }))
        }
    }
}

fn members(page: &Page, report: &Report) -> Markup {
    let l = page.locale;
    let made: Vec<&str> =
        report.managers.iter().filter(|manager| manager.is == Known::New).map(|m| m.name.as_str()).collect();
    html! {
        @if !made.is_empty() {
            p.k-note {
                (kit::icon(Icon::UserPlus))
                span { (t::were_made_members(l, made.join(kehu_platform::t::app::list_comma(l)))) }
            }
        }
        @if report.tiers_assumed > 0 {
            p.k-note { (kit::icon(Icon::InfoCircle)) (t::tiers_assumed(l, report.tiers_assumed)) }
        }
    }
}

/// The bad rows as they were, with their reasons, to be mended and imported again.
pub(super) async fn rejects(page: Page, Path(id): Path<ImportId>) -> Answer {
    let importer = Importer::of(page.actor.clone())?;
    let import = of_importer(page.app.db.read(), &importer, id).await?;
    let reading = look::reading(&page, &import).await?.map_err(|_| Error::NotFound)?;
    let errors = match import.report {
        Some(report) => report.errors,
        None => dry_run(&page.app.db, &importer, &reading, &import.options).await?.errors,
    };
    let name = format!("{}.rejects.csv", import.file_name);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", encode(&name))),
    ];
    Ok((headers, reading.rejects(&errors, page.locale)?).into_response())
}

pub(super) async fn undo_all(page: Page, Path(id): Path<ImportId>) -> Answer {
    let importer = Importer::of(page.actor.clone())?;
    match undo(&page.app.db, &importer, page.now, id).await {
        Ok(_) => Ok(page.done(&format!("/import/{id}"), t::undone(page.locale))),
        Err(Error::Conflict { message, .. }) => {
            let import = of_importer(page.app.db.read(), &importer, id).await?;
            let refusal = message.text(page.locale);
            show(page, import, Some(refusal)).await
        }
        Err(error) => Err(error.into()),
    }
}
