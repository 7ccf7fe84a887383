//! Compliance with the whole rulebook: by clause, team, member or customer, beside the period before.
//! Every figure leads to the obligations that it counts.

use axum::Router;
use axum::response::{IntoResponse as _, Redirect};
use axum::routing::get;
use kehu_core::Locale;
use kehu_platform::web::kit::{self, Column, Icon, PageHead, Pager, Share, Tab, TableRow, Tone, ring};
use kehu_platform::web::{Answer, App, Page, Query, when};
use kehu_platform::{Error, export};
use maud::{Markup, html};

use super::super::period::before;
use super::super::presenter::clause_href;
use super::super::queries::{Group, GroupBy};
use super::super::reach::Reach;
use super::super::registry::registry;
use super::super::report::{Line, Names, Report, change, report};
use super::super::state::Tally;
use super::filters::{self, Asked, NO_TEAM};
use super::list::LIST;
use super::report_export::Compliance;
use super::{moment, reach};
use crate::t::obligations as t;
use crate::versions;

/// Lines a page; there may be as many as there are customers.
const ON_A_PAGE: usize = 100;

/// The address of the report.
pub(super) const REPORT: &str = "/compliance";

pub(super) fn routes() -> Router<App> {
    Router::new().route(REPORT, get(show)).merge(export::routes::<Compliance>())
}

/// What the reader may have told apart; the first is shown unasked.
fn groupings(reach: &Reach) -> Vec<GroupBy> {
    let leads = !reach.led().is_empty();
    let (people, customers) = (reach.names_people(), reach.names_customers());
    GroupBy::ALL
        .into_iter()
        .filter(|by| match by {
            GroupBy::Clause | GroupBy::Team => true,
            // Leadership sees no people's cells, human resources no customers.
            GroupBy::Member => people || leads || !customers,
            GroupBy::Account => customers || leads || !people,
        })
        .collect()
}

/// The report that the query asks for, within what the reader may see.
pub(super) async fn reckoned(page: &Page, asked: &Asked) -> Result<(Report, Reach), Error> {
    let (on, moment) = (page.app.db.read(), moment(page));
    let reach = reach(page).await?;
    let by = GroupBy::from_code(asked.query.get("by")).filter(|by| groupings(&reach).contains(by));
    let timeline = page.kept::<versions::Timeline>().await?;
    let current = timeline.on(moment.today());
    let names = Names { locale: page.locale, roster: page.roster(), rulebook: &current.rulebook };
    let days = asked.period.days(moment.today(), moment.zone);
    let days_before = before(asked.period, moment.today(), moment.zone);
    let mut report = report(
        on,
        moment.now,
        moment.zone,
        &reach,
        by.unwrap_or(GroupBy::Clause),
        &asked.listing,
        (days, days_before),
        names,
    )
    .await?;
    if report.by == GroupBy::Clause {
        for line in &mut report.lines {
            line.name = format!("{} {}", line.name, names.clause_title(&line.name)).trim().to_owned();
        }
    }
    Ok((report, reach))
}

async fn show(page: Page) -> Answer {
    let (l, moment) = (page.locale, moment(&page));
    let asked = Asked::of(&page, REPORT, &moment);
    // A state makes it a list.
    if !asked.query.get("state").is_empty() {
        return Ok(Redirect::to(&asked.query.on(LIST)).into_response());
    }
    let (report, reach) = reckoned(&page, &asked).await?;
    let account = asked.listing.account.and_then(|_| report.lines.first()).map(|line| line.name.as_str());
    let pages = report.lines.len().div_ceil(ON_A_PAGE).max(1);
    let at = asked.query.get("page").parse::<usize>().unwrap_or(1).clamp(1, pages);
    let from = (at - 1) * ON_A_PAGE;
    let lines = &report.lines[from..report.lines.len().min(from + ON_A_PAGE)];
    let behind = Behind { query: &asked.query, report: &report };
    let body = html! {
        (kit::print_head(&page.company.name, t::compliance(l), &when::full_day(l, moment.today())))
        (kit::page_head(&PageHead {
            title: t::compliance(l),
            sub: html! { (asked.period.name(l)) " · " (t::compared_with(l, days(l, report.days_before))) },
            actions: html! {
                button.btn type="button" data-print { (kit::icon(Icon::Printer)) (t::print(l)) }
                (export::link::<Compliance>(&page))
            },
            ..PageHead::default()
        }))
        (kit::tabs(t::group_by(l), &tabs(l, &asked.query, &reach, report.by)))
        (filters::bar(l, &asked, &reach, page.roster(), account.filter(|_| report.by == GroupBy::Account)))
        @if report.lines.is_empty() {
            (kit::empty(Icon::ClipboardCheck, t::none_found(l), t::none_found_text(l), Markup::default()))
        } @else {
            (sum(l, &behind))
            (table(l, &behind, lines))
            @if pages > 1 { (pager(l, &asked.query, at, lines.len(), report.lines.len())) }
        }
    };
    Ok(page.html(t::compliance(l), body).await)
}

fn days(l: Locale, (first, last): (chrono::NaiveDate, chrono::NaiveDate)) -> String {
    t::days(l, when::full_day(l, first), when::day(l, last))
}

fn group_name(l: Locale, by: GroupBy) -> &'static str {
    match by {
        GroupBy::Clause => t::by_clause(l),
        GroupBy::Team => t::by_team(l),
        GroupBy::Member => t::by_member(l),
        GroupBy::Account => t::by_account(l),
    }
}

fn tabs(l: Locale, query: &Query, reach: &Reach, current: GroupBy) -> Vec<Tab> {
    let tab = |by: GroupBy| Tab::new(query.with("by", by.code()).on(REPORT), group_name(l, by), by == current);
    groupings(reach).into_iter().map(tab).collect()
}

/// Leads from a figure to the obligations that it counts.
struct Behind<'a> {
    query: &'a Query,
    report: &'a Report,
}

impl Behind<'_> {
    /// `group` is `None` for all of them together, `earlier` for the period before.
    fn href(&self, group: Option<&Group>, state: &str, earlier: bool) -> String {
        let (first, last) = if earlier { self.report.days_before } else { self.report.days };
        let query = self.query.with("by", "").with("period", "").with("page", "");
        let query = query.with("from", &first.to_string()).with("to", &last.to_string()).with("state", state);
        let query = match group {
            None => query,
            Some(Group::Clause(clause)) => query.with("clause", clause),
            Some(Group::Team(None)) => query.with("team", NO_TEAM),
            Some(Group::Team(Some(team))) => query.with("team", &team.to_string()),
            Some(Group::Member(member)) => query.with("owner", &member.to_string()),
            Some(Group::Account(account)) => query.with("account", &account.to_string()),
        };
        query.on(LIST)
    }

    fn figure(&self, group: Option<&Group>, name: &str, count: u64, state: &str) -> Markup {
        html! {
            @if count == 0 { span.k-none data-figure=(name) { "0" } }
            @else { a.k-quietlink href=(self.href(group, state, false)) data-figure=(name) { (count) } }
        }
    }

    fn rate(&self, group: Option<&Group>, name: &str, tally: &Tally, earlier: bool) -> Markup {
        html! {
            @if tally.settled() == 0 { span.k-none data-figure=(name) { (tally.figure()) } }
            @else { a.k-quietlink href=(self.href(group, "settled", earlier)) data-figure=(name) { (tally.figure()) } }
        }
    }
}

fn sum(l: Locale, behind: &Behind<'_>) -> Markup {
    let (now, earlier) = behind.report.all;
    let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let shares = [
        Share::new(Tone::Good, count(now.met), kit::State::Met.word(l)),
        Share::new(Tone::Warn, count(now.met_late), kit::State::MetLate.word(l)),
        Share::new(Tone::Bad, count(now.missed), kit::State::Missed.word(l)),
    ];
    html! {
        section.k-panel.k-report-sum {
            div.k-figure {
                (ring(&now.figure(), &shares))
                div {
                    strong { (t::on_time(l)) }
                    a href=(behind.href(None, "settled", false)) { b { (now.met) " / " (now.settled()) } " " (t::items(l)) }
                    @if earlier.settled() > 0 {
                        br;
                        a href=(behind.href(None, "settled", true)) { (t::before_that(l)) " " (earlier.figure()) }
                    }
                }
            }
        }
    }
}

fn pager(l: Locale, query: &Query, at: usize, shown: usize, total: usize) -> Markup {
    let turn = |to: usize| query.with("page", &to.to_string()).on(REPORT);
    let from = (at - 1) * ON_A_PAGE;
    let (previous, next) = ((at > 1).then(|| turn(at - 1)), (from + shown < total).then(|| turn(at + 1)));
    kit::pager(
        l,
        &Pager {
            first: from as u64 + 1,
            last: (from + shown) as u64,
            total: total as u64,
            previous: previous.as_deref(),
            next: next.as_deref(),
        },
    )
}

fn table(l: Locale, behind: &Behind<'_>, lines: &[Line]) -> Markup {
    let columns = [
        Column::new(match behind.report.by {
            GroupBy::Clause => t::column_clause(l),
            GroupBy::Team => t::fact_team(l),
            GroupBy::Member => t::column_owner(l),
            GroupBy::Account => t::fact_account(l),
        }),
        Column::new(t::column_rate(l)).numeric(),
        Column::new(t::column_before(l)).numeric(),
        Column::new(t::column_change(l)).numeric(),
        Column::new(kit::State::Met.word(l)).numeric(),
        Column::new(kit::State::MetLate.word(l)).numeric(),
        Column::new(kit::State::Missed.word(l)).numeric(),
        Column::new(kit::State::Open.word(l)).numeric().minor(),
        Column::new(kit::State::Overdue.word(l)).numeric(),
        Column::new(kit::State::Waived.word(l)).numeric().minor(),
    ];
    let mut rows: Vec<TableRow> = lines.iter().map(|line| row(l, behind, line)).collect();
    let (now, before) = behind.report.all;
    rows.push(figures(l, behind, None, html! { strong { (t::together(l)) } }, (&now, &before)).id("all"));
    html! { div.k-report { (kit::table(l, t::compliance(l), &columns, &rows)) } }
}

fn row(l: Locale, behind: &Behind<'_>, line: &Line) -> TableRow {
    let name = html! {
        @match &line.group {
            Group::Clause(clause) => a href=(clause_href(clause)) { (line.name) },
            Group::Account(account) => @match registry().href("account", account.uuid()) {
                Some(href) => a href=(href) { (line.name) },
                None => (line.name),
            },
            Group::Team(_) | Group::Member(_) => a href=(behind.href(Some(&line.group), "", false)) { (line.name) },
        }
    };
    figures(l, behind, Some(&line.group), name, (&line.now, &line.before)).id(format!("g-{}", line.group.key()))
}

fn figures(
    l: Locale,
    behind: &Behind<'_>,
    group: Option<&Group>,
    name: Markup,
    (now, earlier): (&Tally, &Tally),
) -> TableRow {
    let change = html! {
        @match change(now, earlier) {
            None => span.k-none { "–" },
            Some(0) => span.k-none { (t::unchanged(l)) },
            Some(points) => span.k-change.(if points > 0 { "is-good" } else { "is-bad" }) {
                (kit::icon(if points > 0 { Icon::ArrowUp } else { Icon::ArrowDown })) (t::points(l, points.abs()))
                span.visually-hidden { (if points > 0 { t::better(l) } else { t::worse(l) }) }
            },
        }
    };
    TableRow::new(vec![
        name,
        behind.rate(group, "rate", now, false),
        behind.rate(group, "before", earlier, true),
        change,
        behind.figure(group, "met", now.met, "met"),
        behind.figure(group, "met_late", now.met_late, "met_late"),
        behind.figure(group, "missed", now.missed, "missed"),
        behind.figure(group, "open", now.open, "open"),
        behind.figure(group, "overdue", now.overdue, "overdue"),
        behind.figure(group, "waived", now.waived, "waived"),
    ])
    .tone(if now.overdue > 0 { Tone::Bad } else { Tone::Quiet })
}
