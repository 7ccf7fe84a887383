//! What the rules judge by: who held an account when, who was away, and what was recorded. Areas
//! read these from their records; nothing here knows where they come from.

use chrono::{DateTime, Utc};
use kehu_core::{MemberId, TeamId};
use uuid::Uuid;

/// A stretch of time in which an account was somebody's, and whether it was a key account then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    pub from: DateTime<Utc>,
    /// `None` while it lasts.
    pub to: Option<DateTime<Utc>>,
    pub owner: MemberId,
    pub team: Option<TeamId>,
    pub key: bool,
}

impl Holding {
    pub fn at(&self, moment: DateTime<Utc>) -> bool {
        self.from <= moment && self.to.is_none_or(|to| moment < to)
    }

    /// Whether the holding and `[start, end)` have any instant in common.
    pub fn overlaps(&self, start: DateTime<Utc>, end: DateTime<Utc>) -> bool {
        self.from < end && self.to.is_none_or(|to| to > start)
    }
}

/// A record that may discharge something: when it happened and when it was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deed {
    pub record: Uuid,
    pub by: MemberId,
    pub occurred_at: DateTime<Utc>,
    /// When what counts about it was last entered or changed.
    pub recorded_at: DateTime<Utc>,
}
