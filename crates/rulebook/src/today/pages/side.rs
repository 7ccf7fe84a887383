//! What stands beside the rows: the rate, what waits for approval, the team, the promises.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Utc};
use kehu_core::{Locale, MemberId};
use kehu_platform::Error;
use kehu_platform::web::kit::{Share, Tone, ring, side_card, side_line};
use kehu_platform::web::{Page, when};
use maud::{Markup, html};

use super::super::due::last_day;
use super::super::gather::{self, Day, Waiting};
use super::rows::{page_of, presenter};
use crate::obligations::{self, Moment, Obligation, Tally, UnreadAnswer, registry};
use crate::t::today as t;

/// More late records than that are one line.
const NAMED: usize = 4;

/// The rate in the middle of a ring: a fraction when there are too few for a percentage.
pub(super) fn figure(tally: &Tally) -> String {
    tally.figure()
}

pub(super) fn shares(l: Locale, tally: &Tally) -> [Share; 3] {
    let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    [
        Share::new(Tone::Good, count(tally.met), t::share_met(l)),
        Share::new(Tone::Warn, count(tally.met_late), t::share_met_late(l)),
        Share::new(Tone::Bad, count(tally.missed), t::share_missed(l)),
    ]
}

pub(super) fn month(l: Locale, member: MemberId, day: &Day) -> Markup {
    let tally = &day.this_month;
    let before = &day.last_month;
    if tally.total() + before.total() == 0 {
        return Markup::default();
    }
    side_card(
        "",
        None,
        None,
        html! {
            div.k-figure {
                (ring(&figure(tally), &shares(l, tally)))
                div {
                    strong { (t::month_rate(l)) }
                    a href={ "/obligations?period=month&owner=" (member) } {
                        @if tally.settled() == 0 { (t::month_none(l)) }
                        @else { b { (tally.met) " / " (tally.settled()) } " " (t::month_items(l)) }
                        @if before.settled() > 0 { (t::month_before(l, figure(before))) }
                    }
                }
            }
        },
    )
}

pub(super) fn waiting(l: Locale, moment: &Moment, waiting: &Waiting) -> Markup {
    if waiting.count() == 0 {
        return Markup::default();
    }
    let name = |key: &str| registry().rule(key).map_or("", |rule| (rule.presenter.name)(l));
    let mut lines: Vec<(DateTime<Utc>, String, String)> = Vec::new();
    for waiver in &waiting.waivers {
        let words = t::wants_waiver(l, waiver.asker.as_str(), name(&waiver.rule), waiver.title.as_str());
        lines.push((waiver.asked_at, format!("/obligations/{}#decide", waiver.obligation_id), words));
    }
    let named = waiting.to_confirm.len() <= NAMED;
    for late in waiting.to_confirm.iter().filter(|_| named) {
        let words = t::wants_confirmation(l, late.owner.as_str(), name(&late.rule), late.title.as_str());
        lines.push((late.due_at, format!("/obligations/{}#confirm", late.obligation_id), words));
    }
    let each = waiting.to_answer.len() <= NAMED;
    for explained in waiting.to_answer.iter().filter(|_| each) {
        let words = t::wants_answer(l, explained.owner.as_str(), name(&explained.rule), explained.title.as_str());
        lines.push((explained.explained_at, format!("/obligations/{}#answer", explained.obligation_id), words));
    }
    for other in &waiting.elsewhere {
        lines.push((other.asked_at, other.href.clone(), other.label.clone()));
    }
    lines.sort();
    side_card(
        t::waiting(l),
        Some(waiting.count()),
        None,
        html! {
            div.k-lines { @for (at, href, words) in &lines {
                (side_line(href, html! { span.k-due { (short_day(l, moment, *at)) } }, words))
            } }
            @if !named {
                (side_line("/obligations?period=year&state=to_confirm", Markup::default(),
                    &t::many_confirmations(l, waiting.to_confirm.len())))
            }
            @if !each {
                (side_line("/obligations?period=year&state=to_answer", Markup::default(),
                    &t::many_explanations(l, waiting.to_answer.len())))
            }
        },
    )
}

/// What leaders answered to the reader's explanations.
pub(super) fn answers(l: Locale, moment: &Moment, answers: &[UnreadAnswer]) -> Markup {
    if answers.is_empty() {
        return Markup::default();
    }
    let name = |key: &str| registry().rule(key).map_or("", |rule| (rule.presenter.name)(l));
    side_card(
        t::answers(l),
        Some(answers.len()),
        None,
        html! {
            div.k-lines { @for answer in answers {
                @let words = t::answer_line(l, answer.answerer.as_str(), name(&answer.rule), answer.title.as_str(), answer.words.as_str());
                (side_line(
                    &format!("/obligations/{}#answer", answer.obligation_id),
                    html! { span.k-due { (short_day(l, moment, answer.answered_at)) } },
                    &words,
                ))
            } }
        },
    )
}

/// How much is overdue in the teams that the reader leads.
pub(super) async fn team_line(page: &Page, moment: &Moment) -> Result<Markup, Error> {
    let found = team_overdue(page, moment).await?;
    if found.is_empty() {
        return Ok(Markup::default());
    }
    let people: BTreeSet<MemberId> = found.iter().map(|o| o.owner).collect();
    let l = page.locale;
    Ok(side_card(
        t::view_team(l),
        Some(found.len()),
        Some("/?view=team"),
        html! {
            (side_line("/?view=team", Markup::default(), &t::team_overdue(l, found.len(), people.len())))
        },
    ))
}

pub(super) async fn team_overdue(page: &Page, moment: &Moment) -> Result<Vec<Obligation>, Error> {
    let (on, now) = (page.app.db.read(), moment.now);
    let (reach, since) = (now - gather::MISSED_REACH, now - gather::MISSED_FOR);
    let mut found = obligations::overdue_of_teams(on, &page.actor.leads, now, reach, since).await?;
    gather::withhold(page.locale, &page.actor, &mut found);
    Ok(found)
}

pub(super) fn promises(l: Locale, moment: &Moment, mine: &[Obligation]) -> Markup {
    let found = gather::promises(mine);
    if found.is_empty() {
        return Markup::default();
    }
    side_card(
        t::promises(l),
        Some(found.len()),
        None,
        html! {
            div.k-lines.k-promises { @for promise in found {
                @let late = promise.due_at <= moment.now;
                @let tone = if late { Tone::Bad } else { Tone::Quiet };
                @let step = presenter(promise).map_or_else(String::new, |p| (p.step)(l, promise));
                @let words = if promise.detail.is_empty() { step } else { promise.detail.clone() };
                (side_line(
                    &page_of(promise),
                    html! { span.k-due.(tone.class()) { (short_day(l, moment, promise.due_at)) } },
                    &t::promise_line(l, promise.title.as_str(), words),
                ))
            } }
        },
    )
}

/// `11/20`, `20 Nov`.
fn short_day(l: Locale, moment: &Moment, at: DateTime<Utc>) -> String {
    let day = last_day(moment, at);
    match l {
        Locale::En => when::day(l, day),
        _ => format!("{}/{}", day.month(), day.day()),
    }
}
