//! A file, understood: its table, what its columns mean, and the ledger that comes of it.

use kehu_core::Locale;
use sha2::{Digest as _, Sha256};

use crate::ledger::{
    Field, Ledger, Mapping, MappingFile, NoCompanyColumn, Proposal, ReadError, RowIssue, Table, assemble, read,
    reason_heading, rejects_csv,
};

/// A table with the proposal of how to read it.
#[derive(Clone, Debug)]
pub struct Draft {
    pub table: Table,
    pub proposal: Proposal,
}

/// A ledger with the table that it came of.
#[derive(Clone, Debug)]
pub struct Reading {
    pub table: Table,
    pub mapping: Mapping,
    pub ledger: Ledger,
}

/// Why a file gives no ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error(transparent)]
    File(#[from] ReadError),
    #[error(transparent)]
    Columns(#[from] NoCompanyColumn),
}

impl Unreadable {
    pub fn message(&self, l: Locale) -> String {
        match self {
            Unreadable::File(error) => error.message(l),
            Unreadable::Columns(error) => error.message(l).to_owned(),
        }
    }
}

impl Draft {
    /// Reads the table and proposes a mapping, following `told` where it speaks.
    pub fn of(bytes: &[u8], told: Option<&MappingFile>) -> Result<Draft, ReadError> {
        let table = read(bytes, told.and_then(|told| told.sheet.as_deref()))?;
        let proposal = Proposal::of(&table, told)?;
        Ok(Draft { table, proposal })
    }

    /// The headings by which the next ledger of this kind is known again.
    pub fn fingerprint(&self) -> String {
        let headings: Vec<&str> = self.proposal.columns.iter().map(|column| column.heading.trim()).collect();
        hex::encode(Sha256::digest(headings.join("\u{1f}")))
    }

    pub fn assemble(self) -> Result<Reading, NoCompanyColumn> {
        let ledger = assemble(&self.table, &self.proposal.mapping)?;
        Ok(Reading { table: self.table, mapping: self.proposal.mapping, ledger })
    }
}

impl Reading {
    pub fn of(bytes: &[u8], told: Option<&MappingFile>) -> Result<Reading, Unreadable> {
        Ok(Draft::of(bytes, told)?.assemble()?)
    }

    /// The heading of the column that holds a field; empty when none does.
    pub fn heading(&self, field: Field) -> String {
        let header = self.table.rows.iter().find(|row| row.number == self.mapping.header_row);
        let column = self.mapping.columns.get(&field);
        header.zip(column).map_or_else(String::new, |(row, column)| row.value(*column).into_owned())
    }

    pub fn has(&self, field: Field) -> bool {
        self.mapping.columns.contains_key(&field)
    }

    /// The file of bad rows, with the reasons in the reader's language.
    pub fn rejects(&self, errors: &[RowIssue], l: Locale) -> Result<Vec<u8>, kehu_platform::Error> {
        rejects_csv(&self.table, &self.mapping, errors, reason_heading(l), |issue| issue.message(l))
            .map_err(|error| kehu_platform::Error::Broken(error.to_string()))
    }
}
