//! Accounts as they were kept until now, with whose they were from when to when: the history that
//! a company brings along. The journal is the caller's, and so is asking the rules afterwards.

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, MemberId};
use kehu_platform::Error;
use kehu_platform::db::Tx;

use super::model::{Account, AccountRole, Contact};
use super::store::{self, Tenure};
use super::{contacts, create};

/// Enters an account with its team, as (member, role, since), and its tenures from the first on.
pub async fn enter_account(
    tx: &Tx,
    account: &Account,
    by: MemberId,
    team: &[(MemberId, AccountRole, DateTime<Utc>)],
    tenures: &[Tenure],
) -> Result<(), Error> {
    store::insert_accounts(tx, std::slice::from_ref(account), Some(by)).await?;
    for (member, role, since) in team {
        store::seat(tx, account.id, *member, *role, *since).await?;
    }
    store::insert_tenures(tx, tenures).await?;
    create::index(tx, account).await
}

/// Enters a person at the customer's.
pub async fn enter_contact(tx: &Tx, contact: &Contact, entered_at: DateTime<Utc>) -> Result<(), Error> {
    store::insert_contacts(tx, std::slice::from_ref(contact), entered_at).await?;
    contacts::index(tx, contact).await
}

/// The tenure of an account that carries its own cadences.
pub fn own_tenure(account: AccountId, holding: kehu_rulebook::obligations::Holding) -> Tenure {
    Tenure { account, carrier: account, holding }
}
