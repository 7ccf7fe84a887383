//! Days that come back every year, solar or lunar: birthdays and anniversaries (4.4.2).

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{LunarDate, YEARS, month_length, numerals};

/// A month and a day in one of the two calendars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MonthDay {
    Solar { month: u32, day: u32 },
    Lunar { month: u32, day: u32, leap: bool },
}

/// A birthday or anniversary; the year of its origin is often not known.
///
/// Written `1980-03-05`, `--03-05`, `lunar:1980-08-15`, `lunar:--08-15`, `lunar:1987-leap-06-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct YearlyDay {
    day: MonthDay,
    year: Option<i32>,
}

/// The text is no day of a year.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("no yearly day: {0:?}; write it like 1980-03-05, --03-05, lunar:1980-08-15 or 农历八月十五")]
pub struct NotAYearlyDay(String);

impl YearlyDay {
    /// `None` when no year, or not the given one, has such a day. A lunar leap month is only
    /// checked when the year is given.
    pub fn new(day: MonthDay, year: Option<i32>) -> Option<YearlyDay> {
        let longest = match (day, year) {
            (MonthDay::Solar { month, day }, year) => {
                // 2000 was a leap year: without a year, 29 February is a day.
                return NaiveDate::from_ymd_opt(year.unwrap_or(2000), month, day)
                    .map(|_| YearlyDay { day: MonthDay::Solar { month, day }, year });
            }
            (MonthDay::Lunar { month, leap, .. }, Some(year)) => month_length(year, month, leap)?,
            (MonthDay::Lunar { month, .. }, None) => (1..=12).contains(&month).then_some(30)?,
        };
        let MonthDay::Lunar { day: number, .. } = day else { return None };
        (1..=longest).contains(&number).then_some(YearlyDay { day, year })
    }

    pub fn month_day(self) -> MonthDay {
        self.day
    }

    pub fn year(self) -> Option<i32> {
        self.year
    }

    pub fn is_lunar(self) -> bool {
        matches!(self.day, MonthDay::Lunar { .. })
    }

    /// The next solar date, `date` itself included, on which the day comes round. 29 February
    /// falls on the 28th in common years, the 30th of a lunar month of 29 days on its last day,
    /// and a day of a leap month on the ordinary month of that number when the year has no such
    /// leap month. `None` only for dates beyond the years of the lunar tables.
    pub fn next_on_or_after(self, date: NaiveDate) -> Option<NaiveDate> {
        let year = date.year();
        if matches!(self.day, MonthDay::Lunar { .. }) && !YEARS.contains(&year) {
            return None;
        }
        (year - 1..=year + 1).filter_map(|year| self.in_year(year)).find(|found| *found >= date)
    }

    /// The solar date of the day in one (solar or lunar) year.
    fn in_year(self, year: i32) -> Option<NaiveDate> {
        match self.day {
            MonthDay::Solar { month, day } => {
                NaiveDate::from_ymd_opt(year, month, day).or_else(|| NaiveDate::from_ymd_opt(year, month, day - 1))
            }
            MonthDay::Lunar { month, day, leap } => {
                let leap = leap && super::leap_month(year) == Some(month);
                let day = day.min(month_length(year, month, leap)?);
                LunarDate { year, month, day, leap }.to_solar()
            }
        }
    }
}

impl fmt::Display for YearlyDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year.map_or_else(|| "-".to_owned(), |year| format!("{year:04}"));
        match self.day {
            MonthDay::Solar { month, day } => write!(f, "{year}-{month:02}-{day:02}"),
            MonthDay::Lunar { month, day, leap } => {
                let leap = if leap { "leap-" } else { "" };
                write!(f, "lunar:{year}-{leap}{month:02}-{day:02}")
            }
        }
    }
}

impl FromStr for YearlyDay {
    type Err = NotAYearlyDay;

    /// Reads the stored form and what people write: `1980/3/5`, `1980年3月5日`, `3月5日`,
    /// `农历八月十五`, `农历1987年闰六月初三`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text.trim()).ok_or_else(|| NotAYearlyDay(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<YearlyDay> {
    let lunar_marks = ["lunar:", "农历", "農曆", "阴历", "陰曆", "旧历", "舊曆"];
    let solar_marks = ["solar:", "公历", "公曆", "阳历", "陽曆", "新历", "新曆", "国历", "國曆"];
    let lunar = lunar_marks.into_iter().find_map(|mark| text.strip_prefix(mark));
    let solar = solar_marks.into_iter().find_map(|mark| text.strip_prefix(mark));
    let rest = lunar.or(solar).unwrap_or(text).trim_start_matches([':', '：', ' ']).trim();

    let (year, rest) = split_year(rest)?;
    let without_leap = ["leap-", "闰", "閏"].into_iter().find_map(|mark| rest.strip_prefix(mark));
    let leap = without_leap.is_some();
    let (month, day) = without_leap.unwrap_or(rest).split_once(['月', '-', '/', '.'])?;
    let (month, day) = (numerals::month(month.trim())?, numerals::day(day.trim())?);
    match (lunar.is_some(), leap) {
        (true, _) => YearlyDay::new(MonthDay::Lunar { month, day, leap }, year),
        (false, false) => YearlyDay::new(MonthDay::Solar { month, day }, year),
        (false, true) => None,
    }
}

/// Takes a leading year of four digits, or the `--` that stands for none, off the text.
fn split_year(text: &str) -> Option<(Option<i32>, &str)> {
    if let Some(rest) = text.strip_prefix("--") {
        return Some((None, rest));
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if digits < 4 {
        return Some((None, text));
    }
    let year = text[..digits].parse().ok().filter(|year| YEARS.contains(year))?;
    let rest = text[digits..].strip_prefix(['-', '/', '.', '年'])?;
    Some((Some(year), rest.trim()))
}

impl TryFrom<String> for YearlyDay {
    type Error = NotAYearlyDay;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<YearlyDay> for String {
    fn from(day: YearlyDay) -> String {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn check_next(day: &str, from: &str, expected: &str) {
        let day: YearlyDay = day.parse().unwrap();
        assert_eq!(day.next_on_or_after(from.parse().unwrap()), Some(expected.parse().unwrap()), "{day} from {from}");
    }

    #[test]
    fn a_solar_birthday_comes_round_on_its_date() {
        check_next("1980-03-05", "2026-03-05", "2026-03-05");
        check_next("1980-03-05", "2026-03-06", "2027-03-05");
        check_next("--01-01", "2026-12-31", "2027-01-01");
    }

    #[test]
    fn a_29_february_falls_on_the_28th_in_common_years() {
        check_next("1992-02-29", "2026-02-01", "2026-02-28");
        check_next("1992-02-29", "2027-03-01", "2028-02-29");
        check_next("1992-02-29", "2028-02-29", "2028-02-29");
    }

    #[test]
    fn a_lunar_birthday_moves_through_the_solar_year() {
        check_next("农历八月十五", "2025-01-01", "2025-10-06");
        check_next("农历八月十五", "2025-10-07", "2026-09-25");
        check_next("lunar:--12-08", "2026-01-01", "2026-01-26");
    }

    #[test]
    fn a_lunar_30th_falls_on_the_last_day_of_a_short_month() {
        // The twelfth month has 29 days in the lunar years 2025 and 2026: the eve of the Spring Festival.
        check_next("lunar:--12-30", "2026-01-01", "2026-02-16");
        check_next("lunar:--12-30", "2026-02-17", "2027-02-05");
    }

    #[test]
    fn a_birthday_in_a_leap_month_uses_the_ordinary_month_in_other_years() {
        check_next("lunar:1987-leap-06-03", "2025-01-01", "2025-07-27");
        check_next("lunar:1987-leap-06-03", "2026-01-01", "2026-07-16");
    }

    #[test]
    fn days_are_read_in_the_forms_people_write() {
        let forms = [
            ("1980-03-05", "1980-03-05"),
            ("1980/3/5", "1980-03-05"),
            ("1980.3.5", "1980-03-05"),
            ("1980年3月5日", "1980-03-05"),
            ("3月5日", "--03-05"),
            ("3-5", "--03-05"),
            ("阳历3月5号", "--03-05"),
            ("农历八月十五", "lunar:--08-15"),
            ("農曆 正月初一", "lunar:--01-01"),
            ("阴历：腊月廿三", "lunar:--12-23"),
            ("农历1987年闰六月初三", "lunar:1987-leap-06-03"),
            (" lunar:1980-08-15 ", "lunar:1980-08-15"),
        ];
        for (text, stored) in forms {
            let day: YearlyDay = text.parse().unwrap();
            assert_eq!(day.to_string(), stored);
            assert_eq!(stored.parse(), Ok(day));
        }
    }

    #[test]
    fn days_that_no_year_has_are_refused() {
        let wrong = [
            "",
            "生日",
            "02-30",
            "2026-02-29",
            "13-01",
            "00-10",
            "闰六月初三",
            "lunar:--13-01",
            "lunar:--01-31",
            "lunar:2026-leap-06-03",
            "lunar:2026-12-30",
            "0001-01-01",
            "2026-3",
            "--",
            "四月三十一日",
        ];
        for text in wrong {
            assert_eq!(text.parse::<YearlyDay>(), Err(NotAYearlyDay(text.to_owned())), "{text}");
        }
    }
}
