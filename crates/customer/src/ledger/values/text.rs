//! Text as people type it in Chinese offices: full-width letters, invisible characters pasted
//! from web pages, a dash or 无 where there is nothing to say.

use std::borrow::Cow;

use zhconv::Variant;

/// Full-width letters, digits and signs, and the ideographic space, as their half-width forms.
pub fn half_width(text: &str) -> String {
    text.chars().map(half_width_char).collect()
}

fn half_width_char(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        '\u{3000}' | '\u{A0}' => ' ',
        other => other,
    }
}

/// The text without invisible characters and without blanks around it. What stands inside, line
/// breaks included, is the writer's.
pub fn tidy(text: &str) -> Cow<'_, str> {
    let invisible = |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' | '\0');
    if text.contains(invisible) {
        let visible: String = text.chars().filter(|&c| !invisible(c)).collect();
        Cow::Owned(visible.trim().to_owned())
    } else {
        Cow::Borrowed(text.trim())
    }
}

/// Whether a tidy text only says that there is nothing to say.
pub fn is_placeholder(text: &str) -> bool {
    const SAID: [&str; 22] = [
        "无",
        "無",
        "暂无",
        "暫無",
        "没有",
        "沒有",
        "空",
        "不详",
        "不詳",
        "未知",
        "待定",
        "待补",
        "待補",
        "待补充",
        "n/a",
        "na",
        "none",
        "null",
        "nil",
        "tbd",
        "unknown",
        "(空白)",
    ];
    if text.is_empty()
        || text.chars().all(|c| matches!(c, '-' | '－' | '–' | '—' | '―' | '/' | '／' | '\\' | '_' | '.'))
    {
        return true;
    }
    // Excel's error values, such as a look-up that found nothing.
    if text.starts_with('#') && (text.ends_with('!') || text.ends_with('?') || text == "#N/A") {
        return true;
    }
    text.chars().count() <= 7 && SAID.contains(&half_width(text).to_lowercase().as_str())
}

pub(crate) fn is_han(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '〇')
}

/// Traditional characters as simplified ones, so that 客戶 and 客户 compare equal.
pub(crate) fn to_simplified(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(zhconv::zhconv(text, Variant::ZhHans)) }
}

#[cfg(test)]
mod tests {
    use super::{half_width, is_placeholder, tidy};

    #[test]
    fn full_width_and_invisible_characters_are_tidied() {
        assert_eq!(half_width("４８.４　ＡＢ（中）"), "48.4 AB(中)");
        assert_eq!(tidy("\u{feff} 丰信\u{200b}半导体 \u{3000}"), "丰信半导体");
        assert_eq!(tidy("多行\n备注"), "多行\n备注");
    }

    #[test]
    fn a_dash_or_none_means_nothing() {
        for text in ["", "-", "——", "/", "无", "暫無", "N/A", "Ｎ／Ａ", "#N/A", "#REF!"] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["无锡", "张三", "0", "#1 factory", "空港物流"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
