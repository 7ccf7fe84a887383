//! Choosing the file.

use axum::response::{IntoResponse, Redirect};
use kehu_platform::web::kit::{self, Field, Icon, Look, PageHead};
use kehu_platform::web::{Answer, Form, Page};
use kehu_platform::{Error, Invalid};
use maud::{Markup, html};

use super::{history, steps};
use crate::import::importer::Importer;
use crate::import::upload::upload;
use crate::t::import as t;

/// How many earlier imports the page names.
const RECENT: u64 = 5;

pub(super) async fn form(page: Page) -> Answer {
    let importer = Importer::of(page.actor.clone())?;
    let body = body(&page, &importer, &Invalid::default()).await?;
    Ok(page.html(t::title(page.locale), body).await)
}

async fn body(page: &Page, importer: &Importer, invalid: &Invalid) -> Result<Markup, Error> {
    let l = page.locale;
    let recent = history::of(page, importer, RECENT).await?;
    let head = PageHead { title: t::title(l), sub: html! { (t::intro(l)) }, ..PageHead::default() };
    let field = Field::new("file", t::file(l)).hint(t::file_hint(l)).error(invalid.of("file", l)).required().wide();
    let fields = html! {
        (kit::form_errors(l, "", invalid))
        (kit::file(l, &field, ".csv,.txt,.tsv,.xlsx,.xls,.xlsm", false))
        (kit::form_actions(kit::submit(Look::Primary, t::upload(l))))
    };
    Ok(html! {
        (kit::page_head(&head))
        (steps(page, 0))
        (kit::upload_form(&page.csrf, "/import", fields))
        @if !recent.is_empty() {
            section.k-after {
                (kit::panel(t::recent(l), kit::button_link(Look::Quiet, "/imports", t::all_imports(l), Some(Icon::History)),
                    history::table(page, &recent)))
            }
        }
    })
}

pub(super) async fn submit(page: Page, form: Form) -> Answer {
    let importer = Importer::of(page.actor.clone())?;
    let l = page.locale;
    let uploaded = match form.file("file") {
        Some(file) => upload(&page.app.db, &importer, page.now, file.name.clone(), file.bytes.to_vec()).await,
        None => Err(Invalid::one("file", "required", t::file_required).into()),
    };
    match uploaded {
        Ok(import) => Ok(Redirect::to(&format!("/import/{}/columns", import.id)).into_response()),
        Err(Error::Invalid(invalid)) => {
            let body = body(&page, &importer, &invalid).await?;
            Ok(page.refused(t::title(l), body).await)
        }
        Err(error) => Err(error.into()),
    }
}
