//! The HTML door of imports: a file, its columns, a dry run, the run, and what came of it.

mod choose;
mod columns;
mod confirm;
mod history;
mod look;
mod outcome;
mod progress;
mod words;

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use kehu_core::ImportId;
use kehu_platform::web::kit::Icon;
use kehu_platform::web::{Answer, App, NavEntry, NavGroup, Page};
use maud::{Markup, html};

use super::importer::Importer;
use super::model::State;
use super::upload::of_importer;
use crate::t::import as t;

/// The largest page of a list.
pub(super) const SHOWN: usize = 50;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/import", get(choose::form).post(choose::submit))
        .route("/imports", get(history::list))
        .route("/import/{id}", get(show))
        .route("/import/{id}/columns", get(columns::form).post(confirm::submit))
        .route("/import/{id}/run", post(look::run))
        .route("/import/{id}/progress", get(progress::part))
        .route("/import/{id}/rejects.csv", get(outcome::rejects))
        .route("/import/{id}/undo", post(outcome::undo_all))
}

pub fn nav() -> Vec<NavEntry> {
    vec![NavEntry {
        group: NavGroup::Customers,
        href: "/import",
        label: t::nav,
        icon: Icon::Upload,
        thumb: false,
        visible: Importer::is,
        count: None,
    }]
}

/// An import as it stands: its columns, its dry run, its progress or its outcome.
async fn show(page: Page, Path(id): Path<ImportId>) -> Answer {
    let importer = Importer::of(page.actor.clone())?;
    let import = of_importer(page.app.db.read(), &importer, id).await?;
    match import.state {
        State::Uploaded => Ok(Redirect::to(&format!("/import/{id}/columns")).into_response()),
        State::Mapped => look::show(page, importer, import).await,
        State::Queued => progress::show(page, import).await,
        State::Done | State::Failed | State::Undone => outcome::show(page, import, None).await,
    }
}

/// The steps of an import; `current` counts from zero.
fn steps(page: &Page, current: usize) -> Markup {
    let l = page.locale;
    let labels = [t::step_file(l), t::step_columns(l), t::step_look(l), t::step_done(l)];
    html! { (kehu_platform::web::kit::stepper(l, &labels, current)) }
}
