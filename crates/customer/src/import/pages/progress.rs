//! Waiting for a run.

use axum::extract::Path;
use axum::http::{HeaderName, HeaderValue};
use kehu_core::ImportId;
use kehu_platform::web::kit::{self, Crumb, Icon, Look, PageHead};
use kehu_platform::web::{Answer, Page};
use maud::{Markup, html};

use super::steps;
use crate::import::importer::Importer;
use crate::import::model::{Import, State};
use crate::import::progress;
use crate::import::upload::of_importer;
use crate::t::import as t;

pub(super) async fn show(page: Page, import: Import) -> Answer {
    let l = page.locale;
    let crumbs = [Crumb::new("/import", t::title(l))];
    let head = PageHead { title: &import.file_name, crumbs: &crumbs, ..PageHead::default() };
    let body = html! {
        (kit::page_head(&head))
        (steps(&page, 3))
        (kit::panel(t::running(l), html! {}, html! {
            (bar(&page, import.id))
            p.k-hint { (t::running_text(l)) }
            (kit::button_link(Look::Quiet, &format!("/import/{}", import.id), t::refresh(l), Some(Icon::Refresh)))
        }))
    };
    // The page is asked for again when the journal says that the import is over.
    Ok(page.live(&import.file_name, &[format!("import:{}", import.id)], body).await)
}

/// The part that asks for itself every second.
fn bar(page: &Page, id: ImportId) -> Markup {
    let l = page.locale;
    html! {
        div id="progress" hx-get={ "/import/" (id) "/progress" } hx-trigger="every 1s" hx-swap="outerHTML" {
            @match progress::of(id) {
                Some((done, total)) if total > 0 => {
                    (kit::progress(t::running(l), u64::try_from(done).unwrap_or_default(), u64::try_from(total).unwrap_or_default()))
                },
                _ => progress aria-label=(t::running(l)) {},
            }
        }
    }
}

pub(super) async fn part(page: Page, Path(id): Path<ImportId>) -> Answer {
    let importer = Importer::of(page.actor.clone())?;
    let import = of_importer(page.app.db.read(), &importer, id).await?;
    let mut response = page.part(bar(&page, id));
    if import.state != State::Queued {
        response.headers_mut().insert(HeaderName::from_static("hx-refresh"), HeaderValue::from_static("true"));
    }
    Ok(response)
}
