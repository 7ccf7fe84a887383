//! The calendar as the company has settled it.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use kehu_core::MemberId;
use kehu_core::calendar::{Calendar, DayKind, HolidayName, Zone};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::db::{DbFault, Tx, execute, rows};
use crate::directory;
use crate::values;

#[derive(FromQueryResult)]
struct DayRow {
    day: NaiveDate,
    working: bool,
    name: String,
}

impl DayRow {
    fn kind(&self) -> DayKind {
        if self.working { DayKind::WorkingDay } else { DayKind::Holiday { name: HolidayName::from(&*self.name) } }
    }
}

#[derive(FromQueryResult)]
struct YearRow {
    year: i32,
}

/// The calendar on which every deadline of the company is counted.
pub async fn calendar(on: &impl ConnectionTrait) -> Result<Calendar, DbFault> {
    let zone = directory::company(on).await?.and_then(|company| company.zone.parse::<Zone>().ok()).unwrap_or_default();
    let days: Vec<DayRow> = rows(on, "select day, working, name from calendar_days order by day", values![]).await?;
    let mut calendar = Calendar::new(zone);
    for year in notice_years(on).await? {
        calendar.enter_notice(year, days.iter().filter(|d| d.day.year() == year).map(|d| (d.day, d.kind())));
    }
    for day in &days {
        calendar.override_day(day.day, day.kind());
    }
    Ok(calendar)
}

/// The years whose notice has been entered here.
async fn notice_years(on: &impl ConnectionTrait) -> Result<Vec<i32>, DbFault> {
    let found: Vec<YearRow> = rows(on, "select year from calendar_notices order by year", values![]).await?;
    Ok(found.into_iter().map(|r| r.year).collect())
}

/// Leaves the days to what is published.
pub(super) async fn clear_days(tx: &Tx, first: NaiveDate, last: NaiveDate) -> Result<(), DbFault> {
    execute(&**tx, "delete from calendar_days where day >= $1 and day <= $2", values![first, last]).await?;
    Ok(())
}

/// Notes that the year's notice has been entered.
pub(super) async fn put_notice(tx: &Tx, year: i32, by: Option<MemberId>, now: DateTime<Utc>) -> Result<(), DbFault> {
    execute(&**tx, "delete from calendar_notices where year = $1", values![year]).await?;
    let sql = "insert into calendar_notices (year, entered_at, entered_by) values ($1, $2, $3)";
    execute(&**tx, sql, values![year, now, by.map(MemberId::uuid)]).await?;
    Ok(())
}

/// Settles one day.
pub(super) async fn put_day(
    tx: &Tx,
    now: DateTime<Utc>,
    day: NaiveDate,
    working: bool,
    name: &str,
) -> Result<(), DbFault> {
    execute(
        &**tx,
        "insert into calendar_days (day, working, name, changed_at) values ($1, $2, $3, $4)
         on conflict (day) do update set working = excluded.working, name = excluded.name,
            changed_at = excluded.changed_at",
        values![day, working, name, now],
    )
    .await?;
    Ok(())
}

/// The days that the company has settled itself, by notice or one by one.
pub(in crate::directory) async fn settled_days(on: &impl ConnectionTrait) -> Result<Vec<NaiveDate>, DbFault> {
    let found: Vec<DayRow> = rows(on, "select day, working, name from calendar_days order by day", values![]).await?;
    Ok(found.into_iter().map(|d| d.day).collect())
}
