//! Choosing the columns and the format, and handing the file out.

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use kehu_core::Locale;
use maud::{Markup, html};
use serde_json::json;

use super::{Column, List, MOST, Sheet, csv, xlsx};
use crate::db::Lock;
use crate::error::{Error, Invalid};
use crate::journal;
use crate::t::export as t;
use crate::web::kit::{self, Choice, Crumb, Field, Icon, Look, PageHead};
use crate::web::{Answer, App, Form, Page, Query, encode};

/// The pages under which a list is taken along.
pub fn routes<L: List>() -> Router<App> {
    Router::new().route(&format!("{}/export", L::PATH), get(choose::<L>).post(hand_out::<L>))
}

/// The button on the list's page; what is filtered there is filtered in the file.
pub fn link<L: List>(page: &Page) -> Markup {
    let href = page.query().on(&format!("{}/export", L::PATH));
    kit::button_link(Look::Plain, &href, t::export(page.locale), Some(Icon::Download))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Xlsx,
    Csv,
}

impl Format {
    const fn code(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
        }
    }
}

async fn choose<L: List>(page: Page) -> Answer {
    let usual: Vec<&str> = L::columns().iter().filter(|c| c.usual).map(|c| c.key).collect();
    let filter = page.query().on("");
    let body = form::<L>(&page, &usual, "xlsx", filter.trim_start_matches('?'), &Invalid::default());
    Ok(page.html(t::export(page.locale), body).await)
}

async fn hand_out<L: List>(page: Page, sent: Form) -> Answer {
    let l = page.locale;
    let mut invalid = Invalid::default();
    let chosen: Vec<&str> = sent.all("column").collect();
    let columns: Vec<Column<L::Row>> = L::columns().into_iter().filter(|c| chosen.contains(&c.key)).collect();
    if columns.is_empty() {
        invalid.add("column", "required", t::no_column);
    }
    let format = [Format::Xlsx, Format::Csv].into_iter().find(|format| format.code() == sent.text("format"));
    if format.is_none() {
        invalid.add("format", "required", t::no_format);
    }
    let filter = Query::parse(sent.text("filter"));
    let rows = if invalid.is_empty() { L::rows(&page, &filter).await? } else { Vec::new() };
    if rows.len() > MOST {
        invalid.add("column", "too_many", |l| t::too_many(l, MOST));
    }
    let (Some(format), true) = (format, invalid.is_empty()) else {
        let body = form::<L>(&page, &chosen, sent.text("format"), sent.text("filter"), &invalid);
        return Ok(page.refused(t::export(l), body).await);
    };
    let keys: Vec<&str> = columns.iter().map(|column| column.key).collect();
    let entry = journal::Entry::new("export", kehu_core::fresh(page.now), "exported").after(json!({
        "list": L::NAME, "format": format.code(), "columns": keys, "rows": rows.len(), "filter": sent.text("filter"),
    }));
    page.app
        .db
        .write(Lock::member(page.member), async |tx| {
            Ok::<(), Error>(journal::record(tx, &page.actor, page.now, entry).await?)
        })
        .await?;
    let sheet = Sheet {
        title: L::title(l),
        heads: columns.iter().map(|column| (column.label)(l)).collect(),
        rows: rows.iter().map(|row| columns.iter().map(|column| (column.cell)(row)).collect()).collect(),
    };
    let written = tokio::task::spawn_blocking(move || match format {
        Format::Csv => Ok(csv::write(&sheet)),
        Format::Xlsx => xlsx::write(&sheet),
    });
    let bytes = written.await.map_err(|fault| Error::Broken(format!("writing an export: {fault}")))??;
    Ok(file(&page, format, L::NAME, L::title(l), bytes))
}

fn file(page: &Page, format: Format, name: &str, title: &str, bytes: Vec<u8>) -> Response {
    let kind = match format {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    let (day, end) = (page.zone.local_date(page.now), format.code());
    let title = encode(&format!("{title} {day}.{end}"));
    let disposition = format!("attachment; filename=\"{name}-{day}.{end}\"; filename*=UTF-8''{title}");
    let mut response = ([(header::CONTENT_TYPE, kind)], bytes).into_response();
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

fn form<L: List>(page: &Page, chosen: &[&str], format: &str, filter: &str, invalid: &Invalid) -> Markup {
    let l = page.locale;
    let columns: Vec<Choice> = L::columns().iter().map(|c| Choice::new(c.key, (c.label)(l))).collect();
    let formats = [Choice::new("xlsx", t::xlsx(l)), Choice::new("csv", t::csv(l))];
    let back = Query::parse(filter).on(L::PATH);
    html! {
        (kit::page_head(&PageHead {
            title: &t::export_of(l, L::title(l)),
            sub: html! { (explained(l, filter)) },
            crumbs: &[Crumb::new(back.as_str(), L::title(l))],
            ..PageHead::default()
        }))
        section.k-panel {
            // Sent as often as one likes: the answer is a file, and the page stays.
            form.k-form method="post" action={ (L::PATH) "/export" } {
                (kit::csrf_field(&page.csrf))
                (kit::form_errors(l, "", invalid))
                (kit::hidden("filter", filter))
                (kit::checks(l, &Field::new("column", t::columns(l)).error(invalid.of("column", l)).wide(), &columns, chosen))
                (kit::radios(l, &Field::new("format", t::format(l)).value(format).error(invalid.of("format", l)).wide(), &formats))
                (kit::form_actions(html! {
                    (kit::submit(Look::Primary, t::download(l)))
                    (kit::button_link(Look::Quiet, &back, t::back(l), None))
                }))
            }
        }
    }
}

fn explained(l: Locale, filter: &str) -> &'static str {
    if filter.is_empty() { t::all_rows(l) } else { t::filtered_rows(l) }
}
