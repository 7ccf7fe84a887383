//! An account, its people and its place in the team.

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{AccountGroupId, AccountId, ContactId, CreditCode, MemberId, Money, TeamId};

/// A customer company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    /// People see it as `KA-0042`.
    pub number: i64,
    pub facts: AccountFacts,
    pub owner: MemberId,
    pub team: Option<TeamId>,
    pub group: Option<AccountGroupId>,
    pub created_at: DateTime<Utc>,
    pub archived: bool,
    pub version: i64,
}

/// What is known of the company: all of it can be edited.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AccountFacts {
    pub name: String,
    pub short_name: String,
    pub former_name: String,
    pub english_name: String,
    pub credit_code: Option<CreditCode>,
    pub industry: String,
    pub province: String,
    pub city: String,
    pub address: String,
    pub website: String,
    pub phone: String,
    /// Code of one of the company's tiers; which tiers are key is a parameter of the rulebook.
    pub tier: String,
    pub stage: String,
    pub first_signed_on: Option<NaiveDate>,
    /// Per year, in fen.
    pub annual_amount: Option<Money>,
    pub remark: String,
}

impl Account {
    /// `KA-0042`.
    pub fn label(&self) -> String {
        label(self.number)
    }

    /// The name that people use in lists.
    pub fn called(&self) -> &str {
        if self.facts.short_name.is_empty() { &self.facts.name } else { &self.facts.short_name }
    }
}

pub fn label(number: i64) -> String {
    format!("KA-{number:04}")
}

/// A person at the customer's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub id: ContactId,
    pub account: AccountId,
    pub facts: ContactFacts,
    pub archived: bool,
    pub version: i64,
}

/// What is known of the person.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ContactFacts {
    pub name: String,
    pub title: String,
    pub department: String,
    pub mobile: String,
    pub phone: String,
    pub email: String,
    pub wechat: String,
    /// As `kehu_core::calendar::lunar::YearlyDay` is stored; empty when unknown.
    pub birthday: String,
    pub remark: String,
}

/// A tier or a stage, in the company's own order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    pub kind: GradeKind,
    pub code: String,
    /// The company's own name; empty for a built-in one that keeps its own.
    pub name: String,
    pub position: i32,
    pub archived: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GradeKind {
    Tier,
    Stage,
}

impl GradeKind {
    pub const fn code(self) -> &'static str {
        match self {
            GradeKind::Tier => "tier",
            GradeKind::Stage => "stage",
        }
    }
}

/// What somebody is on an account team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountRole {
    Owner,
    Expert,
    Support,
    AfterSales,
    Member,
}

impl AccountRole {
    pub const ALL: [AccountRole; 5] =
        [AccountRole::Owner, AccountRole::Expert, AccountRole::Support, AccountRole::AfterSales, AccountRole::Member];

    pub const fn code(self) -> &'static str {
        match self {
            AccountRole::Owner => "owner",
            AccountRole::Expert => "expert",
            AccountRole::Support => "support",
            AccountRole::AfterSales => "after_sales",
            AccountRole::Member => "member",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}
