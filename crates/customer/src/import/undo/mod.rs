//! Takes an import back as a whole, as long as nobody has built on what it brought in: what it
//! made disappears, what it changed is as before.

mod store;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, Actor, ContactId, ImportId, MemberId};
use kehu_platform::Error;
use kehu_platform::db::{Db, Lock, Tx};
use kehu_platform::journal::{self, Entry};
use kehu_platform::search;
use serde_json::json;
use uuid::Uuid;

use self::store::Made;
use super::bulk;
use super::importer::Importer;
use super::model::{Change, Import, RecordKind, State};
use super::store as imports;
use super::upload::of_importer;
use crate::accounts::{self, Account, Contact, indexed, indexed_contact};
use crate::duties::Books;
use crate::t;

/// So many of the changed records are named in a refusal.
const NAMED: usize = 5;

/// Takes the import back.
///
/// # Errors
/// `changed_since`, naming records that were used or changed after the import.
pub async fn undo(db: &Db, importer: &Importer, now: DateTime<Utc>, id: ImportId) -> Result<Import, Error> {
    db.write(Lock::company(), async |tx| {
        let import = of_importer(&**tx, importer, id).await?;
        if import.state != State::Done {
            return Err(Error::conflict("not_done", t::import::not_done));
        }
        let changes = imports::changes(&**tx, id).await?;
        let made = Made::of(&changes);
        let touched = touched(tx, &changes, &made).await?;
        if !touched.is_empty() {
            return Err(changed_since(&touched));
        }
        restore(tx, importer.actor(), now, &changes).await?;
        remove(tx, importer.actor(), now, &made).await?;
        let undone =
            Import { state: State::Undone, undone_at: Some(now), undone_by: importer.actor().name.clone(), ..import };
        imports::update(tx, &undone).await?;
        journal::record(tx, importer.actor(), now, Entry::new("import", id, "undone")).await?;
        Ok(undone)
    })
    .await
}

/// What somebody has changed or used since, by name.
async fn touched(tx: &Tx, changes: &[Change], made: &Made) -> Result<Vec<String>, Error> {
    let mut touched = store::with_another_version(tx, changes).await?;
    touched.extend(store::accounts_in_use(tx, made).await?);
    touched.extend(store::contacts_in_use(tx, made).await?);
    touched.extend(store::members_in_use(tx, made).await?);
    touched.sort();
    touched.dedup();
    Ok(touched)
}

fn changed_since(touched: &[String]) -> Error {
    let count = touched.len();
    let names: Vec<String> = touched.iter().take(NAMED).cloned().collect();
    Error::conflict("changed_since", move |l| {
        t::import::changed_since(l, count, names.join(kehu_platform::t::app::list_comma(l)))
    })
}

/// Writes back what the import has written over.
async fn restore(tx: &Tx, actor: &Actor, now: DateTime<Utc>, changes: &[Change]) -> Result<(), Error> {
    let before: HashMap<Uuid, &serde_json::Value> =
        changes.iter().filter_map(|change| Some((change.record, change.before.as_ref()?))).collect();
    let of_kind = |kind| changes.iter().filter(move |c| c.kind == kind && c.before.is_some()).map(|c| c.record);
    let ids: Vec<AccountId> = of_kind(RecordKind::Account).map(AccountId).collect();
    let mut restored: Vec<Account> = Vec::new();
    let mut entries = Vec::new();
    for account in accounts::accounts(&**tx, &ids).await? {
        let Some(facts) = before.get(&account.id.uuid()) else { continue };
        let after = Account { facts: facts_of(facts)?, version: account.version + 1, ..account.clone() };
        let entry = Entry::new("account", after.id, "changed").account(after.id);
        entries.push(entry.before(json!(account.facts)).after(json!(after.facts)));
        restored.push(after);
    }
    bulk::update_accounts(tx, &restored.iter().collect::<Vec<_>>(), now).await?;
    let labels: Vec<(&Account, String)> = restored.iter().map(|account| (account, account.label())).collect();
    let words: Vec<_> = labels.iter().map(|(account, label)| indexed(account, label)).collect();
    search::put_all(tx, "account", &words).await?;

    let ids: Vec<ContactId> = of_kind(RecordKind::Contact).map(ContactId).collect();
    let mut people: Vec<Contact> = Vec::new();
    for id in ids {
        let Some(contact) = accounts::contact(&**tx, id).await? else { continue };
        let Some(facts) = before.get(&id.uuid()) else { continue };
        let after = Contact { facts: facts_of(facts)?, version: contact.version + 1, ..contact.clone() };
        let named = |c: &Contact| json!({ "name": c.facts.name, "title": c.facts.title });
        let entry = Entry::new("contact", id, "changed").account(after.account);
        entries.push(entry.before(named(&contact)).after(named(&after)));
        people.push(after);
    }
    bulk::update_contacts(tx, &people.iter().collect::<Vec<_>>()).await?;
    let words: Vec<_> = people.iter().map(indexed_contact).collect();
    search::put_all(tx, "contact", &words).await?;
    journal::record_all(tx, actor, now, entries).await?;

    let books = Books::load(&**tx).await?;
    Ok(accounts::renew_all(tx, actor, now, &books, &restored).await?)
}

fn facts_of<T: serde::de::DeserializeOwned>(facts: &serde_json::Value) -> Result<T, Error> {
    serde_json::from_value(facts.clone()).map_err(|error| Error::Broken(format!("facts kept by an import: {error}")))
}

/// Removes what the import has made. The journal keeps that it was there.
async fn remove(tx: &Tx, actor: &Actor, now: DateTime<Utc>, made: &Made) -> Result<(), Error> {
    store::remove(tx, made).await?;
    search::remove_all(tx, "account", &made.accounts).await?;
    search::remove_all(tx, "contact", &made.contacts).await?;
    let accounts = made.accounts.iter().map(|id| Entry::new("account", *id, "removed").account(AccountId(*id)));
    let contacts = made.contacts.iter().map(|id| Entry::new("contact", *id, "removed"));
    let members = made.members.iter().map(|id| Entry::new("member", MemberId(*id), "removed"));
    Ok(journal::record_all(tx, actor, now, accounts.chain(contacts).chain(members).collect()).await?)
}
