//! Obligations that an event opens: minutes after a visit, a reply to a question left open. As
//! with cadences, a pure function says how they stand.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::state::State;

/// The dates of an event's obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromiseTerms {
    pub due_at: DateTime<Utc>,
    /// Until when what was done in time may be entered.
    pub record_by: DateTime<Utc>,
    /// When an undone one counts as missed. It can still be kept after that, as met late.
    pub missed_at: DateTime<Utc>,
}

/// The record that keeps the promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    pub record: Uuid,
    pub at: DateTime<Utc>,
    pub recorded_at: DateTime<Utc>,
}

/// How the promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromiseDue {
    pub state: State,
    pub settled_at: Option<DateTime<Utc>>,
    pub recorded_late: bool,
}

pub fn promise(terms: PromiseTerms, kept: Option<Kept>, waived: bool, now: DateTime<Utc>) -> PromiseDue {
    let open = PromiseDue { state: State::Open, settled_at: None, recorded_late: false };
    match kept {
        Some(kept) if kept.at <= terms.due_at && kept.recorded_at < terms.record_by => PromiseDue {
            state: State::Met,
            settled_at: Some(kept.recorded_at),
            recorded_late: kept.recorded_at > terms.due_at,
        },
        _ if waived => PromiseDue { state: State::Waived, ..open },
        Some(kept) => PromiseDue {
            state: State::MetLate,
            settled_at: Some(kept.recorded_at),
            recorded_late: kept.at <= terms.due_at,
        },
        None if now >= terms.missed_at => {
            PromiseDue { state: State::Missed, settled_at: Some(terms.missed_at), ..open }
        }
        None => open,
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration, Utc};
    use uuid::Uuid;

    use super::{Kept, PromiseTerms, State, promise};

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default()
    }

    fn terms() -> PromiseTerms {
        PromiseTerms { due_at: noon(), record_by: noon() + Duration::days(2), missed_at: noon() + Duration::days(5) }
    }

    fn kept(at: i64, recorded: i64) -> Option<Kept> {
        Some(Kept {
            record: Uuid::nil(),
            at: noon() + Duration::hours(at),
            recorded_at: noon() + Duration::hours(recorded),
        })
    }

    #[test]
    fn a_promise_kept_and_entered_in_time_is_met() {
        assert_eq!(promise(terms(), kept(-3, -2), false, noon()).state, State::Met);
        let late_entry = promise(terms(), kept(-3, 30), false, noon());
        assert_eq!((late_entry.state, late_entry.recorded_late), (State::Met, true));
    }

    #[test]
    fn a_promise_kept_after_its_date_is_met_late_even_when_it_already_counted_as_missed() {
        assert_eq!(promise(terms(), kept(1, 1), false, noon()).state, State::MetLate);
        assert_eq!(promise(terms(), None, false, noon() + Duration::days(5)).state, State::Missed);
        assert_eq!(promise(terms(), kept(24 * 9, 24 * 9), false, noon() + Duration::days(10)).state, State::MetLate);
    }

    #[test]
    fn keeping_it_in_time_outweighs_a_waiver_and_a_waiver_outweighs_being_late() {
        assert_eq!(promise(terms(), kept(-1, -1), true, noon()).state, State::Met);
        assert_eq!(promise(terms(), kept(1, 1), true, noon()).state, State::Waived);
    }
}
