//! The obligations behind a number: filtered by clause, state, period and, for those who may tell
//! them apart, by person, team and customer.

use axum::Router;
use axum::routing::get;
use kehu_core::Locale;
use kehu_platform::directory::Roster;
use kehu_platform::web::kit::{self, ActiveFilter, Choice, Column, FilterBar, Icon, PageHead, Pager, TableRow, Tone};
use kehu_platform::web::{Answer, App, Page, Query};
use maud::{Markup, html};

use super::super::presenter::{clause_href, due_words, rule_name, shown_state, window_words};
use super::super::queries::{Listing, listed, listing_tally};
use super::super::reach::{Reach, Sight};
use super::super::registry::{Moment, registry};
use super::super::state::{State, Tally};
use super::super::store::Obligation;
use super::period::Period;
use super::{moment, reach};
use crate::t::obligations as t;

const ON_A_PAGE: u64 = 50;

/// The address of the list.
pub(super) const NO_TEAM: &str = "none";
pub(super) const LIST: &str = "/obligations";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/obligations", get(show))
}

/// What the address asks for.
struct Asked {
    query: Query,
    period: Period,
    listing: Listing,
}

impl Asked {
    fn of(page: &Page, moment: &Moment) -> Asked {
        let query = page.query();
        let period = Period::of(&query);
        let (from, to) = period.bounds(moment.today(), moment.zone);
        let text = |name: &str| Some(query.get(name).to_owned()).filter(|text| !text.is_empty());
        let (state, overdue) = match query.get("state") {
            "overdue" => (Some(State::Open), true),
            code => (State::from_code(code), false),
        };
        let listing = Listing {
            from,
            to,
            clause: text("clause"),
            rule: text("rule"),
            settled: query.get("state") == "settled",
            state,
            overdue,
            to_confirm: query.get("state") == "to_confirm",
            owner: query.get("owner").parse().ok(),
            team: query.get("team").parse().ok(),
            teamless: query.get("team") == NO_TEAM,
            account: query.get("account").parse().ok(),
        };
        Asked { query, period, listing }
    }

    fn without(&self, name: &str) -> String {
        self.query.with(name, "").with("page", "").on(LIST)
    }
}

async fn show(page: Page) -> Answer {
    let (l, on, moment) = (page.locale, page.app.db.read(), moment(&page));
    let reach = reach(&page).await?;
    let asked = Asked::of(&page, &moment);
    let tally = listing_tally(on, &asked.listing, moment.now, &reach).await?;
    let total = tally.total();
    let pages = total.div_ceil(ON_A_PAGE).max(1);
    let at = asked.query.get("page").parse::<u64>().unwrap_or(1).clamp(1, pages);
    let offset = (at - 1) * ON_A_PAGE;
    let found = listed(on, &asked.listing, moment.now, &reach, offset, ON_A_PAGE).await?;
    let roster = Roster::load(on).await?;
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
            title: t::compliance(l),
            sub: html! { (asked.period.name(l)) " · "
                // A rate over one state alone says nothing.
                @if asked.listing.state.is_some() || asked.listing.to_confirm { (t::count(l, total)) }
                @else { (summary(l, &tally)) } },
            ..PageHead::default()
        }))
        (filters(l, &asked, &reach, &roster, &found))
        @if found.is_empty() {
            (kit::empty(Icon::ClipboardCheck, t::none_found(l), t::none_found_text(l), Markup::default()))
        } @else {
            (table(l, &moment, &reach, &roster, &found))
            (kit::pager(l, &pager))
        }
    };
    Ok(page.html(t::compliance(l), body).await)
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

fn filters(l: Locale, asked: &Asked, reach: &Reach, roster: &Roster, found: &[Obligation]) -> Markup {
    let (query, listing) = (&asked.query, &asked.listing);
    let periods: Vec<Choice> = Period::NAMED.iter().map(|p| Choice::new(p.code(), p.name(l))).collect();
    let states: Vec<Choice> = state_choices(l);
    let mut clauses: Vec<&str> = registry().rules.iter().map(|rule| rule.clause).collect();
    clauses.dedup();
    let clauses: Vec<Choice> = clauses.into_iter().map(|c| Choice::new(c, t::clause(l, c))).collect();
    let people: Vec<Choice> = roster
        .members
        .iter()
        .filter(|m| reach.names_people() || m.team.is_some_and(|team| reach.led().contains(&team)))
        .map(|m| Choice::new(m.id.to_string(), m.name.as_str()))
        .collect();
    let teams: Vec<Choice> = roster
        .teams
        .iter()
        .filter(|team| reach.names_people() || reach.names_customers() || reach.led().contains(&team.id))
        .map(|team| Choice::new(team.id.to_string(), team.name.as_str()))
        .collect();
    let chosen_period = if matches!(asked.period, Period::Days(..)) { "" } else { asked.period.code() };
    let controls = html! {
        (kit::filter_select("period", t::filter_period(l), &periods, chosen_period))
        (kit::filter_select("state", t::filter_state(l), &states, query.get("state")))
        (kit::filter_select("clause", t::filter_clause(l), &clauses, query.get("clause")))
        @if teams.len() > 1 { (kit::filter_select("team", t::filter_team(l), &teams, query.get("team"))) }
        @if !people.is_empty() { (kit::filter_select("owner", t::filter_owner(l), &people, query.get("owner"))) }
    };
    let mut active = Vec::new();
    let mut in_force = |name: &str, label: String| {
        active.push(ActiveFilter { label, without: asked.without(name) });
    };
    if matches!(asked.period, Period::Days(..)) {
        in_force("from", asked.period.name(l));
    }
    if let Some(rule) = &listing.rule {
        let name = registry().rule(rule).map_or_else(|| rule.clone(), |rule| (rule.presenter.name)(l).to_owned());
        in_force("rule", name);
    }
    if listing.teamless {
        in_force("team", t::no_team(l).to_owned());
    }
    if let Some(owner) = listing.owner.filter(|_| people.is_empty()) {
        in_force("owner", roster.name(owner).to_owned());
    }
    if listing.account.is_some() {
        let name = found.first().map_or_else(|| t::one_account(l).to_owned(), |o| o.title.clone());
        in_force("account", name);
    }
    let keep: Vec<(&str, &str)> = ["account", "rule"]
        .into_iter()
        .chain(people.is_empty().then_some("owner"))
        .map(|name| (name, query.get(name)))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    html! {
        (kit::filter_bar(l, &FilterBar { action: LIST, search: None, controls, active: &active, keep: &keep }))
        (kit::disclosure(t::filter_days(l), matches!(asked.period, Period::Days(..)), days_form(l, asked, &keep)))
    }
}

/// Any other span of days.
fn days_form(l: Locale, asked: &Asked, keep: &[(&str, &str)]) -> Markup {
    let (from, to) = match asked.period {
        Period::Days(from, to) => (from.to_string(), to.to_string()),
        _ => (String::new(), String::new()),
    };
    html! {
        form.k-days method="get" action=(LIST) {
            @for (name, value) in keep { (kit::hidden(name, value)) }
            @for name in ["state", "clause", "team", "owner"] {
                @if !asked.query.get(name).is_empty() && keep.iter().all(|(kept, _)| *kept != name) {
                    (kit::hidden(name, asked.query.get(name)))
                }
            }
            (kit::date(l, &kit::Field::new("from", t::filter_from(l)).value(from).required()))
            (kit::date(l, &kit::Field::new("to", t::filter_to(l)).value(to).required()))
            (kit::submit(kit::Look::Plain, t::filter_show(l)))
        }
    }
}

fn state_choices(l: Locale) -> Vec<Choice> {
    [
        ("overdue", kit::State::Overdue),
        ("open", kit::State::Open),
        ("met", kit::State::Met),
        ("met_late", kit::State::MetLate),
        ("missed", kit::State::Missed),
        ("waived", kit::State::Waived),
        ("cancelled", kit::State::Cancelled),
    ]
    .into_iter()
    .map(|(code, state)| Choice::new(code, state.word(l)))
    .chain([Choice::new("to_confirm", t::to_confirm(l)), Choice::new("settled", t::settled(l))])
    .collect()
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
    kit::table(l, t::compliance(l), &columns, &rows)
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
