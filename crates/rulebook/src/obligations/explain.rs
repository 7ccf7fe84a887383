//! The member's own explanation (说明) beside what was missed or is late. It changes no state.

use chrono::{DateTime, Utc};
use kehu_core::{Actor, ObligationId};
use kehu_platform::Error;
use kehu_platform::db::Tx;
use kehu_platform::journal::{self, Entry};
use serde_json::json;

use super::state::State;
use super::store::{self, Obligation};
use super::waive::check;
use crate::t::obligations as t;

/// Writes or changes the explanation. `version` is the one that the writer read.
pub async fn explain(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ObligationId,
    version: i64,
    words: &str,
) -> Result<(), Error> {
    let before = store::obligation(&**tx, id).await?.ok_or(Error::NotFound)?;
    if !actor.is(before.owner) && !actor.is(before.acting) {
        return Err(Error::Forbidden);
    }
    check(words)?;
    if before.version != version {
        return Err(Error::Stale);
    }
    if !explainable(&before, now) {
        return Err(Error::conflict("nothing_to_explain", t::refused_nothing_to_explain));
    }
    let after = Obligation {
        explanation: Some(words.trim().to_owned()),
        explained_at: Some(now),
        version: before.version + 1,
        ..before.clone()
    };
    store::update(tx, &after).await?;
    let mut entry = Entry::new("obligation", id, "explained")
        .before(json!({ "explanation": before.explanation }))
        .after(json!({ "explanation": after.explanation, "owner": after.acting }));
    entry.account = after.account;
    Ok(journal::record(tx, actor, now, entry).await?)
}

/// Whether there is anything to explain: it is overdue, was met late or missed.
pub fn explainable(obligation: &Obligation, now: DateTime<Utc>) -> bool {
    obligation.is_overdue(now) || matches!(obligation.state, State::MetLate | State::Missed)
}
