//! Finds the header of a ledger below its title rows and proposes what each column means: by its
//! heading, in simplified or traditional Chinese or English, and, where the heading says nothing,
//! by the values below it.

use std::collections::BTreeMap;

use super::fields::{Certainty, Field, field_of};
use super::table::{Row, Table};
use super::values::{AmountUnit, half_width, is_han, to_simplified};
use super::{guess, persons, table};

/// How many rows from the top may be titles, notes and blank lines.
const ROWS_SEARCHED: usize = 50;
/// A longer text is a sentence, not a heading.
const LONGEST_HEADING: usize = 40;

/// A column as a person is shown it when confirming the proposal.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Counted from 0.
    pub index: usize,
    pub heading: String,
    pub field: Option<Field>,
    /// The first few values below the heading.
    pub samples: Vec<String>,
}

/// How well the best row of a table reads as a header; 0 when none does.
pub(super) fn header_score(rows: &[Row]) -> u32 {
    best_header(rows).map_or(0, |(_, score)| score)
}

/// The index of the row that reads best as a header.
pub(super) fn find_header(table: &Table) -> Option<usize> {
    best_header(&table.rows).map(|(index, _)| index)
}

fn best_header(rows: &[Row]) -> Option<(usize, u32)> {
    let mut best = None;
    for (index, row) in rows.iter().take(ROWS_SEARCHED).enumerate() {
        let score = row_score(row);
        if score > 0 && best.is_none_or(|(_, known)| score > known) {
            best = Some((index, score));
        }
    }
    best
}

/// The sum of the certainties of the fields that a row names. One field alone makes a header only
/// when it is surely the company's name; a row of values hardly ever names two.
fn row_score(row: &Row) -> u32 {
    let fields = by_heading(row);
    let sure = |field| fields.get(&field).is_some_and(|(_, certainty)| *certainty == 100);
    let enough = match fields.len() {
        0 => false,
        1 => sure(Field::CompanyName),
        2 => fields.contains_key(&Field::CompanyName),
        _ => true,
    };
    if enough { fields.values().map(|(_, certainty)| certainty).sum() } else { 0 }
}

/// For each field the column whose heading names it most surely, the first among equals; an
/// amount of a later year goes before one of an earlier year.
fn by_heading(row: &Row) -> BTreeMap<Field, (usize, Certainty)> {
    let mut fields: BTreeMap<Field, (usize, Certainty)> = BTreeMap::new();
    let mut years: BTreeMap<Field, i32> = BTreeMap::new();
    let of_others = persons::repeated(row);
    for (index, cell) in row.cells.iter().enumerate().filter(|(index, _)| !of_others.contains_key(index)) {
        let table::Cell::Text(text) = cell else { continue };
        let Some((field, certainty)) = recognise(text) else { continue };
        let year = leading_year(text);
        let known = fields.get(&field).map(|(_, certainty)| (*certainty, years.get(&field).copied().unwrap_or(0)));
        if known.is_none_or(|known| (certainty, year) > known) {
            fields.insert(field, (index, certainty));
            years.insert(field, year);
        }
    }
    fields
}

/// The field that a heading names. A note in brackets is left away unless only it tells.
pub(super) fn recognise(heading: &str) -> Option<(Field, Certainty)> {
    if heading.chars().count() > LONGEST_HEADING {
        return None;
    }
    let half = half_width(heading).to_lowercase();
    let (outside, inside) = split_brackets(&half);
    field_of(&plain_heading(&outside))
        .or_else(|| field_of(&plain_heading(&half)))
        .or_else(|| field_of(&plain_heading(&half.replacen('1', "", 1))).filter(|_| half.contains("联系人1")))
        .or_else(|| field_of(&plain_heading(&inside)).map(|(field, certainty)| (field, certainty.min(50))))
}

fn split_brackets(text: &str) -> (String, String) {
    let (mut outside, mut inside) = (String::new(), String::new());
    let mut depth = 0_u32;
    for character in text.chars() {
        match character {
            '(' | '[' | '{' | '【' | '〔' => depth += 1,
            ')' | ']' | '}' | '】' | '〕' => depth = depth.saturating_sub(1),
            other if depth == 0 => outside.push(other),
            other => inside.push(other),
        }
    }
    (outside, inside)
}

/// A heading without blanks, signs, a leading year and a trailing number: 2024年 销售额* is 销售额.
fn plain_heading(text: &str) -> String {
    let simplified = to_simplified(text);
    let plain: String = simplified.chars().filter(|c| c.is_alphanumeric()).collect();
    let without_year = plain.trim_start_matches(|c: char| c.is_ascii_digit());
    let without_year = if without_year.len() < plain.len() {
        without_year.strip_prefix("年度").or_else(|| without_year.strip_prefix('年')).unwrap_or(without_year)
    } else {
        without_year
    };
    let bare = without_year.trim_end_matches(|c: char| c.is_ascii_digit());
    for unit in ["万元", "千元", "亿元", "rmb", "cny"] {
        if let Some(rest) = bare.strip_suffix(unit) {
            return rest.to_owned();
        }
    }
    if bare.chars().any(is_han) { bare.strip_suffix('元').unwrap_or(bare).to_owned() } else { bare.to_owned() }
}

fn leading_year(heading: &str) -> i32 {
    let digits: String = half_width(heading).chars().skip_while(|c| !c.is_ascii_digit()).take(4).collect();
    digits.parse().ok().filter(|year| (1990..=2100).contains(year)).unwrap_or(0)
}

/// Proposes the columns below a header row: by heading first, then by the values of columns that
/// no heading explains.
pub(super) fn propose(table: &Table, header: usize) -> Vec<Column> {
    let Some(row) = table.rows.get(header) else { return Vec::new() };
    let below = &table.rows[header + 1..];
    let width = below.iter().take(guess::ROWS_LOOKED_AT).map(|row| row.cells.len()).max().unwrap_or(0);
    let mut columns: Vec<Column> = (0..width.max(row.cells.len()))
        .map(|index| Column {
            index,
            heading: row.value(index).into_owned(),
            field: None,
            samples: samples(below, index),
        })
        .collect();
    for (field, (index, _)) in by_heading(row) {
        columns[index].field = Some(field);
    }
    let of_others = persons::repeated(row);
    guess::fill_in(&mut columns, below, &|index| of_others.contains_key(&index));
    columns
}

fn samples(below: &[Row], column: usize) -> Vec<String> {
    let filled =
        below.iter().take(guess::ROWS_LOOKED_AT).map(|row| row.value(column)).filter(|value| !value.is_empty());
    filled.take(3).map(|value| value.chars().take(60).collect()).collect()
}

/// The unit of the amounts: from the heading, else from a note such as 单位：万元 above the header.
pub(super) fn amount_unit(table: &Table, header: usize, heading: &str) -> AmountUnit {
    let note = || {
        let above = table.rows.iter().take(header).rev().flat_map(|row| &row.cells);
        above.map(|cell| cell.value()).filter(|text| text.contains("单位") || text.contains("單位")).find_map(|text| {
            let at = text.find(['单', '單']).unwrap_or(0);
            AmountUnit::named_in(&text[at..].chars().take(10).collect::<String>())
        })
    };
    AmountUnit::named_in(heading).or_else(note).unwrap_or_default()
}

#[cfg(test)]
#[path = "columns_tests.rs"]
mod tests;
