//! How an obligation stands, and the arithmetic of being on time.

use serde::{Deserialize, Serialize};

/// The state of an obligation. Everything but `Open` is an end, though a missed one can still
/// become `MetLate` and a corrected record re-opens what it had discharged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ObligationState)]
pub enum State {
    Open,
    Met,
    MetLate,
    Missed,
    Waived,
    Cancelled,
}

impl State {
    pub const ALL: [State; 6] =
        [State::Open, State::Met, State::MetLate, State::Missed, State::Waived, State::Cancelled];

    pub const fn code(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Met => "met",
            State::MetLate => "met_late",
            State::Missed => "missed",
            State::Waived => "waived",
            State::Cancelled => "cancelled",
        }
    }

    pub fn from_code(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// How many obligations stand how: the numbers behind "62 of 66 on time, 3 overdue".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub met: u64,
    pub met_late: u64,
    pub missed: u64,
    /// All open ones, the overdue among them.
    pub open: u64,
    /// Open and past their due date.
    pub overdue: u64,
    pub waived: u64,
    pub cancelled: u64,
}

/// Below this many settled obligations a percentage says more than is known.
pub const SMALLEST_PERCENTAGE: u64 = 5;

impl Tally {
    /// What the rate is of: met, met late and missed. Open, waived and cancelled do not count.
    pub const fn settled(&self) -> u64 {
        self.met + self.met_late + self.missed
    }

    /// On time, in whole per cent rounded down (so that 100 % means all); `None` below five.
    pub const fn percent(&self) -> Option<u64> {
        let settled = self.settled();
        if settled < SMALLEST_PERCENTAGE { None } else { Some(self.met * 100 / settled) }
    }

    /// The rate as it is shown: a percentage, below five the fraction, a dash when nothing is settled.
    pub fn figure(&self) -> String {
        match (self.percent(), self.settled()) {
            (Some(percent), _) => format!("{percent}%"),
            (None, 0) => "–".to_owned(),
            (None, settled) => format!("{}/{settled}", self.met),
        }
    }

    pub const fn total(&self) -> u64 {
        self.settled() + self.open + self.waived + self.cancelled
    }

    pub fn add(&mut self, state: State, overdue: bool, count: u64) {
        match state {
            State::Open => {
                self.open += count;
                if overdue {
                    self.overdue += count;
                }
            }
            State::Met => self.met += count,
            State::MetLate => self.met_late += count,
            State::Missed => self.missed += count,
            State::Waived => self.waived += count,
            State::Cancelled => self.cancelled += count,
        }
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.met += other.met;
        self.met_late += other.met_late;
        self.missed += other.missed;
        self.open += other.open;
        self.overdue += other.overdue;
        self.waived += other.waived;
        self.cancelled += other.cancelled;
    }
}

#[cfg(test)]
mod tests {
    use super::{State, Tally};

    #[test]
    fn the_rate_counts_met_over_met_late_and_missed_alone() {
        let tally = Tally { met: 62, met_late: 1, missed: 3, open: 9, overdue: 3, waived: 2, cancelled: 4 };
        assert_eq!(tally.settled(), 66);
        assert_eq!(tally.percent(), Some(93));
    }

    #[test]
    fn below_five_there_is_no_percentage() {
        let mut tally = Tally::default();
        tally.add(State::Met, false, 4);
        assert_eq!((tally.settled(), tally.percent()), (4, None));
    }
}
