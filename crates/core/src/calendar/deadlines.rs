//! Counting deadlines in working days and working hours.

use std::ops::Range;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::Calendar;

/// The hours of a working day, on the wall clock of the company's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkingHours {
    opens: NaiveTime,
    closes: NaiveTime,
}

impl WorkingHours {
    /// `None` unless the day opens before it closes.
    pub fn new(opens: NaiveTime, closes: NaiveTime) -> Option<WorkingHours> {
        (opens < closes).then_some(WorkingHours { opens, closes })
    }
}

impl Default for WorkingHours {
    /// 9:00 to 18:00.
    fn default() -> Self {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        WorkingHours { opens: hour(9), closes: hour(18) }
    }
}

impl Calendar {
    /// The `n`-th working day after `date`, or before it when `n` is negative. The date itself
    /// never counts, and with 0 it is returned as it is, working day or not.
    pub fn add_working_days(&self, date: NaiveDate, n: i32) -> NaiveDate {
        let step = |date: NaiveDate| if n < 0 { date.pred_opt() } else { date.succ_opt() };
        let mut left = n.unsigned_abs();
        let mut day = date;
        while left > 0 {
            let Some(next) = step(day) else { break };
            day = next;
            left -= u32::from(self.is_working(day));
        }
        day
    }

    /// The first working day on or after `date`.
    pub fn working_day_from(&self, date: NaiveDate) -> NaiveDate {
        if self.is_working(date) { date } else { self.add_working_days(date, 1) }
    }

    /// The end of the `n`-th working day after the instant's local date: the local midnight that
    /// closes it. With 0, the end of that date.
    pub fn end_of_working_day_after(&self, instant: DateTime<Utc>, n: u32) -> DateTime<Utc> {
        self.end_of_working_day_after_date(self.zone.local_date(instant), n)
    }

    /// The end of the `n`-th working day after `date`. For "within n working days after a window
    /// closes" pass the last day of the window: the instant of its end already belongs to the
    /// day after.
    pub fn end_of_working_day_after_date(&self, date: NaiveDate, n: u32) -> DateTime<Utc> {
        let n = i32::try_from(n).unwrap_or(i32::MAX);
        self.zone.end_of_day(self.add_working_days(date, n))
    }

    /// The instant when `hours` of working time have passed. Time outside working hours does not
    /// count; when the last hour ends with the working day, the deadline is that day's closing.
    pub fn add_working_hours(&self, instant: DateTime<Utc>, hours: u32, day: WorkingHours) -> DateTime<Utc> {
        let mut left = TimeDelta::hours(i64::from(hours));
        let mut at = instant;
        let mut date = self.zone.local_date(instant);
        while left > TimeDelta::zero() {
            let opens = self.zone.instant(date.and_time(day.opens)).max(at);
            let available = self.zone.instant(date.and_time(day.closes)) - opens;
            if self.is_working(date) && available > TimeDelta::zero() {
                if left <= available {
                    return opens + left;
                }
                left -= available;
            }
            let Some(next) = date.succ_opt() else { break };
            date = next;
            at = self.zone.start_of_day(date);
        }
        instant
    }

    /// How many days from `start` up to but not including `end` are working days.
    pub fn working_days_between(&self, start: NaiveDate, end: NaiveDate) -> u32 {
        start.iter_days().take_while(|date| *date < end).map(|date| u32::from(self.is_working(date))).sum()
    }

    /// The last working day before `range.end`, unless that is before `range.start`.
    pub fn last_working_day(&self, range: Range<NaiveDate>) -> Option<NaiveDate> {
        let last = range.end.pred_opt()?;
        let day = if self.is_working(last) { last } else { self.add_working_days(last, -1) };
        (day >= range.start && day < range.end).then_some(day)
    }

    /// An instant on a day off moves to `hour` o'clock of the next working day; any other stays.
    pub fn rolled_to(&self, instant: DateTime<Utc>, hour: u32) -> DateTime<Utc> {
        let date = self.zone.local_date(instant);
        if self.is_working(date) {
            return instant;
        }
        let time = NaiveTime::from_hms_opt(hour.min(23), 0, 0).unwrap_or_default();
        self.zone.instant(self.add_working_days(date, 1).and_time(time))
    }
}
