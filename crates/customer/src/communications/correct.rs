//! Correcting, deleting and restoring a logged contact. What it had discharged is judged again.

use chrono::{DateTime, Utc};
use kehu_core::{Actor, ContactId, MemberId};
use kehu_platform::db::Tx;
use kehu_platform::journal::{self, Entry};
use kehu_platform::{Error, Invalid};
use serde_json::json;

use super::log::{discharge, times};
use super::model::{Communication, Kind, Place};
use super::store;
use crate::accounts::{self, AccountEditor};
use crate::duties::Books;
use crate::t;

/// The record as it should have been entered.
#[derive(Clone, Debug)]
pub struct Correction {
    pub kind: Kind,
    pub place: Place,
    pub connected: bool,
    pub occurred_at: DateTime<Utc>,
    pub ended_at: DateTime<Utc>,
    pub by: MemberId,
    pub contacts: Vec<ContactId>,
    pub summary: String,
}

/// Corrects a contact, and moves it to another account when `to` is given. When something that
/// counts changes, the record counts as established only now.
#[expect(clippy::too_many_arguments, reason = "a correction names who, when, from where, to where and what")]
pub async fn correct(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    editor: &AccountEditor,
    to: Option<&AccountEditor>,
    before: &Communication,
    version: i64,
    correction: Correction,
) -> Result<Communication, Error> {
    if before.account != editor.id() || before.deleted {
        return Err(Error::NotFound);
    }
    let account = to.unwrap_or(editor);
    let people = accounts::contacts_of(&**tx, account.id()).await?;
    let mut invalid = times(correction.occurred_at, Some(correction.ended_at), now);
    if correction.contacts.iter().any(|id| !people.iter().any(|p| p.id == *id)) {
        invalid.add("contacts", "unknown", t::communications::contact_unknown);
    }
    if correction.summary.chars().count() > 8000 {
        invalid.add("summary", "too_long", |l| t::communications::too_long(l, 8000));
    }
    invalid.check()?;
    let mut contacts = correction.contacts;
    contacts.sort_unstable();
    contacts.dedup();
    let after = Communication {
        account: account.id(),
        kind: correction.kind,
        place: correction.place,
        connected: correction.connected,
        occurred_at: correction.occurred_at,
        ended_at: correction.ended_at,
        by: correction.by,
        contacts,
        summary: correction.summary,
        version,
        ..before.clone()
    };
    let counted =
        |c: &Communication| (c.account, c.kind, c.place, c.connected, c.occurred_at, c.by, c.contacts.is_empty());
    let established_at = if counted(&after) == counted(before) { before.established_at } else { now };
    let after = Communication { established_at, ..after };
    if !store::update(tx, &after).await? {
        return Err(Error::Stale);
    }
    let values = |c: &Communication| {
        json!({
            "account": c.account, "kind": c.kind.code(), "connected": c.connected, "occurred_at": c.occurred_at,
            "ended_at": c.ended_at, "by": c.by, "contacts": c.contacts,
        })
    };
    let entry = Entry::new("communication", after.id, "corrected")
        .account(after.account)
        .before(values(before))
        .after(values(&after));
    journal::record(tx, actor, now, entry).await?;
    discharge(tx, actor, now, books, &after, Some(before)).await?;
    Ok(after)
}

/// Takes a contact out of the log, for a reason. It stays in the journal and can be restored.
pub async fn delete(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    editor: &AccountEditor,
    before: &Communication,
    reason: &str,
) -> Result<(), Error> {
    if before.account != editor.id() || before.deleted {
        return Err(Error::NotFound);
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Invalid::one("reason", "required", t::communications::reason_required).into());
    }
    if !store::delete(tx, before.id, before.version, Some(now), Some(reason)).await? {
        return Err(Error::Stale);
    }
    let entry =
        Entry::new("communication", before.id, "deleted").account(before.account).after(json!({ "reason": reason }));
    journal::record(tx, actor, now, entry).await?;
    discharge(tx, actor, now, books, before, None).await
}

/// Puts a deleted contact back.
pub async fn restore(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    editor: &AccountEditor,
    before: &Communication,
) -> Result<(), Error> {
    if before.account != editor.id() || !before.deleted {
        return Err(Error::NotFound);
    }
    if !store::delete(tx, before.id, before.version, None, None).await? {
        return Err(Error::Stale);
    }
    journal::record(tx, actor, now, Entry::new("communication", before.id, "restored").account(before.account)).await?;
    discharge(tx, actor, now, books, before, None).await
}
