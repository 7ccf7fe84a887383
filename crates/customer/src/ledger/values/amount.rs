//! Sums of money as ledgers write them: `3,662.7` under a heading that says 万元, `1.2亿`,
//! `¥500,000`, full-width digits.

use serde::{Deserialize, Serialize};

use super::text::half_width;

/// What one unit in a column of amounts is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmountUnit {
    #[default]
    #[serde(alias = "元")]
    Yuan,
    #[serde(alias = "千元")]
    Thousand,
    #[serde(alias = "万元", alias = "萬元")]
    TenThousand,
    #[serde(alias = "百万元", alias = "百萬元")]
    Million,
    #[serde(alias = "亿元", alias = "億元")]
    HundredMillion,
}

impl AmountUnit {
    /// Fen (one hundredth of a yuan) in one unit.
    pub const fn in_fen(self) -> i64 {
        match self {
            AmountUnit::Yuan => 100,
            AmountUnit::Thousand => 100_000,
            AmountUnit::TenThousand => 1_000_000,
            AmountUnit::Million => 100_000_000,
            AmountUnit::HundredMillion => 10_000_000_000,
        }
    }

    /// The unit that a heading or a note above the table names, as in 年合作额（万元） or 单位：千元.
    pub fn named_in(text: &str) -> Option<AmountUnit> {
        let text = half_width(text).to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        if has(&["亿", "億"]) {
            Some(AmountUnit::HundredMillion)
        } else if has(&["百万", "百萬", "million"]) {
            Some(AmountUnit::Million)
        } else if has(&["万", "萬", "10k"]) {
            Some(AmountUnit::TenThousand)
        } else if has(&["千元", "仟元", "thousand", "(k)"]) {
            Some(AmountUnit::Thousand)
        } else if has(&["元", "圆", "圓", "cny", "rmb", "yuan", "¥"]) {
            Some(AmountUnit::Yuan)
        } else {
            None
        }
    }
}

/// Why a cell in a column of amounts gives none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountFault {
    Unreadable,
    ForeignCurrency,
}

/// The amount in fen, rounded half up. A unit in the cell itself wins over the column's; a blank
/// text is no amount.
pub fn read_amount(text: &str, column: AmountUnit) -> Result<Option<i64>, AmountFault> {
    let mut rest = half_width(text).to_lowercase();
    rest.retain(|c| !c.is_whitespace());
    if rest.is_empty() {
        return Ok(None);
    }
    if ["$", "usd", "美元", "港", "hkd", "€", "eur", "欧元", "歐元", "日元", "jpy", "台币", "臺幣", "twd"]
        .iter()
        .any(|sign| rest.contains(sign))
    {
        return Err(AmountFault::ForeignCurrency);
    }
    for word in
        ["人民币", "人民幣", "rmb", "cny", "¥", "￥", "大约", "约", "約", "≈", "左右", "以上", "余", "餘", "整", "+"]
    {
        rest = rest.replace(word, "");
    }
    if rest.is_empty() {
        return Err(AmountFault::Unreadable);
    }
    let mut sum: i128 = 0;
    let mut rest = rest.as_str();
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let (unit, after) = split_unit(after);
        sum = sum.saturating_add(decimal(number, unit.unwrap_or(column.in_fen())).ok_or(AmountFault::Unreadable)?);
        rest = after;
    }
    i64::try_from(sum).map(Some).map_err(|_| AmountFault::Unreadable)
}

/// The unit that a text begins with, in fen, and what follows it.
fn split_unit(text: &str) -> (Option<i64>, &str) {
    const UNITS: [(&str, i64); 14] = [
        ("亿", 10_000_000_000),
        ("億", 10_000_000_000),
        ("千万", 1_000_000_000),
        ("千萬", 1_000_000_000),
        ("百万", 100_000_000),
        ("百萬", 100_000_000),
        ("万", 1_000_000),
        ("萬", 1_000_000),
        ("w", 1_000_000),
        ("千", 100_000),
        ("仟", 100_000),
        ("k", 100_000),
        ("元", 100),
        ("圆", 100),
    ];
    for (word, fen) in UNITS {
        if let Some(after) = text.strip_prefix(word) {
            return (Some(fen), after.strip_prefix('元').unwrap_or(after));
        }
    }
    (None, text)
}

/// A decimal number times a count of fen. Commas must part groups of three digits (or four, as
/// 万 are sometimes grouped), so that a decimal comma is not mistaken for one.
fn decimal(number: &str, fen: i64) -> Option<i128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.len() + fraction.len() > 24 || fraction.contains(['.', ',']) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let mut digits = first.to_owned();
    for group in groups {
        if first.is_empty() || !(3..=4).contains(&group.len()) {
            return None;
        }
        digits.push_str(group);
    }
    digits.push_str(fraction);
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let value = digits.parse::<i128>().ok()?.checked_mul(i128::from(fen))?;
    Some((value + scale / 2) / scale)
}

#[cfg(test)]
mod tests {
    use super::{AmountFault, AmountUnit, read_amount};

    fn fen(text: &str, unit: AmountUnit) -> i64 {
        read_amount(text, unit).ok().flatten().unwrap_or(-1)
    }

    #[test]
    fn amounts_under_a_heading_in_ten_thousand_yuan() {
        for (text, expected) in [
            ("3,662.7", 3_662_700_000),
            ("2608.4", 2_608_400_000),
            ("４８.４", 48_400_000),
            ("52.0", 52_000_000),
            ("0", 0),
        ] {
            assert_eq!(fen(text, AmountUnit::TenThousand), expected, "{text}");
        }
    }

    #[test]
    fn a_unit_in_the_cell_wins_over_the_heading() {
        assert_eq!(fen("500万", AmountUnit::TenThousand), 500_000_000);
        assert_eq!(fen("1.2亿元", AmountUnit::TenThousand), 12_000_000_000);
        assert_eq!(fen("1亿2000万", AmountUnit::Yuan), 12_000_000_000);
        assert_eq!(fen("¥1,234,567.89", AmountUnit::Yuan), 123_456_789);
        assert_eq!(fen("1,000元", AmountUnit::TenThousand), 100_000);
        assert_eq!(fen("约3千万", AmountUnit::Yuan), 3_000_000_000);
    }

    #[test]
    fn fractions_of_a_fen_are_rounded_half_up() {
        assert_eq!(fen("0.005", AmountUnit::Yuan), 1);
        assert_eq!(fen("0.0049", AmountUnit::Yuan), 0);
    }

    #[test]
    fn what_is_no_single_sum_in_yuan_is_refused() {
        for text in ["面议", "约", "100-200万", "3.5,0", "3,5", "-5", "1.2.3", "99999999999999999999", ",", "万"] {
            assert_eq!(read_amount(text, AmountUnit::TenThousand), Err(AmountFault::Unreadable), "{text}");
        }
        assert_eq!(read_amount("US$ 1,000", AmountUnit::Yuan), Err(AmountFault::ForeignCurrency));
        assert_eq!(read_amount("  ", AmountUnit::Yuan), Ok(None));
    }

    #[test]
    fn headings_name_their_unit() {
        for (text, unit) in [
            ("年合作额（万元）", Some(AmountUnit::TenThousand)),
            ("單位：萬元", Some(AmountUnit::TenThousand)),
            ("金额(元)", Some(AmountUnit::Yuan)),
            ("单位：千元", Some(AmountUnit::Thousand)),
            ("销售额/亿元", Some(AmountUnit::HundredMillion)),
            ("Revenue (RMB million)", Some(AmountUnit::Million)),
            ("年合作额", None),
        ] {
            assert_eq!(AmountUnit::named_in(text), unit, "{text}");
        }
    }
}
