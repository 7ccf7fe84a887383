//! An account's history with the team: from when to when it was whose, and whether it was a key
//! account. What 4.4.1 owes is reckoned from this, never from the account as it is today.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use kehu_core::{AccountGroupId, AccountId, Actor};
use kehu_platform::db::{DbFault, Tx};
use kehu_platform::journal::{self, Entry};
use kehu_platform::sea_orm::ConnectionTrait;
use kehu_rulebook::clauses::known;
use kehu_rulebook::obligations::Holding;
use serde_json::json;

use super::groups;
use super::model::Account;
use super::store::{self, Tenure};
use crate::duties::{self, Books};

/// For which account the cadences of this one are owed: itself, or the leading account of a group
/// that owes them once.
async fn carrier(
    on: &impl ConnectionTrait,
    account: AccountId,
    group: Option<AccountGroupId>,
) -> Result<AccountId, DbFault> {
    let Some(group) = group else { return Ok(account) };
    Ok(groups::carrier(on, group).await?.unwrap_or(account))
}

/// The tenure that begins now for an account as it stands.
pub(super) async fn beginning(
    tx: &Tx,
    now: DateTime<Utc>,
    books: &Books,
    account: &Account,
) -> Result<Tenure, DbFault> {
    Ok(Tenure {
        account: account.id,
        carrier: carrier(&**tx, account.id, account.group).await?,
        holding: Holding {
            from: now,
            to: None,
            owner: account.owner,
            team: account.team,
            key: !account.archived && books.is_key(&account.facts.tier, now),
        },
    })
}

/// Begins a new tenure when anything about it has changed, and brings the obligations of every
/// carrier concerned up to date.
pub(super) async fn renew(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    account: &Account,
) -> Result<(), DbFault> {
    let next = beginning(tx, now, books, account).await?;
    let running = store::tenures_of(&**tx, account.id).await?.into_iter().find(|t| t.holding.to.is_none());
    let mut carriers: BTreeSet<AccountId> = BTreeSet::from([account.id, next.carrier]);
    match running {
        Some(tenure) => {
            carriers.insert(tenure.carrier);
            let same = Tenure { holding: Holding { from: now, ..tenure.holding.clone() }, ..tenure } == next;
            if !same {
                store::turn_tenure(tx, now, &next).await?;
            }
        }
        None => store::insert_tenures(tx, std::slice::from_ref(&next)).await?,
    }
    let carriers: Vec<AccountId> = carriers.into_iter().collect();
    duties::account(tx, actor, now, books, &carriers, account.id).await
}

/// The same for many accounts that were changed in one go: their obligations are brought up to
/// date together.
pub async fn renew_all(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    accounts: &[Account],
) -> Result<(), DbFault> {
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let running: HashMap<AccountId, Tenure> =
        store::running_tenures(&**tx, &ids).await?.into_iter().map(|tenure| (tenure.account, tenure)).collect();
    let mut carriers: BTreeSet<AccountId> = BTreeSet::new();
    for account in accounts {
        let next = beginning(tx, now, books, account).await?;
        carriers.extend([account.id, next.carrier]);
        let Some(tenure) = running.get(&account.id) else {
            store::insert_tenures(tx, std::slice::from_ref(&next)).await?;
            continue;
        };
        carriers.insert(tenure.carrier);
        let as_of_now = Tenure { holding: Holding { from: now, ..tenure.holding.clone() }, ..tenure.clone() };
        if as_of_now != next {
            store::turn_tenure(tx, now, &next).await?;
        }
    }
    let carriers: Vec<AccountId> = carriers.into_iter().collect();
    duties::accounts(tx, actor, now, books, &carriers, &ids).await
}

/// Whether the rulebook in force calls other accounts key than the tenures say.
pub async fn key_tiers_moved(on: &impl ConnectionTrait, books: &Books, now: DateTime<Utc>) -> Result<bool, DbFault> {
    Ok(!store::of_moved_tiers(on, books.at(now).rulebook.get(&known::KEY_TIERS), Some(1)).await?.is_empty())
}

/// After a new version of the rulebook has come into force: accounts whose tier became or ceased
/// to be key begin a new tenure.
pub async fn follow_key_tiers(tx: &Tx, actor: &Actor, now: DateTime<Utc>, books: &Books) -> Result<(), DbFault> {
    let ids = store::of_moved_tiers(&**tx, books.at(now).rulebook.get(&known::KEY_TIERS), None).await?;
    for account in store::accounts(&**tx, &ids).await? {
        renew(tx, actor, now, books, &account).await?;
        let key = books.is_key(&account.facts.tier, now);
        let entry = Entry::new("account", account.id, "key_changed").account(account.id).after(json!({ "key": key }));
        journal::record(tx, actor, now, entry).await?;
    }
    Ok(())
}
