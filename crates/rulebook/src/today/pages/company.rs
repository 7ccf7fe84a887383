//! What company leadership sees first: each team's rate and the customers at risk, with the
//! reasons and without people's cells.

use std::collections::BTreeMap;

use kehu_core::{AccountId, Locale, TeamId};
use kehu_platform::Error;
use kehu_platform::directory::Team;
use kehu_platform::web::kit::{self, Icon, Owed, PageHead, Tone};
use kehu_platform::web::{Answer, Page};
use maud::{Markup, html};

use super::super::gather::{self, Waiting};
use super::super::risk::{AtRisk, at_risk};
use super::side::{self, figure};
use crate::obligations::{LEADERSHIP, Lapse, Moment, Reach, Tally, registry, tallies_by_team, together};
use crate::t::today as t;

/// So many customers of a team are named; the rest is in the list behind the number.
const NAMED: usize = 10;

pub(super) async fn show(page: &Page, moment: &Moment, tabs: Markup) -> Answer {
    let (l, on) = (page.locale, page.app.db.read());
    let (_, from, to) = gather::months(moment);
    let reach = Reach::of(&page.actor);
    let tallies = tallies_by_team(on, moment.now, &reach, from, to).await?;
    let lapses = gather::lapses(page, moment).await?;
    let teams = &page.roster().teams;
    let waiting: Waiting = gather::waiting(&page.app.db, &page.actor, l).await?;
    let of_team = by_team(&lapses, None);
    let risks: usize = of_team.values().map(Vec::len).sum();
    let all = together(&tallies);
    let body = html! {
        (kit::page_head(&PageHead {
            title: t::today(l),
            sub: html! { (t::company_sub(l, risks)) },
            ..PageHead::default()
        }))
        (tabs)
        div.k-cols {
            div {
                @if risks == 0 {
                    (kit::empty(Icon::CircleCheck, t::no_risk(l), t::no_risk_text(l), Markup::default()))
                }
                @for (team, risks) in &of_team { (team_section(l, teams, *team, risks)) }
            }
            aside.k-stack aria-label=(t::beside(l)) {
                (rates(l, teams, &tallies, &all))
                (side::waiting(l, moment, &waiting))
            }
        }
    };
    Ok(page.live(t::today(l), &[format!("owner:{LEADERSHIP}"), format!("owner:{}", page.member)], body).await)
}

/// The customers at risk, team by team, with the reasons and without people.
pub async fn customers_at_risk(page: &Page, moment: &Moment, of: Option<TeamId>) -> Result<Markup, Error> {
    let l = page.locale;
    let lapses = gather::lapses(page, moment).await?;
    let teams = &page.roster().teams;
    let of_team = by_team(&lapses, of);
    Ok(html! {
        @if of_team.is_empty() {
            (kit::empty(Icon::CircleCheck, t::no_risk(l), t::no_risk_text(l), Markup::default()))
        }
        @for (team, risks) in &of_team { (team_section(l, teams, *team, risks)) }
    })
}

fn by_team(lapses: &[Lapse], of: Option<TeamId>) -> BTreeMap<Option<TeamId>, Vec<AtRisk>> {
    let promised = |rule: &str| registry().rule(rule).is_some_and(|r| r.presenter.promised);
    let mut of_team: BTreeMap<Option<TeamId>, Vec<AtRisk>> = BTreeMap::new();
    for risk in at_risk(lapses, promised).into_iter().filter(|risk| of.is_none() || risk.team == of) {
        of_team.entry(risk.team).or_default().push(risk);
    }
    of_team
}

fn team_section(l: Locale, teams: &[Team], team: Option<TeamId>, risks: &[AtRisk]) -> Markup {
    let tone = if risks.is_empty() { Tone::Good } else { Tone::Bad };
    html! {
        (kit::group_heading(tone, team_name(l, teams, team), risks.len()))
        @for risk in risks.iter().take(NAMED) { (customer(l, risk)) }
        @if risks.len() > NAMED {
            p.k-more { a href={ "/obligations?period=month&state=missed" @if let Some(team) = team { "&team=" (team) } } {
                (t::more_customers(l, risks.len() - NAMED))
            } }
        }
    }
}

fn team_name(l: Locale, teams: &[Team], team: Option<TeamId>) -> &str {
    teams.iter().find(|t| Some(t.id) == team).map_or_else(|| t::no_team(l), |team| team.name.as_str())
}

fn customer(l: Locale, risk: &AtRisk) -> Markup {
    let name = |key: &str| registry().rule(key).map_or(key.to_owned(), |rule| (rule.presenter.name)(l).to_owned());
    let reasons: Vec<String> = risk
        .reasons
        .iter()
        .flat_map(|reason| {
            let missed = (reason.missed > 0).then(|| t::reason_missed(l, reason.missed, name(&reason.rule)));
            let overdue = (reason.overdue > 0).then(|| t::reason_overdue(l, reason.overdue, name(&reason.rule)));
            missed.into_iter().chain(overdue)
        })
        .collect();
    let row = Owed::new(&risk.title)
        .id(format!("a-{}", risk.account))
        .why(html! { a.k-quietlink href=(behind(risk.account)) { (reasons.join(t::clause_comma(l))) } })
        .due(Tone::Bad, t::lapse_count(l, risk.weight()));
    let row = match registry().href("account", risk.account.uuid()) {
        Some(href) => row.href(href),
        None => row,
    };
    kit::owed(l, &row)
}

fn behind(account: AccountId) -> String {
    format!("/obligations?period=quarter&account={account}")
}

fn rates(l: Locale, teams: &[Team], tallies: &BTreeMap<Option<TeamId>, Tally>, all: &Tally) -> Markup {
    kit::side_card(
        "",
        None,
        None,
        html! {
            div.k-figure {
                (kit::ring(&figure(all), &side::shares(l, all)))
                div {
                    strong { (t::month_rate(l)) }
                    a href="/obligations?period=month" { b { (all.met) " / " (all.settled()) } " " (t::month_items(l)) }
                }
            }
            @for (team, tally) in tallies {
                @let href = team.map_or_else(|| "/obligations?period=month".to_owned(), |team| format!("/obligations?period=month&team={team}"));
                a.k-sideline.k-rates href=(href) {
                    span { (team_name(l, teams, *team)) }
                    span { (tally.met) " / " (tally.settled()) @if tally.percent().is_some() { " · " (figure(tally)) } }
                }
            }
        },
    )
}
