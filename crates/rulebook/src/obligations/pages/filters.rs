//! What the list and the report are narrowed down by.

use kehu_core::Locale;
use kehu_platform::directory::Roster;
use kehu_platform::web::kit::{self, ActiveFilter, Choice, FilterBar};
use kehu_platform::web::{Page, Query};
use maud::{Markup, html};

use super::super::period::Period;
use super::super::queries::Listing;
use super::super::reach::Reach;
use super::super::registry::{Moment, registry};
use super::super::state::State;
use super::list::LIST;
use crate::t::obligations as t;

/// How the address names what belongs to no team.
pub(super) const NO_TEAM: &str = "none";

/// What the address asks for.
pub(super) struct Asked {
    /// The page that is narrowed down.
    pub address: &'static str,
    pub query: Query,
    pub period: Period,
    pub listing: Listing,
}

impl Asked {
    pub fn of(page: &Page, address: &'static str, moment: &Moment) -> Asked {
        Asked::read(page.query(), address, moment)
    }

    pub fn read(query: Query, address: &'static str, moment: &Moment) -> Asked {
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
            to_answer: query.get("state") == "to_answer",
            owner: query.get("owner").parse().ok(),
            team: query.get("team").parse().ok(),
            teamless: query.get("team") == NO_TEAM,
            account: query.get("account").parse().ok(),
        };
        Asked { address, query, period, listing }
    }

    fn without(&self, name: &str) -> String {
        self.query.with(name, "").with("page", "").on(self.address)
    }
}

/// The filters; `account` is what the one customer is called that may be asked for.
pub(super) fn bar(l: Locale, asked: &Asked, reach: &Reach, roster: &Roster, account: Option<&str>) -> Markup {
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
        @if asked.address == LIST { (kit::filter_select("state", t::filter_state(l), &states, query.get("state"))) }
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
        in_force("account", account.unwrap_or(t::one_account(l)).to_owned());
    }
    let keep: Vec<(&str, &str)> = ["account", "rule", "by"]
        .into_iter()
        .chain(people.is_empty().then_some("owner"))
        .chain(listing.teamless.then_some("team"))
        .map(|name| (name, query.get(name)))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    // Other choices leave the days as they are; a named period takes their place.
    let mut with_days = keep.clone();
    if matches!(asked.period, Period::Days(..)) {
        with_days.extend(["from", "to"].map(|name| (name, query.get(name))));
    }
    let action = asked.address;
    html! {
        (kit::filter_bar(l, &FilterBar { action, search: None, controls, active: &active, keep: &with_days }))
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
        form.k-days method="get" action=(asked.address) {
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
    .chain([
        Choice::new("to_confirm", t::to_confirm(l)),
        Choice::new("to_answer", t::to_answer(l)),
        Choice::new("settled", t::settled(l)),
    ])
    .collect()
}
