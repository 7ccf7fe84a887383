//! Writes a plan: accounts, people, seats on account teams and tenures, hundreds to a statement,
//! with what is searched for, journaled, owed and remembered for undoing it.

mod store;

pub(super) use store::{update_accounts, update_contacts};

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, ContactId, MemberId, TeamId};
use kehu_platform::Error;
use kehu_platform::db::Tx;
use kehu_platform::directory::{self, Roster};
use kehu_platform::journal::{self, Entry};
use kehu_platform::search::{self, fold};
use kehu_rulebook::obligations::Holding;
use serde_json::json;

use super::importer::Importer;
use super::managers::{Owner, team_for};
use super::model::{Change, RecordKind};
use super::plan::{AccountStep, ContactStep, Plan, Planned};
use super::progress::Progress;
use crate::accounts::past::own_tenure;
use crate::accounts::{self, Account, Contact, indexed, indexed_contact};
use crate::duties::{self, Books};

/// Everything that a plan writes, made ready.
#[derive(Default)]
struct Batch {
    new_accounts: Vec<Account>,
    /// Before and after.
    changed_accounts: Vec<(Account, Account)>,
    new_contacts: Vec<Contact>,
    changed_contacts: Vec<(Contact, Contact)>,
    changes: Vec<Change>,
}

/// Writes the plan; answers what an undo needs. The caller holds the company's lock.
pub(super) async fn write(
    tx: &Tx,
    importer: &Importer,
    now: DateTime<Utc>,
    books: &Books,
    roster: &Roster,
    plan: &mut Plan,
    progress: &Progress,
) -> Result<Vec<Change>, Error> {
    let actor = importer.actor();
    let mut batch = Batch::default();
    let owners = make_members(tx, importer, now, roster, &plan.accounts, &mut batch).await?;
    let mut number = accounts::next_number(tx).await?;
    let lines = plan.report.lines.iter().enumerate();
    let line_of: HashMap<u32, usize> = lines.filter_map(|(n, line)| Some((*line.rows.first()?, n))).collect();
    for planned in std::mem::take(&mut plan.accounts) {
        let before = batch.new_accounts.len();
        let account = batch.take(planned.account, now, number, &owners)?;
        number += i64::try_from(batch.new_accounts.len() - before).unwrap_or_default();
        for contact in planned.contacts {
            batch.take_contact(account, contact, now);
        }
        if let Some(line) = line_of.get(&planned.row).and_then(|n| plan.report.lines.get_mut(*n)) {
            line.account = Some(account);
        }
    }
    progress.of(batch.size());
    batch.put_accounts(tx, importer, now, books).await?;
    progress.add(batch.new_accounts.len() + batch.changed_accounts.len());
    batch.put_contacts(tx, importer, now).await?;
    progress.add(batch.new_contacts.len() + batch.changed_contacts.len());

    let carriers: Vec<AccountId> = batch.new_accounts.iter().map(|account| account.id).collect();
    duties::cadences(tx, actor, now, books, Some(&carriers), (now, now)).await?;
    let renewed: Vec<Account> =
        batch.changed_accounts.iter().filter(|(b, a)| owes_otherwise(b, a)).map(|(_, after)| after.clone()).collect();
    accounts::renew_all(tx, actor, now, books, &renewed).await?;
    progress.add(carriers.len());
    Ok(batch.changes)
}

/// Whether what is owed for the account may be other than before, or be called otherwise.
fn owes_otherwise(before: &Account, after: &Account) -> bool {
    before.facts.tier != after.facts.tier || before.called() != after.called()
}

type Owners = HashMap<String, (MemberId, Option<TeamId>)>;

fn plain(name: &str) -> String {
    fold(name).split_whitespace().collect()
}

/// Makes members of the managers who are to become some; one name is one person.
async fn make_members(
    tx: &Tx,
    importer: &Importer,
    now: DateTime<Utc>,
    roster: &Roster,
    planned: &[Planned],
    batch: &mut Batch,
) -> Result<Owners, Error> {
    let actor = importer.actor();
    let mut made = Owners::new();
    for planned in planned {
        let AccountStep::New { owner: Owner::New { name }, team_named, .. } = &planned.account else { continue };
        if made.contains_key(&plain(name)) {
            continue;
        }
        let team = team_for(roster, actor, importer, team_named.as_deref());
        let member = directory::add_member_without_sign_in(tx, actor, now, name, team).await?;
        made.insert(plain(name), (member, team));
        batch.changes.push(Change { kind: RecordKind::Member, record: member.uuid(), before: None, version: 1 });
    }
    Ok(made)
}

impl Batch {
    fn size(&self) -> usize {
        self.new_accounts.len() * 2
            + self.changed_accounts.len()
            + self.new_contacts.len()
            + self.changed_contacts.len()
    }

    fn take(
        &mut self,
        step: AccountStep,
        now: DateTime<Utc>,
        number: i64,
        owners: &Owners,
    ) -> Result<AccountId, Error> {
        Ok(match step {
            AccountStep::Keep(id) => id,
            AccountStep::New { facts, owner, .. } => {
                let (owner, team) = match owner {
                    Owner::Member { id, team } => (id, team),
                    Owner::New { name } => owners
                        .get(&plain(&name))
                        .copied()
                        .ok_or_else(|| Error::Broken(format!("no member was made for {name}")))?,
                };
                let id = AccountId::new(now);
                self.changes.push(Change { kind: RecordKind::Account, record: id.uuid(), before: None, version: 1 });
                self.new_accounts.push(Account {
                    id,
                    number,
                    facts: *facts,
                    owner,
                    team,
                    group: None,
                    created_at: now,
                    archived: false,
                    version: 1,
                });
                id
            }
            AccountStep::Change { before, facts } => {
                let after = Account { facts: *facts, version: before.version + 1, ..(*before).clone() };
                self.changes.push(Change {
                    kind: RecordKind::Account,
                    record: after.id.uuid(),
                    before: Some(json!(before.facts)),
                    version: after.version,
                });
                let id = after.id;
                self.changed_accounts.push((*before, after));
                id
            }
        })
    }

    fn take_contact(&mut self, account: AccountId, step: ContactStep, now: DateTime<Utc>) {
        let (record, before, version) = match step {
            ContactStep::New(facts) => {
                let id = ContactId::new(now);
                self.new_contacts.push(Contact { id, account, facts: *facts, archived: false, version: 1 });
                (id, None, 1)
            }
            ContactStep::Change { before, facts } => {
                let after = Contact { facts: *facts, version: before.version + 1, ..(*before).clone() };
                let kept = (after.id, Some(json!(before.facts)), after.version);
                self.changed_contacts.push((*before, after));
                kept
            }
        };
        self.changes.push(Change { kind: RecordKind::Contact, record: record.uuid(), before, version });
    }

    async fn put_accounts(&self, tx: &Tx, importer: &Importer, now: DateTime<Utc>, books: &Books) -> Result<(), Error> {
        let actor = importer.actor();
        accounts::insert_accounts(tx, &self.new_accounts, actor.member).await?;
        accounts::seat_owners(tx, &self.new_accounts).await?;
        let tenure = |account: &Account| {
            let key = books.is_key(&account.facts.tier, now);
            let holding = Holding { from: now, to: None, owner: account.owner, team: account.team, key };
            own_tenure(account.id, holding)
        };
        accounts::insert_tenures(tx, &self.new_accounts.iter().map(tenure).collect::<Vec<_>>()).await?;
        let changed: Vec<&Account> = self.changed_accounts.iter().map(|(_, after)| after).collect();
        store::update_accounts(tx, &changed, now).await?;

        let all: Vec<(&Account, String)> =
            self.new_accounts.iter().chain(changed).map(|account| (account, account.label())).collect();
        let entries: Vec<_> = all.iter().map(|(account, label)| indexed(account, label)).collect();
        search::put_all(tx, "account", &entries).await?;

        let created = self.new_accounts.iter().map(|account| {
            let values = json!({ "number": account.label(), "owner": account.owner, "facts": account.facts });
            Entry::new("account", account.id, "created").account(account.id).after(values)
        });
        let changed = self.changed_accounts.iter().map(|(before, after)| {
            let (before, after_values) = (json!(before.facts), json!(after.facts));
            Entry::new("account", after.id, "changed").account(after.id).before(before).after(after_values)
        });
        Ok(journal::record_all(tx, actor, now, created.chain(changed).collect()).await?)
    }

    async fn put_contacts(&self, tx: &Tx, importer: &Importer, now: DateTime<Utc>) -> Result<(), Error> {
        accounts::insert_contacts(tx, &self.new_contacts, now).await?;
        let changed: Vec<&Contact> = self.changed_contacts.iter().map(|(_, after)| after).collect();
        store::update_contacts(tx, &changed).await?;
        let entries: Vec<_> = self.new_contacts.iter().chain(changed).map(indexed_contact).collect();
        search::put_all(tx, "contact", &entries).await?;

        // The journal outlives an erasure, so it names the person and leaves their numbers out.
        let named =
            |c: &Contact| json!({ "name": c.facts.name, "title": c.facts.title, "department": c.facts.department });
        let created =
            self.new_contacts.iter().map(|c| Entry::new("contact", c.id, "created").account(c.account).after(named(c)));
        let changed = self.changed_contacts.iter().map(|(before, after)| {
            Entry::new("contact", after.id, "changed").account(after.account).before(named(before)).after(named(after))
        });
        Ok(journal::record_all(tx, importer.actor(), now, created.chain(changed).collect()).await?)
    }
}
