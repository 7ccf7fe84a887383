//! The bar of filters over the list of accounts and the list of people.

use kehu_core::{Locale, Position};
use kehu_platform::directory::Roster;
use kehu_platform::web::Query;
use kehu_platform::web::kit::{self, ActiveFilter, Choice, FilterBar};
use maud::{Markup, html};

use crate::accounts::{Grade, grade_name};

/// The name in the query, what it is called, and what can be chosen.
pub(super) type Control<'a> = (&'a str, &'a str, &'a [Choice]);

pub(super) fn managers(roster: &Roster) -> Vec<Choice> {
    let managers = roster.members.iter().filter(|m| m.positions.holds(Position::AccountManager));
    managers.map(|m| Choice::new(m.id.to_string(), m.name.clone())).collect()
}

pub(super) fn teams(roster: &Roster) -> Vec<Choice> {
    let teams = roster.teams.iter().filter(|team| !team.archived);
    teams.map(|team| Choice::new(team.id.to_string(), team.name.clone())).collect()
}

pub(super) fn graded(l: Locale, all: &[Grade]) -> Vec<Choice> {
    let in_use = all.iter().filter(|grade| !grade.archived);
    in_use.map(|grade| Choice::new(grade.code.clone(), grade_name(l, all, &grade.code))).collect()
}

/// The bar of the list at `path`, with what is in force and how to be rid of it.
pub(super) fn bar(
    l: Locale,
    path: &str,
    query: &Query,
    search: &str,
    controls: &[Control<'_>],
    keep: &[(&'static str, &str)],
) -> Markup {
    let label_of = |choices: &[Choice], value: &str| {
        choices.iter().find(|choice| choice.value == value).map_or_else(|| value.to_owned(), |c| c.label.clone())
    };
    let active: Vec<ActiveFilter> = controls
        .iter()
        .filter(|(name, _, _)| !query.get(name).is_empty())
        .map(|(name, label, choices)| ActiveFilter {
            label: format!("{label} {}", label_of(choices, query.get(name))),
            without: query.with(name, "").with("from", "").on(path),
        })
        .collect();
    kit::filter_bar(
        l,
        &FilterBar {
            action: path,
            search: Some(("q", query.get("q"), search)),
            controls: html! {
                @for (name, label, choices) in controls {
                    @if !choices.is_empty() { (kit::filter_select(name, label, choices, query.get(name))) }
                }
            },
            active: &active,
            keep,
        },
    )
}
