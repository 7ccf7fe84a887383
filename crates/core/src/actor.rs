//! Who acts, in which positions, and the checks that turn an actor into somebody who may.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Locale, MemberId, TeamId};

/// A position of the rulebook (chapter 2) or of the company around the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u16)]
pub enum Position {
    TeamLead = 1,
    AccountManager = 1 << 1,
    IndustryExpert = 1 << 2,
    TechnicalSupport = 1 << 3,
    AfterSales = 1 << 4,
    CompanyLeadership = 1 << 5,
    HumanResources = 1 << 6,
    DepartmentStaff = 1 << 7,
    Administrator = 1 << 8,
}

impl Position {
    pub const ALL: [Position; 9] = [
        Position::TeamLead,
        Position::AccountManager,
        Position::IndustryExpert,
        Position::TechnicalSupport,
        Position::AfterSales,
        Position::CompanyLeadership,
        Position::HumanResources,
        Position::DepartmentStaff,
        Position::Administrator,
    ];

    /// The name in code, URLs and the API, as in the glossary.
    pub const fn code(self) -> &'static str {
        match self {
            Position::TeamLead => "team_lead",
            Position::AccountManager => "account_manager",
            Position::IndustryExpert => "industry_expert",
            Position::TechnicalSupport => "technical_support",
            Position::AfterSales => "after_sales",
            Position::CompanyLeadership => "company_leadership",
            Position::HumanResources => "hr_department",
            Position::DepartmentStaff => "department_staff",
            Position::Administrator => "administrator",
        }
    }
}

/// The text names no position.
#[derive(Debug, thiserror::Error)]
#[error("unknown position {0:?}")]
pub struct UnknownPosition(String);

impl FromStr for Position {
    type Err = UnknownPosition;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Position::ALL.into_iter().find(|p| p.code() == code).ok_or_else(|| UnknownPosition(code.to_owned()))
    }
}

/// The positions of one member; a member may hold several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Positions(u16);

impl Positions {
    pub const fn from_bits(bits: u16) -> Self {
        Self(bits)
    }

    pub const fn bits(self) -> u16 {
        self.0
    }

    pub const fn holds(self, position: Position) -> bool {
        self.0 & position as u16 != 0
    }

    pub fn iter(self) -> impl Iterator<Item = Position> {
        Position::ALL.into_iter().filter(move |p| self.holds(*p))
    }
}

impl FromIterator<Position> for Positions {
    fn from_iter<I: IntoIterator<Item = Position>>(positions: I) -> Self {
        Self(positions.into_iter().fold(0, |bits, p| bits | p as u16))
    }
}

/// Through which door a change came in; journaled with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    Web,
    Api,
    CommandLine,
    /// The clock and the jobs: nobody in person.
    System,
}

impl Door {
    pub const fn code(self) -> &'static str {
        match self {
            Door::Web => "web",
            Door::Api => "api",
            Door::CommandLine => "command_line",
            Door::System => "system",
        }
    }
}

/// The member on whose behalf something is done, with what decides their permissions.
#[derive(Clone, Debug)]
pub struct Actor {
    /// `None` is the system itself: the clock that opens obligations, the demo's seeding.
    pub member: Option<MemberId>,
    pub name: String,
    pub positions: Positions,
    /// The team that the member belongs to.
    pub team: Option<TeamId>,
    /// The teams that the member leads.
    pub leads: Vec<TeamId>,
    /// Whose deputy the member is today.
    pub stands_in: Vec<StandsIn>,
    pub locale: Locale,
    pub door: Door,
    /// An administrator who looks through this member's eyes. They are shown nothing of a customer that
    /// they might not see by themselves, so every check of what may be seen asks about both.
    pub onlooker: Option<Arc<Actor>>,
}

/// In charge of what an absent member answers for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandsIn {
    pub member: MemberId,
    /// The last day of it.
    pub until: NaiveDate,
}

/// The check did not pass: this actor may not do that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not permitted")]
pub struct Forbidden;

impl Actor {
    pub fn system() -> Self {
        Self {
            member: None,
            name: "system".to_owned(),
            positions: Positions::default(),
            team: None,
            leads: Vec::new(),
            stands_in: Vec::new(),
            locale: Locale::default(),
            door: Door::System,
            onlooker: None,
        }
    }

    pub const fn is_system(&self) -> bool {
        self.member.is_none()
    }

    pub const fn holds(&self, position: Position) -> bool {
        self.positions.holds(position)
    }

    pub fn is(&self, member: MemberId) -> bool {
        self.member == Some(member)
    }

    pub fn leads(&self, team: TeamId) -> bool {
        self.leads.contains(&team)
    }

    /// Whether there are customers that the actor's positions let them read: HR sees people, an administrator
    /// configures, other departments help, and none of them does.
    pub fn reads_customers(&self) -> bool {
        [
            Position::TeamLead,
            Position::AccountManager,
            Position::IndustryExpert,
            Position::TechnicalSupport,
            Position::AfterSales,
            Position::CompanyLeadership,
        ]
        .into_iter()
        .any(|position| self.holds(position))
    }

    /// Whether there are customers with whom the actor's positions let them log a contact: those of the account
    /// teams, and whoever stands in for one of them.
    pub fn logs_contacts(&self) -> bool {
        let serves = [
            Position::TeamLead,
            Position::AccountManager,
            Position::IndustryExpert,
            Position::TechnicalSupport,
            Position::AfterSales,
        ];
        serves.into_iter().any(|position| self.holds(position)) || !self.leads.is_empty() || !self.stands_in.is_empty()
    }

    /// Who sits before the screen: the onlooker, or the actor in person.
    pub fn in_person(&self) -> &Actor {
        self.onlooker.as_deref().unwrap_or(self)
    }

    /// Until when the actor is in charge of what the member answers for; `None` when the member is here
    /// or somebody else stands in.
    pub fn stands_in_for(&self, member: MemberId) -> Option<NaiveDate> {
        self.stands_in.iter().find(|absence| absence.member == member).map(|absence| absence.until)
    }

    /// Proof that the actor configures the product.
    pub fn administrator(&self) -> Result<Administrator<'_>, Forbidden> {
        if self.is_system() || self.holds(Position::Administrator) { Ok(Administrator(self)) } else { Err(Forbidden) }
    }

    /// Proof that the actor is one of the company's leaders.
    pub fn leadership(&self) -> Result<Leadership<'_>, Forbidden> {
        if self.is_system() || self.holds(Position::CompanyLeadership) { Ok(Leadership(self)) } else { Err(Forbidden) }
    }
}

/// An actor who passed [`Actor::administrator`].
#[derive(Clone, Copy, Debug)]
pub struct Administrator<'a>(&'a Actor);

/// An actor who passed [`Actor::leadership`].
#[derive(Clone, Copy, Debug)]
pub struct Leadership<'a>(&'a Actor);

impl std::ops::Deref for Administrator<'_> {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        self.0
    }
}

impl std::ops::Deref for Leadership<'_> {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        self.0
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
