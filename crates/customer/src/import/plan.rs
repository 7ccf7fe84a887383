//! What an import would do: for each company of the ledger the account it makes or changes, and
//! the same for its people. Nothing is read or written here, so a dry run and the run itself
//! cannot differ.

use std::collections::HashSet;

use kehu_core::{AccountId, Locale};
use kehu_platform::db::DbFault;
use kehu_platform::sea_orm::ConnectionTrait;

use super::existing::Existing;
use super::facts::Told;
use super::importer::Importer;
use super::managers::{Known, Managers, Owner};
use super::model::{Fate, Line, Options, Report, Tally};
use super::reading::Reading;
use super::recognise::{Recognised, recognise};
use crate::accounts::{self, Account, AccountFacts, Contact, ContactFacts, Grade, GradeKind};
use crate::ledger::{Company, Field, IssueCode, RowIssue, company_key};

/// What happens to one account.
#[derive(Clone, Debug)]
pub(super) enum AccountStep {
    New { facts: Box<AccountFacts>, owner: Owner, team_named: Option<String> },
    Change { before: Box<Account>, facts: Box<AccountFacts> },
    Keep(AccountId),
}

/// What happens to one person of an account.
#[derive(Clone, Debug)]
pub(super) enum ContactStep {
    New(Box<ContactFacts>),
    Change { before: Box<Contact>, facts: Box<ContactFacts> },
}

#[derive(Clone, Debug)]
pub(super) struct Planned {
    /// The first row that names the company.
    pub row: u32,
    pub account: AccountStep,
    pub contacts: Vec<ContactStep>,
}

/// Everything to be written, and the report of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub accounts: Vec<Planned>,
    pub report: Report,
}

/// The codes of the company's tiers and stages.
#[derive(Clone, Debug, Default)]
pub(super) struct Grades {
    pub tiers: Vec<String>,
    pub stages: Vec<String>,
}

impl Grades {
    pub async fn load(on: &impl ConnectionTrait) -> Result<Self, DbFault> {
        let codes = |grades: Vec<Grade>| grades.into_iter().filter(|g| !g.archived).map(|g| g.code).collect();
        Ok(Self {
            tiers: codes(accounts::grades(on, GradeKind::Tier).await?),
            stages: codes(accounts::grades(on, GradeKind::Stage).await?),
        })
    }
}

pub(super) struct Planner<'a> {
    pub importer: &'a Importer,
    pub options: &'a Options,
    pub existing: &'a Existing,
    pub managers: Managers,
    told: Told<'a>,
    plan: Plan,
}

impl<'a> Planner<'a> {
    pub fn new(
        importer: &'a Importer,
        options: &'a Options,
        reading: &'a Reading,
        existing: &'a Existing,
        managers: Managers,
        grades: &'a Grades,
    ) -> Self {
        let locale: Locale = importer.actor().locale;
        let told = Told { reading, locale, tiers: &grades.tiers, stages: &grades.stages, notes: Vec::new() };
        let ledger = &reading.ledger;
        let report = Report {
            rows: ledger.rows,
            duplicates: ledger.duplicates,
            errors: ledger.errors.clone(),
            notes: ledger.notes.clone(),
            ..Report::default()
        };
        let plan = Plan { report, ..Plan::default() };
        Planner { importer, options, existing, managers, told, plan }
    }

    pub fn plan(mut self) -> Plan {
        for recognised in recognise(&self.told.reading.ledger.companies, self.existing) {
            self.take(&recognised);
        }
        let Plan { accounts, mut report } = self.plan;
        report.notes.extend(self.told.notes);
        report.notes.sort_by_key(|note| note.row);
        report.errors.sort_by_key(|error| error.row);
        report.managers = self.managers.into_list();
        Plan { accounts, report }
    }

    fn take(&mut self, recognised: &Recognised<'_>) {
        let company = &recognised.company;
        if company.name.chars().count() > 200 {
            let beginning: String = company.name.chars().take(40).collect();
            return self.skip(company, Field::CompanyName, IssueCode::NameTooLong, &beginning);
        }
        let Some(account) = recognised.account else { return self.new_account(company) };
        for other in &recognised.also {
            self.plan.report.duplicates += 1;
            if let (Some(first), Some(later)) = (&company.manager, &other.manager)
                && first != later
            {
                self.told.note(other.row, Field::Manager, IssueCode::OtherManager, later);
            }
        }
        let written = recognised.also.iter().map(|other| (other.row, other.name.as_str()));
        let row = company.rows.first().copied().unwrap_or_default();
        for (row, name) in std::iter::once((row, company.name.as_str())).chain(written) {
            if company_key(name) != company_key(&account.facts.name) {
                self.told.note_known_as(row, name, &account.facts.name);
            }
        }
        self.known(company, account);
    }

    fn new_account(&mut self, company: &Company) {
        let name = company.manager.as_deref().unwrap_or_default();
        let owner = match self.managers.of_company(company) {
            Known::Member(id) => Owner::Member { id, team: self.managers.team(id) },
            Known::New => Owner::New { name: name.to_owned() },
            Known::OutOfReach(_) => return self.skip(company, Field::Manager, IssueCode::ManagerOutOfReach, name),
            Known::Unknown if name.is_empty() => return self.skip(company, Field::Manager, IssueCode::NoManager, ""),
            Known::Unknown => return self.skip(company, Field::Manager, IssueCode::UnknownManager, name),
        };
        let facts = self.told.new_account(company);
        let is_graded = company.tier.as_ref().and_then(|tier| tier.code.as_ref()) == Some(&facts.tier);
        self.plan.report.tiers_assumed += usize::from(!is_graded);
        let contacts = self.people(company, &[]);
        let step = AccountStep::New { facts: Box::new(facts), owner, team_named: company.team.clone() };
        self.put(company, step, contacts, Fate::Created);
    }

    fn known(&mut self, company: &Company, account: &Account) {
        if !self.existing.may_change(account, self.importer) {
            return self.skip(company, Field::CompanyName, IssueCode::AccountElsewhere, &company.name);
        }
        let row = company.rows.first().copied().unwrap_or_default();
        if account.archived {
            self.told.note(row, Field::CompanyName, IssueCode::Archived, &company.name);
            return self.put(company, AccountStep::Keep(account.id), Contacts::default(), Fate::Unchanged);
        }
        if let (Some(name), Known::Member(other) | Known::OutOfReach(other)) =
            (&company.manager, self.managers.of_company(company))
            && other != account.owner
        {
            self.told.note(row, Field::Manager, IssueCode::ManagerStays, name);
        }
        let mut facts = account.facts.clone();
        if self.options.update {
            self.told.write_over(&mut facts, company);
        }
        let contacts = self.people(company, self.existing.contacts_of(account.id));
        if facts == account.facts {
            return self.put(company, AccountStep::Keep(account.id), contacts, Fate::Unchanged);
        }
        let step = AccountStep::Change { before: Box::new(account.clone()), facts: Box::new(facts) };
        self.put(company, step, contacts, Fate::Updated);
    }

    /// A person with the name of somebody there, and no other number, is that one.
    fn people(&mut self, company: &Company, there: &[Contact]) -> Contacts {
        let row = company.rows.first().copied().unwrap_or_default();
        let mut contacts = Contacts::default();
        let mut met: HashSet<kehu_core::ContactId> = HashSet::new();
        for said in &company.contacts {
            let facts = self.told.new_contact(row, said);
            let known = there.iter().find(|known| !met.contains(&known.id) && is_same_person(&known.facts, &facts));
            let Some(known) = known else {
                contacts.tally.created += 1;
                contacts.steps.push(ContactStep::New(Box::new(facts)));
                continue;
            };
            met.insert(known.id);
            let mut facts = known.facts.clone();
            if self.options.update && !known.archived {
                self.told.write_over_contact(&mut facts, row, said);
            }
            if facts == known.facts {
                contacts.tally.unchanged += 1;
            } else {
                contacts.tally.updated += 1;
                contacts.steps.push(ContactStep::Change { before: Box::new(known.clone()), facts: Box::new(facts) });
            }
        }
        contacts
    }

    fn put(&mut self, company: &Company, account: AccountStep, contacts: Contacts, fate: Fate) {
        let report = &mut self.plan.report;
        match fate {
            Fate::Created => report.accounts.created += 1,
            Fate::Updated => report.accounts.updated += 1,
            Fate::Unchanged => report.accounts.unchanged += 1,
            Fate::Skipped => {}
        }
        report.contacts.created += contacts.tally.created;
        report.contacts.updated += contacts.tally.updated;
        report.contacts.unchanged += contacts.tally.unchanged;
        let id = match &account {
            AccountStep::New { .. } => None,
            AccountStep::Change { before, .. } => Some(before.id),
            AccountStep::Keep(id) => Some(*id),
        };
        report.lines.push(line_of(company, id, fate, contacts.tally));
        let row = company.rows.first().copied().unwrap_or_default();
        self.plan.accounts.push(Planned { row, account, contacts: contacts.steps });
    }

    /// Keeps all rows of a company out, each with the reason.
    fn skip(&mut self, company: &Company, field: Field, code: IssueCode, value: &str) {
        let column = self.told.reading.heading(field);
        let error = |row: &u32| RowIssue { row: *row, column: column.clone(), code, value: value.to_owned() };
        self.plan.report.errors.extend(company.rows.iter().map(error));
        self.plan.report.lines.push(line_of(company, None, Fate::Skipped, Tally::default()));
    }
}

#[derive(Default)]
struct Contacts {
    steps: Vec<ContactStep>,
    tally: Tally,
}

fn line_of(company: &Company, account: Option<AccountId>, fate: Fate, contacts: Tally) -> Line {
    Line {
        rows: company.rows.clone(),
        name: company.name.clone(),
        account,
        fate,
        manager: company.manager.clone().unwrap_or_default(),
        contacts,
    }
}

fn is_same_person(known: &ContactFacts, said: &ContactFacts) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<String>().to_lowercase();
    let differ = |one: &str, other: &str| !one.is_empty() && !other.is_empty() && one != other;
    let same_mobile = !known.mobile.is_empty() && known.mobile == said.mobile;
    plain(&known.name) == plain(&said.name)
        && (same_mobile || !(differ(&known.mobile, &said.mobile) || differ(&known.phone, &said.phone)))
}
