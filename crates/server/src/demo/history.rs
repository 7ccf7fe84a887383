//! Twelve months of work with the customers: calls week by week, visits month by month, with the
//! gaps that such a year has. Nothing here says what was met or missed; the rules find that out.

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use kehu_core::calendar::{Window, WindowKind};
use kehu_core::{MemberId, Position};
use kehu_customer::communications::{Kind, Place};

use super::Day;
use super::chance::Chance;
use super::customers::Customer;
use super::log::{Log, Talk};
use super::words::{AGREEMENTS, ASKS, CALLS, LETTERS, UNANSWERED, VIDEO, VISITS};

/// How a manager works, in times out of a hundred.
#[derive(Clone, Copy, Debug)]
pub struct Habits {
    call: u32,
    /// Made in time, entered only after the week was over.
    entered_late: u32,
    /// Entered so late that the leader has to confirm it.
    entered_too_late: u32,
    visit: u32,
    minutes: u32,
    reply: u32,
}

const GOOD: Habits = Habits { call: 90, entered_late: 4, entered_too_late: 2, visit: 93, minutes: 92, reply: 92 };
const FAIR: Habits = Habits { call: 85, entered_late: 5, entered_too_late: 3, visit: 88, minutes: 86, reply: 87 };
const POOR: Habits = Habits { call: 61, entered_late: 6, entered_too_late: 7, visit: 62, minutes: 58, reply: 64 };

/// Whose call of three weeks ago was entered too late and waits for the leader.
const LATELY_TOO_LATE: [&str; 3] = ["渭川铝业", "滇茂食品", "泰麓制药"];

/// By the place of the manager; the seventh struggles.
pub fn habits(manager: usize) -> Habits {
    match manager {
        0 | 1 | 4 | 7 => GOOD,
        6 => POOR,
        _ => FAIR,
    }
}

/// The history of one customer from the first day up to but not including `until`.
pub fn year(log: &mut Log<'_>, customer: &Customer, until: NaiveDate) {
    let from = log.day.from.max(log.day.zone.local_date(customer.account.created_at));
    let mut chance = Chance::of("calls", customer.number);
    let mut week = Window::containing(WindowKind::Week, from);
    while week.start < until {
        calls(log, customer, week, from, until, &mut chance);
        week = week.next();
    }
    let mut chance = Chance::of("visits", customer.number);
    let mut month = Window::containing(WindowKind::Month, from);
    while month.start < until {
        visits(log, customer, month, from, until, &mut chance);
        month = month.next();
    }
}

fn calls(log: &mut Log<'_>, customer: &Customer, week: Window, from: NaiveDate, until: NaiveDate, chance: &mut Chance) {
    let days = log.day.working_days(week.start.max(from), week.end);
    let mut roll = chance.below(100) as u32;
    let Some(day) = (!days.is_empty()).then(|| *chance.pick(&days)) else { return };
    let at = log.day.office_hour(day, chance);
    let Some((owner, key)) = customer.holding_on(at).map(|h| (h.owner, h.key)) else { return };
    let by = log.cast.in_charge(owner, day);
    let habits = habits(customer.manager);
    if LATELY_TOO_LATE.contains(&customer.company.short) && week.next().next().next() == log.day.week() {
        roll = habits.call + habits.entered_late;
    }
    if day >= until {
        return;
    }
    if !key {
        if roll < 24 {
            let recorded_at = soon(log.day, at, chance);
            call(log, customer, chance, at, by, recorded_at);
        }
        return;
    }
    let closes = log.day.calendar.end_of_working_day_after_date(week.last_day(), 2);
    if roll < habits.call {
        if chance.percent(12) {
            let earlier = at - Duration::minutes(chance.between(40, 160));
            unanswered(log, customer, chance, earlier, by);
        }
        let recorded_at = soon(log.day, at, chance);
        let entered = call(log, customer, chance, at, by, recorded_at);
        if let Some(of) = entered.filter(|_| chance.percent(7)) {
            question(log, of, customer, chance, day, habits);
        }
    } else if roll < habits.call + habits.entered_late {
        let monday = log.day.calendar.add_working_days(week.last_day(), 1);
        let recorded_at = log.day.at(monday, 9, chance.between(5, 55) as u32);
        call(log, customer, chance, at, by, recorded_at);
    } else if roll < habits.call + habits.entered_late + habits.entered_too_late {
        let day = log.day.calendar.add_working_days(log.day.zone.local_date(closes), chance.between(1, 4) as i32);
        let recorded_at = log.day.at(day, 16, chance.between(5, 55) as u32);
        call(log, customer, chance, at, by, recorded_at);
    } else if chance.percent(55) {
        unanswered(log, customer, chance, at, by);
    }
    besides(log, customer, &days, until, chance);
}

/// What is logged besides and counts for nothing: letters, video meetings, colleagues' calls.
fn besides(log: &mut Log<'_>, customer: &Customer, days: &[NaiveDate], until: NaiveDate, chance: &mut Chance) {
    let day = *chance.pick(days);
    let at = log.day.office_hour(day, chance);
    let roll = chance.below(100);
    let Some(owner) = customer.holding_on(at).map(|h| h.owner) else { return };
    if day >= until {
        return;
    }
    let by = log.cast.in_charge(owner, day);
    let recorded_at = soon(log.day, at, chance);
    let talk = |kind, by, minutes, summary| Talk {
        kind,
        place: Place::AtCustomer,
        connected: true,
        at,
        ended: at + Duration::minutes(minutes),
        by,
        recorded_at: recorded_at + Duration::minutes(minutes),
        people: 1,
        summary,
    };
    let talk = match roll {
        0..=5 => talk(Kind::Message, by, 0, *chance.pick(&LETTERS)),
        6..=9 => talk(Kind::Email, by, 0, *chance.pick(&LETTERS)),
        10 | 11 => talk(Kind::VideoMeeting, by, 50, *chance.pick(&VIDEO)),
        12..=14 if customer.company.tier != "general" => {
            let position = if roll == 12 { Position::TechnicalSupport } else { Position::AfterSales };
            let colleague = log.cast.of_team(log.cast.team_of(customer.manager), position);
            talk(Kind::PhoneCall, colleague, 12, *chance.pick(&CALLS))
        }
        _ => return,
    };
    log.talk(customer, chance, talk);
}

fn call(
    log: &mut Log<'_>,
    customer: &Customer,
    chance: &mut Chance,
    at: DateTime<Utc>,
    by: MemberId,
    recorded_at: DateTime<Utc>,
) -> Option<usize> {
    let kind = if chance.percent(82) { Kind::PhoneCall } else { Kind::MessengerCall };
    let ended = at + Duration::minutes(chance.between(3, 25));
    let summary = *chance.pick(&CALLS);
    let recorded_at = recorded_at.max(ended);
    let talk = Talk { kind, place: Place::AtCustomer, connected: true, at, ended, by, recorded_at, people: 1, summary };
    log.talk(customer, chance, talk)
}

fn unanswered(log: &mut Log<'_>, customer: &Customer, chance: &mut Chance, at: DateTime<Utc>, by: MemberId) {
    let summary = *chance.pick(&UNANSWERED);
    let talk = Talk {
        kind: Kind::PhoneCall,
        place: Place::AtCustomer,
        connected: false,
        at,
        ended: at,
        by,
        recorded_at: at + Duration::minutes(2),
        people: 1,
        summary,
    };
    log.talk(customer, chance, talk);
}

fn visits(
    log: &mut Log<'_>,
    customer: &Customer,
    month: Window,
    from: NaiveDate,
    until: NaiveDate,
    chance: &mut Chance,
) {
    let days = log.day.working_days(month.start.max(from), month.end);
    let roll = chance.below(100) as u32;
    let Some(day) = (!days.is_empty()).then(|| *chance.pick(&days)) else { return };
    let at = log.day.office_hour(day, chance);
    let Some((owner, key)) = customer.holding_on(at).map(|h| (h.owner, h.key)) else { return };
    let habits = habits(customer.manager);
    let wanted = if key { habits.visit } else { 14 };
    if day >= until || roll >= wanted {
        return;
    }
    let by = log.cast.in_charge(owner, day);
    let place = match chance.below(100) {
        0..=79 => Place::AtCustomer,
        80..=92 => Place::ByCustomer,
        _ => Place::Event,
    };
    let ended = at + Duration::minutes(chance.between(45, 170));
    let summary = *chance.pick(&VISITS);
    let people = chance.between(1, 3) as usize;
    let recorded_at = soon(log.day, ended, chance);
    let talk = Talk { kind: Kind::Visit, place, connected: true, at, ended, by, recorded_at, people, summary };
    let Some(of) = log.talk(customer, chance, talk) else { return };
    for _ in 0..chance.below(3) {
        question(log, of, customer, chance, day, habits);
    }
    if chance.percent(60) {
        let due_on = chance.percent(50).then(|| day + Days::new(chance.between(10, 45) as u64));
        let agreement = *chance.pick(&AGREEMENTS);
        log.agreed(of, customer, chance, agreement, due_on);
    }
    minutes(log, of, customer, chance, ended, habits);
}

/// Sent the same evening or the next morning, sometimes days later, sometimes never.
fn minutes(
    log: &mut Log<'_>,
    of: usize,
    customer: &Customer,
    chance: &mut Chance,
    ended: DateTime<Utc>,
    habits: Habits,
) {
    let recorded = log.past[of].contact.recorded_at;
    let sent_at = match chance.below(100) as u32 {
        roll if roll < habits.minutes => ended + Duration::minutes(chance.between(60, 23 * 60)),
        roll if roll < habits.minutes + (100 - habits.minutes) / 2 => ended + Duration::hours(chance.between(30, 90)),
        _ => return,
    };
    log.minutes(of, customer, chance, Some(sent_at.max(recorded)));
}

fn question(log: &mut Log<'_>, of: usize, customer: &Customer, chance: &mut Chance, day: NaiveDate, habits: Habits) {
    let ask = chance.pick(&ASKS);
    if chance.percent(45) {
        return log.answered_there(of, customer, chance, ask);
    }
    let working = chance.between(2, 8) as i32;
    let reply_by = log.day.calendar.add_working_days(day, working);
    let told_on = match chance.below(100) as u32 {
        roll if roll < habits.reply => Some(log.day.calendar.add_working_days(day, working - chance.below(2) as i32)),
        roll if roll < habits.reply + (100 - habits.reply) * 2 / 3 => {
            Some(log.day.calendar.add_working_days(reply_by, chance.between(1, 6) as i32))
        }
        _ => None,
    };
    let told_at = told_on.map(|day| log.day.office_hour(day, chance));
    log.left_open(of, customer, chance, ask, reply_by, told_at);
}

/// Written down within the hour, or the next morning.
fn soon(day: &Day, ended: DateTime<Utc>, chance: &mut Chance) -> DateTime<Utc> {
    if chance.percent(88) {
        ended + Duration::minutes(chance.between(2, 70))
    } else {
        let next = day.zone.local_date(ended) + Days::new(1);
        day.at(next, 8, chance.between(30, 59) as u32)
    }
}
