//! What the log form knows of the account before anything is typed: its people, those of us who
//! serve it, what is owed to it and who is in charge of it today.

use chrono::NaiveDate;
use kehu_core::{AccountId, MemberId};
use kehu_platform::Error;
use kehu_platform::directory::{self, Department};
use kehu_platform::sea_orm::ConnectionTrait;
use kehu_platform::web::Page;
use kehu_rulebook::clauses::known;
use kehu_rulebook::obligations::{Obligation, State};

use super::log_form::PlaceCounts;
use super::outcome;
use super::store;
use crate::accounts::{self, Account, Contact};
use crate::communications::Place;
use crate::duties::Books;

pub(super) struct Desk {
    pub account: Account,
    /// Those who are still there, the ones we spoke with last first.
    pub people: Vec<Contact>,
    /// Who may have spoken with the customer.
    pub team: Vec<Mate>,
    pub departments: Vec<Department>,
    pub me: MemberId,
    /// The day proposed for answering a question that was left open.
    pub reply_by: NaiveDate,
    /// The calls and visits that the account waits for.
    pub owed: Vec<Obligation>,
    /// Whether the rulebook counts contacts with this account at all.
    pub key: bool,
    pub counts: PlaceCounts,
}

/// One of us who serves the account.
pub(super) struct Mate {
    pub id: MemberId,
    pub name: String,
    /// The account's manager, or the deputy in charge today: their contacts count (4.4.1).
    pub counts: bool,
}

impl Desk {
    /// For those who may log contacts with the account.
    pub async fn load(page: &Page, id: AccountId) -> Result<Self, Error> {
        let on = page.app.db.read();
        let editor = accounts::editor(on, &page.actor, id).await?;
        let account = editor.account().clone();
        let books = page.kept::<Books>().await?;
        let roster = page.roster();
        let today = books.zone().local_date(page.now);
        let charge = directory::in_charge(page.leaves(), account.owner, today);
        let mut ids: Vec<MemberId> = vec![page.member];
        ids.extend([account.owner, charge]);
        ids.extend(accounts::account_team(on, id).await?.into_iter().map(|(member, _)| member));
        let mut team: Vec<Mate> = Vec::new();
        for id in ids {
            if let Some(member) = roster.member(id).filter(|m| m.active && !team.iter().any(|mate| mate.id == m.id)) {
                let counts = id == account.owner || id == charge;
                team.push(Mate { id, name: member.name.clone(), counts });
            }
        }
        let rulebook = &books.on(today).rulebook;
        let days = i32::try_from(rulebook.get(&known::DEFAULT_REPLY_WORKING_DAYS)).unwrap_or(3);
        let key = books.is_key(&account.facts.tier, page.now);
        Ok(Self {
            people: people(on, id).await?,
            team,
            departments: roster.departments.iter().filter(|d| !d.archived).cloned().collect(),
            me: page.member,
            reply_by: books.calendar.add_working_days(today, days),
            owed: outcome::cadences_of(on, id).await?.into_iter().filter(|o| o.state == State::Open).collect(),
            key,
            counts: PlaceCounts(if key { rulebook.get(&known::FACE_TO_FACE_KINDS).to_vec() } else { every_place() }),
            account,
        })
    }

    /// The account's manager.
    pub fn manager(&self) -> &str {
        self.team.iter().find(|mate| mate.id == self.account.owner).map_or("", |mate| &mate.name)
    }
}

/// The people at the customer's, the ones we spoke with last first.
pub(super) async fn people(on: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Contact>, Error> {
    let spoken = store::spoken_with(on, account).await?;
    let mut people = accounts::contacts_of(on, account).await?;
    people.retain(|p| !p.archived);
    people.sort_by_key(|p| spoken.iter().position(|id| *id == p.id).unwrap_or(usize::MAX));
    Ok(people)
}

fn every_place() -> Vec<String> {
    Place::ALL.iter().map(|place| place.code().to_owned()).collect()
}
