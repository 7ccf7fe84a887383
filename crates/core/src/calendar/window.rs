//! Periods that recur: the week in which an account is to be called, the month in which it is to
//! be visited, the quarter and the year of an appraisal.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};

use super::{Calendar, Zone};

/// How long a window is. Weeks begin on Monday (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowKind {
    Week,
    Month,
    Quarter,
    HalfYear,
    Year,
}

impl WindowKind {
    pub const ALL: [WindowKind; 5] =
        [WindowKind::Week, WindowKind::Month, WindowKind::Quarter, WindowKind::HalfYear, WindowKind::Year];

    /// The stored name, the same as in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            WindowKind::Week => "week",
            WindowKind::Month => "month",
            WindowKind::Quarter => "quarter",
            WindowKind::HalfYear => "half_year",
            WindowKind::Year => "year",
        }
    }

    const fn months(self) -> Option<u32> {
        match self {
            WindowKind::Week => None,
            WindowKind::Month => Some(1),
            WindowKind::Quarter => Some(3),
            WindowKind::HalfYear => Some(6),
            WindowKind::Year => Some(12),
        }
    }
}

/// One week, month, quarter, half-year or year, from `start` up to but not including `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Window {
    pub kind: WindowKind,
    pub start: NaiveDate,
    pub end: NaiveDate,
}

/// The numbers by which people name a window. The year of a week is its ISO year, which around
/// New Year differs from the calendar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowLabel {
    Week { year: i32, week: u32 },
    Month { year: i32, month: u32 },
    Quarter { year: i32, quarter: u32 },
    HalfYear { year: i32, half: u32 },
    Year { year: i32 },
}

impl Window {
    /// The window of this kind in which a date lies.
    pub fn containing(kind: WindowKind, date: NaiveDate) -> Window {
        match kind.months() {
            None => Window::from_monday(date.week(Weekday::Mon).first_day()),
            Some(months) => Window::from_month(kind, months, date.year(), date.month0() / months * months),
        }
    }

    pub fn next(self) -> Window {
        Window::containing(self.kind, self.end)
    }

    pub fn previous(self) -> Window {
        Window::containing(self.kind, self.start.pred_opt().unwrap_or(self.start))
    }

    pub fn contains(self, date: NaiveDate) -> bool {
        self.start <= date && date < self.end
    }

    /// The last date that lies in the window.
    pub fn last_day(self) -> NaiveDate {
        self.end.pred_opt().unwrap_or(self.end)
    }

    /// The instants at which the window opens and closes; the second already lies outside.
    pub fn bounds(self, zone: Zone) -> (DateTime<Utc>, DateTime<Utc>) {
        (zone.start_of_day(self.start), zone.start_of_day(self.end))
    }

    /// How many working days the window has: a week below the rulebook's minimum opens nothing.
    pub fn working_days(self, calendar: &Calendar) -> u32 {
        calendar.working_days_between(self.start, self.end)
    }

    pub fn label(self) -> WindowLabel {
        let year = self.start.year();
        let month = self.start.month();
        match self.kind {
            WindowKind::Week => {
                let week = self.start.iso_week();
                WindowLabel::Week { year: week.year(), week: week.week() }
            }
            WindowKind::Month => WindowLabel::Month { year, month },
            WindowKind::Quarter => WindowLabel::Quarter { year, quarter: month.div_ceil(3) },
            WindowKind::HalfYear => WindowLabel::HalfYear { year, half: month.div_ceil(6) },
            WindowKind::Year => WindowLabel::Year { year },
        }
    }

    fn from_monday(monday: NaiveDate) -> Window {
        let end = monday.checked_add_days(Days::new(7)).unwrap_or(NaiveDate::MAX);
        Window { kind: WindowKind::Week, start: monday, end }
    }

    fn from_month(kind: WindowKind, months: u32, year: i32, month0: u32) -> Window {
        let start = NaiveDate::from_ymd_opt(year, month0 + 1, 1).unwrap_or(NaiveDate::MIN);
        let end = start.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX);
        Window { kind, start, end }
    }
}

/// A short key that names the window and sorts with its kind: `2026-W48`, `2026-11`, `2026-Q4`,
/// `2026-H2`, `2026`.
impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.label() {
            WindowLabel::Week { year, week } => write!(f, "{year:04}-W{week:02}"),
            WindowLabel::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            WindowLabel::Quarter { year, quarter } => write!(f, "{year:04}-Q{quarter}"),
            WindowLabel::HalfYear { year, half } => write!(f, "{year:04}-H{half}"),
            WindowLabel::Year { year } => write!(f, "{year:04}"),
        }
    }
}

/// The text names no week, month, quarter, half-year or year.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown period {0:?}; write it like 2026-W48, 2026-11, 2026-Q4, 2026-H2 or 2026")]
pub struct UnknownWindow(String);

impl FromStr for Window {
    type Err = UnknownWindow;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).ok_or_else(|| UnknownWindow(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<Window> {
    let Some((year, part)) = text.split_once('-') else {
        return Some(Window::containing(WindowKind::Year, NaiveDate::from_ymd_opt(text.parse().ok()?, 1, 1)?));
    };
    let year: i32 = year.parse().ok()?;
    let month_of = |number: &str, months: u32| {
        let number: u32 = number.parse().ok().filter(|number| (1..=12 / months).contains(number))?;
        NaiveDate::from_ymd_opt(year, (number - 1) * months + 1, 1)
    };
    let (kind, start) = match part.chars().next()? {
        'W' => (WindowKind::Week, NaiveDate::from_isoywd_opt(year, part[1..].parse().ok()?, Weekday::Mon)?),
        'Q' => (WindowKind::Quarter, month_of(&part[1..], 3)?),
        'H' => (WindowKind::HalfYear, month_of(&part[1..], 6)?),
        _ => (WindowKind::Month, month_of(part, 1)?),
    };
    Some(Window::containing(kind, start))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn check(kind: WindowKind, day: &str, key: &str, start: &str, end: &str) {
        let window = Window::containing(kind, date(day));
        assert_eq!(window, Window { kind, start: date(start), end: date(end) });
        assert_eq!(window.to_string(), key);
        assert_eq!(key.parse(), Ok(window));
        assert!(window.contains(date(day)) && window.contains(window.last_day()));
        assert!(!window.contains(window.end));
    }

    #[test]
    fn a_date_lies_in_one_window_of_each_kind() {
        check(WindowKind::Week, "2026-11-24", "2026-W48", "2026-11-23", "2026-11-30");
        check(WindowKind::Month, "2026-11-24", "2026-11", "2026-11-01", "2026-12-01");
        check(WindowKind::Quarter, "2026-11-24", "2026-Q4", "2026-10-01", "2027-01-01");
        check(WindowKind::HalfYear, "2026-06-30", "2026-H1", "2026-01-01", "2026-07-01");
        check(WindowKind::Year, "2026-11-24", "2026", "2026-01-01", "2027-01-01");
        check(WindowKind::Month, "2028-02-29", "2028-02", "2028-02-01", "2028-03-01");
    }

    #[test]
    fn a_week_over_new_year_belongs_to_the_year_of_its_thursday() {
        check(WindowKind::Week, "2024-12-30", "2025-W01", "2024-12-30", "2025-01-06");
        check(WindowKind::Week, "2027-01-03", "2026-W53", "2026-12-28", "2027-01-04");
        check(WindowKind::Week, "2023-01-01", "2022-W52", "2022-12-26", "2023-01-02");
    }

    #[test]
    fn windows_follow_each_other_without_gap_or_overlap() {
        for kind in WindowKind::ALL {
            let mut window = Window::containing(kind, date("2019-12-31"));
            for _ in 0..400 {
                let next = window.next();
                assert_eq!(next.start, window.end);
                assert_eq!(next.previous(), window);
                window = next;
            }
        }
    }

    #[test]
    fn a_window_opens_and_closes_at_local_midnight() {
        let week = Window::containing(WindowKind::Week, date("2026-03-25"));
        let (opens, closes) = week.bounds(Zone::SHANGHAI);
        assert_eq!(opens.to_rfc3339(), "2026-03-22T16:00:00+00:00");
        assert_eq!((closes - opens).num_hours(), 168);
        let (opens, closes) = week.bounds("Europe/Berlin".parse().unwrap());
        assert_eq!((closes - opens).num_hours(), 167, "the clocks go forward on 29 March 2026");
    }

    #[test]
    fn the_week_of_national_day_has_too_few_working_days_for_a_cadence() {
        let calendar = Calendar::default();
        let working_days = |day| Window::containing(WindowKind::Week, date(day)).working_days(&calendar);
        assert_eq!(working_days("2026-10-01"), 3, "Monday to Wednesday");
        assert_eq!(working_days("2026-10-07"), 3, "Thursday, Friday and the make-up Saturday");
        assert_eq!(working_days("2026-02-18"), 0, "Spring Festival");
        assert_eq!(working_days("2026-02-11"), 6, "a make-up Saturday before Spring Festival");
    }

    #[test]
    fn text_that_names_no_period_is_refused() {
        for text in ["", "2026-W54", "2026-13", "2026-Q5", "2026-Q0", "2026-H3", "2026-", "x", "2026-W"] {
            assert_eq!(text.parse::<Window>(), Err(UnknownWindow(text.to_owned())));
        }
    }
}
