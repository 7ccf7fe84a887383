//! Money in minor units (fen, cents). Decimals would become floats on SQLite, so they stay out.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount of Chinese yuan in fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(pub i64);

impl Money {
    pub const fn from_yuan(yuan: i64) -> Self {
        Self(yuan * 100)
    }
}

impl fmt::Display for Money {
    /// `12,345.60`, without a currency sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = (self.0 / 100).unsigned_abs().to_string();
        let grouped: Vec<&str> =
            whole.as_bytes().rchunks(3).rev().filter_map(|c| std::str::from_utf8(c).ok()).collect();
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", grouped.join(","), self.0.unsigned_abs() % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::Money;

    #[test]
    fn amounts_are_grouped_in_thousands() {
        assert_eq!(Money(3_662_700_000).to_string(), "36,627,000.00");
        assert_eq!(Money(-5).to_string(), "-0.05");
        assert_eq!(Money(99_999).to_string(), "999.99");
    }
}
