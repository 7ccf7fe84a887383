//! Month and day names as people write them: 正月, 腊月, 初一, 廿三, 三十.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The month number of the text before 月: 正 is the first, 冬 the eleventh, 腊 the twelfth.
pub(super) fn month(text: &str) -> Option<u32> {
    match text {
        "正" | "元" => Some(1),
        "冬" => Some(11),
        "腊" | "臘" | "蜡" => Some(12),
        other => number(other).filter(|month| (1..=12).contains(month)),
    }
}

/// The day number; 初 may stand before the first ten, 日 or 号 behind.
pub(super) fn day(text: &str) -> Option<u32> {
    let text = text.trim_end_matches(['日', '号', '號']);
    number(text.strip_prefix('初').unwrap_or(text)).filter(|day| (1..=31).contains(day))
}

/// A number below one hundred, in digits or in characters (十五, 二十三, 廿三, 卅).
fn number(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let mut total = 0;
    let mut unit = None;
    for character in text.chars() {
        match (character, unit) {
            ('十', None) if total == 0 => total = 10,
            ('十', Some(tens)) if total == 0 => (total, unit) = (tens * 10, None),
            ('廿', None) if total == 0 => total = 20,
            ('卅', None) if total == 0 => total = 30,
            (digit, None) => unit = Some(DIGITS.iter().position(|known| *known == digit)? as u32),
            _ => return None,
        }
    }
    let number = total + unit.unwrap_or(0);
    (number > 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let written = [
            ("初一", 1),
            ("初十", 10),
            ("十五", 15),
            ("二十", 20),
            ("廿三", 23),
            ("二十九", 29),
            ("三十", 30),
            ("卅", 30),
            ("8", 8),
            ("8日", 8),
            ("三十一日", 31),
        ];
        for (text, expected) in written {
            assert_eq!(day(text), Some(expected), "{text}");
        }
        for text in ["", "初", "十十", "三二", "卅二", "人", "0", "32"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_and_the_last_months_have_names_of_their_own() {
        assert_eq!(["正", "冬", "腊", "十二", "10"].map(month), [Some(1), Some(11), Some(12), Some(12), Some(10)]);
        assert_eq!(month("十三"), None);
    }
}
