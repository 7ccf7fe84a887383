//! The lunar calendar: birthdays and festivals that move through the solar year.
//!
//! Tables come from `tyme4rs`, which panics when asked for a leap month that a year does not
//! have or for a year outside its range; every call here checks first.

mod numerals;
mod yearly;

use chrono::{Datelike, NaiveDate};
use tyme4rs::tyme::lunar::{LunarMonth, LunarYear};
use tyme4rs::tyme::solar::SolarDay;

pub use yearly::{MonthDay, NotAYearlyDay, YearlyDay};

/// The years for which lunar dates are computed. The tables reach further; nobody's birthday does.
pub const YEARS: std::ops::RangeInclusive<i32> = 1800..=2300;

/// A date of the lunar calendar; `year` is the solar year in which the lunar year begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LunarDate {
    pub year: i32,
    pub month: u32,
    pub day: u32,
    /// The second of two months with the same number (闰月).
    pub leap: bool,
}

impl LunarDate {
    /// The lunar date of a solar one; `None` outside [`YEARS`].
    pub fn from_solar(date: NaiveDate) -> Option<LunarDate> {
        if !YEARS.contains(&date.year()) {
            return None;
        }
        let day = SolarDay::from_ymd(date.year() as isize, date.month() as usize, date.day() as usize).get_lunar_day();
        let month = day.get_lunar_month();
        Some(LunarDate {
            year: i32::try_from(month.get_year()).ok()?,
            month: u32::try_from(month.get_month()).ok()?,
            day: u32::try_from(day.get_day()).ok()?,
            leap: month.is_leap(),
        })
    }

    /// The solar date; `None` when that year has no such month or day.
    pub fn to_solar(self) -> Option<NaiveDate> {
        let length = month_length(self.year, self.month, self.leap)?;
        if !(1..=length).contains(&self.day) {
            return None;
        }
        let first = month(self.year, self.month, self.leap)?.get_first_julian_day().get_solar_day();
        solar_date(&first)?.checked_add_days(chrono::Days::new(u64::from(self.day - 1)))
    }
}

/// The leap month of a lunar year, if it has one.
pub fn leap_month(year: i32) -> Option<u32> {
    if !YEARS.contains(&year) {
        return None;
    }
    let month = LunarYear::new(year as isize).ok()?.get_leap_month();
    u32::try_from(month).ok().filter(|month| *month > 0)
}

/// 29 or 30; `None` when the year has no such month.
pub fn month_length(year: i32, number: u32, leap: bool) -> Option<u32> {
    u32::try_from(month(year, number, leap)?.get_day_count()).ok()
}

fn month(year: i32, number: u32, leap: bool) -> Option<LunarMonth> {
    if !YEARS.contains(&year) || !(1..=12).contains(&number) || (leap && leap_month(year) != Some(number)) {
        return None;
    }
    let number = number as isize;
    LunarMonth::new(year as isize, if leap { -number } else { number }).ok()
}

pub(super) fn solar_date(day: &SolarDay) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(
        i32::try_from(day.get_year()).ok()?,
        u32::try_from(day.get_month()).ok()?,
        u32::try_from(day.get_day()).ok()?,
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn lunar_new_year_begins_the_lunar_year() {
        for (year, solar) in [(2025, "2025-01-29"), (2026, "2026-02-17"), (2027, "2027-02-06"), (2033, "2033-01-31")] {
            let lunar = LunarDate { year, month: 1, day: 1, leap: false };
            assert_eq!(lunar.to_solar(), Some(solar.parse().unwrap()));
        }
    }

    #[test]
    fn every_solar_day_has_one_lunar_date_that_leads_back_to_it() {
        let start: NaiveDate = "2019-12-20".parse().unwrap();
        for date in start.iter_days().take(366 * 6) {
            let lunar = LunarDate::from_solar(date).unwrap();
            assert_eq!(lunar.to_solar(), Some(date), "{lunar:?}");
        }
    }

    #[test]
    fn a_leap_month_exists_only_in_its_year() {
        assert_eq!(leap_month(2025), Some(6));
        assert_eq!(leap_month(2026), None);
        assert_eq!(LunarDate { year: 2026, month: 6, day: 1, leap: true }.to_solar(), None);
        assert_eq!(LunarDate { year: 2025, month: 7, day: 1, leap: true }.to_solar(), None);
        let leap = LunarDate { year: 2025, month: 6, day: 1, leap: true };
        assert_eq!(leap.to_solar(), Some("2025-07-25".parse().unwrap()));
    }

    #[test]
    fn impossible_dates_and_remote_years_give_nothing() {
        for (year, month, day) in [(2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 31), (9999, 1, 1), (-5, 1, 1)] {
            assert_eq!(LunarDate { year, month, day, leap: false }.to_solar(), None);
        }
        assert_eq!(LunarDate::from_solar(NaiveDate::MAX), None);
    }
}
