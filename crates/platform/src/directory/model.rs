//! The directory's records as the areas read them.

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{DepartmentId, LeaveId, MemberId, Positions, StandsIn, TeamId};

/// The company that this installation serves.
#[derive(Clone, Debug, Default)]
pub struct Company {
    pub name: String,
    /// IANA name of the zone in which days, weeks and quarters are counted.
    pub zone: String,
    pub demo: bool,
    pub version: i64,
}

/// A department of the company; its liaison receives what concerns it.
#[derive(Clone, Debug)]
pub struct Department {
    pub id: DepartmentId,
    pub name: String,
    pub liaison: Option<MemberId>,
    pub archived: bool,
    pub version: i64,
}

/// A key account team (2.1): one leader, several account managers.
#[derive(Clone, Debug)]
pub struct Team {
    pub id: TeamId,
    pub name: String,
    pub leader: Option<MemberId>,
    pub archived: bool,
    pub version: i64,
}

/// A person in the directory; those who left stay, because history names them.
#[derive(Clone, Debug)]
pub struct Member {
    pub id: MemberId,
    pub login: String,
    pub name: String,
    pub positions: Positions,
    pub team: Option<TeamId>,
    pub department: Option<DepartmentId>,
    pub specialties: String,
    pub email: String,
    pub mobile: String,
    pub locale: String,
    pub zone: String,
    pub can_sign_in: bool,
    pub active: bool,
    pub left_on: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
    pub version: i64,
}

/// Days away, first to last inclusive, in the company's zone. The deputy owes what falls due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    pub id: LeaveId,
    pub member: MemberId,
    pub deputy: MemberId,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub reason: String,
}

/// Who answers on a day for what is a member's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charge {
    pub member: MemberId,
    /// The last day on which a deputy does; `None` while the member is here.
    pub until: Option<NaiveDate>,
}

/// Who is in charge of what a member owes on a day: the member, or on leave their deputy. A deputy
/// who is away as well passes it on to their own; when that leads back to somebody who is away,
/// nobody is left and it stays with the member.
pub fn charge_of(leaves: &[Leave], member: MemberId, day: NaiveDate) -> Charge {
    let mut charge = Charge { member, until: None };
    let mut passed = vec![member];
    while let Some(leave) = leaves.iter().find(|leave| leave.covers(charge.member, day)) {
        if passed.contains(&leave.deputy) {
            return Charge { member, until: None };
        }
        passed.push(leave.deputy);
        let until = charge.until.map_or(leave.ends_on, |until| until.min(leave.ends_on));
        charge = Charge { member: leave.deputy, until: Some(until) };
    }
    charge
}

/// As [`charge_of`], the member alone.
pub fn in_charge(leaves: &[Leave], member: MemberId, day: NaiveDate) -> MemberId {
    charge_of(leaves, member, day).member
}

/// Whose deputy a member is on a day.
pub fn stands_in(leaves: &[Leave], deputy: MemberId, day: NaiveDate) -> Vec<StandsIn> {
    let mut found: Vec<StandsIn> = Vec::new();
    for leave in leaves.iter().filter(|leave| leave.covers(leave.member, day)) {
        let charge = charge_of(leaves, leave.member, day);
        if let Charge { member, until: Some(until) } = charge
            && member == deputy
            && !found.iter().any(|absence| absence.member == leave.member)
        {
            found.push(StandsIn { member: leave.member, until });
        }
    }
    found
}

/// The members for whom, in any of the leaves, a member may stand in, directly or through others;
/// the member is the first.
pub fn behind(leaves: &[Leave], member: MemberId) -> Vec<MemberId> {
    let mut all = vec![member];
    let mut next = 0;
    while let Some(deputy) = all.get(next).copied() {
        for leave in leaves.iter().filter(|leave| leave.deputy == deputy) {
            if !all.contains(&leave.member) {
                all.push(leave.member);
            }
        }
        next += 1;
    }
    all
}

impl Leave {
    pub fn covers(&self, member: MemberId, day: NaiveDate) -> bool {
        self.member == member && self.starts_on <= day && day <= self.ends_on
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const A: MemberId = MemberId(Uuid::from_u128(1));
    const B: MemberId = MemberId(Uuid::from_u128(2));
    const C: MemberId = MemberId(Uuid::from_u128(3));

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, n).unwrap_or_default()
    }

    fn away(member: MemberId, deputy: MemberId, first: u32, last: u32) -> Leave {
        let id = LeaveId(Uuid::from_u128(u128::from(first)));
        Leave { id, member, deputy, starts_on: day(first), ends_on: day(last), reason: String::new() }
    }

    #[test]
    fn a_deputy_who_is_away_passes_it_on() {
        let leaves = [away(A, B, 1, 9), away(B, C, 3, 5)];
        assert_eq!(charge_of(&leaves, A, day(2)), Charge { member: B, until: Some(day(9)) });
        assert_eq!(charge_of(&leaves, A, day(3)), Charge { member: C, until: Some(day(5)) });
        assert_eq!(charge_of(&leaves, A, day(6)), Charge { member: B, until: Some(day(9)) });
        assert_eq!(charge_of(&leaves, A, day(10)), Charge { member: A, until: None });
    }

    #[test]
    fn it_stays_with_the_member_when_nobody_is_left() {
        let leaves = [away(A, B, 1, 9), away(B, C, 1, 9), away(C, B, 1, 9)];
        assert_eq!(in_charge(&leaves, A, day(2)), A);
        assert_eq!(in_charge(&leaves[..2], A, day(2)), C);
        assert_eq!(in_charge(&[away(A, B, 1, 2), away(B, A, 1, 2)], A, day(1)), A);
    }

    #[test]
    fn one_stands_in_for_everybody_whose_charge_one_has() {
        let leaves = [away(A, B, 1, 9), away(B, C, 3, 5)];
        let both = [StandsIn { member: A, until: day(5) }, StandsIn { member: B, until: day(5) }];
        assert_eq!(stands_in(&leaves, C, day(4)), both);
        assert_eq!(stands_in(&leaves, B, day(4)), []);
        assert_eq!(stands_in(&leaves, B, day(2)), [StandsIn { member: A, until: day(9) }]);
        assert_eq!(behind(&leaves, C), [C, B, A]);
        assert_eq!(behind(&leaves, A), [A]);
    }
}
