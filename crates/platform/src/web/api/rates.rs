//! How much one token may ask in a minute, counted by this process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use chrono::{DateTime, Duration, Utc};
use kehu_core::TokenId;

/// Requests a minute unless the configuration says otherwise.
const USUAL: u32 = 600;

/// The counters of every token that was used lately.
#[derive(Clone, Debug)]
pub struct Rates {
    a_minute: u32,
    windows: Arc<Mutex<HashMap<TokenId, Window>>>,
}

#[derive(Clone, Copy, Debug)]
struct Window {
    began: DateTime<Utc>,
    used: u32,
}

/// How a token stands after the request that was just counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub limit: u32,
    pub remaining: u32,
    /// Seconds until the next minute begins.
    pub reset: i64,
    pub exceeded: bool,
}

impl Default for Rates {
    fn default() -> Self {
        Self::a_minute(USUAL)
    }
}

impl Rates {
    pub fn a_minute(a_minute: u32) -> Self {
        Self { a_minute, windows: Arc::default() }
    }

    /// Counts one request of the token.
    pub(super) fn count(&self, token: TokenId, now: DateTime<Utc>) -> Standing {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.entry(token).or_insert(Window { began: now, used: 0 });
        if now - window.began >= Duration::minutes(1) {
            *window = Window { began: now, used: 0 };
        }
        let exceeded = window.used >= self.a_minute;
        window.used = window.used.saturating_add(1).min(self.a_minute);
        let left = window.began + Duration::minutes(1) - now;
        Standing {
            limit: self.a_minute,
            remaining: self.a_minute - window.used,
            reset: (left.num_milliseconds().max(0) + 999) / 1000,
            exceeded,
        }
    }
}

impl Standing {
    pub fn write(&self, headers: &mut HeaderMap) {
        headers.insert(HeaderName::from_static("ratelimit-limit"), self.limit.into());
        headers.insert(HeaderName::from_static("ratelimit-remaining"), self.remaining.into());
        headers.insert(HeaderName::from_static("ratelimit-reset"), HeaderValue::from(self.reset));
        if self.exceeded {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(self.reset.max(1)));
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration, Utc};
    use kehu_core::TokenId;
    use uuid::Uuid;

    use super::Rates;

    #[test]
    fn a_token_is_held_back_until_its_minute_is_over() {
        let (rates, now) = (Rates::a_minute(2), DateTime::<Utc>::UNIX_EPOCH);
        let (one, other) = (TokenId(Uuid::from_u128(1)), TokenId(Uuid::from_u128(2)));
        assert_eq!(rates.count(one, now).remaining, 1);
        assert!(!rates.count(one, now).exceeded);
        let later = now + Duration::seconds(20);
        let held = rates.count(one, later);
        assert_eq!((held.exceeded, held.remaining, held.reset), (true, 0, 40));
        assert!(!rates.count(other, later).exceeded);
        assert!(!rates.count(one, now + Duration::minutes(1)).exceeded);
    }
}
