//! What company leadership sees: each team's rate week by week, and the customers at risk with the
//! reasons. No person's cells.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use kehu_core::TeamId;
use kehu_platform::directory::Roster;
use kehu_platform::web::kit::{self, Choice, FilterBar, PageHead};
use kehu_platform::web::{Answer, Page};
use kehu_rulebook::obligations::pages::reach;
use kehu_rulebook::obligations::{LEADERSHIP, Moment, Tally, by_team_and_window};
use kehu_rulebook::today::customers_at_risk;
use maud::{Markup, html};

use super::asked::Asked;
use super::sheet::{columns, days, week_name, width};
use super::{figures, filters, index};
use crate::duties::WEEKLY_CALL;
use crate::t::board as t;

/// From here on a team's week is good, and below the other it is bad; in between it wants a look.
const GOOD: u64 = 95;
const FAIR: u64 = 80;

pub(super) async fn show(page: &Page, asked: &Asked) -> Answer {
    let (l, on) = (page.locale, page.app.db.read());
    let (roster, reach) = (page.roster(), reach(page).await?);
    let span = (asked.weeks.first(), asked.weeks.last());
    let tallies = by_team_and_window(on, page.now, &reach, WEEKLY_CALL, span).await?;
    let risks = customers_at_risk(page, &Moment { now: page.now, zone: page.zone }, asked.team).await?;
    let mut teams: BTreeMap<Option<TeamId>, Vec<Tally>> = BTreeMap::new();
    let mut weeks = vec![Tally::default(); asked.weeks.len()];
    let mut all = Tally::default();
    for (place, week) in asked.weeks.all().iter().enumerate() {
        for ((team, _), tally) in tallies.iter().filter(|((_, window), _)| *window == week.start) {
            if asked.team.is_some() && *team != asked.team {
                continue;
            }
            teams.entry(*team).or_insert_with(|| vec![Tally::default(); asked.weeks.len()])[place] += *tally;
            weeks[place] += *tally;
            all += *tally;
        }
    }
    let mut teams: Vec<_> = teams.iter().collect();
    teams.sort_by_key(|(team, _)| roster.teams.iter().position(|known| Some(known.id) == **team).unwrap_or(usize::MAX));
    let choices: Vec<Choice> =
        roster.teams.iter().filter(|t| !t.archived).map(|t| Choice::new(t.id.to_string(), t.name.as_str())).collect();
    let body = html! {
        (index::print_head(page))
        (kit::page_head(&PageHead {
            title: t::title(l),
            sub: html! { (t::company_sub(l, asked.weeks.len())) },
            actions: index::print_button(l),
            ..PageHead::default()
        }))
        (index::views(page, asked))
        (kit::filter_bar(l, &FilterBar {
            action: "/board",
            controls: html! {
                @if choices.len() > 1 {
                    (kit::filter_select("team", t::all_teams(l), &choices, asked.query.get("team")))
                }
                (filters::weeks(l, asked))
            },
            keep: &filters::kept(asked),
            ..FilterBar::default()
        }))
        section.k-panel.k-board-sum aria-label=(t::figures(l)) {
            div.k-figure {
                (kit::ring(&all.figure(), &figures::shares(l, &all)))
                div {
                    strong { (t::rate_calls(l)) }
                    a href=(asked.behind("settled", "")) { (t::on_time(l, all.met, all.settled())) }
                }
            }
            (figures::trend(l, &asked.weeks, &weeks))
        }
        section.k-panel.k-board-panel aria-label=(t::teams(l)) {
            div.k-panel-head { h2 { (t::teams(l)) } }
            div.k-board-room data-board {
                table.k-board.k-board-teams.(width(asked.weeks.len())) {
                    caption.visually-hidden { (t::teams(l)) }
                    (columns(asked.weeks.len()))
                    thead { tr {
                        th scope="col" { span.visually-hidden { (t::team(l)) } }
                        @for week in asked.weeks.all() {
                            th scope="col" title=(days(l, week)) {
                                span.visually-hidden { (week_name(l, week)) }
                                span aria-hidden="true" { (week.start.iso_week().week()) }
                            }
                        }
                        th scope="col" { (t::rate(l)) }
                    } }
                    tbody { @for (team, tallies) in teams { (line(asked, roster, *team, tallies)) } }
                }
            }
        }
        h2.k-board-risks { (t::at_risk(l)) }
        (risks)
    };
    let topics = [format!("owner:{LEADERSHIP}"), format!("owner:{}", page.member)];
    Ok(page.live(t::title(l), &topics, body).await)
}

fn line(asked: &Asked, roster: &Roster, team: Option<TeamId>, tallies: &[Tally]) -> Markup {
    let code = team.map_or_else(|| "none".to_owned(), |team| team.to_string());
    let name = roster.team_name(team);
    let whole = tallies.iter().fold(Tally::default(), |mut sum, tally| {
        sum += *tally;
        sum
    });
    let (from, to) = asked.weeks.days();
    let behind = |from, to| format!("/obligations?rule={WEEKLY_CALL}&from={from}&to={to}&state=settled&team={code}");
    html! {
        tr {
            th scope="row" { (if name.is_empty() { "–" } else { name }) }
            @for (week, tally) in asked.weeks.all().iter().zip(tallies) {
                @match (tally.met * 100).checked_div(tally.settled()) {
                    None => td {},
                    Some(rate) => td.(tone(rate)) { a href=(behind(week.start, week.last_day())) { (tally.figure()) } },
                }
            }
            td { @if whole.settled() > 0 { a.k-quietlink href=(behind(from, to)) { (whole.figure()) } } }
        }
    }
}

fn tone(rate: u64) -> &'static str {
    match rate {
        GOOD.. => "m",
        FAIR.. => "l",
        _ => "x",
    }
}
