//! Who may see and who may edit a customer's data: the account team, the leader of its team, and
//! company leadership. HR sees people, an administrator configures; neither reads customers. A
//! verb asks for one of the values made here, so a forgotten check does not compile.

use kehu_core::{AccountId, Actor, Position};
use kehu_platform::Error;
use kehu_platform::sea_orm::{ConnectionTrait, Value};

use super::model::Account;
use super::store;

/// The actor may read this account.
#[derive(Clone, Debug)]
pub struct AccountViewer {
    account: Account,
    /// On the account team or its leader: personal data is shown unmasked.
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

/// Lets the actor change the account: the account team and its leader.
pub async fn editor(on: &impl ConnectionTrait, actor: &Actor, id: AccountId) -> Result<AccountEditor, Error> {
    let seen = viewer(on, actor, id).await?;
    if seen.inside { Ok(AccountEditor(seen.account)) } else { Err(Error::Forbidden) }
}

async fn inside(on: &impl ConnectionTrait, actor: &Actor, account: &Account) -> Result<bool, Error> {
    let Some(member) = actor.member else { return Ok(true) };
    if account.owner == member || account.team.is_some_and(|team| actor.leads(team)) {
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
    let (condition, mut values) = visible_to(actor, after);
    let Some(onlooker) = actor.onlooker.as_deref() else { return (condition, values) };
    let (also, more) = visible_to(onlooker, after + values.len());
    values.extend(more);
    (format!("{condition} and {also}"), values)
}

fn visible_to(actor: &Actor, after: usize) -> (String, Vec<Value>) {
    let Some(member) = actor.member else { return ("1 = 1".to_owned(), Vec::new()) };
    if actor.holds(Position::CompanyLeadership) {
        return ("1 = 1".to_owned(), Vec::new());
    }
    let mut values = vec![Value::from(member.uuid())];
    let mut condition =
        format!("a.id in (select am.account_id from account_members am where am.member_id = ${})", after + 1);
    if !actor.leads.is_empty() {
        let teams = kehu_platform::db::placeholders(after + 1, actor.leads.len());
        condition = format!("({condition} or a.team_id in ({teams}))");
        values.extend(actor.leads.iter().map(|team| Value::from(team.uuid())));
    }
    (condition, values)
}
