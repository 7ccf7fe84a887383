//! The business calendar: which days the company works, and how deadlines are counted on it.
//!
//! A clause says "within two working days" or "once a week"; this module turns such words into
//! instants. Days follow the public holidays and make-up working days of mainland China as far as
//! the State Council has published them, then the statutory days, marked provisional until the
//! notice of that year is entered. A company can change any day.

mod deadlines;
mod holiday;
pub mod lunar;
mod published;
mod statutory;
mod window;
mod zone;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};

pub use deadlines::WorkingHours;
pub use holiday::HolidayName;
pub use window::{UnknownWindow, Window, WindowKind, WindowLabel};
pub use zone::{UnknownZone, Zone};

/// How many years after the last published notice carry computed statutory days.
const PROVISIONAL_YEARS: i32 = 10;

/// What makes a day differ from its weekday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// Nobody works, whatever the weekday.
    Holiday { name: HolidayName },
    /// Everybody works although it is a weekend or a holiday (调休上班).
    WorkingDay,
}

/// The company's working days, in the company's time zone.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: Zone,
    days: BTreeMap<NaiveDate, DayKind>,
    settled_days: BTreeSet<NaiveDate>,
    settled_years: BTreeSet<i32>,
}

/// The built-in days, read and computed once for the process.
struct BuiltIn {
    days: BTreeMap<NaiveDate, DayKind>,
    last_published_year: i32,
}

static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(|| {
    let mut days = published::days();
    let last_published_year = days.keys().next_back().map_or(0, Datelike::year);
    for year in last_published_year + 1..=last_published_year + PROVISIONAL_YEARS {
        days.extend(statutory::holidays(year));
    }
    BuiltIn { days, last_published_year }
});

impl Calendar {
    /// The calendar of a company in mainland China.
    pub fn new(zone: Zone) -> Calendar {
        Calendar { zone, days: BUILT_IN.days.clone(), settled_days: BTreeSet::new(), settled_years: BTreeSet::new() }
    }

    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// The company decides for one day, against whatever the calendar says so far.
    pub fn override_day(&mut self, date: NaiveDate, kind: DayKind) {
        self.days.insert(date, kind);
        self.settled_days.insert(date);
    }

    /// Enters the notice for a year: its days replace everything known of that year, which is
    /// no longer provisional. Days of neighbouring years in the same notice settle one by one.
    pub fn enter_notice(&mut self, year: i32, days: impl IntoIterator<Item = (NaiveDate, DayKind)>) {
        self.days.retain(|date, _| date.year() != year);
        self.settled_years.insert(year);
        for (date, kind) in days {
            self.override_day(date, kind);
        }
    }

    pub fn is_working(&self, date: NaiveDate) -> bool {
        match self.days.get(&date) {
            Some(DayKind::Holiday { .. }) => false,
            Some(DayKind::WorkingDay) => true,
            None => !matches!(date.weekday(), Weekday::Sat | Weekday::Sun),
        }
    }

    /// Whether the day may still change because the notice of its year is not entered.
    pub fn is_provisional(&self, date: NaiveDate) -> bool {
        date.year() > BUILT_IN.last_published_year
            && !self.settled_years.contains(&date.year())
            && !self.settled_days.contains(&date)
    }

    /// What the calendar says of a day, when that differs from its weekday.
    pub fn day(&self, date: NaiveDate) -> Option<&DayKind> {
        self.days.get(&date)
    }

    /// The holidays and make-up days from `range.start` up to but not including `range.end`.
    pub fn days_in(&self, range: Range<NaiveDate>) -> impl Iterator<Item = (NaiveDate, &DayKind)> {
        // A BTreeMap panics on a range that runs backwards.
        let end = range.end.max(range.start);
        self.days.range(range.start..end).map(|(date, kind)| (*date, kind))
    }
}

impl Default for Calendar {
    fn default() -> Self {
        Calendar::new(Zone::default())
    }
}

#[cfg(test)]
mod tests;
