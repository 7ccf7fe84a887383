//! Making a key account.

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, Actor, MemberId};
use kehu_platform::db::Tx;
use kehu_platform::journal::{self, Entry};
use kehu_platform::search::{self, Indexed};
use kehu_platform::{Error, Invalid, directory};
use serde_json::json;

use super::model::{Account, AccountFacts, AccountRole, label};
use super::{access, check, store, tenure};
use crate::duties::Books;
use crate::t;

/// What is needed to make an account.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub facts: AccountFacts,
    /// The account manager; the account belongs to the manager's team.
    pub owner: MemberId,
}

/// Makes an account. The caller holds the company's lock, for the account's number.
///
/// # Errors
/// Field errors when the facts cannot be accepted or the company is in the list already.
pub async fn create(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    new: NewAccount,
) -> Result<Account, Error> {
    if !access::may_create(actor) {
        return Err(Error::Forbidden);
    }
    let mut invalid = check::account(&new.facts);
    check::known_grades(&**tx, None, &new.facts, &mut invalid).await?;
    let owner = directory::member(&**tx, new.owner).await?.filter(|m| m.active);
    if owner.is_none() {
        invalid.add("owner", "unknown", t::accounts::owner_unknown);
    }
    if let Some(twin) = store::twin(&**tx, &new.facts, None).await? {
        invalid = already_there(invalid, &new.facts, &twin);
    }
    invalid.check()?;
    let team = owner.and_then(|m| m.team);
    // A manager makes accounts of their own, a leader for the team.
    if !actor.is_system() && !actor.is(new.owner) && !team.is_some_and(|team| actor.leads(team)) {
        return Err(Invalid::one("owner", "not_yours", t::accounts::owner_not_yours).into());
    }
    let account = Account {
        id: AccountId::new(now),
        number: store::next_number(tx).await?,
        facts: new.facts,
        owner: new.owner,
        team,
        group: None,
        created_at: now,
        archived: false,
        version: 1,
    };
    store::insert_accounts(tx, std::slice::from_ref(&account), actor.member).await?;
    store::seat(tx, account.id, account.owner, AccountRole::Owner, now).await?;
    index(tx, &account).await?;
    let entry = Entry::new("account", account.id, "created")
        .account(account.id)
        .after(json!({ "number": label(account.number), "owner": account.owner, "facts": account.facts }));
    journal::record(tx, actor, now, entry).await?;
    tenure::renew(tx, actor, now, books, &account).await?;
    Ok(account)
}

/// Says that the company is in the list already, next to the field that shows it.
pub(super) fn already_there(mut invalid: Invalid, facts: &AccountFacts, twin: &Account) -> Invalid {
    let same_code = facts.credit_code.is_some() && facts.credit_code == twin.facts.credit_code;
    let (number, name) = (twin.label(), twin.facts.name.clone());
    let field = if same_code { "credit_code" } else { "name" };
    invalid.add(field, "duplicate", move |l| t::accounts::already_there(l, name.as_str(), number.as_str()));
    invalid
}

/// Puts the account's names and code into the search index.
pub(super) async fn index(tx: &Tx, account: &Account) -> Result<(), Error> {
    let number = account.label();
    let Indexed { record, names, texts } = indexed(account, &number);
    search::put(tx, "account", record, &names, &texts).await?;
    Ok(())
}

/// What an account is found by; `label` is its number as people see it.
pub fn indexed<'a>(account: &'a Account, label: &'a str) -> Indexed<'a> {
    let f = &account.facts;
    let code = f.credit_code.as_ref().map(|c| c.as_str()).unwrap_or_default();
    Indexed {
        record: account.id.uuid(),
        names: vec![&f.name, &f.short_name],
        texts: vec![&f.former_name, &f.english_name, code, label],
    }
}
