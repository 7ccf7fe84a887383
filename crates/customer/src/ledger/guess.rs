//! What a column holds, told by its values alone, where its heading is blank or unknown. Only
//! values that can hardly be anything else are taken, and only for fields that no heading claims.

use std::collections::HashSet;

use chrono::Datelike;
use kehu_core::CreditCode;

use super::categories;
use super::columns::Column;
use super::fields::Field;
use super::persons::of_later_person;
use super::table::{Cell, Row};
use super::values::{is_han, is_placeholder, read_date, read_phones, to_simplified};

pub(super) const ROWS_LOOKED_AT: usize = 300;
/// Share of a column's values that must look alike, in percent.
const ENOUGH: usize = 80;

type Test = fn(&str) -> bool;

/// Gives a field to each column that has none and whose values tell it; `of_later` are the columns of a
/// row's second and third person.
pub(super) fn fill_in(columns: &mut [Column], below: &[Row], of_later: &dyn Fn(usize) -> bool) {
    const TELLING: [(Field, Test); 6] = [
        (Field::CreditCode, |value| CreditCode::parse(value).is_ok()),
        (Field::Email, is_email),
        (Field::Mobile, |value| !read_phones(value).mobiles.is_empty()),
        (Field::CompanyName, is_company),
        (Field::Website, is_website),
        (Field::Province, is_province),
    ];
    for (field, test) in TELLING {
        give(columns, (below, of_later), field, false, test);
    }
    // A date or a mark such as A can mean many things: only a column without a telling heading.
    give(columns, (below, of_later), Field::Tier, true, |value| categories::tier_code(value, false).is_some());
    give(columns, (below, of_later), Field::Birthday, true, |value| year_of(value).is_some_and(|year| year < 2005));
    give(columns, (below, of_later), Field::FirstSigned, true, |value| year_of(value).is_some());
}

fn give(
    columns: &mut [Column],
    (below, of_later): (&[Row], &dyn Fn(usize) -> bool),
    field: Field,
    only_unnamed: bool,
    test: Test,
) {
    if columns.iter().any(|column| column.field == Some(field)) {
        return;
    }
    let personal = matches!(field, Field::Mobile | Field::Email);
    let free = |column: &Column| {
        column.field.is_none()
            && !of_later(column.index)
            && (!only_unnamed || says_nothing(&column.heading))
            && !(personal && (is_about_others(&column.heading) || of_later_person(&column.heading).is_some()))
    };
    if let Some(column) = columns.iter_mut().find(|column| free(column) && mostly(below, column.index, test)) {
        column.field = Some(field);
    }
}

fn says_nothing(heading: &str) -> bool {
    let heading = heading.trim().to_lowercase();
    let numbered = |word: &str| {
        heading.strip_prefix(word).is_some_and(|rest| rest.trim().chars().all(|c| c.is_ascii_alphanumeric()))
    };
    heading.is_empty()
        || ["日期", "时间", "時間", "date"].contains(&heading.as_str())
        || numbered("列")
        || numbered("column")
}

/// Headings of numbers that belong to our own people, to the customer's legal representative, to
/// its accounts: not to the contact.
fn is_about_others(heading: &str) -> bool {
    const OTHERS: [&str; 18] = [
        "经理",
        "业务",
        "销售",
        "法人",
        "法定",
        "负责",
        "财务",
        "开票",
        "紧急",
        "客服",
        "我方",
        "跟进",
        "manager",
        "owner",
        "sales",
        "legal",
        "invoice",
        "emergency",
    ];
    let heading = to_simplified(heading).to_lowercase();
    OTHERS.iter().any(|word| heading.contains(word))
}

/// Whether nearly all values of a column pass a test, and at least two different ones do.
fn mostly(below: &[Row], column: usize, test: Test) -> bool {
    let mut filled = 0;
    let mut passed = 0;
    let mut seen = HashSet::new();
    for row in below.iter().take(ROWS_LOOKED_AT) {
        let value = match row.cell(column) {
            cell @ (Cell::Moment(_) | Cell::Number(_)) => cell.date_value(),
            cell => cell.value(),
        };
        if is_placeholder(&value) {
            continue;
        }
        filled += 1;
        if value.chars().count() <= 200 && test(&value) {
            passed += 1;
            seen.insert(value.into_owned());
        }
    }
    passed * 100 >= filled * ENOUGH && (seen.len() >= 2 || (filled == 1 && passed == 1))
}

pub(super) fn is_email(value: &str) -> bool {
    value.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !value.contains(char::is_whitespace)
            && value.matches('@').count() == 1
    })
}

fn is_company(value: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "公司",
        "集团",
        "集團",
        "厂",
        "廠",
        "银行",
        "銀行",
        "医院",
        "醫院",
        "大学",
        "大學",
        "研究院",
        "研究所",
        "事务所",
    ];
    let name = value.trim_end_matches([')', '）']);
    if name.chars().any(is_han) {
        return name.chars().count() >= 4 && ENDINGS.iter().any(|ending| name.ends_with(ending));
    }
    let lower = name.trim_end_matches('.').to_lowercase();
    [" ltd", " inc", " corp", " llc", " gmbh", " limited", " co", " company", " corporation", " group"]
        .iter()
        .any(|ending| lower.ends_with(ending))
}

fn is_website(value: &str) -> bool {
    let lower = value.to_lowercase();
    let host = lower.trim_start_matches("https://").trim_start_matches("http://");
    host.len() < lower.len() || (host.starts_with("www.") && !host.contains(char::is_whitespace))
}

fn is_province(value: &str) -> bool {
    const PROVINCES: [&str; 34] = [
        "北京",
        "天津",
        "河北",
        "山西",
        "内蒙古",
        "辽宁",
        "吉林",
        "黑龙江",
        "上海",
        "江苏",
        "浙江",
        "安徽",
        "福建",
        "江西",
        "山东",
        "河南",
        "湖北",
        "湖南",
        "广东",
        "广西",
        "海南",
        "重庆",
        "四川",
        "贵州",
        "云南",
        "西藏",
        "陕西",
        "甘肃",
        "青海",
        "宁夏",
        "新疆",
        "台湾",
        "香港",
        "澳门",
    ];
    PROVINCES.iter().any(|name| {
        value.strip_prefix(name).is_some_and(|rest| {
            ["", "省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区"].contains(&rest)
        })
    })
}

fn year_of(value: &str) -> Option<i32> {
    let plain_number = value.bytes().all(|b| b.is_ascii_digit()) && value.len() != 8 && value.len() != 5;
    if plain_number {
        return None;
    }
    read_date(value).ok().flatten().map(|reading| reading.date().year())
}
