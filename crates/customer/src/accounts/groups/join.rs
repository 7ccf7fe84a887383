//! One account joins a group, changes it or leaves it; whoever led a group leaves it in order.

use chrono::{DateTime, Utc};
use kehu_core::{AccountGroupId, AccountId, Actor};
use kehu_platform::db::Tx;
use kehu_platform::journal::{self, Entry};
use kehu_platform::{Error, Invalid};
use serde_json::json;

use super::keep::move_all;
use super::{AccountGroup, GroupKeeper, store};
use crate::accounts::access::AccountEditor;
use crate::accounts::model::Account;
use crate::accounts::tenure;
use crate::duties::Books;
use crate::t::accounts as t;

/// What becomes of a group that owes its cadence once when its leading account goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Succession {
    /// This account leads from now on.
    Lead(AccountId),
    /// From now on each account owes its own.
    Each,
}

/// Puts an account into a group, or into none. The caller holds the company's lock.
pub async fn place_in_group(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    editor: &AccountEditor,
    to: Option<AccountGroupId>,
    succession: Option<Succession>,
) -> Result<(), Error> {
    let account = editor.account();
    let keeper = GroupKeeper::of(actor)?;
    if !keeper.places(account) {
        return Err(Error::Forbidden);
    }
    if account.group == to {
        return Ok(());
    }
    let left = let_go(tx, actor, now, account, succession).await?;
    if let Some(to) = to {
        let group = store::group(&**tx, to).await?;
        let inside = store::accounts_in_group(&**tx, to).await?;
        let Some(group) = group.filter(|_| keeper.keeps(&inside)) else {
            return Err(Invalid::one("group", "unknown", t::group_unknown).into());
        };
        // The first to come leads.
        if group.lead.is_none() && inside.is_empty() {
            rule(tx, actor, now, AccountGroup { lead: Some(account.id), ..group }).await?;
        } else if group.lead.is_none() && group.once {
            return Err(Invalid::one("group", "leaderless", t::group_leaderless).into());
        }
    }
    move_all(tx, actor, now, books, vec![account.clone()], to).await?;
    tenure::renew_all(tx, actor, now, books, &left).await?;
    Ok(())
}

/// Settles who leads the group that an account is about to leave, when it leads one. Answers the
/// accounts that stay, whose obligations the caller asks for again once the account is gone.
pub(in crate::accounts) async fn let_go(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    account: &Account,
    succession: Option<Succession>,
) -> Result<Vec<Account>, Error> {
    let group = match account.group {
        Some(id) => store::group(&**tx, id).await?.filter(|group| group.lead == Some(account.id)),
        None => None,
    };
    let Some(group) = group else { return Ok(Vec::new()) };
    let mut stay = store::accounts_in_group(&**tx, group.id).await?;
    stay.retain(|other| other.id != account.id);
    let (lead, once) = match succession {
        _ if stay.is_empty() => (None, group.once),
        Some(Succession::Lead(lead)) if stay.iter().any(|other| other.id == lead) => (Some(lead), group.once),
        Some(Succession::Lead(_)) => {
            return Err(Invalid::one("lead", "outside", t::group_lead_outside).into());
        }
        Some(Succession::Each) => (None, false),
        None if group.once => return Err(Invalid::one("lead", "required", t::successor_required).into()),
        None => (None, false),
    };
    rule(tx, actor, now, AccountGroup { lead, once, ..group }).await?;
    Ok(stay)
}

/// Writes who leads the group and how it owes.
async fn rule(tx: &Tx, actor: &Actor, now: DateTime<Utc>, group: AccountGroup) -> Result<(), Error> {
    if !store::update(tx, &group).await? {
        return Err(Error::Stale);
    }
    let entry =
        Entry::new("account_group", group.id, "lead_changed").after(json!({ "lead": group.lead, "once": group.once }));
    journal::record(tx, actor, now, entry).await?;
    Ok(())
}
