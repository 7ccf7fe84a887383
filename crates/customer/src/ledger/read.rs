//! From the bytes of a file to a table. What a file is, is told by its content and never by its
//! name; every file that is no ledger is refused with the reason.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::table::Table;
use super::{text_file, workbook};

pub const MAX_BYTES: usize = 50 * 1024 * 1024;
pub const MAX_ROWS: usize = 200_000;
/// Cells of one table, blank ones between others included; with the limits on text it bounds what
/// a hostile file can make us hold.
pub(super) const MAX_CELLS: usize = 4_000_000;
pub(super) const MAX_TEXT_BYTES: usize = 128 * 1024 * 1024;
/// Columns further right are not read; no ledger has them on purpose.
pub(super) const MAX_COLUMNS: usize = 512;

/// Why a file cannot be read as a ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("this is neither a text table nor an Excel workbook")]
    NotASpreadsheet,
    /// Many systems export a web page under the name of an Excel file.
    #[error("this is a web page named as a spreadsheet; open it in Excel and save it as .xlsx")]
    WebPage,
    #[error("the workbook is protected by a password")]
    PasswordProtected,
    #[error("the workbook is damaged")]
    Damaged,
    #[error("the file holds no data")]
    Empty,
    #[error("there is no sheet {asked:?}; the file has {sheets:?}")]
    SheetNotFound { asked: String, sheets: Vec<String> },
    #[error("the file is larger than {} MB", MAX_BYTES / 1024 / 1024)]
    FileTooLarge,
    #[error("the table has more than {MAX_ROWS} rows or is too wide")]
    TooManyRows,
    #[error("no row looks like a header; name the header's row and columns in a mapping")]
    NoHeader,
}

impl ReadError {
    /// The stable name under which messages and answers know the error.
    pub fn code(&self) -> &'static str {
        match self {
            ReadError::NotASpreadsheet => "not_a_spreadsheet",
            ReadError::WebPage => "web_page",
            ReadError::PasswordProtected => "password_protected",
            ReadError::Damaged => "damaged",
            ReadError::Empty => "empty",
            ReadError::SheetNotFound { .. } => "sheet_not_found",
            ReadError::FileTooLarge => "file_too_large",
            ReadError::TooManyRows => "too_many_rows",
            ReadError::NoHeader => "no_header",
        }
    }
}

/// Reads one sheet of a file: the named one, or the one with the most recognisable header.
pub fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Table, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::FileTooLarge);
    }
    let table = match bytes {
        [b'P', b'K', 3, 4, ..] => shielded(|| workbook::read_xlsx(bytes, sheet)),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => shielded(|| workbook::read_xls(bytes, sheet)),
        _ => text_file::read(bytes, sheet),
    }?;
    if table.rows.is_empty() { Err(ReadError::Empty) } else { Ok(table) }
}

/// The workbook parsers index into what they read; a mangled file must give an error, not end the
/// request.
fn shielded(read: impl FnOnce() -> Result<Table, ReadError>) -> Result<Table, ReadError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(ReadError::Damaged))
}
