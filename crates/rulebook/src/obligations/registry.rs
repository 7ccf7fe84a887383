//! What the areas tell the ledger about their rules. The rulebook knows neither customers nor
//! visits: how an obligation is worded, where it is discharged and how its rule is asked again,
//! the area of the rule registers when the product is composed.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::calendar::Zone;
use kehu_core::{AccountId, Actor, Locale, MemberId};
use kehu_platform::db::{Db, DbFault, Tx};
use uuid::Uuid;

use super::store::Obligation;
use crate::clauses::Choice;
use crate::clauses::known::CodesParameter;

/// What an async function of another area answers, later.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, DbFault>> + Send + 'a>>;

/// Brings one obligation to what its rule says, after a waiver or a confirmation.
pub type Reassess = for<'a> fn(&'a Tx, &'a Actor, DateTime<Utc>, &'a Obligation) -> Later<'a, ()>;

/// The accounts that an actor works on.
pub type AccountsOf = fn(Db, Actor) -> Later<'static, Vec<AccountId>>;

/// The codes that an area offers for a list of codes in the rulebook, in the company's own words.
pub type Codes = fn(Db) -> Later<'static, Vec<Choice>>;

/// When each of the accounts was last reached.
pub type LastContacts = fn(Db, Vec<AccountId>) -> Later<'static, HashMap<AccountId, DateTime<Utc>>>;

/// What waits for the actor's approval in an area, in their language.
pub type Approvals = fn(Db, Actor, Locale) -> Later<'static, Vec<Approval>>;

/// When and where words are about time.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub now: DateTime<Utc>,
    pub zone: Zone,
}

impl Moment {
    pub fn today(&self) -> NaiveDate {
        self.zone.local_date(self.now)
    }
}

/// Where an obligation is discharged, and what that is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    pub label: String,
    pub href: String,
    /// A form that opens in place where scripts run.
    pub quick: Option<String>,
}

/// The title of several obligations of a rule in one row: language, one of them, how many, when.
pub type Fold = fn(Locale, &Obligation, usize, &Moment) -> String;

/// How a rule's obligations are worded.
#[derive(Clone, Copy, Debug)]
pub struct Presenter {
    /// The rule in a few words: "call every week".
    pub name: fn(Locale) -> &'static str,
    /// Why it stands on Today, in a sentence without the date it is due.
    pub why: fn(Locale, &Obligation, &Moment) -> String,
    pub action: fn(Locale, &Obligation) -> Option<Action>,
    /// The obligation as one step of a card.
    pub step: fn(Locale, &Obligation) -> String,
    /// The title of several of them in one row; rules without it are never folded.
    pub fold: Option<Fold>,
    /// How many are left, for the line under the day: "7 calls left this week".
    pub left: Option<fn(Locale, usize) -> String>,
    /// Promised to the customer, so it stands among the promises as well.
    pub promised: bool,
}

/// A rule of the rulebook that runs.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub key: &'static str,
    pub clause: &'static str,
    pub presenter: Presenter,
    pub reassess: Reassess,
}

/// A record as evidence: what it is, and whose deed.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Kind and date, nothing about the customer.
    pub what: String,
    /// Who of the customer was there.
    pub with: Vec<String>,
    pub by: MemberId,
}

/// What each of the records proves.
pub type Proves = fn(Db, Vec<Uuid>, Locale, Moment) -> Later<'static, HashMap<Uuid, Evidence>>;

/// A kind of record that obligations are about or that discharges them.
#[derive(Clone, Copy, Debug)]
pub struct RecordKind {
    pub kind: &'static str,
    pub name: fn(Locale) -> &'static str,
    pub href: fn(Uuid) -> String,
    /// The first, done step of a card of obligations about one such record: "visit of 20 Nov".
    pub heading: fn(Locale, &[Obligation], &Moment) -> String,
    /// For kinds that serve as evidence.
    pub proves: Option<Proves>,
}

/// Something that waits for approval.
#[derive(Clone, Debug)]
pub struct Approval {
    pub asked_at: DateTime<Utc>,
    pub label: String,
    pub href: String,
}

/// All that the areas have to say.
#[derive(Debug, Default)]
pub struct Registry {
    pub rules: Vec<Rule>,
    pub records: Vec<RecordKind>,
    pub accounts_of: Option<AccountsOf>,
    pub last_contacts: Option<LastContacts>,
    pub approvals: Vec<Approvals>,
    /// For each such parameter where its codes come from.
    pub codes: Vec<(CodesParameter, Codes)>,
}

static REGISTRY: OnceLock<Registry> = OnceLock::new();
static NOTHING: Registry = Registry {
    rules: Vec::new(),
    records: Vec::new(),
    accounts_of: None,
    last_contacts: None,
    approvals: Vec::new(),
    codes: Vec::new(),
};

/// Takes what the areas say, once in the life of the process; later calls change nothing.
pub fn register(registry: Registry) {
    let _ = REGISTRY.set(registry);
}

pub fn registry() -> &'static Registry {
    REGISTRY.get().unwrap_or(&NOTHING)
}

impl Registry {
    pub fn rule(&self, key: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.key == key)
    }

    pub fn record(&self, kind: &str) -> Option<&RecordKind> {
        self.records.iter().find(|record| record.kind == kind)
    }

    /// The page of a record, when its kind has one.
    pub fn href(&self, kind: &str, id: Uuid) -> Option<String> {
        self.record(kind).map(|record| (record.href)(id))
    }
}
