//! The people at the customer's.

use chrono::{DateTime, Utc};
use kehu_core::{Actor, ContactId};
use kehu_platform::Error;
use kehu_platform::db::Tx;
use kehu_platform::journal::{self, Entry};
use kehu_platform::search::{self, Indexed};
use serde_json::json;

use super::access::AccountEditor;
use super::model::{Contact, ContactFacts};
use super::{check, store};

pub async fn add_contact(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    editor: &AccountEditor,
    facts: ContactFacts,
) -> Result<Contact, Error> {
    check::contact(&facts).check()?;
    let contact = Contact { id: ContactId::new(now), account: editor.id(), facts, archived: false, version: 1 };
    store::insert_contacts(tx, std::slice::from_ref(&contact), now).await?;
    index(tx, &contact).await?;
    // The journal outlives an erasure, so it names the person and leaves their numbers out.
    let entry = Entry::new("contact", contact.id, "created")
        .account(contact.account)
        .after(json!({ "name": contact.facts.name, "title": contact.facts.title }));
    journal::record(tx, actor, now, entry).await?;
    Ok(contact)
}

pub async fn edit_contact(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    editor: &AccountEditor,
    id: ContactId,
    version: i64,
    facts: ContactFacts,
) -> Result<Contact, Error> {
    let before = of_account(tx, editor, id).await?;
    check::contact(&facts).check()?;
    if facts == before.facts {
        return Ok(before);
    }
    if !store::update_contact(tx, id, version, &facts).await? {
        return Err(Error::Stale);
    }
    let after = Contact { facts, version: version + 1, ..before.clone() };
    index(tx, &after).await?;
    let named = |f: &ContactFacts| json!({ "name": f.name, "title": f.title, "department": f.department });
    let entry = Entry::new("contact", id, "changed")
        .account(after.account)
        .before(named(&before.facts))
        .after(named(&after.facts));
    journal::record(tx, actor, now, entry).await?;
    Ok(after)
}

/// Notes that the person is no longer there, or is again.
pub async fn archive_contact(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    editor: &AccountEditor,
    id: ContactId,
    archived: bool,
) -> Result<(), Error> {
    of_account(tx, editor, id).await?;
    store::archive_contact(tx, id, archived.then_some(now)).await?;
    let verb = if archived { "archived" } else { "restored" };
    journal::record(tx, actor, now, Entry::new("contact", id, verb).account(editor.id())).await?;
    Ok(())
}

async fn of_account(tx: &Tx, editor: &AccountEditor, id: ContactId) -> Result<Contact, Error> {
    store::contact(&**tx, id).await?.filter(|c| c.account == editor.id()).ok_or(Error::NotFound)
}

pub(super) async fn index(tx: &Tx, contact: &Contact) -> Result<(), Error> {
    let Indexed { record, names, texts } = indexed_contact(contact);
    search::put(tx, "contact", record, &names, &texts).await?;
    Ok(())
}

/// What a contact is found by.
pub fn indexed_contact(contact: &Contact) -> Indexed<'_> {
    let f = &contact.facts;
    Indexed { record: contact.id.uuid(), names: vec![&f.name], texts: vec![&f.title, &f.department] }
}
