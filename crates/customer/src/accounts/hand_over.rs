//! Handing an account to another manager: what is open moves, history stays with who owed it.

use chrono::{DateTime, Utc};
use kehu_core::{Actor, MemberId, Position};
use kehu_platform::db::Tx;
use kehu_platform::journal::{self, Entry};
use kehu_platform::{Error, Invalid, directory};
use serde_json::json;

use super::access::AccountEditor;
use super::model::{Account, AccountRole};
use super::{store, tenure};
use crate::duties::Books;
use crate::t;

/// Makes another member the account's manager. The owner may hand over, and the leader of the team.
pub async fn hand_over(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    editor: &AccountEditor,
    to: MemberId,
) -> Result<Account, Error> {
    let before = editor.account();
    let allowed = actor.is_system() || actor.is(before.owner) || before.team.is_some_and(|team| actor.leads(team));
    if !allowed {
        return Err(Error::Forbidden);
    }
    let receiver =
        directory::member(&**tx, to).await?.filter(|m| m.active && m.positions.holds(Position::AccountManager));
    let Some(receiver) = receiver else {
        return Err(Invalid::one("to", "unknown", t::accounts::receiver_unknown).into());
    };
    if to == before.owner {
        return Err(Invalid::one("to", "same", t::accounts::receiver_same).into());
    }
    let after =
        Account { owner: to, team: receiver.team.or(before.team), version: before.version + 1, ..before.clone() };
    store::update_place(tx, &after, now).await?;
    store::unseat(tx, before.id, before.owner).await?;
    store::seat(tx, after.id, to, AccountRole::Owner, now).await?;
    let entry = Entry::new("account", after.id, "handed_over")
        .account(after.id)
        .before(json!({ "owner": before.owner, "team": before.team }))
        .after(json!({ "owner": after.owner, "team": after.team }));
    journal::record(tx, actor, now, entry).await?;
    tenure::renew(tx, actor, now, books, &after).await?;
    Ok(after)
}
