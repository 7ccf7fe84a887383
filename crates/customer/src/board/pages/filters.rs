//! How the board is narrowed down: team, member, tier, region, how far back, and in which order.

use kehu_core::{Locale, Position};
use kehu_platform::Error;
use kehu_platform::directory::Roster;
use kehu_platform::web::Page;
use kehu_platform::web::kit::{self, ActiveFilter, Choice, FilterBar};
use maud::{Markup, html};

use super::asked::{Asked, View};
use crate::accounts::{GradeKind, grade_name, grades, regions};
use crate::board::Weeks;
use crate::t::board as t;

pub(super) async fn bar(page: &Page, asked: &Asked, roster: &Roster) -> Result<Markup, Error> {
    let (l, on) = (page.locale, page.app.db.read());
    let tiers = grades(on, GradeKind::Tier).await?;
    let tiers: Vec<Choice> = tiers
        .iter()
        .filter(|grade| !grade.archived)
        .map(|grade| Choice::new(grade.code.clone(), grade_name(l, &tiers, &grade.code)))
        .collect();
    let regions: Vec<Choice> =
        regions(on, &page.actor).await?.into_iter().map(|region| Choice::new(region.clone(), region)).collect();
    let (teams, members) = if asked.view == View::Teams { people(page, roster) } else { Default::default() };
    let order = [Choice::new("rate", t::sort_rate(l))];
    let controls: [(&str, &str, &[Choice]); 4] = [
        ("team", t::all_teams(l), &teams),
        ("owner", t::all_members(l), &members),
        ("tier", t::all_tiers(l), &tiers),
        ("region", t::all_regions(l), &regions),
    ];
    let active: Vec<ActiveFilter> = controls
        .iter()
        .filter_map(|(name, _, choices)| {
            let chosen = choices.iter().find(|choice| choice.value == asked.query.get(name))?;
            Some(ActiveFilter {
                label: chosen.label.clone(),
                without: asked.query.with(name, "").with("page", "").on("/board"),
            })
        })
        .collect();
    Ok(kit::filter_bar(
        l,
        &FilterBar {
            action: "/board",
            search: None,
            controls: html! {
                @for (name, label, choices) in &controls {
                    @if choices.len() > 1 { (kit::filter_select(name, label, choices, asked.query.get(name))) }
                }
                (weeks(l, asked))
                (kit::filter_select("sort", t::sort_members(l), &order, asked.query.get("sort")))
            },
            active: &active,
            keep: &kept(asked),
        },
    ))
}

/// What another choice of filters leaves as it is.
pub(super) fn kept(asked: &Asked) -> Vec<(&'static str, &str)> {
    ["view", "as"].into_iter().map(|name| (name, asked.query.get(name))).filter(|(_, v)| !v.is_empty()).collect()
}

/// How many weeks back; the first choice is what is shown unasked.
pub(super) fn weeks(l: Locale, asked: &Asked) -> Markup {
    let choices: Vec<Choice> =
        Weeks::CHOICES[1..].iter().map(|count| Choice::new(count.to_string(), t::weeks_back(l, *count))).collect();
    kit::filter_select("weeks", &t::weeks_back(l, Weeks::CHOICES[0]), &choices, asked.query.get("weeks"))
}

/// The teams that the reader leads, and the managers in them.
fn people(page: &Page, roster: &Roster) -> (Vec<Choice>, Vec<Choice>) {
    let led = &page.actor.leads;
    let teams = led.iter().map(|team| Choice::new(team.to_string(), roster.team_name(Some(*team)))).collect::<Vec<_>>();
    let members = roster
        .members
        .iter()
        .filter(|m| m.team.is_some_and(|team| led.contains(&team)) && m.positions.holds(Position::AccountManager))
        .map(|m| Choice::new(m.id.to_string(), m.name.as_str()))
        .collect();
    (teams, members)
}
