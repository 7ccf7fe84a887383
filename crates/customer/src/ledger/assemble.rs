//! From the rows of a ledger to its companies: rows of one company become one account with all
//! its people, bad rows are set aside with their reasons.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::company::Company;
use super::fields::Field;
use super::gather::{Gathering, GoodRow};
use super::issue::RowIssue;
use super::mapping::Mapping;
use super::passed_over::is_passed_over;
use super::persons::later_persons;
use super::row_facts::RowReader;
use super::table::{Row, Table};

/// A whole ledger, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Rows that hold data, good and bad.
    pub rows: usize,
    /// In the order in which the file first names them.
    pub companies: Vec<Company>,
    /// The account managers whom the ledger names, with the number of their companies.
    pub managers: BTreeMap<String, usize>,
    /// Good rows that repeat a company which an earlier row named.
    pub duplicates: usize,
    /// Of these, the rows that write its name differently, were it by a blank at the end.
    pub respelled: usize,
    /// By row; the rows named here are not in `companies`.
    pub errors: Vec<RowIssue>,
    /// What was left out or decided, row by row, in rows that are taken.
    pub notes: Vec<RowIssue>,
    /// Words for tiers and stages without a code of ours, with the number of companies.
    pub unmapped_tiers: BTreeMap<String, usize>,
    pub unmapped_stages: BTreeMap<String, usize>,
}

/// The mapping does not say which column holds the company's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no column is mapped to the company's name")]
pub struct NoCompanyColumn;

/// Reads all rows below the header.
pub fn assemble(table: &Table, mapping: &Mapping) -> Result<Ledger, NoCompanyColumn> {
    if !mapping.columns.contains_key(&Field::CompanyName) {
        return Err(NoCompanyColumn);
    }
    let no_headings = Row { number: 0, cells: Vec::new() };
    let headings = table.rows.iter().find(|row| row.number == mapping.header_row).unwrap_or(&no_headings);
    let later_persons = later_persons(headings, mapping);
    let mut reader = RowReader { mapping, headings, issues: Vec::new() };
    let mut ledger = Ledger::default();
    let mut good = Vec::new();
    for row in table.rows.iter().filter(|row| row.number > mapping.header_row) {
        if is_passed_over(row, mapping) {
            continue;
        }
        ledger.rows += 1;
        let mut company = reader.read(row);
        for person in &later_persons {
            reader.later_person(row, person, &mut company);
        }
        let (errors, notes): (Vec<_>, Vec<_>) = reader.issues.drain(..).partition(|issue| issue.code.is_error());
        if errors.is_empty() {
            good.push(GoodRow { written: name_as_written(row, mapping), company });
            ledger.notes.extend(notes);
        } else {
            ledger.errors.extend(errors);
        }
    }
    let heading = |field| mapping.columns.get(&field).map_or_else(String::new, |c| headings.value(*c).into_owned());
    Gathering::of(good, heading(Field::CompanyName), heading(Field::Manager), &mut ledger);
    ledger.notes.sort_by_key(|note| note.row);
    count(&mut ledger);
    Ok(ledger)
}

fn name_as_written(row: &Row, mapping: &Mapping) -> String {
    mapping.columns.get(&Field::CompanyName).map_or_else(String::new, |column| row.cell(*column).written().into_owned())
}

fn count(ledger: &mut Ledger) {
    for company in &ledger.companies {
        if let Some(manager) = &company.manager {
            *ledger.managers.entry(manager.clone()).or_default() += 1;
        }
        for (grade, unmapped) in
            [(&company.tier, &mut ledger.unmapped_tiers), (&company.stage, &mut ledger.unmapped_stages)]
        {
            if let Some(grade) = grade
                && grade.code.is_none()
            {
                *unmapped.entry(grade.written.clone()).or_default() += 1;
            }
        }
    }
}

#[cfg(test)]
#[path = "assemble_tests.rs"]
mod tests;
