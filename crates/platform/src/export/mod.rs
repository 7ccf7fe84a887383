//! Lists to take along, as CSV for other programs or XLSX for people. A list says once which columns
//! it has and reads its rows as its page does: under the same filter, the same permission and the same
//! masks. Who took what along is journaled before it is handed out.

mod cell;
mod csv;
mod pages;
mod xlsx;

use std::future::Future;

use kehu_core::Locale;

pub use cell::Cell;
pub use pages::{link, routes};

use crate::error::Error;
use crate::web::{Page, Query};

/// More rows than that are asked for in parts.
pub const MOST: usize = 50_000;

/// A column that may be taken along.
pub struct Column<R> {
    /// Stable, in forms and in the journal.
    pub key: &'static str,
    pub label: fn(Locale) -> &'static str,
    pub cell: fn(&R) -> Cell,
    /// Ticked unless the reader says otherwise.
    pub usual: bool,
}

impl<R> Column<R> {
    pub fn new(key: &'static str, label: fn(Locale) -> &'static str, cell: fn(&R) -> Cell) -> Self {
        Column { key, label, cell, usual: true }
    }

    /// Left out unless it is asked for.
    pub fn unusual(self) -> Self {
        Column { usual: false, ..self }
    }
}

/// A list that can be taken along.
pub trait List: Send + Sync + 'static {
    type Row: Send + Sync + 'static;

    /// Journaled, and the name of the file.
    const NAME: &'static str;
    /// Where the list is read; it is exported under `…/export`.
    const PATH: &'static str;

    fn title(l: Locale) -> &'static str;

    fn columns() -> Vec<Column<Self::Row>>;

    /// What the reader of the page sees under the filter, all of it; a little more than [`MOST`] is
    /// enough to tell that it is too much.
    fn rows(page: &Page, query: &Query) -> impl Future<Output = Result<Vec<Self::Row>, Error>> + Send;
}

/// A sheet about to be written.
struct Sheet {
    title: &'static str,
    heads: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
}
