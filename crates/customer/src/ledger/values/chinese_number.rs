//! Numbers written in characters, as in 二〇二四年三月五日 and 八月十五.

/// The value of a run of characters below one hundred (十五, 二十三, 廿八, 卅) or of digits read
/// one by one (二〇二四). Nothing when a character is no numeral.
pub fn read_chinese_number(text: &str) -> Option<i32> {
    let count = text.chars().count();
    if count == 0 || count > 4 {
        return None;
    }
    if text.chars().all(|c| digit(c).is_some()) {
        return text.chars().filter_map(digit).try_fold(0_i32, |sum, d| Some(sum * 10 + d));
    }
    let mut tens = None;
    let mut ones = None;
    for character in text.chars() {
        match character {
            '十' | '拾' if tens.is_none() => tens = Some(ones.take().unwrap_or(1) * 10),
            '廿' if tens.is_none() && ones.is_none() => tens = Some(20),
            '卅' if tens.is_none() && ones.is_none() => tens = Some(30),
            // 廿十 does not occur; 二十 has been taken above.
            other if ones.is_none() => ones = Some(digit(other)?),
            _ => return None,
        }
    }
    Some(tens? + ones.unwrap_or(0))
}

fn digit(character: char) -> Option<i32> {
    Some(match character {
        '〇' | '零' | '○' | 'Ｏ' => 0,
        '一' | '壹' | '元' => 1,
        '二' | '贰' | '貳' | '两' => 2,
        '三' | '叁' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::read_chinese_number;

    #[test]
    fn days_months_and_years_in_characters() {
        for (text, value) in [
            ("十五", 15),
            ("二十三", 23),
            ("廿八", 28),
            ("三十", 30),
            ("卅", 30),
            ("九", 9),
            ("十", 10),
            ("二〇二四", 2024),
        ] {
            assert_eq!(read_chinese_number(text), Some(value), "{text}");
        }
        for text in ["", "月", "十十", "一百", "二〇二四五"] {
            assert_eq!(read_chinese_number(text), None, "{text}");
        }
    }
}
