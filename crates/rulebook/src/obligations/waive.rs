//! Waivers: whoever owes asks with a reason, the leader decides. The state that follows comes from
//! the rule, which knows that an obligation met after all needs no waiver.

use chrono::{DateTime, Utc};
use kehu_core::{Actor, Locale, ObligationId, WaiverId};
use kehu_platform::db::Tx;
use kehu_platform::journal::{self, Entry};
use kehu_platform::{Error, Invalid, directory};
use serde_json::json;

use super::approver::{Approver, approver};
use super::queries::{self, Waiver};
use super::registry::registry;
use super::state::State;
use super::store::{self, Obligation};
use crate::t::obligations as t;

/// A reason or a note fits on a page.
pub const LONGEST: usize = 500;

/// In whose page the request appears when no leader may decide it.
pub const LEADERSHIP: &str = "company_leadership";

/// Asks for the obligation to be waived.
pub async fn ask_waiver(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ObligationId,
    reason: &str,
) -> Result<WaiverId, Error> {
    let obligation = store::obligation(&**tx, id).await?.ok_or(Error::NotFound)?;
    let asker = actor.member.filter(|m| obligation.owner == *m || obligation.acting == *m).ok_or(Error::Forbidden)?;
    check(reason)?;
    waivable(tx, &obligation, t::refused_asked_already).await?;
    let team = team_of(tx, &obligation).await?;
    let waiver = Waiver {
        id: WaiverId::new(now),
        obligation: id,
        asked_by: asker,
        asked_at: now,
        reason: reason.trim().to_owned(),
        approver: approver(&obligation, team.as_ref(), Some(asker)),
        decided: None,
    };
    queries::insert_waiver(tx, &waiver).await?;
    let whose = waiver.approver.map_or_else(|| LEADERSHIP.to_owned(), |leader| leader.to_string());
    note(
        tx,
        actor,
        now,
        &obligation,
        Entry::new("waiver", waiver.id, "asked").after(json!({
            "owner": whose, "obligation": id, "reason": waiver.reason,
        })),
    )
    .await?;
    Ok(waiver.id)
}

/// Approves a waiver or refuses it; a refusal says why.
pub async fn decide_waiver(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    id: WaiverId,
    approve: bool,
    words: &str,
) -> Result<(), Error> {
    let waiver = queries::waiver(&**tx, id).await?.ok_or(Error::NotFound)?;
    let obligation = store::obligation(&**tx, waiver.obligation).await?.ok_or(Error::NotFound)?;
    let team = team_of(tx, &obligation).await?;
    let approver = Approver::of(actor, &obligation, team.as_ref(), Some(waiver.asked_by))?;
    if !waiver.pending() {
        return Err(Error::conflict("decided_already", t::refused_decided_already));
    }
    if !approve || !words.trim().is_empty() {
        check(words)?;
    }
    queries::decide(tx, id, approver.member, now, approve, words.trim()).await?;
    let verb = if approve { "approved" } else { "refused" };
    let whose = waiver.approver.map_or_else(|| LEADERSHIP.to_owned(), |leader| leader.to_string());
    note(
        tx,
        actor,
        now,
        &obligation,
        Entry::new("waiver", id, verb)
            .before(json!({ "owner": whose }))
            .after(json!({ "owner": waiver.asked_by, "obligation": obligation.id, "note": words.trim() })),
    )
    .await?;
    if approve { waive(tx, actor, now, obligation).await } else { Ok(()) }
}

/// Waives an obligation of which nobody has asked it, for a reason that the leader gives.
pub async fn grant_waiver(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ObligationId,
    reason: &str,
) -> Result<WaiverId, Error> {
    let obligation = store::obligation(&**tx, id).await?.ok_or(Error::NotFound)?;
    let team = team_of(tx, &obligation).await?;
    let approver = Approver::of(actor, &obligation, team.as_ref(), None)?.member;
    check(reason)?;
    waivable(tx, &obligation, t::refused_decide_instead).await?;
    let waiver = Waiver {
        id: WaiverId::new(now),
        obligation: id,
        asked_by: approver,
        asked_at: now,
        reason: reason.trim().to_owned(),
        approver: Some(approver),
        decided: None,
    };
    queries::insert_waiver(tx, &waiver).await?;
    queries::decide(tx, waiver.id, approver, now, true, "").await?;
    note(
        tx,
        actor,
        now,
        &obligation,
        Entry::new("waiver", waiver.id, "granted")
            .after(json!({ "owner": obligation.acting, "obligation": id, "reason": waiver.reason })),
    )
    .await?;
    waive(tx, actor, now, obligation).await?;
    Ok(waiver.id)
}

/// Refuses what is settled, and what somebody asks for already, in words that fit.
async fn waivable(tx: &Tx, obligation: &Obligation, pending: fn(Locale) -> &'static str) -> Result<(), Error> {
    if !matches!(obligation.state, State::Open | State::Missed) {
        return Err(Error::conflict("settled", t::refused_settled));
    }
    if queries::waivers(&**tx, obligation.id).await?.iter().any(Waiver::pending) {
        return Err(Error::conflict("asked_already", pending));
    }
    Ok(())
}

async fn waive(tx: &Tx, actor: &Actor, now: DateTime<Utc>, obligation: Obligation) -> Result<(), Error> {
    let waived = Obligation { waived_at: Some(now), version: obligation.version + 1, ..obligation };
    store::update(tx, &waived).await?;
    reassess(tx, actor, now, &waived).await
}

/// Asks the obligation's rule how it stands now.
pub(super) async fn reassess(tx: &Tx, actor: &Actor, now: DateTime<Utc>, obligation: &Obligation) -> Result<(), Error> {
    let rule = registry()
        .rule(&obligation.rule)
        .ok_or_else(|| Error::Broken(format!("no area runs the rule {}", obligation.rule)))?;
    Ok((rule.reassess)(tx, actor, now, obligation).await?)
}

pub(super) async fn team_of(tx: &Tx, obligation: &Obligation) -> Result<Option<directory::Team>, Error> {
    match obligation.team {
        Some(team) => Ok(directory::team(&**tx, team).await?),
        None => Ok(None),
    }
}

pub(super) fn check(words: &str) -> Result<(), Error> {
    let mut invalid = Invalid::default();
    if words.trim().is_empty() {
        invalid.add("words", "required", t::refused_without_words);
    } else if words.trim().chars().count() > LONGEST {
        invalid.add("words", "too_long", |l| t::refused_too_long(l, LONGEST));
    }
    invalid.check()
}

async fn note(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    obligation: &Obligation,
    mut entry: Entry,
) -> Result<(), Error> {
    entry.account = obligation.account;
    Ok(journal::record(tx, actor, now, entry).await?)
}
