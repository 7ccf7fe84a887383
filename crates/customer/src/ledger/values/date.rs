//! Days as ledgers write them: 2024-03-05, 2024/3/5, 2024年3月5日, 2024.3.5, 20240305, Excel's
//! serial numbers, 二〇二四年三月五日, 5 Mar 2024. Spellings that could mean two days are never
//! guessed at.

use chrono::{Days, NaiveDate};

use super::chinese_number::read_chinese_number;
use super::text::{half_width, is_placeholder, tidy};

/// What a cell says about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateReading {
    Day(NaiveDate),
    /// A month or a year alone, as its first day: 2019年3月, 2019.
    FirstOf(NaiveDate),
}

impl DateReading {
    pub fn date(self) -> NaiveDate {
        match self {
            DateReading::Day(date) | DateReading::FirstOf(date) => date,
        }
    }
}

/// Why a cell names no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// A day that the calendar does not have, or a year outside 1900–2100.
    Impossible,
    /// 05/03/2024 is in March here and in May there.
    Ambiguous,
    /// No date at all.
    Unreadable,
}

/// Reads the text of one cell. Blank text and placeholders such as 无 are no date and no fault.
pub fn read_date(text: &str) -> Result<Option<DateReading>, DateFault> {
    let text = half_width(&tidy(text)).trim().to_lowercase();
    if is_placeholder(&text) {
        return Ok(None);
    }
    let text = without_time(&text);
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return digits_alone(text).map(Some);
    }
    if let Some(reading) = spelled_in_chinese(text) {
        return reading.map(Some);
    }
    let parts: Vec<&str> = text.split(['-', '/', '.', ',', ' ', '\'']).filter(|part| !part.is_empty()).collect();
    if let [_, _, _] = parts[..]
        && let Some(reading) = with_english_month(&parts)
    {
        return reading.map(Some);
    }
    let numbers: Option<Vec<(i32, usize)>> =
        parts.iter().map(|part| Some((part.parse().ok().filter(|n| *n >= 0)?, part.len()))).collect();
    match numbers.as_deref() {
        Some([year, month, day]) => three_numbers(*year, *month, *day).map(Some),
        Some([(year, 4), (month, 1 | 2)]) => first_of(*year, *month).map(Some),
        _ => Err(DateFault::Unreadable),
    }
}

/// The day of an Excel serial number of the 1900 system, for the years a ledger can mean.
fn from_excel_serial(serial: i32) -> Option<NaiveDate> {
    let days = u64::try_from(serial).ok().filter(|days| (1..=73_415).contains(days))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
}

/// A day of the calendar between 1900 and 2100.
pub(super) fn day(year: i32, month: i32, day: i32) -> Result<NaiveDate, DateFault> {
    let part = |n: i32| u32::try_from(n).unwrap_or(0);
    if !(1900..=2100).contains(&year) {
        return Err(DateFault::Impossible);
    }
    NaiveDate::from_ymd_opt(year, part(month), part(day)).ok_or(DateFault::Impossible)
}

fn first_of(year: i32, month: i32) -> Result<DateReading, DateFault> {
    day(year, month, 1).map(DateReading::FirstOf)
}

/// Cuts `08:30`, `T00:00:00Z` and the like off the end of a day.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let head = &text[..colon];
    match head.rfind(|c: char| c.is_whitespace() || c == 't') {
        Some(start) => head[..start].trim_end(),
        None => text,
    }
}

fn digits_alone(text: &str) -> Result<DateReading, DateFault> {
    let number: i32 = text.parse().map_err(|_| DateFault::Unreadable)?;
    match text.len() {
        8 => day(number / 10_000, number / 100 % 100, number % 100).map(DateReading::Day),
        6 => first_of(number / 100, number % 100),
        5 => from_excel_serial(number).map(DateReading::Day).ok_or(DateFault::Impossible),
        4 => first_of(number, 1),
        _ => Err(DateFault::Unreadable),
    }
}

/// 2024年3月5日, 2024年3月, 2024年, also with the figures in characters and 号 for 日.
fn spelled_in_chinese(text: &str) -> Option<Result<DateReading, DateFault>> {
    let (year, rest) = text.split_once('年')?;
    let (era, year) = match year.strip_prefix("民国").or_else(|| year.strip_prefix("民國")) {
        Some(year) => (1911, year),
        None => (0, year),
    };
    let Some(mut year) = figure(year) else { return Some(Err(DateFault::Unreadable)) };
    if era == 0 && year < 100 {
        year += if year > 50 { 1900 } else { 2000 };
    }
    let year = year + era;
    let rest = rest.trim_start_matches('度').trim();
    if rest.is_empty() {
        return Some(first_of(year, 1));
    }
    let month_and_day =
        rest.split_once('月').map(|(month, day)| (figure(month), day.trim_end_matches(['日', '号', '號']).trim()));
    Some(match month_and_day {
        Some((Some(month), "" | "份")) => first_of(year, month),
        Some((Some(month), rest)) => match figure(rest) {
            Some(of_month) => day(year, month, of_month).map(DateReading::Day),
            None => Err(DateFault::Unreadable),
        },
        _ => Err(DateFault::Unreadable),
    })
}

/// A number in figures or in characters.
pub(super) fn figure(text: &str) -> Option<i32> {
    let text = text.trim();
    if !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    read_chinese_number(text)
}

fn with_english_month(parts: &[&str]) -> Option<Result<DateReading, DateFault>> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let place = parts.iter().position(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    let month = MONTHS.iter().position(|name| parts[place].starts_with(name))?;
    let mut figures = parts.iter().enumerate().filter(|(index, _)| *index != place).map(|(_, part)| {
        part.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i32>().ok().map(|number| (number, part.len()))
    });
    let (Some(Some((first, first_len))), Some(Some((second, _)))) = (figures.next(), figures.next()) else {
        return Some(Err(DateFault::Unreadable));
    };
    let (year, of_month) = if first_len == 4 { (first, second) } else { (second, first) };
    let year = if year < 100 { year + if year > 50 { 1900 } else { 2000 } } else { year };
    Some(day(year, i32::try_from(month).unwrap_or(0) + 1, of_month).map(DateReading::Day))
}

/// Three figures with their lengths: the year is the one of four digits (or above 31). With the
/// year last, day and month must be told apart by their size.
fn three_numbers(a: (i32, usize), b: (i32, usize), c: (i32, usize)) -> Result<DateReading, DateFault> {
    let short = |figures: [(i32, usize); 2]| figures.iter().all(|(_, length)| *length <= 2);
    if a.1 == 4 && short([b, c]) {
        return day(a.0, b.0, c.0).map(DateReading::Day);
    }
    if c.1 == 4 && short([a, b]) {
        return match (a.0, b.0) {
            (first, second) if first == second => day(c.0, first, second),
            (first @ 13.., second) => day(c.0, second, first),
            (first, second @ 13..) => day(c.0, first, second),
            _ => Err(DateFault::Ambiguous),
        }
        .map(DateReading::Day);
    }
    if short([a, b]) && c.1 <= 2 {
        return if a.0 > 31 { day(1900 + a.0, b.0, c.0).map(DateReading::Day) } else { Err(DateFault::Ambiguous) };
    }
    Err(DateFault::Unreadable)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{DateFault, DateReading, from_excel_serial, read_date};

    fn shown(text: &str) -> String {
        match read_date(text) {
            Ok(None) => "none".to_owned(),
            Ok(Some(DateReading::Day(date))) => date.to_string(),
            Ok(Some(DateReading::FirstOf(date))) => format!("from {date}"),
            Err(fault) => format!("{fault:?}"),
        }
    }

    #[test]
    fn one_day_in_every_spelling() {
        for text in [
            "2024-03-05",
            "2024/3/5",
            "2024年3月5日",
            "2024.3.5",
            "2024．03．05",
            "20240305",
            "45356",
            "２０２４－０３－０５",
            " 2024 - 3 - 5 ",
            "2024-03-05 00:00:00",
            "2024/3/5 8:30",
            "2024-03-05T00:00:00Z",
            "2024年3月5号",
            "二〇二四年三月五日",
            "24年3月5日",
            "民国113年3月5日",
            "5 Mar 2024",
            "Mar 5, 2024",
            "5-Mar-24",
            "March 5th, 2024",
        ] {
            assert_eq!(shown(text), "2024-03-05", "{text}");
        }
    }

    #[test]
    fn a_month_or_a_year_alone_means_its_first_day_and_says_so() {
        for text in ["2019年3月", "2019-03", "2019.3", "201903", "2019年3月份"] {
            assert_eq!(shown(text), "from 2019-03-01", "{text}");
        }
        assert_eq!(shown("2019"), "from 2019-01-01");
        assert_eq!(shown("2019年度"), "from 2019-01-01");
    }

    #[test]
    fn days_that_no_calendar_has_are_impossible() {
        for text in
            ["2024-02-30", "2023/2/29", "2024年13月1日", "20241345", "2024.00.10", "1024-01-01", "31/02/2024", "99999"]
        {
            assert_eq!(shown(text), "Impossible", "{text}");
        }
    }

    #[test]
    fn day_and_month_are_told_apart_only_when_that_is_certain() {
        assert_eq!(shown("25/03/2024"), "2024-03-25");
        assert_eq!(shown("03/25/2024"), "2024-03-25");
        assert_eq!(shown("05/05/2024"), "2024-05-05");
        assert_eq!(shown("85.7.17"), "1985-07-17");
        for text in ["05/03/2024", "24/3/5", "3/5/24"] {
            assert_eq!(shown(text), "Ambiguous", "{text}");
        }
    }

    #[test]
    fn nothing_and_nonsense_differ() {
        for text in ["", " ", "-", "无", "N/A"] {
            assert_eq!(shown(text), "none", "{text}");
        }
        for text in [
            "长期",
            "年",
            "年月日",
            "2024年春",
            "3月5日",
            "2024-",
            "123",
            "2024-03-05-07",
            "12345678901",
            ":",
            "a:b",
            "一年",
        ] {
            assert!(
                matches!(read_date(text), Err(DateFault::Unreadable) | Ok(Some(DateReading::FirstOf(_)))),
                "{text}: {}",
                shown(text)
            );
        }
    }

    #[test]
    fn excel_counts_days_from_the_end_of_1899() {
        assert_eq!(from_excel_serial(45_356), NaiveDate::from_ymd_opt(2024, 3, 5));
        assert_eq!(from_excel_serial(61), NaiveDate::from_ymd_opt(1900, 3, 1));
        assert_eq!(from_excel_serial(0), None);
        assert_eq!(from_excel_serial(-5), None);
        assert_eq!(from_excel_serial(99_999), None);
    }
}
