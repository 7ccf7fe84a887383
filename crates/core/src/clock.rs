//! The only source of the present moment. Verbs are given it, so a test decides what time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, SubsecRound, Utc};

/// Tells the time in UTC, truncated to microseconds (what both databases can hold).
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    /// Microseconds since 1970, moved by tests and by the demo's seeding.
    Hand(Arc<AtomicI64>),
}

impl Clock {
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until it is moved.
    pub fn standing_at(moment: DateTime<Utc>) -> Self {
        Self(Source::Hand(Arc::new(AtomicI64::new(moment.timestamp_micros()))))
    }

    #[expect(clippy::disallowed_methods, reason = "this is the clock that the ban points everybody to")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System => Utc::now().trunc_subsecs(6),
            Source::Hand(micros) => DateTime::from_timestamp_micros(micros.load(Ordering::SeqCst)).unwrap_or_default(),
        }
    }

    /// Moves a standing clock; the system's clock is not ours to move and stays.
    pub fn set(&self, moment: DateTime<Utc>) {
        if let Source::Hand(micros) = &self.0 {
            micros.store(moment.timestamp_micros(), Ordering::SeqCst);
        }
    }

    pub fn advance(&self, by: Duration) {
        self.set(self.now() + by);
    }
}
