//! The directory's records as the areas read them.

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{DepartmentId, LeaveId, MemberId, Positions, TeamId};

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

/// Who is in charge of what a member owes on a day: the member, or on leave their deputy, who may
/// have become unavailable since and then has a deputy of their own.
pub fn in_charge(leaves: &[Leave], member: MemberId, day: NaiveDate) -> MemberId {
    let mut found = member;
    // A deputy is never away when they are named, so the chain ends; the bound is for hand-made data.
    for _ in 0..leaves.len() {
        match leaves.iter().find(|leave| leave.covers(found, day)) {
            Some(leave) => found = leave.deputy,
            None => break,
        }
    }
    found
}

impl Leave {
    pub fn covers(&self, member: MemberId, day: NaiveDate) -> bool {
        self.member == member && self.starts_on <= day && day <= self.ends_on
    }
}
