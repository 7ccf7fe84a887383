#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use chrono::{DateTime, NaiveTime, Utc};

use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An instant written on the wall clock of Shanghai.
fn at(local: &str) -> DateTime<Utc> {
    Zone::SHANGHAI.instant(format!("{local}:00").replace(' ', "T").parse().unwrap())
}

fn holiday(name: &str) -> DayKind {
    DayKind::Holiday { name: name.into() }
}

#[test]
fn national_day_2025_gives_eight_days_off_and_two_make_up_days() {
    let calendar = Calendar::default();
    for day in 1..=8 {
        assert!(!calendar.is_working(date(&format!("2025-10-{day:02}"))), "{day} October");
    }
    assert!(calendar.is_working(date("2025-09-28")), "a Sunday");
    assert!(calendar.is_working(date("2025-10-11")), "a Saturday");
    assert!(!calendar.is_working(date("2025-10-12")), "an ordinary Sunday");
    assert_eq!(calendar.day(date("2025-10-01")), Some(&holiday("国庆中秋")));
}

#[test]
fn national_day_2026_gives_seven_days_off_and_two_make_up_days() {
    let calendar = Calendar::default();
    for day in 1..=7 {
        assert!(!calendar.is_working(date(&format!("2026-10-{day:02}"))), "{day} October");
    }
    assert!(calendar.is_working(date("2026-09-20")), "a Sunday");
    assert!(calendar.is_working(date("2026-10-10")), "a Saturday");
    assert!(calendar.is_working(date("2026-10-08")));
    assert!(!calendar.is_provisional(date("2026-12-31")), "the notice covers the whole year");
}

#[test]
fn years_without_a_notice_are_provisional() {
    let calendar = Calendar::default();
    assert!(!calendar.is_working(date("2027-10-01")));
    assert!(calendar.is_working(date("2027-10-04")), "the bridge is not known yet");
    assert!(calendar.is_provisional(date("2027-10-04")));
    assert!(!calendar.is_working(date("2030-02-03")), "Spring Festival 2030");
    assert!(calendar.is_provisional(date("2099-01-01")));
}

#[test]
fn entering_the_notice_settles_its_year() {
    let mut calendar = Calendar::default();
    let days = [
        ("2027-01-01", holiday("元旦")),
        ("2027-10-04", holiday("国庆节")),
        ("2027-10-09", DayKind::WorkingDay),
        ("2028-01-02", DayKind::WorkingDay),
    ];
    calendar.enter_notice(2027, days.map(|(day, kind)| (date(day), kind)));
    assert!(!calendar.is_working(date("2027-10-04")));
    assert!(calendar.is_working(date("2027-10-09")));
    assert!(calendar.is_working(date("2027-10-01")), "the notice replaces the computed days");
    assert!(!calendar.is_provisional(date("2027-06-15")));
    assert!(!calendar.is_provisional(date("2028-01-02")), "settled by the notice of the year before");
    assert!(calendar.is_provisional(date("2028-01-03")));
    assert!(!calendar.is_working(date("2028-01-01")), "the next year keeps its computed days");
}

#[test]
fn a_company_decides_for_a_single_day() {
    let mut calendar = Calendar::default();
    calendar.override_day(date("2026-11-24"), holiday("公司周年庆"));
    calendar.override_day(date("2026-11-28"), DayKind::WorkingDay);
    calendar.override_day(date("2027-02-05"), DayKind::WorkingDay);
    assert!(!calendar.is_working(date("2026-11-24")));
    assert!(calendar.is_working(date("2026-11-28")));
    assert!(calendar.is_working(date("2027-02-05")), "a statutory day on which this company works");
    assert!(!calendar.is_provisional(date("2027-02-05")));
    let changed: Vec<_> = calendar.days_in(date("2026-11-01")..date("2026-12-01")).map(|(day, _)| day).collect();
    assert_eq!(changed, [date("2026-11-24"), date("2026-11-28")]);
    assert_eq!(calendar.days_in(date("2026-12-01")..date("2026-11-01")).count(), 0);
}

#[test]
fn working_days_skip_weekends_and_holidays_but_not_make_up_days() {
    let calendar = Calendar::default();
    let check = |from, n, expected| assert_eq!(calendar.add_working_days(date(from), n), date(expected));
    check("2026-09-30", 1, "2026-10-08");
    check("2026-09-30", 3, "2026-10-10");
    check("2026-09-30", 4, "2026-10-12");
    check("2026-09-18", 1, "2026-09-20");
    check("2026-10-03", 1, "2026-10-08");
    check("2026-10-03", 0, "2026-10-03");
    check("2026-10-08", -1, "2026-09-30");
    check("2026-10-12", -2, "2026-10-09");
    assert_eq!(calendar.working_day_from(date("2026-10-03")), date("2026-10-08"));
    assert_eq!(calendar.working_day_from(date("2026-10-08")), date("2026-10-08"));
}

#[test]
fn a_deadline_in_working_days_is_the_midnight_that_ends_the_last_one() {
    let calendar = Calendar::default();
    let check = |from, n, expected| assert_eq!(calendar.end_of_working_day_after(at(from), n), at(expected));
    check("2026-11-24 09:30", 2, "2026-11-27 00:00");
    check("2026-11-27 23:59", 1, "2026-12-01 00:00");
    check("2026-11-28 00:00", 1, "2026-12-01 00:00");
    check("2026-09-30 10:00", 2, "2026-10-10 00:00");
    check("2026-11-24 09:30", 0, "2026-11-25 00:00");
}

#[test]
fn a_grace_after_a_window_counts_from_its_last_day() {
    let calendar = Calendar::default();
    let week = Window::containing(WindowKind::Week, date("2026-11-24"));
    assert_eq!(calendar.end_of_working_day_after_date(week.last_day(), 2), at("2026-12-02 00:00"));
}

#[test]
fn working_hours_stop_at_night_and_on_days_off() {
    let calendar = Calendar::default();
    let check = |from, hours, expected| {
        assert_eq!(
            calendar.add_working_hours(at(from), hours, WorkingHours::default()),
            at(expected),
            "{from} + {hours}"
        );
    };
    check("2026-11-24 09:30", 4, "2026-11-24 13:30");
    check("2026-11-24 16:00", 4, "2026-11-25 11:00");
    check("2026-11-24 14:00", 4, "2026-11-24 18:00");
    check("2026-11-24 07:00", 4, "2026-11-24 13:00");
    check("2026-11-24 20:00", 4, "2026-11-25 13:00");
    check("2026-11-27 17:00", 4, "2026-11-30 12:00");
    check("2026-11-24 09:00", 27, "2026-11-26 18:00");
    check("2026-09-30 16:00", 4, "2026-10-08 11:00");
    check("2026-11-28 12:00", 0, "2026-11-28 12:00");
}

#[test]
fn working_hours_follow_the_parameters_and_the_wall_clock() {
    let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    assert_eq!(WorkingHours::new(time(18, 0), time(9, 0)), None);
    let short = WorkingHours::new(time(8, 30), time(12, 0)).unwrap();
    let calendar = Calendar::default();
    assert_eq!(calendar.add_working_hours(at("2026-11-24 11:00"), 2, short), at("2026-11-25 09:30"));

    let berlin: Zone = "Europe/Berlin".parse().unwrap();
    let calendar = Calendar::new(berlin);
    let local = |text: &str| berlin.instant(text.parse().unwrap());
    let due = calendar.add_working_hours(local("2026-03-27T17:00:00"), 2, WorkingHours::default());
    assert_eq!(due, local("2026-03-30T10:00:00"), "the clocks changed over the weekend");
}

#[test]
fn working_days_of_a_range_are_counted_without_its_end() {
    let calendar = Calendar::default();
    assert_eq!(calendar.working_days_between(date("2026-11-23"), date("2026-11-30")), 5);
    assert_eq!(calendar.working_days_between(date("2026-11-23"), date("2026-11-23")), 0);
    assert_eq!(calendar.working_days_between(date("2026-11-30"), date("2026-11-23")), 0);
    assert_eq!(calendar.working_days_between(date("2026-01-01"), date("2027-01-01")), 248, "as the 2026 notice has it");
}

#[test]
fn the_last_working_day_of_a_range_may_be_a_make_up_day_or_none() {
    let calendar = Calendar::default();
    let last = |start, end| calendar.last_working_day(date(start)..date(end));
    assert_eq!(last("2026-11-23", "2026-11-30"), Some(date("2026-11-27")));
    assert_eq!(last("2026-02-09", "2026-02-16"), Some(date("2026-02-14")));
    assert_eq!(last("2026-10-01", "2026-10-08"), None);
    assert_eq!(last("2026-11-24", "2026-11-24"), None);
}

#[test]
fn minutes_due_on_a_day_off_move_to_noon_of_the_next_working_day() {
    let calendar = Calendar::default();
    assert_eq!(calendar.rolled_to(at("2026-11-28 15:00"), 12), at("2026-11-30 12:00"));
    assert_eq!(calendar.rolled_to(at("2026-10-01 15:00"), 12), at("2026-10-08 12:00"));
    assert_eq!(calendar.rolled_to(at("2026-10-10 15:00"), 12), at("2026-10-10 15:00"), "a make-up Saturday");
    assert_eq!(calendar.rolled_to(at("2026-11-24 15:00"), 12), at("2026-11-24 15:00"));
}
