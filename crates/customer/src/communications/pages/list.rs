//! The contact log: one's own, or that of everybody one may see, narrowed down and paged.

use axum::Router;
use axum::routing::get;
use chrono::{Duration, NaiveDate};
use kehu_core::calendar::{Window, WindowKind};
use kehu_core::{AccountId, CommunicationId};
use kehu_platform::Error;
use kehu_platform::directory::Roster;
use kehu_platform::export;
use kehu_platform::t::app;
use kehu_platform::web::kit::{
    self, ActiveFilter, Choice, Column, FilterBar, Icon, Look, PageHead, Pager, Tab, TableRow, Tone, icon, tag,
};
use kehu_platform::web::{Answer, App, Page, Query, when};
use maud::{Markup, html};

use super::list_export::Log;
use super::names;
use super::store::{self, Logged, Wanted};
use crate::accounts;
use crate::communications::Kind;
use crate::t::communications as t;

/// Contacts a page.
const PAGE: u64 = 50;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/communications", get(list)).merge(export::routes::<Log>())
}

/// The log and the minutes received, side by side.
pub(super) fn tabs(page: &Page, current: &str) -> Markup {
    let l = page.locale;
    if !page.actor.reads_customers() {
        return Markup::default();
    }
    kit::tabs(
        t::communications(l),
        &[
            Tab::new("/communications", t::communications(l), current == "/communications"),
            Tab::new("/minutes", t::inbox(l), current == "/minutes"),
        ],
    )
}

async fn list(page: Page) -> Answer {
    let (l, on, query) = (page.locale, page.app.db.read(), page.query());
    let (everybody, period) = (query.get("who") == "all", Period::read(query.get("period")));
    let wanted = wanted(&page, &query);
    let total = store::count_logged(on, &page.actor, &wanted).await?;
    let from = query.get("from").parse::<u64>().unwrap_or(0).min(total.saturating_sub(1)) / PAGE * PAGE;
    let found = store::logged(on, &page.actor, &wanted, from, PAGE).await?;
    let roster = page.roster();
    let body = html! {
        (kit::page_head(&PageHead {
            title: t::communications(l),
            sub: html! {
                (t::log_count(l, total))
                @if page.actor.logs_contacts() { " · " a href="/record/several" { (t::record_several(l)) } }
            },
            actions: html! { @if total > 0 { (export::link::<Log>(&page)) } },
            ..PageHead::default()
        }))
        (tabs(&page, "/communications"))
        (filters(&page, &query, &wanted, period).await?)
        @if found.is_empty() {
            (kit::empty(
                Icon::PhoneCall,
                t::log_none(l),
                t::log_none_text(l),
                html! { @if page.actor.logs_contacts() {
                    (kit::button_link(Look::Primary, "/record", t::record(l), Some(Icon::Plus)))
                } },
            ))
        } @else {
            (table(&page, roster, &found, everybody))
            (pages(&page, &query, from, found.len() as u64, total))
        }
    };
    Ok(page.html(t::communications(l), body).await)
}

/// What the address asks for: one's own log unless everybody's is asked for.
pub(super) fn wanted(page: &Page, query: &Query) -> Wanted {
    Wanted {
        by: (query.get("who") != "all").then_some(page.member),
        kind: Kind::from_code(query.get("kind")),
        account: query.get("account").parse::<AccountId>().ok(),
        search: query.get("find").to_owned(),
        days: Period::read(query.get("period")).map(|p| p.days(page.zone.local_date(page.now))),
        zone: page.zone,
    }
}

/// The stretches of time to choose from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Period {
    ThisWeek,
    ThisMonth,
    LastMonth,
    ThisQuarter,
}

impl Period {
    const ALL: [(Period, &'static str); 4] = [
        (Period::ThisWeek, "week"),
        (Period::ThisMonth, "month"),
        (Period::LastMonth, "last-month"),
        (Period::ThisQuarter, "quarter"),
    ];

    fn read(code: &str) -> Option<Period> {
        Period::ALL.into_iter().find(|(_, own)| *own == code).map(|(period, _)| period)
    }

    /// First and last day.
    fn days(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let window = match self {
            Period::ThisWeek => Window::containing(WindowKind::Week, today),
            Period::ThisMonth => Window::containing(WindowKind::Month, today),
            Period::LastMonth => Window::containing(WindowKind::Month, today).previous(),
            Period::ThisQuarter => Window::containing(WindowKind::Quarter, today),
        };
        (window.start, window.end - Duration::days(1))
    }
}

fn period_name(page: &Page, period: Period) -> &'static str {
    let l = page.locale;
    match period {
        Period::ThisWeek => t::this_week(l),
        Period::ThisMonth => t::this_month(l),
        Period::LastMonth => t::last_month(l),
        Period::ThisQuarter => t::this_quarter(l),
    }
}

async fn filters(page: &Page, query: &Query, wanted: &Wanted, period: Option<Period>) -> Result<Markup, Error> {
    let l = page.locale;
    let kinds: Vec<Choice> = Kind::ALL.iter().map(|k| Choice::new(k.code(), names::kind(l, *k))).collect();
    let periods: Vec<Choice> = Period::ALL.iter().map(|(p, code)| Choice::new(*code, period_name(page, *p))).collect();
    let everybody = [Choice::new("all", t::everybodys(l))];
    let without = |name: &str| query.with(name, "").with("from", "").on("/communications");
    let mut active = Vec::new();
    let mut drop = |name: &str, label: String| active.push(ActiveFilter { label, without: without(name) });
    if let Some(id) = wanted.account
        && let Some(account) = accounts::account(page.app.db.read(), id).await?
        && accounts::viewer(page.app.db.read(), &page.actor, id).await.is_ok()
    {
        drop("account", account.called().to_owned());
    }
    if !wanted.search.is_empty() {
        drop("find", wanted.search.clone());
    }
    if wanted.by.is_none() {
        drop("who", t::everybodys(l).to_owned());
    }
    if let Some(kind) = wanted.kind {
        drop("kind", names::kind(l, kind).to_owned());
    }
    if let Some(period) = period {
        drop("period", period_name(page, period).to_owned());
    }
    Ok(kit::filter_bar(
        l,
        &FilterBar {
            action: "/communications",
            search: Some(("find", &wanted.search, t::find_account(l))),
            controls: html! {
                (kit::filter_select("who", t::my_own(l), &everybody, query.get("who")))
                (kit::filter_select("kind", t::all_kinds(l), &kinds, query.get("kind")))
                (kit::filter_select("period", t::any_time(l), &periods, query.get("period")))
            },
            active: &active,
            keep: &[("account", query.get("account"))],
        },
    ))
}

fn table(page: &Page, roster: &Roster, found: &[Logged], everybody: bool) -> Markup {
    let l = page.locale;
    let mut columns = vec![
        Column::new(t::account(l)),
        Column::new(t::when(l)).minor(),
        Column::new(t::kind(l)).minor(),
        Column::new(t::with_whom(l)).minor(),
        Column::new(t::summary(l)),
    ];
    if everybody {
        columns.push(Column::new(t::by(l)));
    }
    let rows: Vec<TableRow> = found
        .iter()
        .map(|contact| {
            let mut cells = vec![
                html! {
                    a href=(record(contact.id())) { (contact.called()) } " " (tags(page, contact))
                    (in_brief(page, contact))
                },
                html! { span.k-nowrap { (when::moment(l, page.zone, page.now, contact.occurred_at)) } },
                html! { span.k-kind { (icon(names::icon(contact.kind()))) (names::kind(l, contact.kind())) } },
                html! { (contact.persons.join(app::list_comma(l))) },
                html! { @if !contact.summary.is_empty() { span.k-excerpt { (contact.summary) } } },
            ];
            if everybody {
                cells.push(html! { (roster.name(contact.by())) });
            }
            TableRow::new(cells)
        })
        .collect();
    kit::table(l, t::communications(l), &columns, &rows)
}

/// Kind, time and persons in one line, for a phone.
fn in_brief(page: &Page, contact: &Logged) -> Markup {
    let l = page.locale;
    html! {
        small.k-brief {
            (icon(names::icon(contact.kind()))) " " (when::moment(l, page.zone, page.now, contact.occurred_at))
            " · " (names::kind(l, contact.kind()))
            @if !contact.persons.is_empty() { " · " (contact.persons.join(app::list_comma(l))) }
        }
    }
}

fn record(id: CommunicationId) -> String {
    format!("/communications/{id}")
}

/// What is special about a contact, and what it still waits for.
fn tags(page: &Page, contact: &Logged) -> Markup {
    let l = page.locale;
    html! {
        @if !contact.connected { (tag(Tone::Quiet, t::connected_no(l))) " " }
        @if contact.kind() == Kind::Visit && contact.minutes_sent_at.is_none() { (tag(Tone::Warn, t::minutes_missing(l))) " " }
        @if contact.open_questions > 0 { (tag(Tone::Warn, &t::open_questions(l, contact.open_questions))) }
    }
}

fn pages(page: &Page, query: &Query, from: u64, shown: u64, total: u64) -> Markup {
    let to = |from: u64| query.with("from", &from.to_string()).on("/communications");
    let previous = (from > 0).then(|| to(from.saturating_sub(PAGE)));
    let next = (from + shown < total).then(|| to(from + PAGE));
    kit::pager(
        page.locale,
        &Pager { first: from + 1, last: from + shown, total, previous: previous.as_deref(), next: next.as_deref() },
    )
}
