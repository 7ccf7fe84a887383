//! A second and third person of a row, with columns of their own: 联系人2, 联系人2电话, 第三联系人, or the
//! same headings once more: 联系人, 电话, 联系人, 电话.

use std::collections::BTreeMap;

use super::columns::recognise;
use super::fields::Field;
use super::mapping::Mapping;
use super::table::{Row, Table};
use super::values::half_width;

/// The numbers of later persons as headings write them.
const NUMBERS: [(usize, [&str; 4]); 4] = [
    (2, ["第二", "2", "二", "②"]),
    (3, ["第三", "3", "三", "③"]),
    (4, ["第四", "4", "四", "④"]),
    (5, ["第五", "5", "五", "⑤"]),
];

/// Beginnings of headings that are about the company, not about a person there.
const OF_THE_COMPANY: [&str; 5] = ["公司", "单位", "單位", "企业", "company"];

/// A person's number and what a column says of them.
pub type Nth = (usize, Field);

/// What a heading says of a later person.
pub(super) fn of_later_person(heading: &str) -> Option<Nth> {
    let plain = half_width(heading).to_lowercase();
    NUMBERS.iter().find_map(|(nth, words)| {
        let word = words.iter().find(|word| plain.contains(**word))?;
        let (field, _) = recognise(&plain.replacen(word, "", 1))?;
        is_personal(field).then_some((*nth, field))
    })
}

/// What the columns say of later persons whose headings are those of the first, repeated. The name comes
/// first each time; two equal headings side by side are one heading over two columns.
pub(super) fn repeated(headings: &Row) -> BTreeMap<usize, Nth> {
    let mut found = BTreeMap::new();
    let mut first_name: Option<String> = None;
    let (mut nth, mut described) = (1, false);
    for index in 0..headings.cells.len() {
        let heading: String = half_width(&headings.value(index)).to_lowercase().split_whitespace().collect();
        if of_later_person(&heading).is_some() || OF_THE_COMPANY.iter().any(|word| heading.starts_with(word)) {
            continue;
        }
        let Some((field, _)) = recognise(&heading).filter(|(field, _)| is_personal(*field)) else { continue };
        match &first_name {
            None if field == Field::ContactName => first_name = Some(heading),
            Some(name) if field == Field::ContactName && *name == heading && described => {
                (nth, described) = (nth + 1, false);
                found.insert(index, (nth, field));
            }
            Some(_) if field == Field::ContactName => {}
            None => {}
            Some(_) => {
                described = true;
                if nth > 1 {
                    found.insert(index, (nth, field));
                }
            }
        }
    }
    found
}

fn is_personal(field: Field) -> bool {
    matches!(
        field,
        Field::ContactName
            | Field::ContactTitle
            | Field::Department
            | Field::Mobile
            | Field::Phone
            | Field::Email
            | Field::Wechat
            | Field::Birthday
            | Field::ContactRemark
    )
}

/// The columns of later persons, by person. A column that means something already is not theirs,
/// and without a name there is nobody.
fn by_person(headings: &Row, mapping: &Mapping) -> BTreeMap<usize, BTreeMap<Field, usize>> {
    let mut persons: BTreeMap<usize, BTreeMap<Field, usize>> = BTreeMap::new();
    let repeated = repeated(headings);
    for index in 0..headings.cells.len() {
        let told = of_later_person(&headings.value(index)).or_else(|| repeated.get(&index).copied());
        let Some((nth, field)) = told else { continue };
        if !mapping.columns.values().any(|taken| *taken == index) {
            persons.entry(nth).or_default().entry(field).or_insert(index);
        }
    }
    persons.retain(|_, columns| columns.contains_key(&Field::ContactName));
    persons
}

/// For each later person a mapping of their columns alone.
pub(super) fn later_persons(headings: &Row, mapping: &Mapping) -> Vec<Mapping> {
    let persons = by_person(headings, mapping).into_values();
    persons.map(|columns| Mapping { columns, ..mapping.clone() }).collect()
}

/// The columns that are of later persons: whose they are, and what they say.
pub fn columns_of_later_persons(table: &Table, mapping: &Mapping) -> BTreeMap<usize, Nth> {
    let Some(headings) = table.rows.iter().find(|row| row.number == mapping.header_row) else { return BTreeMap::new() };
    let persons = by_person(headings, mapping).into_iter();
    persons.flat_map(|(nth, columns)| columns.into_iter().map(move |(field, index)| (index, (nth, field)))).collect()
}

#[cfg(test)]
mod tests {
    use super::{Field, of_later_person, repeated};
    use crate::ledger::table::{Cell, Row};

    #[test]
    fn a_numbered_heading_is_of_a_later_person() {
        for (heading, told) in [
            ("联系人2", (2, Field::ContactName)),
            ("联系人２电话", (2, Field::Phone)),
            ("第二联系人", (2, Field::ContactName)),
            ("联系人三职务", (3, Field::ContactTitle)),
            ("Contact 2 Email", (2, Field::Email)),
        ] {
            assert_eq!(of_later_person(heading), Some(told), "{heading}");
        }
        for heading in ["联系人", "联系人1", "2024年销售额", "地址2", "手机"] {
            assert_eq!(of_later_person(heading), None, "{heading}");
        }
    }

    fn told(headings: &[&str]) -> Vec<(usize, usize, Field)> {
        let cells = headings.iter().map(|heading| Cell::from_text((*heading).to_owned())).collect();
        repeated(&Row { number: 1, cells }).into_iter().map(|(index, (nth, field))| (index, nth, field)).collect()
    }

    #[test]
    fn the_headings_of_the_first_person_once_more_are_of_the_next() {
        use Field::{ContactName, ContactTitle, Mobile, Phone};
        assert_eq!(
            told(&["客户名称", "联系人", "电话", "联 系 人", "电话", "联系人", "职务"]),
            [(3, 2, ContactName), (4, 2, Phone), (5, 3, ContactName), (6, 3, ContactTitle)]
        );
        assert_eq!(
            told(&["公司", "姓名", "职务", "姓名", "手机", "备注", "公司电话"]),
            [(3, 2, ContactName), (4, 2, Mobile)]
        );
    }

    #[test]
    fn one_heading_over_two_columns_is_one_person() {
        assert_eq!(told(&["客户名称", "联系人", "联系人", "电话"]), []);
        assert_eq!(told(&["客户名称", "联系人", "电话", "对接人", "联系人2", "联系人2电话"]), []);
    }
}
