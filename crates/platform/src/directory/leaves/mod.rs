//! Leaves: days away with a deputy, who owes what falls due in them; nothing has to be waived.

mod announce;
mod cancel;

use kehu_core::{Actor, Forbidden, MemberId, Position};

use super::model::Member;

pub use announce::{LeaveDraft, announce_leave};
pub use cancel::cancel_leave;

/// Somebody who may keep the leaves of one member: the member, the leader of their team, human
/// resources or an administrator.
#[derive(Clone, Copy, Debug)]
pub struct LeaveKeeper<'a> {
    actor: &'a Actor,
    member: MemberId,
}

impl<'a> LeaveKeeper<'a> {
    pub fn of(actor: &'a Actor, member: &Member) -> Result<Self, Forbidden> {
        let may = actor.is_system()
            || actor.is(member.id)
            || member.team.is_some_and(|team| actor.leads(team))
            || actor.holds(Position::HumanResources)
            || actor.holds(Position::Administrator);
        if may { Ok(Self { actor, member: member.id }) } else { Err(Forbidden) }
    }

    pub const fn member(&self) -> MemberId {
        self.member
    }

    fn is_own(&self) -> bool {
        self.actor.is(self.member)
    }
}
