//! Earlier imports.

use kehu_platform::Error;
use kehu_platform::web::kit::{self, Column, Icon, Look, PageHead, TableRow};
use kehu_platform::web::{Answer, Page, when};
use maud::{Markup, html};

use super::words;
use crate::import::importer::Importer;
use crate::import::model::Import;
use crate::import::store;
use crate::t::import as t;

/// How many imports the list shows.
const SHOWN: u64 = 200;

pub(super) async fn list(page: Page) -> Answer {
    let importer = Importer::of(page.actor.clone())?;
    let l = page.locale;
    let all = of(&page, &importer, SHOWN).await?;
    let actions = kit::button_link(Look::Primary, "/import", t::title(l), Some(Icon::Upload));
    let head = PageHead { title: t::imports(l), actions, ..PageHead::default() };
    let body = html! {
        (kit::page_head(&head))
        @if all.is_empty() {
            (kit::empty(Icon::FileSpreadsheet, t::no_imports(l), t::no_imports_text(l), html! {}))
        } @else {
            (table(&page, &all))
        }
    };
    Ok(page.html(t::imports(l), body).await)
}

/// The imports that the importer may see, newest first.
pub(super) async fn of(page: &Page, importer: &Importer, limit: u64) -> Result<Vec<Import>, Error> {
    let by = if importer.may_import_everything() { None } else { importer.actor().member };
    Ok(store::imports(page.app.db.read(), by, limit).await?)
}

pub(super) fn table(page: &Page, imports: &[Import]) -> Markup {
    let l = page.locale;
    let columns = [
        Column::new(t::file(l)),
        Column::new(t::state(l)),
        Column::new(t::accounts(l)),
        Column::new(t::contacts(l)),
        Column::new(t::by(l)),
        Column::new(t::at(l)),
    ];
    let rows: Vec<TableRow> = imports
        .iter()
        .map(|import| {
            let report = import.report.as_ref();
            TableRow::new(vec![
                html! { a href={ "/import/" (import.id) } { (import.file_name) } },
                words::state(l, import.state),
                html! { @if let Some(report) = report { (words::counts(l, report.accounts)) } },
                html! { @if let Some(report) = report { (words::counts(l, report.contacts)) } },
                html! { (import.by_name) },
                html! { (when::moment(l, page.zone, page.now, import.at)) },
            ])
        })
        .collect();
    kit::table(l, t::imports(l), &columns, &rows)
}
