//! Groups of companies: several accounts that belong together, each of which owes its own calls and
//! visits (4.4.1), or which owe them once, through the account that leads the group.

mod join;
mod keep;
mod store;

use kehu_core::{AccountGroupId, AccountId, Actor, Forbidden, Position};

use super::model::Account;

pub(super) use join::let_go;
pub use join::{Succession, place_in_group};
pub use keep::{GroupDraft, add_group, dissolve_group, edit_group, kept_groups};
pub(super) use store::carrier;
pub use store::{accounts_in_group, candidates, group};

/// A group of companies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountGroup {
    pub id: AccountGroupId,
    pub name: String,
    /// The cadences are owed by the leading account for all of them, not by each.
    pub once: bool,
    pub lead: Option<AccountId>,
    pub version: i64,
}

/// Somebody who keeps groups: a leader for the accounts of their teams, company leadership for all. An
/// account's manager does not, since being in a group can take a duty away; nor does an administrator,
/// who reads no customers.
#[derive(Clone, Copy, Debug)]
pub struct GroupKeeper<'a>(&'a Actor);

impl<'a> GroupKeeper<'a> {
    pub fn of(actor: &'a Actor) -> Result<Self, Forbidden> {
        let keeper = Self(actor);
        if keeper.keeps_all() || !actor.leads.is_empty() { Ok(keeper) } else { Err(Forbidden) }
    }

    fn keeps_all(&self) -> bool {
        self.0.is_system() || self.0.holds(Position::CompanyLeadership)
    }

    /// Whether the keeper may put the account into a group or take it out.
    pub fn places(&self, account: &Account) -> bool {
        self.keeps_all() || account.team.is_some_and(|team| self.0.leads(team))
    }

    /// Whether the keeper may change a group of these accounts.
    pub fn keeps(&self, accounts: &[Account]) -> bool {
        accounts.iter().all(|account| self.places(account))
    }
}
