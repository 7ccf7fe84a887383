//! Setting up: the company starts from the built-in rulebook, as its first version.

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{Actor, RulebookVersionId};
use kehu_platform::Error;
use kehu_platform::db::Tx;
use kehu_platform::journal::{self, Entry};
use serde_json::json;

use super::documents::to_json;
use super::model::{State, Version};
use super::store;
use crate::clauses::builtin;

/// Puts the built-in rulebook in force from a day as version 1, unless there is a version already.
pub async fn adopt_builtin(tx: &Tx, actor: &Actor, now: DateTime<Utc>, from: NaiveDate) -> Result<(), Error> {
    if !store::all(&**tx).await?.is_empty() {
        return Ok(());
    }
    let version = Version {
        id: RulebookVersionId::new(now),
        number: Some(1),
        state: State::Approved,
        in_force_from: Some(from),
        summary: String::new(),
        drafted_by: actor.member,
        drafted_at: now,
        submitted_by: actor.member,
        submitted_at: Some(now),
        decided_by: None,
        decided_at: Some(now),
        note: String::new(),
        version: 1,
    };
    store::insert(tx, &version, to_json(builtin())?).await?;
    let entry = Entry::new("rulebook_version", version.id, "adopted").after(json!({ "number": 1, "from": from }));
    journal::record(tx, actor, now, entry).await?;
    Ok(())
}
