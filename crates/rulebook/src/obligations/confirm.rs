//! What was recorded after the days for recording had run out counts as met late once the leader
//! has confirmed that it happened.

use chrono::{DateTime, Utc};
use kehu_core::{Actor, ObligationId};
use kehu_platform::Error;
use kehu_platform::db::Tx;
use kehu_platform::journal::{self, Entry};
use serde_json::json;

use super::approver::Approver;
use super::store::{self, Obligation};
use super::waive::{reassess, team_of};
use crate::t::obligations as t;

/// Confirms the late record of an obligation that waits for it.
pub async fn confirm_late(tx: &Tx, actor: &Actor, now: DateTime<Utc>, id: ObligationId) -> Result<(), Error> {
    let before = store::obligation(&**tx, id).await?.ok_or(Error::NotFound)?;
    let team = team_of(tx, &before).await?;
    let approver = Approver::of(actor, &before, team.as_ref(), None)?;
    if !before.to_confirm || before.confirmed_at.is_some() {
        return Err(Error::conflict("nothing_to_confirm", t::refused_nothing_to_confirm));
    }
    let after = Obligation {
        confirmed_at: Some(now),
        confirmed_by: Some(approver.member),
        version: before.version + 1,
        ..before
    };
    store::update(tx, &after).await?;
    let mut entry = Entry::new("obligation", id, "confirmed").after(json!({ "owner": after.acting }));
    entry.account = after.account;
    journal::record(tx, actor, now, entry).await?;
    reassess(tx, actor, now, &after).await
}
