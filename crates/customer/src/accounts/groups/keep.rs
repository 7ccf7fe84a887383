//! Making, changing and dissolving a group.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kehu_core::{AccountGroupId, AccountId, Actor};
use kehu_platform::db::{DbFault, Tx};
use kehu_platform::journal::{self, Entry};
use kehu_platform::sea_orm::ConnectionTrait;
use kehu_platform::{Error, Invalid};
use serde_json::{Value, json};

use super::{AccountGroup, GroupKeeper, store};
use crate::accounts::model::Account;
use crate::accounts::{store as accounts, tenure};
use crate::duties::Books;
use crate::t::accounts as t;

/// A group as it is asked for.
#[derive(Clone, Debug, Default)]
pub struct GroupDraft {
    pub name: String,
    pub once: bool,
    pub lead: Option<AccountId>,
    pub accounts: Vec<AccountId>,
}

/// The groups that the keeper may see and change, with their accounts. One with customers of other teams
/// is not for a leader to see.
pub async fn kept_groups(
    on: &impl ConnectionTrait,
    by: GroupKeeper<'_>,
) -> Result<Vec<(AccountGroup, Vec<Account>)>, DbFault> {
    let mut inside: HashMap<AccountGroupId, Vec<Account>> = HashMap::new();
    for account in store::grouped_accounts(on).await? {
        if let Some(group) = account.group {
            inside.entry(group).or_default().push(account);
        }
    }
    let all = store::groups(on).await?.into_iter().map(|group| {
        let accounts = inside.remove(&group.id).unwrap_or_default();
        (group, accounts)
    });
    Ok(all.filter(|(_, accounts)| by.keeps(accounts)).collect())
}

/// Makes a group of accounts that are in none. The caller holds the company's lock.
pub async fn add_group(
    tx: &Tx,
    by: GroupKeeper<'_>,
    now: DateTime<Utc>,
    books: &Books,
    draft: GroupDraft,
) -> Result<AccountGroupId, Error> {
    let wanted = check(tx, by, None, &draft).await?;
    let group = AccountGroup {
        id: AccountGroupId::new(now),
        name: draft.name.trim().to_owned(),
        once: draft.once,
        lead: draft.lead,
        version: 1,
    };
    store::insert(tx, &group).await?;
    let entry = Entry::new("account_group", group.id, "added").after(told(&group, &draft.accounts));
    journal::record(tx, by.0, now, entry).await?;
    move_all(tx, by.0, now, books, wanted, Some(group.id)).await?;
    Ok(group.id)
}

/// Changes a group and who is in it.
pub async fn edit_group(
    tx: &Tx,
    by: GroupKeeper<'_>,
    now: DateTime<Utc>,
    books: &Books,
    (id, version): (AccountGroupId, i64),
    draft: GroupDraft,
) -> Result<(), Error> {
    let before = store::group(&**tx, id).await?.ok_or(Error::NotFound)?;
    let had = store::accounts_in_group(&**tx, id).await?;
    if !by.keeps(&had) {
        return Err(Error::Forbidden);
    }
    let wanted = check(tx, by, Some(&before), &draft).await?;
    let name = draft.name.trim().to_owned();
    let after = AccountGroup { name, once: draft.once, lead: draft.lead, version, ..before.clone() };
    if !store::update(tx, &after).await? {
        return Err(Error::Stale);
    }
    let had_ids: Vec<AccountId> = had.iter().map(|account| account.id).collect();
    let entry =
        Entry::new("account_group", id, "changed").before(told(&before, &had_ids)).after(told(&after, &draft.accounts));
    journal::record(tx, by.0, now, entry).await?;
    let gone = had.into_iter().filter(|account| !draft.accounts.contains(&account.id)).collect();
    move_all(tx, by.0, now, books, gone, None).await?;
    move_all(tx, by.0, now, books, wanted, Some(id)).await
}

/// Ends a group; from now on each of its accounts owes its own.
pub async fn dissolve_group(
    tx: &Tx,
    by: GroupKeeper<'_>,
    now: DateTime<Utc>,
    books: &Books,
    id: AccountGroupId,
) -> Result<(), Error> {
    let group = store::group(&**tx, id).await?.ok_or(Error::NotFound)?;
    let had = store::accounts_in_group(&**tx, id).await?;
    if !by.keeps(&had) {
        return Err(Error::Forbidden);
    }
    let had_ids: Vec<AccountId> = had.iter().map(|account| account.id).collect();
    journal::record(tx, by.0, now, Entry::new("account_group", id, "dissolved").before(told(&group, &had_ids))).await?;
    move_all(tx, by.0, now, books, had, None).await?;
    store::dissolve(tx, id, now).await?;
    Ok(())
}

fn told(group: &AccountGroup, accounts: &[AccountId]) -> Value {
    json!({ "name": group.name, "once": group.once, "lead": group.lead, "accounts": accounts })
}

async fn check(
    tx: &Tx,
    by: GroupKeeper<'_>,
    before: Option<&AccountGroup>,
    draft: &GroupDraft,
) -> Result<Vec<Account>, Error> {
    let mut invalid = Invalid::default();
    let (name, own) = (draft.name.trim(), before.map(|group| group.id));
    if name.is_empty() {
        invalid.add("name", "required", t::group_name_required);
    } else if name.chars().count() > 60 {
        invalid.add("name", "too_long", |l| t::too_long(l, 60));
    } else if store::groups(&**tx).await?.iter().any(|group| group.name == name && Some(group.id) != own) {
        invalid.add("name", "duplicate", t::group_name_taken);
    }
    let wanted = accounts::accounts(&**tx, &draft.accounts).await?;
    let known =
        |account: &&Account| !account.archived && (by.places(account) || (own.is_some() && account.group == own));
    if wanted.iter().filter(known).count() < draft.accounts.len() {
        invalid.add("accounts", "unknown", t::group_account_unknown);
    }
    // Only a customer that the keeper may see is named.
    let taken = |account: &&Account| account.group.is_some() && account.group != own && by.places(account);
    if let Some(taken) = wanted.iter().find(taken) {
        let name = taken.called().to_owned();
        invalid.add("accounts", "taken", move |l| t::group_account_taken(l, name.as_str()));
    }
    match draft.lead {
        Some(lead) if !draft.accounts.contains(&lead) => invalid.add("lead", "outside", t::group_lead_outside),
        None if draft.once && !draft.accounts.is_empty() => invalid.add("lead", "required", t::group_lead_required),
        _ => {}
    }
    invalid.check()?;
    Ok(wanted)
}

/// Puts the accounts into the group, or out of theirs, and asks again what each of them owes.
pub(super) async fn move_all(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    all: Vec<Account>,
    to: Option<AccountGroupId>,
) -> Result<(), Error> {
    let mut moved = Vec::with_capacity(all.len());
    for before in all {
        let after = Account { group: to, ..before.clone() };
        if before.group != to {
            accounts::update_place(tx, &after, now).await?;
            let entry = Entry::new("account", after.id, "group_changed")
                .account(after.id)
                .before(json!({ "group": before.group }))
                .after(json!({ "group": to }));
            journal::record(tx, actor, now, entry).await?;
        }
        moved.push(after);
    }
    tenure::renew_all(tx, actor, now, books, &moved).await?;
    Ok(())
}
