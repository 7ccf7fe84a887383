//! The period that a list or a report covers, as the address names it.

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use kehu_core::Locale;
use kehu_core::calendar::{Window, WindowKind, Zone};
use kehu_platform::web::{Query, when};

use crate::t::obligations as t;

/// The longest period a list covers, in days.
pub(super) const LONGEST: i64 = 800;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Week,
    Month,
    LastMonth,
    Quarter,
    Year,
    /// From the first to the last day, both included.
    Days(NaiveDate, NaiveDate),
}

impl Period {
    pub const NAMED: [Period; 5] = [Period::Week, Period::Month, Period::LastMonth, Period::Quarter, Period::Year];

    /// `period=week`, or `from=…&to=…`; this month when nothing is said.
    pub fn of(query: &Query) -> Period {
        let day = |name: &str| query.get(name).parse::<NaiveDate>().ok();
        match (query.get("period"), day("from"), day("to")) {
            ("" | "days", Some(from), Some(to)) if from <= to && (to - from).num_days() <= LONGEST => {
                Period::Days(from, to)
            }
            (code, _, _) => Period::NAMED.into_iter().find(|p| p.code() == code).unwrap_or(Period::Month),
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Period::Week => "week",
            Period::Month => "month",
            Period::LastMonth => "last_month",
            Period::Quarter => "quarter",
            Period::Year => "year",
            Period::Days(..) => "days",
        }
    }

    pub fn name(self, l: Locale) -> String {
        match self {
            Period::Week => t::period_week(l).to_owned(),
            Period::Month => t::period_month(l).to_owned(),
            Period::LastMonth => t::period_last_month(l).to_owned(),
            Period::Quarter => t::period_quarter(l).to_owned(),
            Period::Year => t::period_year(l).to_owned(),
            Period::Days(from, to) => t::days(l, when::full_day(l, from), when::full_day(l, to)),
        }
    }

    /// First and last day.
    pub fn days(self, today: NaiveDate, zone: Zone) -> (NaiveDate, NaiveDate) {
        let (from, to) = self.bounds(today, zone);
        (zone.local_date(from), zone.local_date(to - chrono::Duration::microseconds(1)))
    }

    pub fn bounds(self, today: NaiveDate, zone: Zone) -> (DateTime<Utc>, DateTime<Utc>) {
        match self {
            Period::Week => Window::containing(WindowKind::Week, today).bounds(zone),
            Period::Month => Window::containing(WindowKind::Month, today).bounds(zone),
            Period::LastMonth => Window::containing(WindowKind::Month, today).previous().bounds(zone),
            Period::Quarter => Window::containing(WindowKind::Quarter, today).bounds(zone),
            Period::Year => twelve_months(today, zone),
            Period::Days(from, to) => {
                (zone.start_of_day(from), zone.start_of_day(to.checked_add_days(Days::new(1)).unwrap_or(to)))
            }
        }
    }
}

/// The period of equal kind that ends where this one begins: last month before this month, as many
/// days before so many days.
pub fn before(period: Period, today: NaiveDate, zone: Zone) -> (NaiveDate, NaiveDate) {
    let (first, last) = period.days(today, zone);
    let previous = |kind| Window::containing(kind, first).previous();
    match period {
        Period::Week => (previous(WindowKind::Week).start, previous(WindowKind::Week).last_day()),
        Period::Month | Period::LastMonth => {
            (previous(WindowKind::Month).start, previous(WindowKind::Month).last_day())
        }
        Period::Quarter => (previous(WindowKind::Quarter).start, previous(WindowKind::Quarter).last_day()),
        Period::Year => {
            let before = first.checked_sub_months(Months::new(12)).unwrap_or(first);
            (before, first.pred_opt().unwrap_or(first))
        }
        Period::Days(..) => {
            let length = (last - first).num_days() + 1;
            (first - chrono::Duration::days(length), first.pred_opt().unwrap_or(first))
        }
    }
}

/// The twelve months up to the end of this one.
fn twelve_months(today: NaiveDate, zone: Zone) -> (DateTime<Utc>, DateTime<Utc>) {
    let month = Window::containing(WindowKind::Month, today);
    let first = month.end.checked_sub_months(Months::new(12)).unwrap_or(month.start);
    (zone.start_of_day(first), zone.start_of_day(month.end))
}
