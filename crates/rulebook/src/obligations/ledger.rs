//! The ledger: brings the stored obligations to what the rules say, writing only the differences
//! and journaling every change of state or of owner. Asking twice changes nothing.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, Actor, MemberId, ObligationId, TeamId};
use kehu_platform::db::{DbFault, Tx};
use kehu_platform::journal::{self, Entry};
use serde_json::json;
use uuid::Uuid;

use super::state::State;
use super::store::{self, Obligation};

/// What a rule says an obligation is now.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub rule: &'static str,
    pub clause: &'static str,
    pub rulebook_version: i64,
    pub subject: Uuid,
    pub window_key: String,
    pub account: Option<AccountId>,
    pub team: Option<TeamId>,
    pub owner: MemberId,
    pub acting: MemberId,
    pub about_kind: &'static str,
    pub about: Uuid,
    pub title: String,
    pub detail: String,
    pub window: Option<(DateTime<Utc>, DateTime<Utc>)>,
    pub opened_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub record_by: DateTime<Utc>,
    pub closes_at: DateTime<Utc>,
    pub state: State,
    pub excused: bool,
    pub needed: usize,
    pub settled_at: Option<DateTime<Utc>>,
    pub recorded_late: bool,
    pub to_confirm: bool,
    pub evidence_kind: &'static str,
    pub evidence: Vec<Uuid>,
}

impl Wanted {
    fn onto(&self, had: Option<&Obligation>, now: DateTime<Utc>) -> Obligation {
        let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
        Obligation {
            id: had.map_or_else(|| ObligationId::new(now), |o| o.id),
            rule: self.rule.to_owned(),
            clause: self.clause.to_owned(),
            rulebook_version: self.rulebook_version,
            subject: self.subject,
            window_key: self.window_key.clone(),
            account: self.account,
            team: self.team,
            owner: self.owner,
            acting: self.acting,
            about_kind: self.about_kind.to_owned(),
            about: self.about,
            title: self.title.clone(),
            detail: self.detail.clone(),
            window_start: self.window.map(|w| w.0),
            window_end: self.window.map(|w| w.1),
            opened_at: self.opened_at,
            due_at: self.due_at,
            record_by: self.record_by,
            closes_at: self.closes_at,
            state: self.state,
            excused: self.excused,
            needed: count(self.needed),
            done: count(self.evidence.len()),
            settled_at: self
                .settled_at
                .or_else(|| (self.state == State::Waived).then(|| had.and_then(|o| o.waived_at)).flatten()),
            recorded_late: self.recorded_late,
            to_confirm: self.to_confirm,
            confirmed_at: had.and_then(|o| o.confirmed_at),
            confirmed_by: had.and_then(|o| o.confirmed_by),
            waived_at: had.and_then(|o| o.waived_at),
            explanation: had.and_then(|o| o.explanation.clone()),
            explained_at: had.and_then(|o| o.explained_at),
            version: had.map_or(1, |o| o.version),
        }
    }
}

/// Brings `had` to `wanted`. An obligation that is wanted no more is cancelled, never deleted.
pub async fn settle(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    had: Vec<Obligation>,
    wanted: &[Wanted],
) -> Result<(), DbFault> {
    let mut had: HashMap<(String, Uuid, String), Obligation> =
        had.into_iter().map(|o| ((o.rule.clone(), o.subject, o.window_key.clone()), o)).collect();
    let mut new = Vec::new();
    let mut new_evidence = Vec::new();
    for want in wanted {
        let before = had.remove(&(want.rule.to_owned(), want.subject, want.window_key.clone()));
        let mut after = want.onto(before.as_ref(), now);
        match before {
            None => {
                if !want.evidence.is_empty() {
                    new_evidence.push((after.id, want));
                }
                new.push(after);
            }
            Some(before) => {
                let evidence_may_differ = before.done > 0 || after.done > 0;
                if before != after {
                    after.version += 1;
                    store::update(tx, &after).await?;
                    note(tx, actor, now, &before, &after).await?;
                }
                if evidence_may_differ {
                    let stored = store::evidence(&**tx, after.id).await?;
                    let mut ids: Vec<Uuid> = want.evidence.clone();
                    ids.sort_unstable();
                    if stored.iter().map(|(_, id)| *id).ne(ids.iter().copied()) {
                        store::put_evidence(tx, after.id, want.evidence_kind, &ids, true).await?;
                    }
                }
            }
        }
    }
    store::insert(tx, &new).await?;
    for (id, want) in new_evidence {
        store::put_evidence(tx, id, want.evidence_kind, &want.evidence, false).await?;
    }
    for before in had.into_values().filter(|o| o.state != State::Cancelled) {
        let after = Obligation {
            state: State::Cancelled,
            settled_at: Some(now),
            done: 0,
            to_confirm: false,
            recorded_late: false,
            version: before.version + 1,
            ..before.clone()
        };
        store::update(tx, &after).await?;
        store::put_evidence(tx, after.id, "", &[], true).await?;
        note(tx, actor, now, &before, &after).await?;
    }
    Ok(())
}

async fn note(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    before: &Obligation,
    after: &Obligation,
) -> Result<(), DbFault> {
    let moved = before.acting != after.acting || before.owner != after.owner;
    if before.state == after.state && !moved && before.to_confirm == after.to_confirm && before.done == after.done {
        return Ok(());
    }
    let verb = if before.state == after.state && moved { "moved" } else { after.state.code() };
    let values = |o: &Obligation| json!({ "state": o.state.code(), "owner": o.acting, "done": o.done });
    let mut entry = Entry::new("obligation", after.id, verb).before(values(before)).after(values(after));
    entry.account = after.account;
    journal::record(tx, actor, now, entry).await
}
