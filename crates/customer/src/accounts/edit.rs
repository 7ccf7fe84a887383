//! Changing an account's facts and its team.

use chrono::{DateTime, Utc};
use kehu_core::{Actor, MemberId};
use kehu_platform::db::Tx;
use kehu_platform::journal::{self, Entry};
use kehu_platform::{Error, directory};
use serde_json::json;

use super::access::AccountEditor;
use super::groups::{self, Succession};
use super::model::{Account, AccountFacts, AccountRole};
use super::{check, create, store, tenure};
use crate::duties::Books;
use crate::t;

/// Writes new facts over the ones that the writer read at `version`.
pub async fn edit(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    editor: &AccountEditor,
    version: i64,
    facts: AccountFacts,
) -> Result<Account, Error> {
    let before = editor.account();
    let mut invalid = check::account(&facts);
    check::known_grades(&**tx, Some(&before.facts), &facts, &mut invalid).await?;
    if let Some(twin) = store::twin(&**tx, &facts, Some(before.id)).await? {
        invalid = create::already_there(invalid, &facts, &twin);
    }
    invalid.check()?;
    if facts == before.facts && version == before.version {
        return Ok(before.clone());
    }
    if !store::update_facts(tx, before.id, version, &facts, now).await? {
        return Err(Error::Stale);
    }
    let after = Account { facts, version: version + 1, ..before.clone() };
    create::index(tx, &after).await?;
    let entry = Entry::new("account", after.id, "changed")
        .account(after.id)
        .before(json!(before.facts))
        .after(json!(after.facts));
    journal::record(tx, actor, now, entry).await?;
    tenure::renew(tx, actor, now, books, &after).await?;
    Ok(after)
}

/// Ends the account's life here; its history stays, what it still owes is cancelled. When it owes
/// for a group, the group says first how it goes on. The caller holds the company's lock.
pub async fn archive(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    editor: &AccountEditor,
    succession: Option<Succession>,
) -> Result<(), Error> {
    let left = groups::let_go(tx, actor, now, editor.account(), succession).await?;
    set_archived(tx, actor, now, books, editor, true).await?;
    tenure::renew_all(tx, actor, now, books, &left).await?;
    Ok(())
}

pub async fn restore(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    editor: &AccountEditor,
) -> Result<(), Error> {
    set_archived(tx, actor, now, books, editor, false).await
}

async fn set_archived(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    editor: &AccountEditor,
    archived: bool,
) -> Result<(), Error> {
    let account = Account { archived, ..editor.account().clone() };
    store::archive(tx, account.id, archived.then_some(now), now).await?;
    let verb = if archived { "archived" } else { "restored" };
    journal::record(tx, actor, now, Entry::new("account", account.id, verb).account(account.id)).await?;
    tenure::renew(tx, actor, now, books, &account).await?;
    Ok(())
}

/// Gives a member a role on the account team. The owner changes by handing the account over.
pub async fn set_role(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    editor: &AccountEditor,
    member: MemberId,
    role: AccountRole,
) -> Result<(), Error> {
    if role == AccountRole::Owner || editor.account().owner == member {
        return Err(Error::conflict("owner_by_handover", t::accounts::owner_by_handover));
    }
    directory::member(&**tx, member).await?.filter(|m| m.active).ok_or(Error::NotFound)?;
    store::seat(tx, editor.id(), member, role, now).await?;
    let entry = Entry::new("account", editor.id(), "role_given")
        .account(editor.id())
        .after(json!({ "member": member, "role": role.code() }));
    journal::record(tx, actor, now, entry).await?;
    Ok(())
}

/// Takes a member off the account team.
pub async fn unset_role(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    editor: &AccountEditor,
    member: MemberId,
) -> Result<(), Error> {
    if editor.account().owner == member {
        return Err(Error::conflict("owner_by_handover", t::accounts::owner_by_handover));
    }
    store::unseat(tx, editor.id(), member).await?;
    let entry =
        Entry::new("account", editor.id(), "role_taken").account(editor.id()).before(json!({ "member": member }));
    journal::record(tx, actor, now, entry).await?;
    Ok(())
}
