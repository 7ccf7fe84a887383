//! What is here already of the companies that a ledger names.

use std::collections::{HashMap, HashSet};

use kehu_core::{AccountId, CreditCode};
use kehu_platform::db::DbFault;
use kehu_platform::sea_orm::ConnectionTrait;

use super::importer::Importer;
use super::store;
use crate::accounts::{self, Account, Contact};
use crate::ledger::{Company, Ledger, company_key};

/// How a company of the ledger is known to be an account, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Code,
    Name,
    /// The account's short, former or English name; or the former name of the company.
    OtherName,
}

impl By {
    pub const SUREST_FIRST: [By; 3] = [By::Code, By::Name, By::OtherName];
}

/// Accounts with a name or the code of a company of the ledger, and their people.
#[derive(Clone, Debug, Default)]
pub(super) struct Existing {
    accounts: Vec<Account>,
    by_code: HashMap<CreditCode, usize>,
    by_key: HashMap<String, Vec<usize>>,
    by_other_key: HashMap<String, Vec<usize>>,
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
            let facts = &account.facts;
            if let Some(code) = &facts.credit_code {
                existing.by_code.insert(code.clone(), place);
            }
            existing.by_key.entry(company_key(&facts.name)).or_default().push(place);
            let others = [&facts.short_name, &facts.former_name, &facts.english_name].map(|name| company_key(name));
            let others: HashSet<String> = others.into_iter().filter(|key| !key.is_empty()).collect();
            for key in others {
                existing.by_other_key.entry(key).or_default().push(place);
            }
        }
        existing.accounts = found;
        Ok(existing)
    }

    /// The accounts that a company may be by its code or by a name. One of another name is meant
    /// only when no second one could be.
    pub fn accounts_of(&self, company: &Company, by: By) -> Vec<&Account> {
        let none: &[usize] = &[];
        let places = match by {
            By::Code => {
                let place = company.credit_code.as_ref().and_then(|code| self.by_code.get(code));
                place.map_or(none, std::slice::from_ref)
            }
            By::Name => self.by_key.get(&company.key).map_or(none, Vec::as_slice),
            By::OtherName => {
                let former = company.former_name.as_deref().map(company_key).filter(|key| !key.is_empty());
                let of_former = former.and_then(|key| self.by_key.get(&key));
                let found = self.by_other_key.get(&company.key).or(of_former).map_or(none, Vec::as_slice);
                if found.len() == 1 { found } else { none }
            }
        };
        places.iter().filter_map(|place| self.accounts.get(*place)).collect()
    }

    pub fn contacts_of(&self, account: AccountId) -> &[Contact] {
        self.contacts.get(&account).map_or(&[], Vec::as_slice)
    }

    pub fn may_change(&self, account: &Account, importer: &Importer) -> bool {
        importer.may_change(account) || self.own.contains(&account.id)
    }
}
