//! What happened to an obligation, newest first: opened, asked, decided, discharged.

use chrono::{DateTime, Utc};
use kehu_core::Locale;
use kehu_platform::directory::Roster;
use kehu_platform::journal::Journaled;
use kehu_platform::web::kit::{Entry, Icon, TimelineDay, Tone, timeline};
use kehu_platform::web::when;
use maud::{Markup, html};
use serde_json::Value as Json;

use super::super::queries::Waiver;
use super::super::registry::Moment;
use super::super::state::State;
use super::super::store::Obligation;
use crate::t::obligations as t;

/// `people` says whether the reader may know who did it.
pub(super) fn history(
    l: Locale,
    moment: &Moment,
    roster: &Roster,
    obligation: &Obligation,
    journal: &[Journaled],
    waivers: &[Waiver],
    people: bool,
) -> Markup {
    let clock = |at| when::clock(moment.zone, at);
    let by = |name: &str| if people && !name.is_empty() { t::by(l, name.to_owned()) } else { String::new() };
    let entry = |at, icon, tone, words: &str, who: String| {
        (at, Entry::new(icon, clock(at), html! { (words) @if !who.is_empty() { " " small { (who) } } }).tone(tone))
    };
    let mut entries: Vec<(DateTime<Utc>, Entry)> =
        vec![entry(obligation.opened_at, Icon::CircleDashed, Tone::Quiet, t::did_open(l), String::new())];
    for line in journal {
        let (icon, tone, words) = happening(l, line);
        let who = if line.member_id.is_some() { by(&line.actor_name) } else { String::new() };
        entries.push(entry(line.at, icon, tone, words, who));
    }
    // What was settled when it came into the ledger was not a change.
    if let Some(settled) = obligation.settled_at
        && !journal.iter().any(|line| line.verb == obligation.state.code())
    {
        let (icon, tone, words) = ending(l, obligation.state);
        entries.push(entry(settled, icon, tone, words, String::new()));
    }
    for waiver in waivers {
        let granted = waiver.granted();
        if !granted {
            entries.push(entry(
                waiver.asked_at,
                Icon::HandStop,
                Tone::Quiet,
                t::did_ask(l),
                by(roster.name(waiver.asked_by)),
            ));
        }
        if let Some(decision) = &waiver.decided {
            let (tone, words) = match decision.approved {
                _ if granted => (Tone::Good, t::did_grant(l)),
                true => (Tone::Good, t::did_approve(l)),
                false => (Tone::Warn, t::did_refuse(l)),
            };
            entries.push(entry(decision.at, Icon::ShieldCheck, tone, words, by(roster.name(decision.by))));
        }
    }
    entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let mut days: Vec<TimelineDay> = Vec::new();
    for (at, entry) in entries {
        let day = when::near_day(l, moment.zone, moment.now, moment.zone.local_date(at));
        match days.last_mut() {
            Some(last) if last.day == day => last.entries.push(entry),
            _ => days.push(TimelineDay { day, entries: vec![entry] }),
        }
    }
    timeline(&days)
}

fn happening(l: Locale, line: &Journaled) -> (Icon, Tone, &'static str) {
    let done = |values: &Option<Json>| values.as_ref().and_then(|v| v.get("done")).and_then(Json::as_i64).unwrap_or(0);
    match line.verb.as_str() {
        "explained" => (Icon::Message, Tone::Quiet, t::did_explain(l)),
        "answered" => (Icon::Message, Tone::Quiet, t::did_answer(l)),
        "answer_read" => (Icon::Eye, Tone::Quiet, t::did_read_answer(l)),
        "confirmed" => (Icon::ClipboardCheck, Tone::Good, t::did_confirm(l)),
        "moved" => (Icon::ArrowRight, Tone::Quiet, t::did_move(l)),
        code => match State::from_code(code) {
            Some(State::Open) if done(&line.after_values) > done(&line.before_values) => {
                (Icon::Progress, Tone::Quiet, t::did_progress(l))
            }
            Some(state) => ending(l, state),
            None => (Icon::History, Tone::Quiet, t::did_change(l)),
        },
    }
}

fn ending(l: Locale, state: State) -> (Icon, Tone, &'static str) {
    match state {
        State::Open => (Icon::ArrowBackUp, Tone::Warn, t::did_reopen(l)),
        State::Met => (Icon::Check, Tone::Good, t::did_meet(l)),
        State::MetLate => (Icon::ClockCheck, Tone::Warn, t::did_meet_late(l)),
        State::Missed => (Icon::X, Tone::Bad, t::did_miss(l)),
        State::Waived => (Icon::HandStop, Tone::Quiet, t::did_waive(l)),
        State::Cancelled => (Icon::Minus, Tone::Quiet, t::did_cancel(l)),
    }
}
