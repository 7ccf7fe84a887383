//! Who may change the rulebook, and who may see who has read it.

use std::ops::Deref;

use kehu_core::{Actor, Forbidden, Position, TeamId};

/// An actor who may draft: team leaders, administrators and company leadership.
#[derive(Clone, Copy, Debug)]
pub struct Drafter<'a>(&'a Actor);

impl<'a> Drafter<'a> {
    pub fn of(actor: &'a Actor) -> Result<Self, Forbidden> {
        let positions = [Position::TeamLead, Position::Administrator, Position::CompanyLeadership];
        let may = actor.is_system() || positions.into_iter().any(|position| actor.holds(position));
        if may { Ok(Self(actor)) } else { Err(Forbidden) }
    }
}

impl Deref for Drafter<'_> {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        self.0
    }
}

/// An actor who may see who has confirmed having read a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadingObserver {
    /// HR and company leadership see everybody.
    Everybody,
    /// A leader sees the members of the teams led.
    Teams(Vec<TeamId>),
}

impl ReadingObserver {
    pub fn of(actor: &Actor) -> Result<Self, Forbidden> {
        if actor.is_system() || actor.holds(Position::HumanResources) || actor.holds(Position::CompanyLeadership) {
            Ok(Self::Everybody)
        } else if !actor.leads.is_empty() {
            Ok(Self::Teams(actor.leads.clone()))
        } else {
            Err(Forbidden)
        }
    }

    pub fn sees(&self, team: Option<TeamId>) -> bool {
        match self {
            Self::Everybody => true,
            Self::Teams(teams) => team.is_some_and(|team| teams.contains(&team)),
        }
    }
}
