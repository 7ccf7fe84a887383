//! Who is who: everybody in the company's books, searched and narrowed down.

use std::collections::HashMap;

use axum::Router;
use axum::routing::get;
use kehu_core::{Locale, MemberId, Position};
use maud::{Markup, html};

use super::members_export::Members;
use super::{directory_tabs, is_administrator};
use crate::directory::{Leave, Member, Roster, position_name};
use crate::export;
use crate::search::{fold, pinyin_initials};
use crate::t::directory as t;
use crate::web::kit::{
    self, ActiveFilter, Choice, Column, FilterBar, Icon, Look, PageHead, Pager, TableRow, Tone, tag,
};
use crate::web::{Answer, App, Page, Query, when};

/// Members a page.
const PAGE: usize = 60;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/members", get(list)).merge(export::routes::<Members>())
}

/// What the reader narrows the list down to.
pub(super) struct Wanted<'a> {
    search: &'a str,
    team: &'a str,
    position: &'a str,
    state: &'a str,
}

impl<'a> Wanted<'a> {
    pub(super) fn read(query: &'a Query) -> Self {
        Self {
            search: query.get("find"),
            team: query.get("team"),
            position: query.get("position"),
            state: query.get("state"),
        }
    }

    pub(super) fn fits(&self, member: &Member) -> bool {
        let state = match self.state {
            "left" => !member.active,
            "all" => true,
            _ => member.active,
        };
        let position = self.position.parse::<Position>().map_or(true, |p| member.positions.holds(p));
        let team = self.team.is_empty() || member.team.is_some_and(|t| t.to_string() == self.team);
        state && position && team && found(member, self.search)
    }
}

/// By part of the name, traditional or simplified, by its pinyin initials, or by login.
fn found(member: &Member, search: &str) -> bool {
    let search = fold(search);
    search.is_empty()
        || fold(&member.name).contains(&search)
        || member.login.contains(&search)
        || pinyin_initials(&member.name).iter().any(|initials| initials.starts_with(&search))
}

async fn list(page: Page) -> Answer {
    let l = page.locale;
    let roster = page.roster();
    let away = away_today(&page);
    let query = page.query();
    let wanted = Wanted::read(&query);
    let fitting: Vec<&Member> = roster.members.iter().filter(|m| wanted.fits(m)).collect();
    let start = query.get("from").parse::<usize>().unwrap_or(0).min(fitting.len().saturating_sub(1)) / PAGE * PAGE;
    let shown: Vec<&Member> = fitting.iter().copied().skip(start).take(PAGE).collect();
    let active = roster.active().count();
    let head = PageHead {
        title: t::members(l),
        sub: html! { (t::members_count(l, active, roster.members.len() - active)) },
        actions: html! {
            (export::link::<Members>(&page))
            @if is_administrator(&page.actor) {
                (kit::button_link(Look::Primary, "/members/new", t::member_new(l), Some(Icon::UserPlus)))
            }
        },
        ..PageHead::default()
    };
    let body = html! {
        (kit::page_head(&head))
        (directory_tabs(l, "/members"))
        (filters(l, roster, &query, &wanted))
        @if shown.is_empty() {
            (kit::empty(Icon::Users, t::members_none(l), t::members_none_text(l), Markup::default()))
        } @else {
            (table(&page, roster, &away, &shown))
            (pages(l, &query, start, shown.len(), fitting.len()))
        }
    };
    Ok(page.html(t::members(l), body).await)
}

/// The leaves of today, by who is away.
pub(super) fn away_today(page: &Page) -> HashMap<MemberId, &Leave> {
    let today = page.zone.local_date(page.now);
    page.leaves().iter().filter(|leave| leave.covers(leave.member, today)).map(|leave| (leave.member, leave)).collect()
}

fn filters(l: Locale, roster: &Roster, query: &Query, wanted: &Wanted<'_>) -> Markup {
    let teams: Vec<Choice> = roster
        .teams
        .iter()
        .filter(|team| !team.archived || team.id.to_string() == wanted.team)
        .map(|team| Choice::new(team.id.to_string(), &team.name))
        .collect();
    let positions: Vec<Choice> = Position::ALL.iter().map(|p| Choice::new(p.code(), position_name(l, *p))).collect();
    let states = [Choice::new("left", t::state_left(l)), Choice::new("all", t::state_all(l))];
    let label = |choices: &[Choice], value: &str| {
        choices.iter().find(|c| c.value == value).map(|c| c.label.clone()).unwrap_or_default()
    };
    let mut active = Vec::new();
    for (name, value, label) in [
        ("find", wanted.search, wanted.search.to_owned()),
        ("team", wanted.team, label(&teams, wanted.team)),
        ("position", wanted.position, label(&positions, wanted.position)),
        ("state", wanted.state, label(&states, wanted.state)),
    ] {
        if !value.is_empty() && !label.is_empty() {
            active.push(ActiveFilter { label, without: query.with(name, "").with("from", "").on("/members") });
        }
    }
    kit::filter_bar(
        l,
        &FilterBar {
            action: "/members",
            search: Some(("find", wanted.search, t::members_find(l))),
            controls: html! {
                (kit::filter_select("team", t::all_teams(l), &teams, wanted.team))
                (kit::filter_select("position", t::all_positions(l), &positions, wanted.position))
                (kit::filter_select("state", t::state_active(l), &states, wanted.state))
            },
            active: &active,
            keep: &[],
        },
    )
}

fn table(page: &Page, roster: &Roster, away: &HashMap<MemberId, &Leave>, shown: &[&Member]) -> Markup {
    let l = page.locale;
    let columns = [
        Column::new(t::name(l)),
        Column::new(t::positions(l)),
        Column::new(t::team(l)),
        Column::new(t::department(l)),
        Column::new(t::specialties(l)).minor(),
    ];
    let rows: Vec<TableRow> = shown
        .iter()
        .map(|member| {
            TableRow::new(vec![
                html! {
                    a href={ "/members/" (member.id) } { (kit::person(&member.name, "")) }
                    " " (tags(page, roster, member, away.get(&member.id).copied()))
                },
                html! { (positions(l, member)) },
                team(l, roster, member),
                html! { (roster.department_name(member.department)) },
                html! { (member.specialties) },
            ])
        })
        .collect();
    kit::table(l, t::members(l), &columns, &rows)
}

fn team(l: Locale, roster: &Roster, member: &Member) -> Markup {
    html! {
        (roster.team_name(member.team))
        @if roster.led_by(member.id).any(|team| Some(team.id) == member.team) { small { (t::leads(l)) } }
    }
}

/// What sets a member apart at the moment: left, away, cannot sign in.
pub(super) fn tags(page: &Page, roster: &Roster, member: &Member, away: Option<&Leave>) -> Markup {
    let l = page.locale;
    html! {
        @if !member.active { (tag(Tone::Quiet, t::tag_left(l))) }
        @if let Some(leave) = away {
            (tag(Tone::Warn, &t::tag_away(l, roster.name(leave.deputy), when::day(l, leave.ends_on))))
        }
        @if member.active && !member.can_sign_in && is_administrator(&page.actor) {
            " " (tag(Tone::Quiet, t::tag_no_sign_in(l)))
        }
    }
}

/// The positions in words, in the order of the rulebook.
pub(super) fn positions(l: Locale, member: &Member) -> String {
    let names: Vec<&str> = member.positions.iter().map(|p| position_name(l, p)).collect();
    names.join(crate::t::app::list_comma(l))
}

fn pages(l: Locale, query: &Query, start: usize, shown: usize, total: usize) -> Markup {
    let to = |from: usize| query.with("from", &from.to_string()).on("/members");
    let previous = (start > 0).then(|| to(start.saturating_sub(PAGE)));
    let next = (start + shown < total).then(|| to(start + PAGE));
    kit::pager(
        l,
        &Pager {
            first: start as u64 + 1,
            last: (start + shown) as u64,
            total: total as u64,
            previous: previous.as_deref(),
            next: next.as_deref(),
        },
    )
}
