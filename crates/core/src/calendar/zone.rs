//! The time zone in which a company reckons its days.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A zone of the IANA database; Asia/Shanghai unless the company says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(Tz);

/// The text is no zone of the IANA database.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown time zone {0:?}; write it like Asia/Shanghai")]
pub struct UnknownZone(String);

impl Zone {
    pub const SHANGHAI: Zone = Zone(Tz::Asia__Shanghai);

    /// The IANA name, such as `Asia/Shanghai`.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The wall clock at an instant.
    pub fn local(self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant.with_timezone(&self.0).naive_local()
    }

    /// The calendar date at an instant.
    pub fn local_date(self, instant: DateTime<Utc>) -> NaiveDate {
        self.local(instant).date()
    }

    /// The instant when the wall clock shows `local`. A time that occurs twice (clocks go back)
    /// is the first of the two; one that never occurs (clocks go forward) is the first instant
    /// after the gap.
    pub fn instant(self, local: NaiveDateTime) -> DateTime<Utc> {
        match self.0.from_local_datetime(&local) {
            LocalResult::Single(found) | LocalResult::Ambiguous(found, _) => found.with_timezone(&Utc),
            LocalResult::None => self.after_gap(local),
        }
    }

    /// The instant at which a date begins; normally midnight.
    pub fn start_of_day(self, date: NaiveDate) -> DateTime<Utc> {
        self.instant(date.and_time(NaiveTime::MIN))
    }

    /// The instant at which a date is over: the start of the following one.
    pub fn end_of_day(self, date: NaiveDate) -> DateTime<Utc> {
        self.start_of_day(date.succ_opt().unwrap_or(date))
    }

    /// Zones shift by whole quarter hours; Samoa once left out a whole day.
    fn after_gap(self, local: NaiveDateTime) -> DateTime<Utc> {
        (1..=4 * 26)
            .map(|quarters| local + TimeDelta::minutes(15 * quarters))
            .find_map(|later| self.0.from_local_datetime(&later).earliest())
            .map_or_else(|| local.and_utc(), |found| found.with_timezone(&Utc))
    }
}

impl Default for Zone {
    fn default() -> Self {
        Zone::SHANGHAI
    }
}

impl FromStr for Zone {
    type Err = UnknownZone;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.trim().parse().map(Zone).map_err(|_| UnknownZone(text.to_owned()))
    }
}

impl TryFrom<String> for Zone {
    type Error = UnknownZone;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> String {
        zone.name().to_owned()
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_in_shanghai_begins_eight_hours_before_utc() {
        let zone = Zone::default();
        assert_eq!(zone.start_of_day(date("2026-11-24")), utc("2026-11-23T16:00:00Z"));
        assert_eq!(zone.end_of_day(date("2026-11-24")), utc("2026-11-24T16:00:00Z"));
        assert_eq!(zone.local_date(utc("2026-11-23T15:59:59Z")), date("2026-11-23"));
        assert_eq!(zone.local_date(utc("2026-11-23T16:00:00Z")), date("2026-11-24"));
    }

    #[test]
    fn days_around_a_clock_change_are_23_or_25_hours_long() {
        let berlin: Zone = "Europe/Berlin".parse().unwrap();
        let length = |day| berlin.end_of_day(date(day)) - berlin.start_of_day(date(day));
        assert_eq!(length("2026-03-29"), TimeDelta::hours(23));
        assert_eq!(length("2026-10-25"), TimeDelta::hours(25));
        assert_eq!(length("2026-06-01"), TimeDelta::hours(24));
    }

    #[test]
    fn a_time_that_occurs_twice_is_the_first_one() {
        let berlin: Zone = "Europe/Berlin".parse().unwrap();
        let twice = date("2026-10-25").and_hms_opt(2, 30, 0).unwrap();
        assert_eq!(berlin.instant(twice), utc("2026-10-25T00:30:00Z"));
    }

    #[test]
    fn a_day_without_midnight_begins_after_the_gap() {
        let cairo: Zone = "Africa/Cairo".parse().unwrap();
        assert_eq!(cairo.start_of_day(date("2026-04-24")), utc("2026-04-23T22:00:00Z"));
        assert_eq!(cairo.local(utc("2026-04-23T22:00:00Z")).to_string(), "2026-04-24 01:00:00");
        let apia: Zone = "Pacific/Apia".parse().unwrap();
        assert_eq!(apia.start_of_day(date("2011-12-30")), apia.start_of_day(date("2011-12-31")));
    }

    #[test]
    fn a_zone_is_written_by_its_iana_name() {
        assert_eq!("Asia/Taipei".parse::<Zone>().unwrap().to_string(), "Asia/Taipei");
        assert_eq!("Mars/Olympus".parse::<Zone>(), Err(UnknownZone("Mars/Olympus".to_owned())));
    }
}
