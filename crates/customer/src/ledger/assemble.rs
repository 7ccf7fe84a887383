//! From the rows of a ledger to its companies: rows of one company become one account with all
//! its people, bad rows are set aside with their reasons.

use std::collections::{BTreeMap, HashMap};

use kehu_core::CreditCode;
use serde::{Deserialize, Serialize};

use super::company::Company;
use super::fields::Field;
use super::issue::{IssueCode, RowIssue};
use super::mapping::Mapping;
use super::passed_over::is_passed_over;
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
    let mut reader = RowReader { mapping, headings, issues: Vec::new() };
    let mut ledger = Ledger::default();
    let mut good = Vec::new();
    for row in table.rows.iter().filter(|row| row.number > mapping.header_row) {
        if is_passed_over(row, mapping) {
            continue;
        }
        ledger.rows += 1;
        let company = reader.read(row);
        let (errors, notes): (Vec<_>, Vec<_>) = reader.issues.drain(..).partition(|issue| issue.code.is_error());
        if errors.is_empty() {
            good.push(GoodRow { written: name_as_written(row, mapping), company });
            ledger.notes.extend(notes);
        } else {
            ledger.errors.extend(errors);
        }
    }
    let heading = |field| mapping.columns.get(&field).map_or_else(String::new, |c| headings.value(*c).into_owned());
    Gathering::new(&good, heading(Field::CompanyName), heading(Field::Manager)).gather(good, &mut ledger);
    ledger.notes.sort_by_key(|note| note.row);
    count(&mut ledger);
    Ok(ledger)
}

/// What makes two rows one company: the same credit code; without one, the same name.
#[derive(PartialEq, Eq, Hash)]
enum Identity {
    Code(CreditCode),
    Name(String),
}

struct GoodRow {
    company: Company,
    /// The company's name to the letter, blanks included.
    written: String,
}

fn name_as_written(row: &Row, mapping: &Mapping) -> String {
    mapping.columns.get(&Field::CompanyName).map_or_else(String::new, |column| row.cell(*column).written().into_owned())
}

struct Gathering {
    /// The credit codes that rows give for a name, in the order of the file.
    codes_of: HashMap<String, Vec<CreditCode>>,
    name_heading: String,
    manager_heading: String,
}

impl Gathering {
    fn new(rows: &[GoodRow], name_heading: String, manager_heading: String) -> Gathering {
        let mut codes_of: HashMap<String, Vec<CreditCode>> = HashMap::new();
        for GoodRow { company: row, .. } in rows {
            if let Some(code) = &row.credit_code {
                let codes = codes_of.entry(row.key.clone()).or_default();
                if !codes.contains(code) {
                    codes.push(code.clone());
                }
            }
        }
        Gathering { codes_of, name_heading, manager_heading }
    }

    /// A row without a code belongs to the company of its name, whichever row gives that one's code.
    fn identity(&self, row: &Company) -> Identity {
        let code = row.credit_code.as_ref().or_else(|| self.codes_of.get(&row.key).and_then(|codes| codes.first()));
        code.map_or_else(|| Identity::Name(row.key.clone()), |code| Identity::Code(code.clone()))
    }

    fn gather(&self, rows: Vec<GoodRow>, ledger: &mut Ledger) {
        let mut places: HashMap<Identity, usize> = HashMap::new();
        let mut first_written: Vec<String> = Vec::new();
        for GoodRow { company: mut row, written } in rows {
            let several = self.codes_of.get(&row.key).is_some_and(|codes| codes.len() > 1);
            row.has_namesake = several;
            let place = places.entry(self.identity(&row)).or_insert(ledger.companies.len());
            let number = row.rows.first().copied().unwrap_or(0);
            let mut note = |column: &str, code, value: &str| {
                ledger.notes.push(RowIssue { row: number, column: column.to_owned(), code, value: value.to_owned() });
            };
            let Some(known) = ledger.companies.get_mut(*place) else {
                if several && self.codes_of.get(&row.key).and_then(|codes| codes.first()) != row.credit_code.as_ref() {
                    note(&self.name_heading, IssueCode::Namesake, &row.name);
                }
                ledger.companies.push(row);
                first_written.push(written);
                continue;
            };
            if several && row.credit_code.is_none() {
                note(&self.name_heading, IssueCode::NameFitsSeveral, &row.name);
            }
            if let (Some(earlier), Some(later)) = (&known.manager, &row.manager)
                && earlier != later
            {
                note(&self.manager_heading, IssueCode::OtherManager, later);
            }
            ledger.duplicates += 1;
            ledger.respelled += usize::from(first_written.get(*place) != Some(&written));
            known.has_namesake |= several;
            known.absorb(row);
        }
    }
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
