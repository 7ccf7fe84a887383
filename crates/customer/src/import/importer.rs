//! Who may import whose accounts: managers their own, leaders those of their teams,
//! administrators and company leadership all.

use kehu_core::{Actor, Forbidden, MemberId, Position, TeamId};

use crate::accounts::Account;

/// An actor who may import ledgers.
#[derive(Clone, Debug)]
pub struct Importer {
    actor: Actor,
    everything: bool,
}

impl Importer {
    /// # Errors
    /// When the actor has no accounts to import.
    pub fn of(actor: Actor) -> Result<Importer, Forbidden> {
        let everything =
            actor.is_system() || actor.holds(Position::Administrator) || actor.holds(Position::CompanyLeadership);
        if everything || actor.holds(Position::AccountManager) || !actor.leads.is_empty() {
            return Ok(Importer { actor, everything });
        }
        Err(Forbidden)
    }

    pub fn is(actor: &Actor) -> bool {
        Importer::of(actor.clone()).is_ok()
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    pub fn may_import_everything(&self) -> bool {
        self.everything
    }

    /// Whether new accounts may be made for a member of the given team.
    pub(super) fn may_give_to(&self, owner: MemberId, team: Option<TeamId>) -> bool {
        self.everything || self.actor.is(owner) || self.leads(team)
    }

    /// Whether an account may be changed, if the importer is not on its account team besides.
    pub(super) fn may_change(&self, account: &Account) -> bool {
        self.may_give_to(account.owner, account.team)
    }

    /// Whether managers may be made members; a manager imports for themselves alone.
    pub fn may_create_managers(&self) -> bool {
        self.everything || !self.actor.leads.is_empty()
    }

    pub(super) fn leads(&self, team: Option<TeamId>) -> bool {
        team.is_some_and(|team| self.actor.leads(team))
    }
}

#[cfg(test)]
mod tests {
    use kehu_core::{Actor, MemberId, Position, Positions, TeamId};
    use uuid::Uuid;

    use super::Importer;

    fn member(position: Position) -> Actor {
        Actor {
            member: Some(MemberId(Uuid::from_u128(1))),
            positions: Positions::from_iter([position]),
            ..Actor::system()
        }
    }

    #[test]
    fn managers_import_for_themselves_leaders_for_their_team_administrators_for_all() {
        let (me, other) = (MemberId(Uuid::from_u128(1)), MemberId(Uuid::from_u128(2)));
        let team = TeamId(Uuid::from_u128(3));
        let manager = Importer::of(member(Position::AccountManager)).ok();
        assert!(manager.as_ref().is_some_and(|m| m.may_give_to(me, Some(team)) && !m.may_give_to(other, Some(team))));
        assert!(manager.is_some_and(|m| !m.may_create_managers()));
        let leader = Importer::of(Actor { leads: vec![team], ..member(Position::TeamLead) }).ok();
        assert!(leader.as_ref().is_some_and(|l| l.may_give_to(other, Some(team)) && !l.may_give_to(other, None)));
        let administrator = Importer::of(member(Position::Administrator)).ok();
        assert!(administrator.is_some_and(|a| a.may_give_to(other, None)));
    }

    #[test]
    fn others_import_nothing() {
        for position in [Position::HumanResources, Position::IndustryExpert, Position::DepartmentStaff] {
            assert!(Importer::of(member(position)).is_err(), "{position}");
        }
    }
}
