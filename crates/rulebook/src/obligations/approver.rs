//! Who approves a waiver and confirms what was recorded too late: the leader of the obligation's
//! team. What concerns the leader's own work goes to company leadership, and nobody ever decides
//! about their own.

use kehu_core::{Actor, Forbidden, MemberId, Position};
use kehu_platform::directory::Team;

use super::store::Obligation;

/// An actor who may decide about one obligation.
#[derive(Clone, Copy, Debug)]
pub struct Approver {
    pub member: MemberId,
}

/// Whose decision it is: this member's, or (`None`) any of company leadership's.
pub fn approver(obligation: &Obligation, team: Option<&Team>, asked_by: Option<MemberId>) -> Option<MemberId> {
    team.and_then(|team| team.leader).filter(|leader| !concerns(obligation, asked_by, *leader))
}

fn concerns(obligation: &Obligation, asked_by: Option<MemberId>, member: MemberId) -> bool {
    obligation.owner == member || obligation.acting == member || asked_by == Some(member)
}

impl Approver {
    /// Lets the actor decide about the obligation.
    pub fn of(
        actor: &Actor,
        obligation: &Obligation,
        team: Option<&Team>,
        asked_by: Option<MemberId>,
    ) -> Result<Approver, Forbidden> {
        let member = actor.member.ok_or(Forbidden)?;
        let theirs = match approver(obligation, team, asked_by) {
            Some(leader) => leader == member,
            None => actor.holds(Position::CompanyLeadership),
        };
        if theirs && !concerns(obligation, asked_by, member) { Ok(Approver { member }) } else { Err(Forbidden) }
    }
}
