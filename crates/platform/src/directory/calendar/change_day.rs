//! The company decides for a single day, against whatever the calendar says.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use kehu_core::Administrator;
use kehu_core::calendar::DayKind;
use serde_json::{Value as Json, json};

use super::{calendar, in_reach, store, year_id};
use crate::consequence::DirectoryEvent;
use crate::db::Lock;
use crate::directory::members::limited;
use crate::error::{Error, Invalid};
use crate::web::App;
use crate::{journal, t};

/// How a day shall count.
#[derive(Clone, Debug)]
pub struct DayDraft {
    pub day: Option<NaiveDate>,
    pub working: bool,
    /// Why nobody works: a key such as `spring-festival`, or the company's own words.
    pub name: String,
}

/// Changes one day.
pub async fn change_day(app: &App, by: Administrator<'_>, now: DateTime<Utc>, draft: DayDraft) -> Result<(), Error> {
    let mut invalid = Invalid::default();
    limited(&mut invalid, "name", &draft.name, 40);
    match draft.day {
        None => invalid.add("day", "required", t::app::required),
        Some(day) if !in_reach(day) => invalid.add("day", "out_of_reach", t::directory::year_out_of_reach),
        Some(_) => {}
    }
    invalid.check()?;
    let Some(day) = draft.day else { return Err(Error::NotFound) };
    app.db
        .write(Lock::company(), async |tx| {
            let before = as_json(day, calendar(&**tx).await?.day(day));
            let name = if draft.working { "" } else { draft.name.trim() };
            store::put_day(tx, now, day, draft.working, name).await?;
            let after = as_json(day, calendar(&**tx).await?.day(day));
            let entry = journal::Entry::new("calendar", year_id(day.year()), "day_changed").before(before).after(after);
            journal::record(tx, &by, now, entry).await?;
            app.follow(tx, &by, now, &DirectoryEvent::CalendarChanged { first_day: day, last_day: day }).await
        })
        .await
}

/// Puts a day back to what the notice or its weekday says.
pub async fn reset_day(app: &App, by: Administrator<'_>, now: DateTime<Utc>, day: NaiveDate) -> Result<(), Error> {
    app.db
        .write(Lock::company(), async |tx| {
            let before = as_json(day, calendar(&**tx).await?.day(day));
            store::clear_days(tx, day, day).await?;
            let after = as_json(day, calendar(&**tx).await?.day(day));
            let entry = journal::Entry::new("calendar", year_id(day.year()), "day_reset").before(before).after(after);
            journal::record(tx, &by, now, entry).await?;
            app.follow(tx, &by, now, &DirectoryEvent::CalendarChanged { first_day: day, last_day: day }).await
        })
        .await
}

fn as_json(day: NaiveDate, kind: Option<&DayKind>) -> Json {
    match kind {
        Some(DayKind::Holiday { name }) => json!({ "day": day, "working": false, "name": name.to_string() }),
        Some(DayKind::WorkingDay) => json!({ "day": day, "working": true }),
        None => json!({ "day": day }),
    }
}
