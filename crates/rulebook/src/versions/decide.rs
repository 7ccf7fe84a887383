//! Company leadership decides on what was submitted: it is approved and counts from a date, or goes back with a
//! note. Nobody decides on what they wrote or submitted themselves.

use chrono::{DateTime, Days, NaiveDate, Utc};
use kehu_core::{Actor, Leadership, RulebookVersionId};
use kehu_platform::consequence::DirectoryEvent;
use kehu_platform::db::{DbFault, Lock, Tx};
use kehu_platform::journal::{self, Entry};
use kehu_platform::web::App;
use kehu_platform::{Error, Invalid};
use serde_json::json;

use super::draft::{RECORD, seen};
use super::model::{State, Version};
use super::store;
use super::submit::{LONGEST, check_start};
use crate::t;

/// Approves the version in force from a date, the proposed one or a later one, and answers that date. What the
/// rules judge from that date on is asked again in the same transaction.
pub async fn approve(
    app: &App,
    by: Leadership<'_>,
    now: DateTime<Utc>,
    id: RulebookVersionId,
    version: i64,
    from: Option<NaiveDate>,
    note: String,
) -> Result<NaiveDate, Error> {
    app.db
        .write(Lock::company(), async |tx| {
            let submitted = waiting(tx, by, id, version).await?;
            let newest = store::approved(&**tx).await?.pop();
            let mut invalid = note_fits(&note);
            check_start(tx, now, newest.as_ref(), from, &mut invalid).await?;
            invalid.check()?;
            let Some(from) = from else { return Err(Error::NotFound) };
            let approved = Version {
                number: Some(newest.and_then(|v| v.number).unwrap_or_default() + 1),
                state: State::Approved,
                in_force_from: Some(from),
                decided_by: by.member,
                decided_at: Some(now),
                note: note.trim().to_owned(),
                version: submitted.version + 1,
                ..submitted
            };
            store::update(tx, &approved).await?;
            let entry = Entry::new(RECORD, id, "approved")
                .after(json!({ "number": approved.number, "in_force_from": from, "note": approved.note }));
            journal::record(tx, &by, now, entry).await?;
            // Deadlines and windows of these days now follow other rules, as after a change of the calendar.
            let last_day = from.checked_add_days(Days::new(366)).unwrap_or(from);
            app.follow(tx, &by, now, &DirectoryEvent::CalendarChanged { first_day: from, last_day }).await?;
            Ok(from)
        })
        .await
}

/// Sends the version back to be worked on; the note says why.
pub async fn send_back(
    app: &App,
    by: Leadership<'_>,
    now: DateTime<Utc>,
    id: RulebookVersionId,
    version: i64,
    note: String,
) -> Result<(), Error> {
    app.db
        .write(Lock::company(), async |tx| {
            let submitted = waiting(tx, by, id, version).await?;
            let mut invalid = note_fits(&note);
            if note.trim().is_empty() {
                invalid.add("note", "required", t::rulebook::note_required);
            }
            invalid.check()?;
            let returned = Version {
                state: State::Returned,
                decided_by: by.member,
                decided_at: Some(now),
                note: note.trim().to_owned(),
                version: submitted.version + 1,
                ..submitted
            };
            store::update(tx, &returned).await?;
            let entry = Entry::new(RECORD, id, "returned").after(json!({ "note": returned.note }));
            journal::record(tx, &by, now, entry).await?;
            Ok(())
        })
        .await
}

async fn waiting(tx: &Tx, by: Leadership<'_>, id: RulebookVersionId, version: i64) -> Result<Version, Error> {
    let submitted = seen(tx, id, version).await?;
    if submitted.state != State::Submitted {
        return Err(Error::conflict("not_submitted", t::rulebook::not_submitted));
    }
    if is_author(&**tx, &by, &submitted).await? {
        return Err(Error::conflict("own_submission", t::rulebook::own_submission));
    }
    Ok(submitted)
}

/// Whether the actor drafted, changed or submitted the version.
pub async fn is_author(
    on: &impl kehu_platform::sea_orm::ConnectionTrait,
    actor: &Actor,
    version: &Version,
) -> Result<bool, DbFault> {
    const WRITING: [&str; 4] = ["drafted", "edited", "imported", "submitted"];
    let Some(member) = actor.member else { return Ok(false) };
    let history = journal::of_record(on, RECORD, version.id).await?;
    Ok(history.iter().any(|entry| entry.member_id == Some(member.uuid()) && WRITING.contains(&entry.verb.as_str())))
}

fn note_fits(note: &str) -> Invalid {
    let mut invalid = Invalid::default();
    if note.trim().chars().count() > LONGEST {
        invalid.add("note", "too_long", |l| t::rulebook::too_long(l, LONGEST));
    }
    invalid
}
