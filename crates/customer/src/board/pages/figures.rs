//! What the board comes to: the rate, the states, what waits for the leader, and the line of weeks.

use kehu_core::Locale;
use kehu_platform::web::kit::{self, Share, Tone};
use kehu_rulebook::obligations::Tally;
use maud::{Markup, html};

use super::asked::Asked;
use super::index::Drawn;
use super::sheet::week_name;
use crate::board::Weeks;
use crate::t::board as t;

pub(super) fn panel(drawn: &Drawn<'_>) -> Markup {
    let (l, asked, board) = (drawn.page.locale, drawn.asked, drawn.board);
    let more = drawn.asked.owner.map_or_else(String::new, |owner| format!("&owner={owner}"));
    // A tier or a region is not the ledger's, so its list would show more than was counted.
    let listed = asked.tier.is_empty() && asked.region.is_empty();
    let line = |label: &str, count: u64, state: &str, tone: Tone| {
        html! {
            @if count > 0 {
                li { @if listed {
                    a.k-quietlink href=(asked.behind(state, &more)) { span.k-dot.(tone.class()) {} (label) " " b { (count) } }
                } @else { span { span.k-dot.(tone.class()) {} (label) " " b { (count) } } } }
            }
        }
    };
    html! {
        section.k-panel.k-board-sum aria-label=(t::figures(l)) {
            div.k-figure {
                (kit::ring(&board.all.figure(), &shares(l, &board.all)))
                div {
                    strong { (t::rate_calls(l)) }
                    @if listed {
                        a href=(asked.behind("settled", &more)) { (t::on_time(l, board.all.met, board.all.settled())) }
                    } @else { span { (t::on_time(l, board.all.met, board.all.settled())) } }
                }
            }
            ul.k-board-counts {
                (line(kit::State::MetLate.word(l), board.all.met_late, "met_late", Tone::Warn))
                (line(kit::State::Missed.word(l), board.all.missed, "missed", Tone::Bad))
                (line(kit::State::Overdue.word(l), board.all.overdue, "overdue", Tone::Bad))
                (line(t::to_confirm(l), board.to_confirm, "to_confirm", Tone::Warn))
                @if board.unexplained > 0 { li { span { span.k-dot.is-quiet {} (t::unexplained(l)) " " b { (board.unexplained) } } } }
            }
            (trend(l, &asked.weeks, &board.weeks))
        }
    }
}

pub(super) fn shares(l: Locale, tally: &Tally) -> [Share; 3] {
    let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    [
        Share::new(Tone::Good, count(tally.met), kit::State::Met.word(l)),
        Share::new(Tone::Warn, count(tally.met_late), kit::State::MetLate.word(l)),
        Share::new(Tone::Bad, count(tally.missed), kit::State::Missed.word(l)),
    ]
}

const WIDE: f64 = 320.0;
const HIGH: f64 = 64.0;
const EDGE: f64 = 6.0;
/// The line's floor is never above this, so that a good week looks good.
const FLOOR: u64 = 60;

/// The weekly rate as a line. Weeks in which nothing was settled leave a gap.
pub(super) fn trend(l: Locale, weeks: &Weeks, tallies: &[Tally]) -> Markup {
    let rates: Vec<Option<u64>> = tallies.iter().map(|tally| (tally.met * 100).checked_div(tally.settled())).collect();
    let known: Vec<u64> = rates.iter().flatten().copied().collect();
    if known.len() < 2 {
        return Markup::default();
    }
    let floor = known.iter().min().copied().unwrap_or(FLOOR).min(FLOOR) / 10 * 10;
    let x = |n: usize| EDGE + (WIDE - 2.0 * EDGE) * n as f64 / (weeks.len().max(2) - 1) as f64;
    let y = |rate: u64| HIGH - EDGE - (HIGH - 2.0 * EDGE) * (rate - floor) as f64 / (100 - floor) as f64;
    let spoken: Vec<String> = weeks
        .all()
        .iter()
        .zip(tallies)
        .filter(|(_, tally)| tally.settled() > 0)
        .map(|(week, tally)| format!("{} {}", week_name(l, week), tally.figure()))
        .collect();
    let line: Vec<String> = rates
        .split(Option::is_none)
        .scan(0, |at, run| {
            let from = *at;
            *at += run.len() + 1;
            Some((from, run))
        })
        .filter(|(_, run)| run.len() > 1)
        .map(|(from, run)| {
            let points: Vec<String> = run
                .iter()
                .flatten()
                .enumerate()
                .map(|(n, rate)| format!("{:.1},{:.1}", x(from + n), y(*rate)))
                .collect();
            points.join(" ")
        })
        .collect();
    html! {
        figure.k-trend {
            svg viewBox=(format!("0 0 {WIDE} {HIGH}")) role="img" aria-label={ (t::trend(l)) " · " (spoken.join(" · ")) } {
                line.k-trend-top x1=(EDGE) x2=(WIDE - EDGE) y1=(y(100)) y2=(y(100)) {}
                line.k-trend-top x1=(EDGE) x2=(WIDE - EDGE) y1=(y(floor)) y2=(y(floor)) {}
                @for points in &line { polyline.k-trend-line points=(points) fill="none" {} }
                @for (n, rate) in rates.iter().enumerate() {
                    @if let Some(rate) = rate {
                        circle.k-trend-dot cx=(format!("{:.1}", x(n))) cy=(format!("{:.1}", y(*rate))) r="2.4" {
                            title { (week_name(l, &weeks.all()[n])) " " (tallies[n].figure()) }
                        }
                    }
                }
            }
            figcaption { span { (t::trend(l)) } span { (floor) "–100%" } }
        }
    }
}

/// A tally's rate as a link to what is behind it.
pub(super) fn rate(asked: &Asked, tally: &Tally, more: &str, listed: bool) -> Markup {
    html! {
        @if tally.settled() == 0 { span.k-none { "–" } }
        @else if listed { a.k-quietlink href=(asked.behind("settled", more)) { (tally.figure()) } }
        @else { (tally.figure()) }
    }
}
