//! Telephone numbers, of which people write several in one cell.

use super::text::half_width;

/// The numbers of one cell, mobile phones of mainland China apart from all others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phones {
    /// Eleven digits, without the country's prefix.
    pub mobiles: Vec<String>,
    /// Landlines, extensions and numbers abroad, with hyphens and a leading + as written.
    pub others: Vec<String>,
    /// What stood in the cell and is no number.
    pub unreadable: Vec<String>,
}

/// Reads the numbers of one cell, parted by commas, slashes, semicolons or line breaks.
pub fn read_phones(text: &str) -> Phones {
    let mut phones = Phones::default();
    let text = half_width(text);
    for part in text.split(['/', '、', ',', ';', '\n', '|']).map(str::trim).filter(|part| !part.is_empty()) {
        let number = part.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+' && c != '(');
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let local = ["0086", "86"].iter().find_map(|prefix| digits.strip_prefix(prefix)).unwrap_or(&digits);
        if is_mobile(local) {
            phones.mobiles.push(local.to_owned());
        } else if is_mobile(&digits) {
            phones.mobiles.push(digits);
        } else if (5..=20).contains(&digits.len()) && number.chars().all(belongs_to_a_number) {
            phones.others.push(number.split_whitespace().collect::<Vec<_>>().join(" "));
        } else {
            phones.unreadable.push(part.to_owned());
        }
    }
    phones
}

/// Eleven digits beginning with 1 are a mobile phone; which second digits are issued changes with
/// the years, so they are not checked.
pub(crate) fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && digits.bytes().all(|b| b.is_ascii_digit())
}

fn belongs_to_a_number(character: char) -> bool {
    character.is_ascii_digit()
        || matches!(character, '+' | '-' | '(' | ')' | ' ' | '.' | '转' | '轉' | '#' | '*' | 'x' | 'X')
}

#[cfg(test)]
mod tests {
    use super::{Phones, read_phones};

    fn mobile(text: &str) -> Vec<String> {
        read_phones(text).mobiles
    }

    #[test]
    fn a_mobile_number_is_eleven_digits_however_it_is_written() {
        for text in [
            "13800138000",
            "138 0013 8000",
            "138-0013-8000",
            "+86 13800138000",
            "0086-13800138000",
            "１３８００１３８０００",
            "手机：13800138000",
        ] {
            assert_eq!(mobile(text), ["13800138000"], "{text}");
        }
    }

    #[test]
    fn several_numbers_in_one_cell_are_told_apart() {
        let phones = read_phones("13800138000/010-62345678 转 801；13900139000");
        assert_eq!(phones.mobiles, ["13800138000", "13900139000"]);
        assert_eq!(phones.others, ["010-62345678 转 801"]);
    }

    #[test]
    fn landlines_and_numbers_abroad_stay_as_written() {
        assert_eq!(read_phones("(0755) 2677-0000").others, ["(0755) 2677-0000"]);
        assert_eq!(read_phones("+852 2123 4567").others, ["+852 2123 4567"]);
        assert_eq!(read_phones("1300000000").others, ["1300000000"]);
    }

    #[test]
    fn words_are_no_number() {
        assert_eq!(read_phones("问前台"), Phones { unreadable: vec!["问前台".to_owned()], ..Phones::default() });
        assert_eq!(read_phones(""), Phones::default());
    }
}
