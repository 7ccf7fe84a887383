//! The customer ledger (客户台账) that a team keeps in Excel before it has Kehu. This is its
//! reading, with no database: a file becomes a [`Table`], a [`Proposal`] says what its columns
//! mean, a person corrects it, and [`assemble`] gathers the companies, their people and the bad
//! rows.

mod assemble;
mod categories;
mod columns;
mod company;
mod container;
mod fields;
mod gather;
mod guess;
mod issue;
mod mapping;
mod passed_over;
mod persons;
mod read;
mod rejects;
mod row_facts;
mod table;
mod text_file;
mod values;
mod wording;
mod workbook;

#[cfg(test)]
mod mangled_tests;

pub use assemble::{Ledger, NoCompanyColumn, assemble};
pub use categories::{STAGE_CODES, TIER_CODES};
pub use columns::Column;
pub use company::{Company, Contact, Graded};
pub use fields::Field;
pub use issue::{IssueCode, RowIssue};
pub use mapping::{ColumnName, Mapping, MappingFile, Proposal};
pub use persons::columns_of_later_persons;
pub use read::{MAX_BYTES, MAX_ROWS, ReadError, read};
pub use rejects::rejects_csv;
pub use table::{Cell, Row, Table};
pub use values::{
    AmountUnit, Birthday, DateFault, DateReading, company_key, read_amount, read_birthday, read_date, read_phones,
};
pub use wording::reason_heading;
