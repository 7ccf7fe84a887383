//! Credit codes for invented companies: valid by both check digits, so that the product takes
//! them, and drawn by chance, so that they are nobody's on purpose.

use kehu_core::CreditCode;

use super::chance::Chance;

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The code of a company registered in a district (GB 32100-2015): 91 for a company, the
/// district, the organisation code with its own check digit, the check digit of the whole.
pub fn code(district: &str, chance: &mut Chance) -> Option<CreditCode> {
    let mut organisation = String::from("MA");
    while organisation.len() < 8 {
        organisation.push(char::from(*chance.pick(ALPHABET)));
    }
    let body = format!("91{district}{organisation}{}", check_digit(&organisation));
    ALPHABET.iter().find_map(|last| CreditCode::parse(&format!("{body}{}", char::from(*last))).ok())
}

/// GB 11714: weighted sum modulo 11, with letters worth 10 and more; ten is written X.
fn check_digit(organisation: &str) -> char {
    let sum: u32 = organisation
        .chars()
        .zip([3, 7, 9, 10, 5, 8, 4, 2])
        .map(|(c, weight)| c.to_digit(36).unwrap_or(0) * weight)
        .sum();
    match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    }
}

#[cfg(test)]
mod tests {
    use super::{Chance, check_digit, code};

    #[test]
    fn the_standards_example_has_check_digit_x() {
        assert_eq!(check_digit("D2143569"), 'X');
    }

    #[test]
    fn every_drawn_code_is_valid() {
        let mut chance = Chance::of("codes", 1);
        assert!((0..200).all(|_| code("510100", &mut chance).is_some()));
    }
}
