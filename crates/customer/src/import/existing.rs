//! What is here already of the companies that a ledger names.

use std::collections::{HashMap, HashSet};

use kehu_core::{AccountId, CreditCode};
use kehu_platform::db::DbFault;
use kehu_platform::sea_orm::ConnectionTrait;

use super::importer::Importer;
use super::store;
use crate::accounts::{self, Account, Contact};
use crate::ledger::{Company, Ledger, company_key};

/// Accounts with the name or the code of a company of the ledger, and their people.
#[derive(Clone, Debug, Default)]
pub(super) struct Existing {
    accounts: Vec<Account>,
    by_code: HashMap<CreditCode, usize>,
    by_key: HashMap<String, Vec<usize>>,
    contacts: HashMap<AccountId, Vec<Contact>>,
    /// Accounts on whose account team the importer is.
    own: HashSet<AccountId>,
}

impl Existing {
    pub async fn load(on: &impl ConnectionTrait, ledger: &Ledger, importer: &Importer) -> Result<Self, DbFault> {
        let ids = store::accounts_like(on, &ledger.companies).await?;
        let mut found = accounts::accounts(on, &ids).await?;
        found.sort_by_key(|account| account.number);
        let mut contacts: HashMap<AccountId, Vec<Contact>> = HashMap::new();
        for contact in accounts::contacts_of_accounts(on, &ids).await? {
            contacts.entry(contact.account).or_default().push(contact);
        }
        let own = match importer.actor().member {
            Some(member) if !importer.may_import_everything() => store::accounts_served_by(on, member).await?,
            _ => HashSet::new(),
        };
        let mut existing = Existing { contacts, own, ..Existing::default() };
        for (place, account) in found.iter().enumerate() {
            if let Some(code) = &account.facts.credit_code {
                existing.by_code.insert(code.clone(), place);
            }
            existing.by_key.entry(company_key(&account.facts.name)).or_default().push(place);
        }
        existing.accounts = found;
        Ok(existing)
    }

    /// The company's account: the one with its code; else the first of its name, unless their
    /// codes say that they are two.
    pub fn account_of(&self, company: &Company, taken: &HashSet<AccountId>) -> Option<&Account> {
        let by_code = company.credit_code.as_ref().and_then(|code| self.by_code.get(code));
        if let Some(place) = by_code {
            return self.accounts.get(*place);
        }
        let namesakes = self.by_key.get(&company.key)?;
        namesakes.iter().filter_map(|place| self.accounts.get(*place)).find(|account| {
            let codes_differ = company.credit_code.is_some() && account.facts.credit_code.is_some();
            !codes_differ && !taken.contains(&account.id)
        })
    }

    pub fn contacts_of(&self, account: AccountId) -> &[Contact] {
        self.contacts.get(&account).map_or(&[], Vec::as_slice)
    }

    pub fn may_change(&self, account: &Account, importer: &Importer) -> bool {
        importer.may_change(account) || self.own.contains(&account.id)
    }
}
