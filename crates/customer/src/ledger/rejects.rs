//! The file of bad rows that a person mends and imports again: the rows as they were, with the
//! reason in a last column.

use std::collections::BTreeMap;

use super::fields::Field;
use super::issue::RowIssue;
use super::mapping::Mapping;
use super::table::{Row, Table};
use super::values::AmountUnit;

/// Between several reasons for one row.
const AND: &str = "；";

/// CSV in UTF-8 with its mark, which Excel needs to see Chinese. `reason` words one error.
pub fn rejects_csv(
    table: &Table,
    mapping: &Mapping,
    errors: &[RowIssue],
    reason_heading: &str,
    reason: impl Fn(&RowIssue) -> String,
) -> Result<Vec<u8>, csv::Error> {
    let mut reasons: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for error in errors {
        reasons.entry(error.row).or_default().push(reason(error));
    }
    let header = table.rows.iter().find(|row| row.number == mapping.header_row);
    let bad: Vec<&Row> = table.rows.iter().filter(|row| reasons.contains_key(&row.number)).collect();
    let width = bad.iter().copied().chain(header).map(|row| row.cells.len()).max().unwrap_or(0);

    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let written = |row: &Row| (0..width).map(|column| row.cell(column).written().into_owned()).collect::<Vec<_>>();
    if let Some(header) = header {
        let mut headings = written(header);
        name_unit(&mut headings, mapping);
        headings.push(reason_heading.to_owned());
        writer.write_record(headings)?;
    }
    for row in bad {
        let mut cells = written(row);
        cells.push(reasons.get(&row.number).map(|reasons| reasons.join(AND)).unwrap_or_default());
        writer.write_record(cells)?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// A unit that stood in a note above the header must not get lost with it.
fn name_unit(headings: &mut [String], mapping: &Mapping) {
    let unit = match mapping.amount_unit {
        AmountUnit::Yuan => return,
        AmountUnit::Thousand => "千元",
        AmountUnit::TenThousand => "万元",
        AmountUnit::Million => "百万元",
        AmountUnit::HundredMillion => "亿元",
    };
    if let Some(heading) = mapping.columns.get(&Field::AnnualAmount).and_then(|column| headings.get_mut(*column))
        && AmountUnit::named_in(heading) != Some(mapping.amount_unit)
    {
        heading.push_str(&format!("（{unit}）"));
    }
}

#[cfg(test)]
#[path = "rejects_tests.rs"]
mod tests;
