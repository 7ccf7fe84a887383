//! The account managers whom a ledger names, and the members that they are.

use std::collections::{BTreeMap, HashMap};

use kehu_core::{Actor, MemberId, Position, TeamId};
use kehu_platform::directory::{Member, Roster};
use kehu_platform::search::fold;
use serde::{Deserialize, Serialize};

use super::importer::Importer;
use super::model::Options;
use crate::ledger::{Company, Ledger};

/// Longer names are no names of people.
const LONGEST_NAME: usize = 60;

/// A manager of the ledger and who that is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manager {
    /// As the ledger writes it; empty for companies that name none.
    pub name: String,
    /// Companies of the ledger.
    pub companies: usize,
    pub is: Known,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is", content = "member")]
pub enum Known {
    Member(MemberId),
    /// A member for whom the importer may make no accounts.
    OutOfReach(MemberId),
    /// Becomes a member without sign-in.
    New,
    Unknown,
}

/// To whom a new account goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Member { id: MemberId, team: Option<TeamId> },
    New { name: String },
}

/// The ledger's managers by their names as written.
#[derive(Clone, Debug, Default)]
pub(super) struct Managers {
    found: BTreeMap<String, Manager>,
    teams: HashMap<MemberId, Option<TeamId>>,
}

impl Managers {
    /// `names_managers` says whether the ledger has a column for them; without one all is the
    /// importing member's own.
    pub fn of(
        ledger: &Ledger,
        names_managers: bool,
        roster: &Roster,
        importer: &Importer,
        options: &Options,
    ) -> Managers {
        let mut counts: BTreeMap<String, usize> = ledger.managers.clone();
        let nameless = ledger.companies.iter().filter(|company| company.manager.is_none()).count();
        if nameless > 0 {
            counts.insert(String::new(), nameless);
        }
        let found = counts.into_iter().map(|(name, companies)| {
            let member = match options.managers.get(&name) {
                Some(id) => roster.active().find(|member| member.id == *id),
                None if name.is_empty() && !names_managers => {
                    importer.actor().member.and_then(|id| roster.active().find(|member| member.id == id))
                }
                None => named(&name, roster),
            };
            let creatable = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
            let is = match member {
                Some(member) if importer.may_give_to(member.id, member.team) => Known::Member(member.id),
                Some(member) => Known::OutOfReach(member.id),
                None if options.create_managers && importer.may_create_managers() && creatable => Known::New,
                None => Known::Unknown,
            };
            (name.clone(), Manager { name, companies, is })
        });
        Managers { found: found.collect(), teams: roster.members.iter().map(|m| (m.id, m.team)).collect() }
    }

    pub fn of_company(&self, company: &Company) -> Known {
        let name = company.manager.as_deref().unwrap_or_default();
        self.found.get(name).map_or(Known::Unknown, |manager| manager.is)
    }

    pub fn team(&self, member: MemberId) -> Option<TeamId> {
        self.teams.get(&member).copied().flatten()
    }

    pub fn into_list(self) -> Vec<Manager> {
        self.found.into_values().collect()
    }
}

/// The one active member of that name or login who manages accounts; two of one name are for a
/// person to tell apart.
fn named<'a>(name: &str, roster: &'a Roster) -> Option<&'a Member> {
    let plain = |text: &str| fold(text).split_whitespace().collect::<String>();
    let asked = plain(name);
    if asked.is_empty() {
        return None;
    }
    let manages = |member: &&Member| {
        member.positions.holds(Position::AccountManager) || member.positions.holds(Position::TeamLead)
    };
    let by_name: Vec<&Member> = roster.active().filter(manages).filter(|member| plain(&member.name) == asked).collect();
    match by_name[..] {
        [one] => Some(one),
        [] => roster.active().filter(manages).find(|member| member.login == asked),
        _ => None,
    }
}

/// The team that new members join: the one that the ledger names, the importer's, or the only one.
pub(super) fn team_for(roster: &Roster, actor: &Actor, importer: &Importer, named: Option<&str>) -> Option<TeamId> {
    let open: Vec<TeamId> = roster.teams.iter().filter(|team| !team.archived).map(|team| team.id).collect();
    let told = named.and_then(|name| {
        let same = |team: &&kehu_platform::directory::Team| !team.archived && fold(&team.name) == fold(name);
        roster.teams.iter().find(same).map(|team| team.id)
    });
    told.filter(|team| importer.may_import_everything() || actor.leads(*team))
        .or_else(|| actor.leads.iter().copied().find(|team| open.contains(team)))
        .or_else(|| actor.team.filter(|team| open.contains(team)))
        .or_else(|| if let [only] = open[..] { Some(only) } else { None })
}
