//! The leader's answer to an explanation, and the word of whoever explained that they have read it.
//! Neither changes how the obligation stands.

use chrono::{DateTime, Utc};
use kehu_core::{Actor, MemberId, ObligationId};
use kehu_platform::Error;
use kehu_platform::db::Tx;
use kehu_platform::journal::{self, Entry};
use serde_json::json;

use super::approver::Approver;
use super::queries::{self, Said};
use super::store::{self, Obligation};
use super::waive::{check, team_of};
use crate::t::obligations as t;

/// Answers the explanation, or puts another answer in the place of the last one. `version` is the one
/// that the leader read.
pub async fn answer(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ObligationId,
    version: i64,
    words: &str,
) -> Result<(), Error> {
    let before = store::obligation(&**tx, id).await?.ok_or(Error::NotFound)?;
    let team = team_of(tx, &before).await?;
    let approver = Approver::of(actor, &before, team.as_ref(), None)?;
    check(words)?;
    if before.version != version {
        return Err(Error::Stale);
    }
    if before.explanation.is_none() {
        return Err(Error::conflict("nothing_to_answer", t::refused_nothing_to_answer));
    }
    let last = queries::said(&**tx, id).await?;
    let said = Said {
        to: explainer(tx, &before).await?,
        by: approver.member,
        at: now,
        words: words.trim().to_owned(),
        read_at: None,
    };
    queries::say(tx, id, &said).await?;
    store::update(tx, &Obligation { version: before.version + 1, ..before.clone() }).await?;
    let mut entry = Entry::new("obligation", id, "answered")
        .before(json!({ "answer": last.map(|last| last.words) }))
        .after(json!({ "answer": said.words, "owner": said.to }));
    entry.account = before.account;
    Ok(journal::record(tx, actor, now, entry).await?)
}

/// Notes that the answer has reached whom it was given to.
pub async fn read_answer(tx: &Tx, actor: &Actor, now: DateTime<Utc>, id: ObligationId) -> Result<(), Error> {
    let said = queries::said(&**tx, id).await?.ok_or(Error::NotFound)?;
    if !actor.is(said.to) {
        return Err(Error::Forbidden);
    }
    if said.read_at.is_some() {
        return Ok(());
    }
    queries::mark_read(tx, id, now).await?;
    let entry = Entry::new("obligation", id, "answer_read").after(json!({ "owner": said.to }));
    Ok(journal::record(tx, actor, now, entry).await?)
}

/// Who wrote the explanation that stands: the owner, or whoever took the account over.
async fn explainer(tx: &Tx, obligation: &Obligation) -> Result<MemberId, Error> {
    let history = journal::of_record(&**tx, "obligation", obligation.id.uuid()).await?;
    let explained = history.iter().rev().find(|entry| entry.verb == "explained");
    Ok(explained.and_then(|entry| entry.member_id).map_or(obligation.owner, MemberId))
}
