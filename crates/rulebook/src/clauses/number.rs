//! The numbers that name a place in the rulebook: chapter, section and, in most sections, an item
//! (`4.4.1`). Some sections, like `5.2`, are a single clause and have no items.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The number of a section, `4.4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct SectionNumber {
    pub chapter: u8,
    pub section: u8,
}

/// The number of a clause, `4.4.1` or `5.2`. Clauses stand in this order, so `4.2.10` follows `4.2.9`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ClauseNumber {
    chapter: u8,
    section: u8,
    /// 0 when the section is one clause.
    item: u8,
}

/// The text is not a number of the kind `4.4.1`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a clause number; they look like 4.4.1 or 5.2")]
pub struct BadNumber(pub String);

impl ClauseNumber {
    /// The clause number written in code; a malformed one does not compile when it stands in a `const`.
    ///
    /// # Panics
    /// When the text is not a clause number.
    pub const fn literal(text: &str) -> ClauseNumber {
        match parts(text) {
            Some(([chapter, section, item], 2 | 3)) => ClauseNumber { chapter, section, item },
            _ => panic!("not a clause number"),
        }
    }

    pub const fn chapter(self) -> u8 {
        self.chapter
    }

    pub const fn section(self) -> SectionNumber {
        SectionNumber { chapter: self.chapter, section: self.section }
    }

    /// The third part, if the number has one.
    pub const fn item(self) -> Option<u8> {
        if self.item == 0 { None } else { Some(self.item) }
    }
}

/// Up to three dot-separated numbers from 1 to 99 and how many there are. A leading zero is refused, so
/// that every number has one spelling.
const fn parts(text: &str) -> Option<([u8; 3], usize)> {
    let bytes = text.as_bytes();
    let (mut parts, mut count, mut at) = ([0_u8; 3], 0, 0);
    loop {
        if count == 3 {
            return None;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            if at - start == 2 {
                return None;
            }
            parts[count] = parts[count] * 10 + (bytes[at] - b'0');
            at += 1;
        }
        if at == start || bytes[start] == b'0' {
            return None;
        }
        count += 1;
        if at == bytes.len() {
            return Some((parts, count));
        }
        if bytes[at] != b'.' {
            return None;
        }
        at += 1;
    }
}

impl fmt::Display for SectionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.chapter, self.section)
    }
}

impl fmt::Display for ClauseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.section())?;
        self.item().map_or(Ok(()), |item| write!(f, ".{item}"))
    }
}

impl FromStr for SectionNumber {
    type Err = BadNumber;

    fn from_str(text: &str) -> Result<Self, BadNumber> {
        match parts(text) {
            Some(([chapter, section, _], 2)) => Ok(SectionNumber { chapter, section }),
            _ => Err(BadNumber(text.to_owned())),
        }
    }
}

impl FromStr for ClauseNumber {
    type Err = BadNumber;

    fn from_str(text: &str) -> Result<Self, BadNumber> {
        match parts(text) {
            Some(([chapter, section, item], 2 | 3)) => Ok(ClauseNumber { chapter, section, item }),
            _ => Err(BadNumber(text.to_owned())),
        }
    }
}

impl From<SectionNumber> for String {
    fn from(number: SectionNumber) -> String {
        number.to_string()
    }
}

impl From<ClauseNumber> for String {
    fn from(number: ClauseNumber) -> String {
        number.to_string()
    }
}

impl TryFrom<String> for SectionNumber {
    type Error = BadNumber;

    fn try_from(text: String) -> Result<Self, BadNumber> {
        text.parse()
    }
}

impl TryFrom<String> for ClauseNumber {
    type Error = BadNumber;

    fn try_from(text: String) -> Result<Self, BadNumber> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::{ClauseNumber, SectionNumber};

    fn clause(text: &str) -> ClauseNumber {
        text.parse().unwrap()
    }

    #[test]
    fn a_number_is_shown_as_it_was_written() {
        for text in ["4.4.1", "5.2", "4.2.10", "12.3.1"] {
            assert_eq!(clause(text).to_string(), text);
        }
        assert_eq!(clause("4.4.1").section(), SectionNumber { chapter: 4, section: 4 });
        assert_eq!(clause("5.2").item(), None);
        assert_eq!(ClauseNumber::literal("4.4.1"), clause("4.4.1"));
    }

    #[test]
    fn clauses_stand_in_numeric_order() {
        assert!(clause("4.2.9") < clause("4.2.10"));
        assert!(clause("5.2") < clause("5.3.1"));
        assert!(clause("9.1") < clause("10.1"));
    }

    #[test]
    fn every_number_has_one_spelling() {
        for text in ["", "4", "4.", ".4", "4.04", "0.1", "4.4.1.2", "4.4.100", "4 .4", "四.四", "-1.2", "4.4.0"] {
            assert!(text.parse::<ClauseNumber>().is_err(), "{text:?}");
        }
        assert!("4.4.1".parse::<SectionNumber>().is_err());
    }
}
