//! The unified social credit code (统一社会信用代码): the eighteen characters by which the Chinese
//! state knows every company, institution and association. Its last character is a check digit,
//! so a mistyped code is caught before it makes a second account of the same company.
//!
//! Source: GB 32100-2015, sections 4 (structure) and 5 (check digit); its alphabet has 31
//! characters, the digits and the capital letters without I, O, S, V and Z.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const LENGTH: usize = 18;

/// A code whose check digit has been verified, in capital half-width characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode(String);

/// Why a text is not a unified social credit code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CreditCodeError {
    #[error("a unified social credit code has 18 characters, this one has {found}")]
    WrongLength { found: usize },
    /// `position` counts from 1, as a person reads the code.
    #[error("character {position}, {character:?}, cannot occur in a unified social credit code")]
    BadCharacter { position: usize, character: char },
    #[error("the check digit is {found}, but the other characters call for {expected}")]
    WrongCheckDigit { expected: char, found: char },
}

impl CreditCode {
    /// Reads a code as people write it: full-width and small letters are normalised, spaces and
    /// hyphens between groups are dropped.
    pub fn parse(text: &str) -> Result<CreditCode, CreditCodeError> {
        let code: String = text.chars().filter_map(normalise).collect();
        let found = code.chars().count();
        if found != LENGTH {
            return Err(CreditCodeError::WrongLength { found });
        }
        let mut sum = 0;
        let mut weight = 1;
        let mut last = 0;
        for (index, character) in code.chars().enumerate() {
            let value = value_of(character).ok_or(CreditCodeError::BadCharacter { position: index + 1, character })?;
            if index + 1 < LENGTH {
                sum += value * weight;
                weight = weight * 3 % 31;
            } else {
                last = value;
            }
        }
        let expected = (31 - sum % 31) % 31;
        if last != expected {
            let letter = |value: usize| char::from(ALPHABET[value]);
            return Err(CreditCodeError::WrongCheckDigit { expected: letter(expected), found: letter(last) });
        }
        Ok(CreditCode(code))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn value_of(character: char) -> Option<usize> {
    ALPHABET.iter().position(|&known| char::from(known) == character)
}

/// The half-width capital of one character, or nothing for what people put between the groups.
fn normalise(character: char) -> Option<char> {
    let half = match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        other => other,
    };
    let invisible = matches!(half, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    let between = half.is_whitespace() || invisible || matches!(half, '-' | '‐' | '–' | '—');
    (!between).then(|| half.to_ascii_uppercase())
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CreditCode {
    type Err = CreditCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        CreditCode::parse(text)
    }
}

impl TryFrom<String> for CreditCode {
    type Error = CreditCodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        CreditCode::parse(&text)
    }
}

impl From<CreditCode> for String {
    fn from(code: CreditCode) -> String {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::{CreditCode, CreditCodeError};

    fn normal(text: &str) -> Result<String, CreditCodeError> {
        CreditCode::parse(text).map(String::from)
    }

    #[test]
    fn published_codes_of_well_known_organisations_pass() {
        for code in [
            "914403001922038216", // 华为技术有限公司
            "9144030071526726XG", // 深圳市腾讯计算机系统有限公司
            "91330100799655058B", // 阿里巴巴（中国）有限公司
            "91110108551385082Q", // 小米科技有限责任公司
            "91440300192317458F", // 比亚迪股份有限公司
            "91110000710925462X", // 中国石油天然气股份有限公司
            "91100000100003962T", // 中国工商银行股份有限公司
            "12100000400000624D", // 清华大学
        ] {
            assert_eq!(normal(code).as_deref(), Ok(code));
        }
    }

    #[test]
    fn the_worked_example_of_the_standard_gives_check_digit_3() {
        assert!(CreditCode::parse("91350100M000100Y43").is_ok());
        assert_eq!(
            CreditCode::parse("91350100M000100Y44"),
            Err(CreditCodeError::WrongCheckDigit { expected: '3', found: '4' })
        );
    }

    #[test]
    fn full_width_small_letters_and_gaps_are_normalised() {
        let code = Ok("9144030071526726XG");
        assert_eq!(normal("９１４４０３００７１５２６７２６ｘｇ").as_deref(), code);
        assert_eq!(normal(" 914403 00-71526726x\u{a0}g\u{200b} ").as_deref(), code);
    }

    #[test]
    fn every_single_mistyped_character_is_caught() {
        let code = "9144030071526726XG";
        for index in 0..code.len() {
            let mut typed = code.as_bytes().to_vec();
            typed[index] = if typed[index] == b'7' { b'8' } else { b'7' };
            let typed = String::from_utf8_lossy(&typed).into_owned();
            assert!(matches!(CreditCode::parse(&typed), Err(CreditCodeError::WrongCheckDigit { .. })), "{typed}");
        }
    }

    #[test]
    fn a_wrong_length_or_letter_is_named() {
        assert_eq!(CreditCode::parse("440301103097413"), Err(CreditCodeError::WrongLength { found: 15 }));
        assert_eq!(CreditCode::parse(""), Err(CreditCodeError::WrongLength { found: 0 }));
        assert_eq!(
            CreditCode::parse("9144030O71526726XG"),
            Err(CreditCodeError::BadCharacter { position: 8, character: 'O' })
        );
        assert_eq!(
            CreditCode::parse("91440300统1526726XG"),
            Err(CreditCodeError::BadCharacter { position: 9, character: '统' })
        );
    }
}
