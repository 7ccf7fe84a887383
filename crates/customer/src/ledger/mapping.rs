//! Which column of a ledger means what, how its words for tiers and stages are ours, and in what
//! unit its amounts are. Proposed by us, corrected by a person, remembered for the next file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::categories::{is_grade_s, stage_code, tier_code};
use super::columns::{self, Column};
use super::fields::Field;
use super::read::ReadError;
use super::table::Table;
use super::values::{AmountUnit, half_width, is_placeholder};

/// Words for tiers or stages that a column may hold; a column with more is no such column.
const MOST_WORDS: usize = 50;

/// How one table is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    pub sheet: Option<String>,
    /// The number of the header row as a person sees it; all rows below are data.
    pub header_row: u32,
    /// Columns counted from 0.
    pub columns: BTreeMap<Field, usize>,
    pub amount_unit: AmountUnit,
    /// The ledger's words for tiers and our codes.
    #[serde(default)]
    pub tiers: BTreeMap<String, String>,
    #[serde(default)]
    pub stages: BTreeMap<String, String>,
}

/// A mapping with all that a person needs to confirm or correct it.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    pub mapping: Mapping,
    pub columns: Vec<Column>,
    /// Words for tiers and stages that are not ours yet.
    pub unmapped_tiers: Vec<String>,
    pub unmapped_stages: Vec<String>,
    /// Fields for which the mapping file names a column that this table does not have.
    pub not_found: Vec<Field>,
}

/// What a person wrote down or confirmed before, in terms that fit the next ledger as well:
/// columns by their headings. Everything is optional; what is absent is proposed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MappingFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_unit: Option<AmountUnit>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<Field, ColumnName>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tiers: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub stages: BTreeMap<String, String>,
}

/// A column as a person names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ColumnName {
    /// Counted from 1.
    Number(usize),
    /// The heading, or Excel's letters when no heading reads so; empty to leave the field out.
    Heading(String),
}

impl Proposal {
    /// Finds the header and proposes a mapping, following the mapping file where it speaks.
    pub fn of(table: &Table, file: Option<&MappingFile>) -> Result<Proposal, ReadError> {
        let named_row = file.and_then(|file| file.header_row);
        let header = match named_row {
            Some(number) => table.rows.iter().position(|row| row.number == number),
            None => columns::find_header(table).or_else(|| file.and_then(|file| header_with(table, file))),
        }
        .ok_or(ReadError::NoHeader)?;
        let mut columns = columns::propose(table, header);
        let not_found = file.map(|file| file.assign(&mut columns)).unwrap_or_default();

        let fields: BTreeMap<Field, usize> =
            columns.iter().filter_map(|column| Some((column.field?, column.index))).collect();
        let amount_heading = fields.get(&Field::AnnualAmount).map_or("", |index| columns[*index].heading.as_str());
        let unit = columns::amount_unit(table, header, amount_heading);
        let below = &table.rows[header + 1..];
        let words = |field| {
            let mut words: Vec<String> = Vec::new();
            for row in fields.get(&field).iter().flat_map(|index| below.iter().map(|row| row.value(**index))) {
                if !is_placeholder(&row) && words.len() < MOST_WORDS && !words.contains(&row.as_ref().to_owned()) {
                    words.push(row.into_owned());
                }
            }
            words
        };
        let tier_words = words(Field::Tier);
        let has_s = tier_words.iter().any(|word| is_grade_s(word));
        let none = BTreeMap::new();
        let (tiers, unmapped_tiers) =
            translate(tier_words, file.map_or(&none, |file| &file.tiers), |word| tier_code(word, has_s));
        let (stages, unmapped_stages) =
            translate(words(Field::Stage), file.map_or(&none, |file| &file.stages), stage_code);
        let mapping = Mapping {
            sheet: table.sheet.clone(),
            header_row: table.rows[header].number,
            columns: fields,
            amount_unit: file.and_then(|file| file.amount_unit).unwrap_or(unit),
            tiers,
            stages,
        };
        Ok(Proposal { mapping, columns, unmapped_tiers, unmapped_stages, not_found })
    }

    /// What to remember of the mapping for the next ledger of this kind.
    pub fn to_file(&self) -> MappingFile {
        let by_heading = |(field, index): (&Field, &usize)| {
            let heading = self.columns.get(*index).map_or("", |column| column.heading.as_str());
            let unique = self.columns.iter().filter(|column| column.heading == heading).count() == 1;
            let name = if heading.is_empty() || !unique {
                ColumnName::Number(index + 1)
            } else {
                ColumnName::Heading(heading.to_owned())
            };
            (*field, name)
        };
        MappingFile {
            sheet: None,
            header_row: None,
            amount_unit: Some(self.mapping.amount_unit),
            columns: self.mapping.columns.iter().map(by_heading).collect(),
            tiers: self.mapping.tiers.clone(),
            stages: self.mapping.stages.clone(),
        }
    }
}

/// The first row that has all the headings a mapping file names, for a header that we do not
/// recognise by ourselves.
fn header_with(table: &Table, file: &MappingFile) -> Option<usize> {
    let headings: Vec<&String> = file
        .columns
        .values()
        .filter_map(|name| match name {
            ColumnName::Heading(heading) if !heading.is_empty() => Some(heading),
            _ => None,
        })
        .collect();
    let has =
        |row: &super::table::Row, heading: &str| row.cells.iter().any(|cell| same_heading(&cell.value(), heading));
    table.rows.iter().position(|row| !headings.is_empty() && headings.iter().all(|heading| has(row, heading)))
}

fn same_heading(one: &str, other: &str) -> bool {
    let plain = |text: &str| half_width(text).split_whitespace().collect::<String>().to_lowercase();
    plain(one) == plain(other)
}

impl MappingFile {
    /// Sets the columns that the file names; gives back the fields whose column is not there.
    fn assign(&self, columns: &mut [Column]) -> Vec<Field> {
        let mut not_found = Vec::new();
        for (field, name) in &self.columns {
            let index = match name {
                ColumnName::Number(number) => number.checked_sub(1).filter(|index| *index < columns.len()),
                ColumnName::Heading(heading) if heading.is_empty() => None,
                ColumnName::Heading(heading) => columns
                    .iter()
                    .position(|column| same_heading(&column.heading, heading))
                    .or_else(|| letters(heading).filter(|index| *index < columns.len())),
            };
            let left_out = matches!(name, ColumnName::Heading(heading) if heading.is_empty());
            if index.is_none() && !left_out {
                not_found.push(*field);
                continue;
            }
            for column in columns.iter_mut().filter(|column| column.field == Some(*field)) {
                column.field = None;
            }
            if let Some(index) = index {
                columns[index].field = Some(*field);
            }
        }
        not_found
    }
}

/// Excel's letters of a column: A is 0, AA is 26.
fn letters(name: &str) -> Option<usize> {
    if name.is_empty() || name.len() > 2 {
        return None;
    }
    name.bytes()
        .try_fold(0, |sum, byte| byte.is_ascii_uppercase().then(|| sum * 26 + usize::from(byte - b'A') + 1))?
        .checked_sub(1)
}

fn translate(
    words: Vec<String>,
    corrected: &BTreeMap<String, String>,
    code: impl Fn(&str) -> Option<&'static str>,
) -> (BTreeMap<String, String>, Vec<String>) {
    let mut known = corrected.clone();
    let mut unknown = Vec::new();
    for word in words {
        if known.contains_key(&word) {
            continue;
        }
        match code(&word) {
            Some(code) => {
                known.insert(word, code.to_owned());
            }
            None => unknown.push(word),
        }
    }
    (known, unknown)
}

#[cfg(test)]
#[path = "mapping_tests.rs"]
mod tests;
