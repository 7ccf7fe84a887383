//! The board itself: a table of accounts and weeks whose cells are links, drawn in colours and shapes or
//! told in words.

use std::fmt::Write as _;

use chrono::{Datelike as _, NaiveDate};
use kehu_core::calendar::Window;
use kehu_core::{Locale, MemberId};
use kehu_platform::web::kit::{self, State as Shown, Tab};
use kehu_platform::web::when;
use kehu_rulebook::obligations::{GridCell, State, Tally};
use maud::{Markup, PreEscaped, Render as _, html};

use super::figures::rate;
use super::index::{Drawn, Visits};
use crate::board::Line;
use crate::board::Order;
use crate::board::model::month_of;
use crate::t::board as t;

/// `第47周`, `week 47`.
pub(super) fn week_name(l: Locale, week: &Window) -> String {
    t::week(l, week.start.iso_week().week())
}

pub(super) fn panel(drawn: &Drawn<'_>) -> Markup {
    let (l, asked) = (drawn.page.locale, drawn.asked);
    let as_words = |words: &str| asked.query.with("as", words).on("/board");
    html! {
        section.k-panel.k-board-panel aria-label=(t::title(l)) {
            div.k-board-head {
                @if asked.words { span {} } @else { (legend(l)) }
                (kit::tabs(t::picture_or_words(l), &[
                    Tab::new(as_words(""), t::picture(l), !asked.words),
                    Tab::new(as_words("words"), t::words(l), asked.words),
                ]))
            }
            div.k-board-room data-board {
                table.k-board.is-words[asked.words].(width(asked.weeks.len())) {
                    caption.visually-hidden { (t::caption(l)) }
                    (columns(asked.weeks.len()))
                    (head(drawn))
                    @for group in groups(drawn) { (group) }
                    (foot(drawn))
                }
            }
        }
    }
}

/// How wide the picture must be at least, so that a cell can be touched.
pub(super) fn width(weeks: usize) -> &'static str {
    match weeks {
        0..=8 => "is-narrow",
        9..=16 => "is-usual",
        17..=26 => "is-wide",
        _ => "is-year",
    }
}

pub(super) fn columns(weeks: usize) -> Markup {
    html! { colgroup { col.k-col-name; col span=(weeks); col.k-col-rate; } }
}

/// What the colours and shapes mean.
fn legend(l: Locale) -> Markup {
    let item = |class: &str, words: &str| html! { li { span.k-cell.(class) aria-hidden="true" {} (words) } };
    html! {
        ul.k-board-legend aria-label=(t::legend(l)) {
            (item("m", Shown::Met.word(l)))
            (item("l", Shown::MetLate.word(l)))
            (item("x", Shown::Missed.word(l)))
            (item("x e", t::explained(l)))
            (item("x q", t::to_confirm(l)))
            (item("w", t::waived(l)))
            (item("d", Shown::Overdue.word(l)))
            (item("o", Shown::Open.word(l)))
            (item("m v", t::visited(l)))
            li { span.k-cell.k-cell-month aria-hidden="true" { i.vm {} i.vx {} } (t::month_visit(l)) }
        }
    }
}

fn head(drawn: &Drawn<'_>) -> Markup {
    let (l, weeks) = (drawn.page.locale, &drawn.asked.weeks);
    html! {
        thead {
            tr.k-board-months {
                td {}
                @for (month, count) in weeks.months() { th scope="colgroup" colspan=(count) { (when::month(l, month)) } }
                td {}
            }
            tr {
                th scope="col" { span.visually-hidden { (t::account(l)) } }
                @for week in weeks.all() {
                    th scope="col" title=(days(l, week)) {
                        span.visually-hidden { (week_name(l, week)) } span aria-hidden="true" { (week.start.iso_week().week()) }
                    }
                }
                th scope="col" { (t::rate(l)) }
            }
        }
    }
}

pub(super) fn days(l: Locale, week: &Window) -> String {
    t::days(l, when::day(l, week.start), when::day(l, week.last_day()))
}

/// The lines under whoever has them, or in one body when they stand in another order.
fn groups(drawn: &Drawn<'_>) -> Vec<Markup> {
    let by_member = drawn.asked.order == Order::Members && drawn.board.members.len() > 1;
    if !by_member {
        return vec![body(drawn, None, drawn.lines)];
    }
    drawn
        .lines
        .chunk_by(|one, other| one.owner == other.owner)
        .map(|lines| body(drawn, Some(lines[0].owner), lines))
        .collect()
}

fn body(drawn: &Drawn<'_>, owner: Option<MemberId>, lines: &[Line]) -> Markup {
    let (l, asked) = (drawn.page.locale, drawn.asked);
    let words = Words::new(drawn);
    // About 150 bytes a cell.
    let mut out = String::with_capacity(lines.len() * asked.weeks.len() * 160);
    for line in lines {
        words.line(&mut out, line);
    }
    html! {
        tbody {
            @if let Some(owner) = owner {
                @let tally = drawn.board.members.get(&owner).copied().unwrap_or_default();
                tr.k-board-member {
                    th scope="rowgroup" colspan=(asked.weeks.len() + 1) {
                        span { (drawn.roster.name(owner)) " " small { (t::member_sum(l, tally.met, tally.settled())) } }
                    }
                    td { (rate(asked, &tally, &format!("&owner={owner}"), words.listed)) }
                }
            }
            (PreEscaped(out))
        }
    }
}

fn foot(drawn: &Drawn<'_>) -> Markup {
    let (l, asked, board) = (drawn.page.locale, drawn.asked, drawn.board);
    let listed = asked.tier.is_empty() && asked.region.is_empty();
    html! {
        tfoot {
            tr {
                th scope="row" { (t::rate(l)) }
                @for (week, tally) in asked.weeks.all().iter().zip(&board.weeks) {
                    td { (week_rate(drawn, week, tally, listed)) }
                }
                td { (rate(asked, &board.all, "", listed && asked.owner.is_none())) }
            }
        }
    }
}

fn week_rate(drawn: &Drawn<'_>, week: &Window, tally: &Tally, listed: bool) -> Markup {
    let asked = drawn.asked;
    let owner = asked.owner.map_or_else(String::new, |owner| format!("&owner={owner}"));
    let team = asked.team.map_or_else(String::new, |team| format!("&team={team}"));
    let href = format!(
        "/obligations?rule={}&from={}&to={}&state=settled{team}{owner}",
        crate::duties::WEEKLY_CALL,
        week.start,
        week.last_day()
    );
    html! {
        @if tally.settled() == 0 { span.k-none { "–" } }
        @else if listed { a.k-quietlink href=(href) { (tally.figure()) } }
        @else { (tally.figure()) }
    }
}

/// What the cells say, looked up once for all of them.
struct Words<'a> {
    drawn: &'a Drawn<'a>,
    weeks: Vec<(String, String)>,
    months: Vec<(NaiveDate, String)>,
    visited: &'static str,
    listed: bool,
}

impl<'a> Words<'a> {
    fn new(drawn: &'a Drawn<'a>) -> Self {
        let (l, weeks) = (drawn.page.locale, &drawn.asked.weeks);
        Self {
            weeks: weeks.all().iter().map(|week| (week_name(l, week), week.start.to_string())).collect(),
            months: weeks.all().iter().map(|week| (month_of(week), when::month(l, month_of(week)))).collect(),
            visited: t::visited(l),
            listed: drawn.asked.tier.is_empty() && drawn.asked.region.is_empty(),
            drawn,
        }
    }

    fn line(&self, out: &mut String, line: &Line) {
        let (l, drawn) = (self.drawn.page.locale, self.drawn);
        let none = Visits::default();
        let visits = drawn.visits.get(&line.account).unwrap_or(&none);
        let account = line.account.to_string();
        let (name, label) =
            drawn.names.get(&line.account).map_or(("", ""), |named| (named.called.as_str(), named.label.as_str()));
        html! {
            th scope="row" { a href={ "/accounts/" (account) } title=(label) { (name) } }
        }
        .render_to({
            out.push_str("<tr>");
            out
        });
        for (place, call) in line.calls.iter().enumerate() {
            let (month, month_name) = &self.months[place];
            let visit = visits.months.iter().find(|visit| visit.window == *month);
            let visited = visits.weeks.contains(&place);
            let last_of_month = self.months.get(place + 1).is_none_or(|(next, _)| next != month);
            let call = call.filter(|call| call.state != State::Cancelled);
            let Some(call) = call else {
                out.push_str(if visited { "<td class=\"v\"></td>" } else { "<td></td>" });
                continue;
            };
            let class = letter(&call);
            let _ = write!(out, "<td class=\"{class}{}{}", if visited { " v" } else { "" }, beside(&call));
            if let Some(visit) = visit.filter(|visit| visit.state != State::Cancelled) {
                let _ = write!(out, " v{}", letter(visit));
            }
            let (week, key) = &self.weeks[place];
            let word = shown(&call).word(l);
            let _ = write!(out, "\"><a href=\"/board/{account}/{key}\"");
            if drawn.asked.words {
                let _ = write!(out, ">{word}");
            } else {
                let _ = write!(out, " aria-label=\"{week} {word}");
                if let Some(noted) = noted(l, &call) {
                    let _ = write!(out, " · {noted}");
                }
                if visited {
                    let _ = write!(out, " · {}", self.visited);
                }
                if let Some(visit) = visit.filter(|_| last_of_month) {
                    let _ = write!(out, " · {}", t::month_visit_is(l, month_name.as_str(), shown(visit).word(l)));
                }
                out.push_str("\">");
            }
            out.push_str("</a>");
            if drawn.asked.words
                && let Some(noted) = noted(l, &call)
            {
                let _ = write!(out, "<small>{noted}</small>");
            }
            if drawn.asked.words
                && last_of_month
                && let Some(visit) = visit
            {
                let _ =
                    write!(out, "<small>{}</small>", t::month_visit_is(l, month_name.as_str(), shown(visit).word(l)));
            }
            out.push_str("</td>");
        }
        let rate = rate(drawn.asked, &line.tally, &format!("&account={account}"), self.listed);
        let _ = write!(out, "<td>{}</td></tr>", rate.into_string());
    }
}

fn letter(cell: &GridCell) -> &'static str {
    match cell.state {
        State::Met => "m",
        State::MetLate => "l",
        State::Missed => "x",
        State::Waived => "w",
        State::Open if cell.overdue => "d",
        State::Open => "o",
        State::Cancelled => "c",
    }
}

fn beside(cell: &GridCell) -> &'static str {
    match (cell.to_confirm, cell.explained) {
        (true, _) => " q",
        (false, true) => " e",
        (false, false) => "",
    }
}

/// What the mark on a cell says.
fn noted(l: Locale, cell: &GridCell) -> Option<&'static str> {
    match (cell.to_confirm, cell.explained) {
        (true, _) => Some(t::to_confirm(l)),
        (false, true) => Some(t::explained(l)),
        (false, false) => None,
    }
}

fn shown(cell: &GridCell) -> Shown {
    match cell.state {
        State::Met => Shown::Met,
        State::MetLate => Shown::MetLate,
        State::Missed => Shown::Missed,
        State::Waived => Shown::Waived,
        State::Cancelled => Shown::Cancelled,
        State::Open if cell.overdue => Shown::Overdue,
        State::Open => Shown::Open,
    }
}
