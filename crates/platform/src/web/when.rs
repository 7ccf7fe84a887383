//! Days and times as people write them, in the company's zone and the reader's language.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc, Weekday};
use kehu_core::Locale;
use kehu_core::calendar::Zone;

use crate::t;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `11月24日`, `24 Nov`.
pub fn day(l: Locale, date: NaiveDate) -> String {
    match l {
        Locale::En => format!("{} {}", date.day(), MONTHS[date.month0() as usize]),
        _ => format!("{}月{}日", date.month(), date.day()),
    }
}

/// `2026年11月24日`, `24 Nov 2026`.
pub fn full_day(l: Locale, date: NaiveDate) -> String {
    match l {
        Locale::En => format!("{} {} {}", date.day(), MONTHS[date.month0() as usize], date.year()),
        _ => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
    }
}

/// `11月`, `Nov`.
pub fn month(l: Locale, date: NaiveDate) -> String {
    match l {
        Locale::En => MONTHS[date.month0() as usize].to_owned(),
        _ => format!("{}月", date.month()),
    }
}

/// `星期二`, `Tuesday`.
pub fn weekday(l: Locale, day: Weekday) -> &'static str {
    let n = day.num_days_from_monday() as usize;
    match l {
        Locale::En => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][n],
        _ => ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"][n],
    }
}

/// `周二` (`週二`), `Tue`.
pub fn short_weekday(l: Locale, day: Weekday) -> &'static str {
    let n = day.num_days_from_monday() as usize;
    match l {
        Locale::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][n],
        Locale::ZhHans => ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][n],
        Locale::ZhHant => ["週一", "週二", "週三", "週四", "週五", "週六", "週日"][n],
    }
}

/// `二`, `Tu`: for the head of a small calendar.
pub fn weekday_letter(l: Locale, day: Weekday) -> &'static str {
    let n = day.num_days_from_monday() as usize;
    match l {
        Locale::En => ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"][n],
        _ => ["一", "二", "三", "四", "五", "六", "日"][n],
    }
}

/// `14:30`.
pub fn clock(zone: Zone, moment: DateTime<Utc>) -> String {
    let local = zone.local(moment);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// `11月24日 14:30`; with the year when it is not this one.
pub fn moment(l: Locale, zone: Zone, now: DateTime<Utc>, moment: DateTime<Utc>) -> String {
    format!("{} {}", near_day(l, zone, now, zone.local_date(moment)), clock(zone, moment))
}

/// Today, yesterday and tomorrow by name, other days by date, with the year when it is not this one.
pub fn near_day(l: Locale, zone: Zone, now: DateTime<Utc>, date: NaiveDate) -> String {
    let today = zone.local_date(now);
    match (date - today).num_days() {
        0 => t::app::today(l).to_owned(),
        -1 => t::app::yesterday(l).to_owned(),
        1 => t::app::tomorrow(l).to_owned(),
        _ if date.year() == today.year() => day(l, date),
        _ => full_day(l, date),
    }
}

/// The value of an `input type=datetime-local`.
pub fn input(zone: Zone, moment: DateTime<Utc>) -> String {
    zone.local(moment).format("%Y-%m-%dT%H:%M").to_string()
}
