//! A version of the rulebook and how far it has come.

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{MemberId, RulebookVersionId};

/// Where a version stands on its way into force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Draft,
    Submitted,
    Approved,
    /// Sent back by leadership with a note; it is worked on like a draft.
    Returned,
    Withdrawn,
}

impl State {
    pub const ALL: [State; 5] = [State::Draft, State::Submitted, State::Approved, State::Returned, State::Withdrawn];

    pub const fn code(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Submitted => "submitted",
            State::Approved => "approved",
            State::Returned => "returned",
            State::Withdrawn => "withdrawn",
        }
    }

    pub fn from_code(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether its words and parameters may still be changed.
    pub const fn is_editable(self) -> bool {
        matches!(self, State::Draft | State::Returned)
    }

    /// Whether it is still on its way; there is at most one such version.
    pub const fn is_open(self) -> bool {
        matches!(self, State::Draft | State::Submitted | State::Returned)
    }
}

/// A version without its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub id: RulebookVersionId,
    /// Counted from 1 over the approved versions; `None` before approval.
    pub number: Option<i64>,
    pub state: State,
    /// The day from which it is, or is proposed to be, in force.
    pub in_force_from: Option<NaiveDate>,
    /// What is new in it, in the drafter's words.
    pub summary: String,
    /// `None` when the product itself made it at set-up.
    pub drafted_by: Option<MemberId>,
    pub drafted_at: DateTime<Utc>,
    pub submitted_by: Option<MemberId>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub decided_by: Option<MemberId>,
    pub decided_at: Option<DateTime<Utc>>,
    /// Leadership's word on the decision.
    pub note: String,
    pub version: i64,
}
