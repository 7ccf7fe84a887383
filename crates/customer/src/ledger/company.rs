//! What a ledger tells about one company and the people there.

use chrono::NaiveDate;
use kehu_core::{CreditCode, Money};
use serde::{Deserialize, Serialize};

use super::fields::Field;
use super::values::Birthday;

/// Beyond this many bytes no more remarks are gathered on one company or person.
const LONGEST_REMARK: usize = 16 * 1024;

/// One company, gathered from all rows that name it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// The rows that name it, in the order of the file.
    pub rows: Vec<u32>,
    /// As first written.
    pub name: String,
    /// The name by which it is matched: see `values::company_key`.
    pub key: String,
    pub credit_code: Option<CreditCode>,
    /// Another company of this ledger has the same name and another credit code.
    pub has_namesake: bool,
    pub short_name: Option<String>,
    pub former_name: Option<String>,
    pub english_name: Option<String>,
    pub industry: Option<String>,
    pub province: Option<String>,
    pub city: Option<String>,
    pub region: Option<String>,
    pub address: Option<String>,
    pub website: Option<String>,
    pub tier: Option<Graded>,
    pub stage: Option<Graded>,
    pub manager: Option<String>,
    pub team: Option<String>,
    pub first_signed: Option<NaiveDate>,
    /// A year.
    pub annual_amount: Option<Money>,
    /// Numbers of rows that name no person.
    pub phone: Option<String>,
    /// The different remarks of its rows, one a line.
    pub remark: Option<String>,
    pub contacts: Vec<Contact>,
}

/// A word of the ledger and our code for it, when there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Graded {
    pub written: String,
    pub code: Option<String>,
}

/// A person at a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub name: String,
    pub title: Option<String>,
    pub department: Option<String>,
    pub mobile: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub wechat: Option<String>,
    pub birthday: Option<Birthday>,
    pub remark: Option<String>,
}

impl Company {
    /// The place of a fact that is taken as written.
    pub(super) fn text_mut(&mut self, field: Field) -> Option<&mut Option<String>> {
        Some(match field {
            Field::ShortName => &mut self.short_name,
            Field::FormerName => &mut self.former_name,
            Field::EnglishName => &mut self.english_name,
            Field::Industry => &mut self.industry,
            Field::Province => &mut self.province,
            Field::City => &mut self.city,
            Field::Region => &mut self.region,
            Field::Address => &mut self.address,
            Field::Website => &mut self.website,
            Field::Manager => &mut self.manager,
            Field::Team => &mut self.team,
            Field::Remark => &mut self.remark,
            _ => return None,
        })
    }

    /// Takes in the facts of a later row of the same company: what is known stays, blanks are
    /// filled, remarks are added. The people of that row are left to the caller.
    pub(super) fn absorb(&mut self, later: Company) {
        self.rows.extend(later.rows);
        fill(&mut self.credit_code, later.credit_code);
        fill(&mut self.short_name, later.short_name);
        fill(&mut self.former_name, later.former_name);
        fill(&mut self.english_name, later.english_name);
        fill(&mut self.industry, later.industry);
        fill(&mut self.province, later.province);
        fill(&mut self.city, later.city);
        fill(&mut self.region, later.region);
        fill(&mut self.address, later.address);
        fill(&mut self.website, later.website);
        fill(&mut self.tier, later.tier);
        fill(&mut self.stage, later.stage);
        fill(&mut self.manager, later.manager);
        fill(&mut self.team, later.team);
        fill(&mut self.first_signed, later.first_signed);
        fill(&mut self.annual_amount, later.annual_amount);
        fill(&mut self.phone, later.phone);
        add_line(&mut self.remark, later.remark);
    }

    /// Takes in all that the ledger tells under another name of the same company.
    pub fn join(&mut self, mut other: Company) {
        let people = std::mem::take(&mut other.contacts);
        self.absorb(other);
        self.rows.sort_unstable();
        for person in people {
            let same = |known: &&mut Contact| known.key() == person.key() && known.has_no_other_number_than(&person);
            match self.contacts.iter_mut().find(same) {
                Some(known) => known.absorb(person),
                None => self.contacts.push(person),
            }
        }
    }
}

impl Contact {
    /// The name by which people of one company are told apart.
    pub(super) fn key(&self) -> String {
        self.name.split_whitespace().collect::<String>().to_lowercase()
    }

    /// Whether somebody of the same name is the same person: the same mobile number, or no
    /// different number.
    pub(super) fn has_no_other_number_than(&self, namesake: &Contact) -> bool {
        let differ = |one: &Option<String>, other: &Option<String>| one.is_some() && other.is_some() && one != other;
        let same_mobile = self.mobile.is_some() && self.mobile == namesake.mobile;
        same_mobile || !(differ(&self.mobile, &namesake.mobile) || differ(&self.phone, &namesake.phone))
    }

    pub(super) fn absorb(&mut self, later: Contact) {
        fill(&mut self.title, later.title);
        fill(&mut self.department, later.department);
        fill(&mut self.mobile, later.mobile);
        fill(&mut self.phone, later.phone);
        fill(&mut self.email, later.email);
        fill(&mut self.wechat, later.wechat);
        fill(&mut self.birthday, later.birthday);
        add_line(&mut self.remark, later.remark);
    }
}

fn fill<T>(known: &mut Option<T>, later: Option<T>) {
    if known.is_none() {
        *known = later;
    }
}

fn add_line(known: &mut Option<String>, later: Option<String>) {
    match (known.as_mut(), later) {
        (Some(known), Some(later)) => {
            if known.len() < LONGEST_REMARK && !known.contains(&later) {
                known.push('\n');
                known.push_str(&later);
            }
        }
        (None, later) => *known = later,
        (Some(_), None) => {}
    }
}
