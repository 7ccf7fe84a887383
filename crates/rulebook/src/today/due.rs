//! By when, in a few words: "3 days late", "today 18:00", "by Friday". The words before the date
//! are the forward warning: after that day the clause is broken.

use chrono::{DateTime, Days, Duration, NaiveDate, Timelike, Utc, Weekday};
use kehu_core::Locale;
use kehu_platform::web::kit::Tone;
use kehu_platform::web::when;

use crate::obligations::{Moment, Obligation, State};
use crate::t::today as t;

/// The last day on which it is still in time.
pub fn last_day(moment: &Moment, due_at: DateTime<Utc>) -> NaiveDate {
    moment.zone.local_date(due_at - Duration::microseconds(1))
}

/// When it is due, or since when it is late, with the tone that goes with it.
pub fn due(l: Locale, obligation: &Obligation, moment: &Moment) -> (Tone, String) {
    match obligation.state {
        State::Missed => (Tone::Bad, missed(l, obligation).to_owned()),
        _ if obligation.due_at <= moment.now => (Tone::Bad, lateness(l, obligation.due_at, moment)),
        _ => ahead(l, obligation.due_at, moment),
    }
}

/// "3 days late", "5 hours late": since a moment that has passed.
pub fn lateness(l: Locale, due_at: DateTime<Utc>, moment: &Moment) -> String {
    let late = moment.now - due_at;
    let days = (moment.today() - last_day(moment, due_at)).num_days();
    if days >= 1 && (late >= Duration::hours(24) || ends_with_the_day(moment, due_at)) {
        t::late_days(l, days)
    } else if late >= Duration::hours(1) {
        t::late_hours(l, late.num_hours())
    } else {
        t::late_minutes(l, late.num_minutes().max(1))
    }
}

fn ends_with_the_day(moment: &Moment, due_at: DateTime<Utc>) -> bool {
    let local = moment.zone.local(due_at);
    local.num_seconds_from_midnight() == 0
}

fn ahead(l: Locale, due_at: DateTime<Utc>, moment: &Moment) -> (Tone, String) {
    let (today, day) = (moment.today(), last_day(moment, due_at));
    let whole_day = ends_with_the_day(moment, due_at);
    let clock = when::clock(moment.zone, due_at);
    if day == today {
        let words = if whole_day { t::due_today(l).to_owned() } else { t::due_today_at(l, clock) };
        return (Tone::Warn, words);
    }
    let name = if day < monday_after(today) {
        when::short_weekday(l, chrono::Datelike::weekday(&day)).to_owned()
    } else {
        when::day(l, day)
    };
    let words = if whole_day { t::due_by(l, name) } else { t::due_at(l, clock, name) };
    (Tone::Quiet, words)
}

/// The first day of next week.
pub fn monday_after(day: NaiveDate) -> NaiveDate {
    day.week(Weekday::Mon).last_day().checked_add_days(Days::new(1)).unwrap_or(day)
}

/// What a missed obligation has left behind.
fn missed(l: Locale, obligation: &Obligation) -> &'static str {
    let length = obligation.window_start.zip(obligation.window_end).map(|(start, end)| (end - start).num_days());
    match length {
        Some(..=7) => t::missed_week(l),
        Some(8..=31) => t::missed_month(l),
        _ => t::missed(l),
    }
}
