//! An administrator sees the product as a member does, to answer "why can I not see this?". Beginning
//! and end are journaled with the member concerned.

use chrono::{DateTime, Utc};
use kehu_core::MemberId;

use super::{Session, store};
use crate::db::{Db, Lock};
use crate::error::Error;
use crate::{directory, journal, t};

/// Begins to look through the member's eyes.
pub async fn view_as(db: &Db, now: DateTime<Utc>, here: &Session, member: MemberId) -> Result<(), Error> {
    let by = here.actor.administrator()?;
    if here.actor.onlooker.is_some() || by.is(member) {
        return Err(Error::conflict("view_as_self", t::app::viewing_self));
    }
    db.write(Lock::member(member), async |tx| {
        let seen = directory::member(&**tx, member).await?.ok_or(Error::NotFound)?;
        if !seen.active {
            return Err(Error::conflict("view_as_left", t::app::viewing_left));
        }
        store::look(tx, here.id, Some(member)).await?;
        let entry = journal::Entry::new("member", member, "view_as_started");
        Ok(journal::record(tx, &by, now, entry).await?)
    })
    .await
}

/// Ends it; the session is the administrator's own again.
pub async fn end_view(db: &Db, now: DateTime<Utc>, here: &Session) -> Result<(), Error> {
    if here.actor.onlooker.is_none() {
        return Ok(());
    }
    db.write(Lock::member(here.member), async |tx| {
        store::look(tx, here.id, None).await?;
        let entry = journal::Entry::new("member", here.member, "view_as_ended");
        Ok(journal::record(tx, here.actor.in_person(), now, entry).await?)
    })
    .await
}
