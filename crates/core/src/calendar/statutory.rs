//! The holidays that the law fixes for every year (全国年节及纪念日放假办法, State Council Decree 795,
//! in force from 1 January 2025). Bridges and make-up days are only known from the yearly notice.

use chrono::NaiveDate;
use tyme4rs::tyme::solar::SolarTerm;

use super::lunar::LunarDate;
use super::{DayKind, HolidayName};

/// Qingming is the eighth solar term counted from the winter solstice before the year begins.
const QINGMING_TERM: isize = 7;

/// The thirteen statutory days of a year; twelve when the Mid-Autumn Festival meets National Day.
pub(super) fn holidays(year: i32) -> impl Iterator<Item = (NaiveDate, DayKind)> {
    let solar = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let lunar = |month, day| LunarDate { year, month, day, leap: false }.to_solar();
    let spring = lunar(1, 1);
    let eve = spring.and_then(|date| date.pred_opt());
    let mid_autumn = lunar(8, 15);
    let national_day = |day| {
        let date = solar(10, day);
        let name = if date == mid_autumn { HolidayName::NationalDayAndMidAutumn } else { HolidayName::NationalDay };
        (date, name)
    };
    [
        (solar(1, 1), HolidayName::NewYear),
        (eve, HolidayName::SpringFestival),
        (spring, HolidayName::SpringFestival),
        (lunar(1, 2), HolidayName::SpringFestival),
        (lunar(1, 3), HolidayName::SpringFestival),
        (qingming(year), HolidayName::Qingming),
        (solar(5, 1), HolidayName::LabourDay),
        (solar(5, 2), HolidayName::LabourDay),
        (lunar(5, 5), HolidayName::DragonBoat),
        (mid_autumn, HolidayName::MidAutumn),
        national_day(1),
        national_day(2),
        national_day(3),
    ]
    .into_iter()
    .filter_map(|(date, name)| Some((date?, DayKind::Holiday { name })))
}

fn qingming(year: i32) -> Option<NaiveDate> {
    let day = SolarTerm::from_index(year as isize, QINGMING_TERM).get_solar_day();
    super::lunar::solar_date(&day)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::collections::{BTreeMap, BTreeSet};

    use chrono::Datelike;

    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_statutory_days_of_2027_fall_where_the_almanac_has_them() {
        let days: BTreeSet<_> = holidays(2027).map(|(date, _)| date).collect();
        let expected = [
            (1, 1),
            (2, 5),
            (2, 6),
            (2, 7),
            (2, 8),
            (4, 5),
            (5, 1),
            (5, 2),
            (6, 9),
            (9, 15),
            (10, 1),
            (10, 2),
            (10, 3),
        ];
        assert_eq!(days, expected.map(|(month, day)| date(2027, month, day)).into());
    }

    #[test]
    fn the_computed_days_are_holidays_in_the_published_notices_too() {
        let published = super::super::published::days();
        for year in [2025, 2026] {
            for (date, _) in holidays(year) {
                assert!(matches!(published.get(&date), Some(DayKind::Holiday { .. })), "{date}");
            }
        }
    }

    #[test]
    fn mid_autumn_on_national_day_is_one_day_with_both_names() {
        let days: BTreeMap<_, _> = holidays(2028).collect();
        assert_eq!(days.len(), 12);
        assert_eq!(
            days.get(&date(2028, 10, 3)),
            Some(&DayKind::Holiday { name: HolidayName::NationalDayAndMidAutumn })
        );
        assert!(days.keys().all(|date| date.year() == 2028));
    }
}
