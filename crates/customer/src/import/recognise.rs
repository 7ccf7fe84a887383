//! Which companies of a ledger are accounts already. A ledger can write one account under several
//! names; its rows are then gathered, since only different credit codes make two companies.

use std::collections::HashMap;

use kehu_core::{AccountId, CreditCode};

use super::existing::{By, Existing};
use crate::accounts::Account;
use crate::ledger::Company;

/// A company of the ledger with the account that it is, if it is one.
#[derive(Clone, Debug)]
pub(super) struct Recognised<'a> {
    pub company: Company,
    pub account: Option<&'a Account>,
    /// What the ledger gives under other names, by the first row of each.
    pub also: Vec<Spelling>,
}

/// A second name under which the ledger writes an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelling {
    pub row: u32,
    pub name: String,
    /// The manager of those rows.
    pub manager: Option<String>,
}

/// The rows that were found to be one account.
struct Claim<'a> {
    account: &'a Account,
    code: Option<CreditCode>,
    companies: Vec<&'a Company>,
}

/// Recognises all companies of a ledger, in its order.
pub(super) fn recognise<'a>(companies: &'a [Company], existing: &'a Existing) -> Vec<Recognised<'a>> {
    let mut claims: HashMap<AccountId, Claim<'a>> = HashMap::new();
    let mut waiting: Vec<&Company> = companies.iter().filter(|company| company.credit_code.is_some()).collect();
    // A row without a code fits any; so those with one choose first.
    waiting.extend(companies.iter().filter(|company| company.credit_code.is_none()));
    for by in By::SUREST_FIRST {
        waiting.retain(|company| {
            let fits = existing.accounts_of(company, by).into_iter().find(|account| {
                let claimed = claims.get(&account.id).and_then(|claim| claim.code.as_ref());
                let code = account.facts.credit_code.as_ref().or(claimed);
                by == By::Code || agree(code, company.credit_code.as_ref())
            });
            let Some(account) = fits else { return true };
            let claim =
                claims.entry(account.id).or_insert_with(|| Claim { account, code: None, companies: Vec::new() });
            claim.code = claim.code.take().or_else(|| company.credit_code.clone());
            claim.companies.push(company);
            false
        });
    }
    let unknown =
        waiting.into_iter().map(|company| Recognised { company: company.clone(), account: None, also: vec![] });
    let mut recognised: Vec<Recognised<'_>> = claims.into_values().map(Claim::gather).chain(unknown).collect();
    recognised.sort_by_key(|recognised| recognised.company.rows.first().copied());
    recognised
}

fn agree(one: Option<&CreditCode>, other: Option<&CreditCode>) -> bool {
    one.zip(other).is_none_or(|(one, other)| one == other)
}

impl<'a> Claim<'a> {
    fn gather(self) -> Recognised<'a> {
        let mut companies = self.companies;
        companies.sort_by_key(|company| company.rows.first().copied());
        let mut companies = companies.into_iter();
        let mut company = companies.next().cloned().unwrap_or_default();
        let mut also = Vec::new();
        for later in companies {
            let row = later.rows.first().copied().unwrap_or_default();
            also.push(Spelling { row, name: later.name.clone(), manager: later.manager.clone() });
            company.join(later.clone());
        }
        Recognised { company, account: Some(self.account), also }
    }
}
