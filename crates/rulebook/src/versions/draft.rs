//! Drafting a change. A draft begins as a copy of the newest approved version; there is one at a time, worked on
//! by everybody who may draft, so that two proposals never overwrite each other on approval.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use kehu_core::RulebookVersionId;
use kehu_platform::Error;
use kehu_platform::db::{DbFault, Lock, Tx};
use kehu_platform::journal::{self, Entry};
use kehu_platform::sea_orm::ConnectionTrait;
use kehu_platform::web::App;
use serde_json::json;

use super::documents::{document, to_json};
use super::model::{State, Version};
use super::permission::Drafter;
use super::store;
use crate::clauses::{Rulebook, builtin, difference};
use crate::t;

/// Begins a draft, or answers the one that is being worked on.
pub async fn begin_draft(app: &App, by: Drafter<'_>, now: DateTime<Utc>) -> Result<RulebookVersionId, Error> {
    app.db.write(Lock::company(), async |tx| Ok(in_hand(tx, by, now).await?.0.id)).await
}

/// Replaces everything that the draft says by a rulebook that was read from a file.
pub async fn import_draft(
    app: &App,
    by: Drafter<'_>,
    now: DateTime<Utc>,
    rulebook: Rulebook,
) -> Result<RulebookVersionId, Error> {
    app.db
        .write(Lock::company(), async |tx| {
            let (version, said) = in_hand(tx, by, now).await?;
            let changes = difference(&said, &rulebook);
            if changes.is_empty() {
                return Ok(version.id);
            }
            store::update_document(tx, version.id, to_json(&rulebook)?).await?;
            let entry = Entry::new(RECORD, version.id, "imported").after(json!({ "changes": changes }));
            journal::record(tx, &by, now, entry).await?;
            Ok(version.id)
        })
        .await
}

/// What the newest approved version says, in force already or later: what a draft begins with and is compared to.
pub async fn newest(on: &impl ConnectionTrait) -> Result<Arc<Rulebook>, DbFault> {
    match store::approved(on).await?.pop() {
        Some(newest) => document(on, &newest).await,
        None => Ok(Arc::new(builtin().clone())),
    }
}

/// The kind under which versions are journaled.
pub(super) const RECORD: &str = "rulebook_version";

/// The draft to work on with what it says, begun when there is none.
///
/// # Errors
/// `submitted` while leadership is deciding.
pub(super) async fn in_hand(tx: &Tx, by: Drafter<'_>, now: DateTime<Utc>) -> Result<(Version, Rulebook), Error> {
    if let Some(open) = store::open(&**tx).await? {
        if !open.state.is_editable() {
            return Err(Error::conflict("submitted", t::rulebook::already_submitted));
        }
        let said = document(&**tx, &open).await?;
        return Ok((open, (*said).clone()));
    }
    let said = (*newest(&**tx).await?).clone();
    let number = store::approved(&**tx).await?.pop().and_then(|newest| newest.number);
    let version = Version {
        id: RulebookVersionId::new(now),
        number: None,
        state: State::Draft,
        in_force_from: None,
        summary: String::new(),
        drafted_by: by.member,
        drafted_at: now,
        submitted_by: None,
        submitted_at: None,
        decided_by: None,
        decided_at: None,
        note: String::new(),
        version: 1,
    };
    store::insert(tx, &version, to_json(&said)?).await?;
    let entry = Entry::new(RECORD, version.id, "drafted").after(json!({ "from": number }));
    journal::record(tx, &by, now, entry).await?;
    Ok((version, said))
}

/// The version as the actor saw it.
///
/// # Errors
/// `Stale` when somebody else moved it on.
pub(super) async fn seen(tx: &Tx, id: RulebookVersionId, version: i64) -> Result<Version, Error> {
    let found = store::version(&**tx, id).await?.ok_or(Error::NotFound)?;
    if found.version == version { Ok(found) } else { Err(Error::Stale) }
}
