//! Birthdays of contacts: by the solar or the lunar calendar, with the year or without it.

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::chinese_number::read_chinese_number;
use super::date::{DateFault, DateReading, day, figure, read_date};
use super::text::{half_width, is_placeholder, tidy, to_simplified};

/// A birthday as the contact keeps it; the year is known for some only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "calendar", rename_all = "snake_case")]
pub enum Birthday {
    Solar {
        year: Option<i32>,
        month: u8,
        day: u8,
    },
    /// Months of 29 or 30 days; `leap` for the second month of the same number in a leap year.
    Lunar {
        year: Option<i32>,
        month: u8,
        day: u8,
        leap: bool,
    },
}

/// Reads the text of one cell. Text that tells the lunar calendar by its words (农历, 正月, 初八,
/// or figures in characters without 日) is lunar, all other text solar.
pub fn read_birthday(text: &str) -> Result<Option<Birthday>, DateFault> {
    let text = half_width(&tidy(text)).trim().to_lowercase();
    if is_placeholder(&text) {
        return Ok(None);
    }
    let text = to_simplified(&text);
    let mut rest = text.replace(['(', ')', '[', ']', ' ', ':'], "");
    let named_lunar = take_out(&mut rest, &["农历", "阴历", "旧历", "lunar"]);
    let named_solar = take_out(&mut rest, &["公历", "阳历", "新历", "solar"]);
    if !named_solar && (named_lunar || sounds_lunar(&rest)) {
        return lunar(&rest).map(Some);
    }
    let solar_text = if named_solar { rest.as_str() } else { text.trim() };
    match month_and_day(solar_text) {
        // A leap year stands in for the unknown one, so that 29 February is possible.
        Some((month, of_month)) => day(2000, month, of_month).map(|date| Some(solar(None, date))),
        None => match read_date(solar_text)? {
            Some(DateReading::Day(date)) => Ok(Some(solar(Some(date.year()), date))),
            Some(DateReading::FirstOf(_)) => Err(DateFault::Ambiguous),
            None => Ok(None),
        },
    }
}

fn solar(year: Option<i32>, date: chrono::NaiveDate) -> Birthday {
    Birthday::Solar { year, month: small(date.month()), day: small(date.day()) }
}

fn small(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(0)
}

fn take_out(text: &mut String, words: &[&str]) -> bool {
    let before = text.len();
    for word in words {
        *text = text.replace(word, "");
    }
    text.len() != before
}

fn sounds_lunar(text: &str) -> bool {
    ["正月", "冬月", "腊月", "初", "廿", "闰"].iter().any(|word| text.contains(word))
        || text.split_once('月').is_some_and(|(month, day)| {
            let month = month.rsplit('年').next().unwrap_or(month);
            read_chinese_number(month).is_some() && read_chinese_number(day).is_some()
        })
}

/// 八月十五, 1985年正月初八, 1985-08-15, 8.15, 闰四月初一.
fn lunar(text: &str) -> Result<Birthday, DateFault> {
    let mut rest = text.to_owned();
    let leap = take_out(&mut rest, &["闰"]);
    let (year, rest) = match rest.split_once('年') {
        Some((year, rest)) => (Some(figure(year).ok_or(DateFault::Unreadable)?), rest.to_owned()),
        None => (None, rest),
    };
    let (year, month, of_month) = if let Some((month, of_month)) = rest.split_once('月') {
        let month = match month {
            "正" => Some(1),
            "冬" => Some(11),
            "腊" => Some(12),
            other => figure(other),
        };
        let of_month = of_month.trim_start_matches('初').trim_end_matches(['日', '号']);
        (year, month, figure(of_month))
    } else {
        let parts: Vec<&str> = rest.split(['-', '/', '.']).collect();
        match parts[..] {
            [month, of_month] => (year, figure(month), figure(of_month)),
            [year, month, of_month] => (figure(year), figure(month), figure(of_month)),
            _ if rest.len() == 8 && rest.is_ascii() => (figure(&rest[..4]), figure(&rest[4..6]), figure(&rest[6..])),
            _ => (None, None, None),
        }
    };
    let (Some(month), Some(of_month)) = (month, of_month) else { return Err(DateFault::Unreadable) };
    let year = match year {
        Some(year @ 0..100) => Some(1900 + year),
        Some(year) if !(1900..=2100).contains(&year) => return Err(DateFault::Impossible),
        other => other,
    };
    match (u8::try_from(month), u8::try_from(of_month)) {
        (Ok(month @ 1..=12), Ok(day @ 1..=30)) => Ok(Birthday::Lunar { year, month, day, leap }),
        _ => Err(DateFault::Impossible),
    }
}

/// A solar birthday without its year: 3月5日, 03-05, 3/5, 0305. Two figures are month and day, as
/// everywhere in China, unless the first cannot be a month.
fn month_and_day(text: &str) -> Option<(i32, i32)> {
    if text.contains('年') {
        return None;
    }
    if let Some((month, of_month)) = text.split_once('月') {
        return Some((figure(month)?, figure(of_month.trim_end_matches(['日', '号']))?));
    }
    if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
        let (month, of_month) = (figure(&text[..2])?, figure(&text[2..])?);
        return ((1..=12).contains(&month) && (1..=31).contains(&of_month)).then_some((month, of_month));
    }
    let (first, second) = text.split_once(['-', '/', '.'])?;
    if first.len() > 2 || second.len() > 2 {
        return None;
    }
    let (first, second) = (figure(first)?, figure(second)?);
    Some(if first > 12 && second <= 12 { (second, first) } else { (first, second) })
}

#[cfg(test)]
mod tests {
    use super::{Birthday, read_birthday};
    use crate::ledger::values::DateFault;

    fn shown(text: &str) -> String {
        let year = |year: Option<i32>| year.map_or("?".to_owned(), |y| y.to_string());
        match read_birthday(text) {
            Ok(None) => "none".to_owned(),
            Ok(Some(Birthday::Solar { year: y, month, day })) => format!("{}-{month}-{day}", year(y)),
            Ok(Some(Birthday::Lunar { year: y, month, day, leap })) => {
                format!("lunar {}-{}{month}-{day}", year(y), if leap { "leap " } else { "" })
            }
            Err(fault) => format!("{fault:?}"),
        }
    }

    #[test]
    fn solar_birthdays_with_and_without_their_year() {
        for text in [
            "1981-01-29",
            "1981/1/29",
            "1981年1月29日",
            "19810129",
            "公历1981年1月29日",
            "1981-01-29 00:00:00",
            "阳历 1981.1.29",
        ] {
            assert_eq!(shown(text), "1981-1-29", "{text}");
        }
        for text in ["3月5日", "03-05", "3/5", "0305", "三月五日", "03.05"] {
            assert_eq!(shown(text), "?-3-5", "{text}");
        }
        assert_eq!(shown("25/3"), "?-3-25");
        assert_eq!(shown("2月29日"), "?-2-29");
    }

    #[test]
    fn lunar_birthdays_are_known_by_their_words() {
        for text in
            ["农历八月十五", "農曆八月十五", "八月十五", "八月十五（农历）", "阴历8月15日", "农历 8-15", "lunar 8.15"]
        {
            assert_eq!(shown(text), "lunar ?-8-15", "{text}");
        }
        assert_eq!(shown("正月初八"), "lunar ?-1-8");
        assert_eq!(shown("腊月廿三"), "lunar ?-12-23");
        assert_eq!(shown("1985年冬月三十"), "lunar 1985-11-30");
        assert_eq!(shown("农历19850815"), "lunar 1985-8-15");
        assert_eq!(shown("闰四月初一"), "lunar ?-leap 4-1");
    }

    #[test]
    fn impossible_birthdays_are_refused() {
        for text in ["2月30日", "1981-02-30", "农历八月三十一", "农历13-01", "19811301"] {
            assert_eq!(shown(text), "Impossible", "{text}");
        }
        assert_eq!(read_birthday("属马"), Err(DateFault::Unreadable));
        assert_eq!(shown("1985"), "Ambiguous");
        assert_eq!(shown("1985年8月"), "Ambiguous");
        assert_eq!(shown("无"), "none");
    }
}
