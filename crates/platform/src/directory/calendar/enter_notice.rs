//! The State Council's yearly notice is entered: which days are off, which weekends are worked.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use kehu_core::Administrator;
use serde_json::json;

use super::{YEARS, in_reach, store, year_id};
use crate::consequence::DirectoryEvent;
use crate::db::Lock;
use crate::directory::members::limited;
use crate::error::{Error, Invalid};
use crate::web::App;
use crate::{journal, t};

/// No holiday of a notice is longer than this, in days.
const LONGEST_HOLIDAY: i64 = 16;

/// Days off in a row, under one name. The field of a refused row is `first-2`, for the third row.
#[derive(Clone, Debug)]
pub struct HolidayDraft {
    /// A key such as `spring-festival`, or the company's own words.
    pub name: String,
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// The row of the form, for messages.
    pub row: usize,
}

/// A notice as it is entered.
#[derive(Clone, Debug, Default)]
pub struct NoticeDraft {
    pub year: i32,
    pub holidays: Vec<HolidayDraft>,
    /// Weekend days on which everybody works instead (调休上班).
    pub make_up_days: Vec<NaiveDate>,
}

impl NoticeDraft {
    fn check(&self) -> Invalid {
        let mut invalid = Invalid::default();
        if !YEARS.contains(&self.year) {
            invalid.add("year", "out_of_reach", t::directory::year_out_of_reach);
        }
        if self.holidays.is_empty() {
            invalid.add("first-0", "required", t::directory::notice_without_holidays);
        }
        let year = self.year;
        for holiday in &self.holidays {
            limited(&mut invalid, "name", &holiday.name, 40);
            if holiday.last < holiday.first {
                invalid.add(format!("last-{}", holiday.row), "before_start", t::directory::holiday_ends_before);
            } else if (holiday.last - holiday.first).num_days() >= LONGEST_HOLIDAY {
                invalid.add(format!("last-{}", holiday.row), "too_long", |l| {
                    t::directory::holiday_too_long(l, LONGEST_HOLIDAY)
                });
            } else if holiday.first.year() != year && holiday.last.year() != year || !in_reach(holiday.first) {
                invalid.add(format!("first-{}", holiday.row), "other_year", move |l| {
                    t::directory::holiday_in_other_year(l, year.to_string())
                });
            }
        }
        for day in &self.make_up_days {
            if self.holidays.iter().any(|h| h.first <= *day && *day <= h.last) {
                let day = day.to_string();
                invalid.add("make_up_days", "is_holiday", move |l| t::directory::make_up_is_holiday(l, day.clone()));
            } else if (day.year() - year).abs() > 1 || !in_reach(*day) {
                let day = day.to_string();
                invalid.add("make_up_days", "other_year", move |l| t::directory::make_up_in_other_year(l, day.clone()));
            }
        }
        invalid
    }

    /// Every day that the notice settles: whether it is worked, and the holiday's name.
    fn days(&self) -> BTreeMap<NaiveDate, (bool, &str)> {
        let mut days = BTreeMap::new();
        for holiday in &self.holidays {
            for day in holiday.first.iter_days().take_while(|day| *day <= holiday.last) {
                days.insert(day, (false, holiday.name.trim()));
            }
        }
        days.extend(self.make_up_days.iter().map(|day| (*day, (true, ""))));
        days
    }
}

/// Enters the notice of a year in place of everything known of that year, which is settled then.
pub async fn enter_notice(
    app: &App,
    by: Administrator<'_>,
    now: DateTime<Utc>,
    draft: NoticeDraft,
) -> Result<(), Error> {
    draft.check().check()?;
    let year = draft.year;
    let days = draft.days();
    let (Some(first), Some(last)) = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31)) else {
        return Err(Error::NotFound);
    };
    app.db
        .write(Lock::company(), async |tx| {
            store::clear_days(tx, first, last).await?;
            for (day, (working, name)) in &days {
                store::put_day(tx, now, *day, *working, name).await?;
            }
            store::put_notice(tx, year, by.member, now).await?;
            let holidays: Vec<_> = draft
                .holidays
                .iter()
                .map(|h| json!({ "name": h.name.trim(), "first": h.first, "last": h.last }))
                .collect();
            let entry = journal::Entry::new("calendar", year_id(year), "notice_entered")
                .after(json!({ "year": year, "holidays": holidays, "make_up_days": draft.make_up_days }));
            journal::record(tx, &by, now, entry).await?;
            let event = DirectoryEvent::CalendarChanged {
                first_day: days.keys().next().map_or(first, |day| first.min(*day)),
                last_day: days.keys().next_back().map_or(last, |day| last.max(*day)),
            };
            app.follow(tx, &by, now, &event).await
        })
        .await
}
