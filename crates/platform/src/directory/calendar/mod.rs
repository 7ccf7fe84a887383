//! The company's business calendar: the public holidays as published, with the yearly notices and
//! the single days that the company has entered on top.

mod change_day;
mod enter_notice;
mod store;

use chrono::{Datelike as _, NaiveDate};
use uuid::Uuid;

pub use change_day::{DayDraft, change_day, reset_day};
pub use enter_notice::{HolidayDraft, NoticeDraft, enter_notice};
pub use store::calendar;

pub(super) use store::settled_days;

/// The history of a year's calendar stands under this id.
pub(super) fn year_id(year: i32) -> Uuid {
    Uuid::from_u128(u128::from(year.unsigned_abs()))
}

/// The years whose calendar can be read and changed: everything before is history of the law.
pub const YEARS: std::ops::RangeInclusive<i32> = 2020..=2099;

fn in_reach(day: NaiveDate) -> bool {
    YEARS.contains(&day.year())
}
