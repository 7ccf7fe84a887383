//! Who may see and who may edit a customer's data: the account team, the deputy of its manager, the
//! leader of its team, and company leadership. HR sees people, an administrator configures; neither reads customers. A
//! verb asks for one of the values made here, so a forgotten check does not compile.

use std::collections::HashSet;

use kehu_core::{AccountId, Actor, Position};
use kehu_platform::Error;
use kehu_platform::db::{DbFault, placeholders};
use kehu_platform::sea_orm::{ConnectionTrait, Value};

use super::model::Account;
use super::store;

/// The actor may read this account.
#[derive(Clone, Debug)]
pub struct AccountViewer {
    account: Account,
    /// On the account team, its manager's deputy or its leader: personal data is shown unmasked.
    pub inside: bool,
}

/// The actor may change this account and log contacts with it.
#[derive(Clone, Debug)]
pub struct AccountEditor(Account);

impl AccountViewer {
    pub fn account(&self) -> &Account {
        &self.account
    }
}

impl AccountEditor {
    pub fn account(&self) -> &Account {
        &self.0
    }

    pub fn id(&self) -> AccountId {
        self.0.id
    }
}

/// Lets the actor read the account, or answers as if it did not exist.
pub async fn viewer(on: &impl ConnectionTrait, actor: &Actor, id: AccountId) -> Result<AccountViewer, Error> {
    let account = store::account(on, id).await?.ok_or(Error::NotFound)?;
    let mut inside_all = true;
    for actor in std::iter::once(actor).chain(actor.onlooker.as_deref()) {
        let inside = inside(on, actor, &account).await?;
        if !inside && !actor.holds(Position::CompanyLeadership) {
            return Err(Error::NotFound);
        }
        inside_all &= inside;
    }
    Ok(AccountViewer { account, inside: inside_all })
}

/// Lets the actor change the account: the account team, its manager's deputy and its leader.
pub async fn editor(on: &impl ConnectionTrait, actor: &Actor, id: AccountId) -> Result<AccountEditor, Error> {
    let seen = viewer(on, actor, id).await?;
    if seen.inside { Ok(AccountEditor(seen.account)) } else { Err(Error::Forbidden) }
}

async fn inside(on: &impl ConnectionTrait, actor: &Actor, account: &Account) -> Result<bool, Error> {
    let Some(member) = actor.member else { return Ok(true) };
    if account.owner == member
        || actor.stands_in_for(account.owner).is_some()
        || account.team.is_some_and(|team| actor.leads(team))
    {
        return Ok(true);
    }
    Ok(store::is_on_account_team(on, account.id, member).await?)
}

/// Whether the actor may make new accounts: managers for themselves, leaders for their team.
pub fn may_create(actor: &Actor) -> bool {
    actor.is_system() || actor.holds(Position::AccountManager) || !actor.leads.is_empty()
}

/// The condition on `a` (accounts) that leaves the accounts the actor may read, with its values
/// numbered after the first `after`.
pub fn visible(actor: &Actor, after: usize) -> (String, Vec<Value>) {
    for_onlooker_too(actor, after, visible_to)
}

/// Whether no account is withheld from the actor.
pub fn sees_every_account(actor: &Actor) -> bool {
    let sees = |actor: &Actor| actor.member.is_none() || actor.holds(Position::CompanyLeadership);
    std::iter::once(actor).chain(actor.onlooker.as_deref()).all(sees)
}

/// As [`visible`], for the accounts the actor may change and log contacts with.
pub fn editable(actor: &Actor, after: usize) -> (String, Vec<Value>) {
    for_onlooker_too(actor, after, editable_by)
}

type Condition = fn(&Actor, usize) -> (String, Vec<Value>);

fn for_onlooker_too(actor: &Actor, after: usize, of: Condition) -> (String, Vec<Value>) {
    let (condition, mut values) = of(actor, after);
    let Some(onlooker) = actor.onlooker.as_deref() else { return (condition, values) };
    let (also, more) = of(onlooker, after + values.len());
    values.extend(more);
    (format!("{condition} and {also}"), values)
}

fn visible_to(actor: &Actor, after: usize) -> (String, Vec<Value>) {
    if actor.holds(Position::CompanyLeadership) {
        return ("1 = 1".to_owned(), Vec::new());
    }
    editable_by(actor, after)
}

fn editable_by(actor: &Actor, after: usize) -> (String, Vec<Value>) {
    let Some(member) = actor.member else { return ("1 = 1".to_owned(), Vec::new()) };
    let on_team = format!("a.id in (select am.account_id from account_members am where am.member_id = ${})", after + 1);
    let (mut parts, mut values) = (vec![on_team], vec![Value::from(member.uuid())]);
    let absent = actor.stands_in.iter().map(|absence| absence.member.uuid());
    let led = actor.leads.iter().map(|team| team.uuid());
    for (column, ids) in [("a.team_id", led.collect::<Vec<_>>()), ("a.owner_id", absent.collect())] {
        if !ids.is_empty() {
            parts.push(format!("{column} in ({})", placeholders(after + values.len(), ids.len())));
            values.extend(ids.into_iter().map(Value::from));
        }
    }
    (format!("({})", parts.join(" or ")), values)
}

/// The accounts that the actor works on: those of their teams and of whoever they stand in for.
pub async fn served_by(on: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<AccountId>, DbFault> {
    store::accounts_where(on, editable(actor, 0)).await
}

/// On which of the accounts the actor works.
pub async fn served_among(
    on: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[AccountId],
) -> Result<HashSet<AccountId>, DbFault> {
    among(on, editable(actor, 0), ids).await
}

/// Which of the accounts the actor may read.
pub async fn seen_among(
    on: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[AccountId],
) -> Result<HashSet<AccountId>, DbFault> {
    among(on, visible(actor, 0), ids).await
}

async fn among(
    on: &impl ConnectionTrait,
    (condition, values): (String, Vec<Value>),
    ids: &[AccountId],
) -> Result<HashSet<AccountId>, DbFault> {
    let mut found = HashSet::new();
    for chunk in ids.chunks(500) {
        let mut values = values.clone();
        let condition = format!("{condition} and a.id in ({})", placeholders(values.len(), chunk.len()));
        values.extend(chunk.iter().map(|id| Value::from(id.uuid())));
        found.extend(store::accounts_where(on, (condition, values)).await?);
    }
    Ok(found)
}
