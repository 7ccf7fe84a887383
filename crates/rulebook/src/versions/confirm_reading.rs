//! 阅知: a member confirms having read a version. Rules that bind people must be made known to them, and the
//! company can show that they were.

use chrono::{DateTime, Utc};
use kehu_core::{Actor, MemberId, RulebookVersionId};
use kehu_platform::Error;
use kehu_platform::db::{DbFault, Lock};
use kehu_platform::directory::{Member, Roster};
use kehu_platform::journal::{self, Entry};
use kehu_platform::sea_orm::ConnectionTrait;
use kehu_platform::web::App;
use serde_json::json;

use super::draft::RECORD;
use super::model::{State, Version};
use super::permission::ReadingObserver;
use super::store;
use crate::t;

/// Confirms for the actor in person; confirming again changes nothing.
pub async fn confirm_reading(app: &App, by: &Actor, now: DateTime<Utc>, id: RulebookVersionId) -> Result<(), Error> {
    let member = by.member.ok_or(Error::Forbidden)?;
    app.db
        .write(Lock::company(), async |tx| {
            let version = store::version(&**tx, id).await?.ok_or(Error::NotFound)?;
            if version.state != State::Approved {
                return Err(Error::conflict("not_approved", t::rulebook::not_approved));
            }
            if store::has_read(&**tx, id, member).await? {
                return Ok(());
            }
            store::insert_reading(tx, id, member, now).await?;
            let entry = Entry::new(RECORD, id, "read").after(json!({ "number": version.number }));
            journal::record(tx, by, now, entry).await?;
            Ok(())
        })
        .await
}

/// Whether and when a member has confirmed.
#[derive(Clone, Debug)]
pub struct Reading {
    pub member: Member,
    pub at: Option<DateTime<Utc>>,
}

/// Every active member whom the observer may see, those who have not confirmed first.
pub async fn readings(
    on: &impl ConnectionTrait,
    observer: &ReadingObserver,
    roster: &Roster,
    version: &Version,
) -> Result<Vec<Reading>, DbFault> {
    let confirmed = store::readings(on, version.id).await?;
    let at = |member: MemberId| confirmed.iter().find(|(id, _)| *id == member).map(|(_, at)| *at);
    let members = roster.active().filter(|member| observer.sees(member.team));
    let mut readings: Vec<Reading> = members.map(|m| Reading { member: m.clone(), at: at(m.id) }).collect();
    readings.sort_by_key(|reading| reading.at);
    Ok(readings)
}
