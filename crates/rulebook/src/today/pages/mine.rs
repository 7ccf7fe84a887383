//! One's own Today.

use chrono::Datelike;
use kehu_core::{Locale, Position};
use kehu_platform::web::kit::{self, Icon, PageHead, Tone};
use kehu_platform::web::{Answer, Page, when};
use maud::{Markup, html};

use super::super::board::{Group, Urgency, board};
use super::super::gather::{self, Day};
use super::rows::{Reading, presenter};
use super::side;
use crate::obligations::{LEADERSHIP, Moment, Obligation, State, registry};
use crate::t::today as t;

pub(super) async fn show(page: &Page, moment: &Moment, tabs: Markup) -> Answer {
    let l = page.locale;
    let day = gather::day(&page.app.db, page.member, &page.actor, page.locale, moment).await?;
    let team = side::team_line(page, moment).await?;
    let folds = |o: &Obligation| presenter(o).is_some_and(|p| p.fold.is_some());
    let groups = board(&day.mine, &day.cards, folds, moment);
    let reading = Reading { locale: l, moment, reader: page.member, last: &day.last_contacts };
    let body = html! {
        (kit::page_head(&PageHead { title: t::today(l), sub: sub(l, moment, &day), ..PageHead::default() }))
        (tabs)
        div.k-cols {
            div {
                @if groups.is_empty() { (nothing_owed(l)) }
                @for group in &groups { (section(&reading, group)) }
            }
            aside.k-stack aria-label=(t::beside(l)) {
                (side::month(l, page.member, &day))
                (side::answers(l, moment, &day.answers))
                (side::waiting(l, moment, &day.waiting))
                (team)
                (side::promises(l, moment, &day.mine))
            }
        }
    };
    Ok(page.live(t::today(l), &topics(page, &day), body).await)
}

/// The page is told of what changes for its reader and of the cards' other hands.
fn topics(page: &Page, day: &Day) -> Vec<String> {
    let mut topics = vec![format!("owner:{}", page.member)];
    if page.actor.holds(Position::CompanyLeadership) {
        topics.push(format!("owner:{LEADERSHIP}"));
    }
    topics.extend(day.cards.iter().filter(|o| o.acting != page.member).map(|o| format!("obligation:{}", o.id)));
    topics.truncate(100);
    topics
}

fn section(reading: &Reading<'_>, group: &Group) -> Markup {
    let l = reading.locale;
    let rows = html! { @for row in &group.rows { (reading.row(row)) } };
    let (tone, name) = match group.urgency {
        Urgency::Overdue => (Tone::Bad, t::group_overdue(l)),
        Urgency::Today => (Tone::Warn, t::group_today(l)),
        Urgency::ThisWeek => (Tone::Quiet, t::group_week(l)),
        Urgency::Later => {
            return html! { div.k-later { (kit::disclosure(&t::group_later(l, group.count()), false, rows)) } };
        }
    };
    html! { (kit::group_heading(tone, name, group.count())) (rows) }
}

fn nothing_owed(l: Locale) -> Markup {
    kit::empty(Icon::CircleCheck, t::nothing_owed(l), t::nothing_owed_text(l), Markup::default())
}

/// Day, week, and what is still to be done in the running windows.
fn sub(l: Locale, moment: &Moment, day: &Day) -> Markup {
    let today = moment.today();
    let mut parts = vec![
        t::date_line(l, when::day(l, today), when::weekday(l, today.weekday())),
        t::week(l, today.iso_week().week()),
    ];
    let left: Vec<String> = registry()
        .rules
        .iter()
        .filter_map(|rule| {
            let count: i32 = day
                .mine
                .iter()
                .filter(|o| o.rule == rule.key && o.state == State::Open && o.due_at > moment.now)
                .map(|o| (o.needed - o.done).max(0))
                .sum();
            let words = rule.presenter.left?;
            usize::try_from(count).ok().filter(|n| *n > 0).map(|n| words(l, n))
        })
        .collect();
    if !left.is_empty() {
        parts.push(left.join(t::clause_comma(l)));
    }
    html! { (parts.join(" · ")) }
}
