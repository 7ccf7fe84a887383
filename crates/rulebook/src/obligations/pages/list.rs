//! The obligations behind a number: filtered by clause, state, period and, for those who may tell
//! them apart, by person, team and customer.

use axum::Router;
use axum::routing::get;
use kehu_core::Locale;
use kehu_platform::directory::Roster;
use kehu_platform::export;
use kehu_platform::web::kit::{self, Column, Crumb, Icon, PageHead, Pager, TableRow, Tone};
use kehu_platform::web::{Answer, App, Page};
use maud::{Markup, html};

use super::super::presenter::{clause_href, due_words, rule_name, shown_state, window_words};
use super::super::queries::{listed, listing_tally};
use super::super::reach::{Reach, Sight};
use super::super::registry::Moment;
use super::super::state::Tally;
use super::super::store::Obligation;
use super::filters::{self, Asked};
use super::list_export::Obligations;
use super::report::REPORT;
use super::{moment, reach};
use crate::t::obligations as t;

const ON_A_PAGE: u64 = 50;

/// The address of the list.
pub(super) const LIST: &str = "/obligations";

pub(super) fn routes() -> Router<App> {
    Router::new().route(LIST, get(show)).merge(export::routes::<Obligations>())
}

async fn show(page: Page) -> Answer {
    let (l, on, moment) = (page.locale, page.app.db.read(), moment(&page));
    let reach = reach(&page).await?;
    let asked = Asked::of(&page, LIST, &moment);
    let tally = listing_tally(on, &asked.listing, moment.now, &reach).await?;
    let total = tally.total();
    let pages = total.div_ceil(ON_A_PAGE).max(1);
    let at = asked.query.get("page").parse::<u64>().unwrap_or(1).clamp(1, pages);
    let offset = (at - 1) * ON_A_PAGE;
    let found = listed(on, &asked.listing, moment.now, &reach, offset, ON_A_PAGE).await?;
    let roster = page.roster();
    let turn = |to: u64| asked.query.with("page", &to.to_string()).on(LIST);
    let (previous, next) = ((at > 1).then(|| turn(at - 1)), (at < pages).then(|| turn(at + 1)));
    let pager = Pager {
        first: if total == 0 { 0 } else { offset + 1 },
        last: offset + found.len() as u64,
        total,
        previous: previous.as_deref(),
        next: next.as_deref(),
    };
    let body = html! {
        (kit::page_head(&PageHead {
            title: t::obligations(l),
            sub: html! { (asked.period.name(l)) " · "
                // A rate over one state alone says nothing.
                @if asked.listing.state.is_some() || asked.listing.to_confirm { (t::count(l, total)) }
                @else { (summary(l, &tally)) } },
            crumbs: &[Crumb::new(REPORT, t::compliance(l))],
            actions: html! { @if total > 0 { (export::link::<Obligations>(&page)) } },
            ..PageHead::default()
        }))
        (filters::bar(l, &asked, &reach, roster, found.first().map(|o| o.title.as_str())))
        @if found.is_empty() {
            (kit::empty(Icon::ClipboardCheck, t::none_found(l), t::none_found_text(l), Markup::default()))
        } @else {
            (table(l, &moment, &reach, roster, &found))
            (kit::pager(l, &pager))
        }
    };
    Ok(page.html(t::obligations(l), body).await)
}

/// "62 of 66 on time (93%), 9 open, 3 of them overdue".
fn summary(l: Locale, tally: &Tally) -> String {
    let mut parts = vec![match tally.percent() {
        Some(percent) => t::rate_percent(l, tally.met, percent, tally.settled()),
        None => t::rate(l, tally.met, tally.settled()),
    }];
    if tally.open > 0 {
        parts.push(t::rate_open(l, tally.open, tally.overdue));
    }
    if tally.waived > 0 {
        parts.push(t::rate_waived(l, tally.waived));
    }
    if tally.cancelled > 0 {
        parts.push(t::rate_cancelled(l, tally.cancelled));
    }
    parts.join(t::comma(l))
}

fn table(l: Locale, moment: &Moment, reach: &Reach, roster: &Roster, found: &[Obligation]) -> Markup {
    let people = found.iter().any(|o| reach.sight(o).is_some_and(|sight| sight != Sight::WithoutPeople));
    let mut columns = vec![
        Column::new(t::column_what(l)),
        Column::new(t::column_clause(l)),
        Column::new(t::column_window(l)).minor(),
        Column::new(t::column_due(l)),
    ];
    if people {
        columns.push(Column::new(t::column_owner(l)));
    }
    columns.push(Column::new(t::column_state(l)));
    let rows: Vec<TableRow> = found.iter().map(|o| row(l, moment, reach, roster, o, people)).collect();
    kit::table(l, t::obligations(l), &columns, &rows)
}

fn row(l: Locale, moment: &Moment, reach: &Reach, roster: &Roster, o: &Obligation, people: bool) -> TableRow {
    let sight = reach.sight(o).unwrap_or(Sight::WithoutCustomers);
    let name = rule_name(l, o);
    let (title, small) =
        if sight == Sight::WithoutCustomers { (name.as_str(), "") } else { (o.title.as_str(), name.as_str()) };
    let state = shown_state(o, moment);
    let mut cells = vec![
        html! { a href={ "/obligations/" (o.id) } { (title) } @if !small.is_empty() { small.k-under { (small) } } },
        kit::clause_chip(l, &o.clause, Some(&clause_href(&o.clause))),
        html! { (window_words(l, moment, o).unwrap_or_default()) },
        html! { (due_words(l, moment, o.due_at)) },
    ];
    if people {
        cells.push(html! { @if sight != Sight::WithoutPeople { (roster.name(o.owner)) } });
    }
    cells.push(html! {
        (kit::state_badge(l, state))
        @if o.recorded_late { " " (kit::tag(Tone::Quiet, t::recorded_late(l))) }
        @if o.to_confirm { " " (kit::tag(Tone::Warn, t::to_confirm(l))) }
    });
    TableRow::new(cells).tone(if state.tone() == Tone::Bad { Tone::Bad } else { Tone::Quiet })
}
