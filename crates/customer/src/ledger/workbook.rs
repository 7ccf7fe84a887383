//! Ledgers kept in Excel: .xlsx and the older .xls. Merged cells count for every row they cover,
//! and of several sheets the one that looks like a ledger is taken.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetType, Xls, Xlsx, XlsxError};
use chrono::NaiveDate;

use super::columns::header_score;
use super::container;
use super::read::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT_BYTES, ReadError};
use super::table::{Cell, Row, Table};

/// How far down a sheet is looked at before one is chosen.
const PREVIEW_ROWS: u32 = 100;

pub(super) fn read_xlsx(bytes: &[u8], sheet: Option<&str>) -> Result<Table, ReadError> {
    container::check_xlsx(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => ReadError::PasswordProtected,
        _ => ReadError::Damaged,
    })?;
    let sheets = sheet_names(book.sheets_metadata());
    let chosen = choose(&sheets, sheet, |name| xlsx_grid(&mut book, name, PREVIEW_ROWS).map(Grid::into_rows))?;
    let mut grid = xlsx_grid(&mut book, &chosen, u32::MAX)?;
    // A sheet without merged cells, or with unreadable ones, is taken as it stands.
    grid.fill_merged(&book.merge_cells_by_sheet_name(&chosen).unwrap_or_default())?;
    Ok(Table { sheet: Some(chosen), sheets, rows: grid.into_rows() })
}

fn xlsx_grid(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, rows: u32) -> Result<Grid, ReadError> {
    let mut grid = Grid::default();
    let mut cells = match book.worksheet_cells_reader(sheet) {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(grid),
        Err(_) => return Err(ReadError::Damaged),
    };
    while let Some(cell) = cells.next_cell().map_err(|_| ReadError::Damaged)? {
        let (row, column) = cell.get_position();
        if row >= rows {
            break;
        }
        let cell = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::String(text) => Cell::from_text(text.clone()),
            DataRef::SharedString(text) => Cell::from_text((*text).to_owned()),
            DataRef::Int(number) => Cell::Number(*number as f64),
            DataRef::Float(number) => Cell::Number(*number),
            DataRef::Bool(flag) => Cell::Text(flag.to_string()),
            DataRef::DateTime(moment) => moment_cell(moment),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::from_text(text.clone()),
            DataRef::Error(error) => Cell::Text(error.to_string()),
        };
        grid.put(row, column, cell)?;
    }
    Ok(grid)
}

pub(super) fn read_xls(bytes: &[u8], sheet: Option<&str>) -> Result<Table, ReadError> {
    let clean = container::rebuild_xls(bytes)?;
    let mut book = Xls::new(Cursor::new(clean.as_slice())).map_err(|error| match error {
        calamine::XlsError::Password => ReadError::PasswordProtected,
        _ => ReadError::Damaged,
    })?;
    let sheets = sheet_names(book.sheets_metadata());
    let chosen = choose(&sheets, sheet, |name| xls_grid(&mut book, name, PREVIEW_ROWS).map(Grid::into_rows))?;
    let mut grid = xls_grid(&mut book, &chosen, u32::MAX)?;
    grid.fill_merged(&book.merge_cells_by_sheet_name(&chosen).unwrap_or_default())?;
    Ok(Table { sheet: Some(chosen), sheets, rows: grid.into_rows() })
}

fn xls_grid(book: &mut Xls<Cursor<&[u8]>>, sheet: &str, rows: u32) -> Result<Grid, ReadError> {
    let mut grid = Grid::default();
    let range = book.worksheet_range(sheet).map_err(|_| ReadError::Damaged)?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let at = |offset: usize, start: u32| u32::try_from(offset).unwrap_or(u32::MAX).saturating_add(start);
        let (row, column) = (at(row, top), at(column, left));
        if row >= rows {
            break;
        }
        let cell = match value {
            Data::Empty => continue,
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::from_text(text.clone()),
            Data::Int(number) => Cell::Number(*number as f64),
            Data::Float(number) => Cell::Number(*number),
            Data::Bool(flag) => Cell::Text(flag.to_string()),
            Data::DateTime(moment) => moment_cell(moment),
            Data::Error(error) => Cell::Text(error.to_string()),
        };
        grid.put(row, column, cell)?;
    }
    Ok(grid)
}

/// A cell formatted as a date; a time of day or a duration stays a number.
fn moment_cell(moment: &ExcelDateTime) -> Cell {
    let serial = moment.as_f64();
    if moment.is_duration() || !(1.0..2_958_466.0).contains(&serial) {
        return Cell::Number(serial);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
        .and_then(|date| date.and_hms_opt(u32::from(hour), u32::from(minute), u32::from(second)))
        .map_or(Cell::Number(serial), Cell::Moment)
}

fn sheet_names(sheets: &[calamine::Sheet]) -> Vec<String> {
    sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).map(|sheet| sheet.name.clone()).collect()
}

/// The sheet asked for (its name may be typed with other blanks or case), or the first of those
/// whose header is recognised best, or the first that holds anything.
fn choose(
    sheets: &[String],
    asked: Option<&str>,
    mut preview: impl FnMut(&str) -> Result<Vec<Row>, ReadError>,
) -> Result<String, ReadError> {
    if let Some(asked) = asked {
        let plain = |name: &str| name.trim().to_lowercase();
        let exact = sheets.iter().find(|name| *name == asked);
        return exact
            .or_else(|| sheets.iter().find(|name| plain(name) == plain(asked)))
            .cloned()
            .ok_or_else(|| ReadError::SheetNotFound { asked: asked.to_owned(), sheets: sheets.to_vec() });
    }
    if let [only] = sheets {
        return Ok(only.clone());
    }
    let mut best: Option<((u32, bool), &String)> = None;
    let mut fault = ReadError::Empty;
    for name in sheets {
        match preview(name) {
            Ok(rows) => {
                let rank = (header_score(&rows), !rows.is_empty());
                if best.as_ref().is_none_or(|(known, _)| rank > *known) {
                    best = Some((rank, name));
                }
            }
            Err(error) => fault = error,
        }
    }
    best.map(|(_, name)| name.clone()).ok_or(fault)
}

/// Cells as they come out of a workbook, in any order, within the limits of a table.
#[derive(Default)]
struct Grid {
    rows: BTreeMap<u32, Vec<Cell>>,
    cells: usize,
    text_bytes: usize,
}

impl Grid {
    fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), ReadError> {
        let column = column as usize;
        if cell.is_blank() || column >= MAX_COLUMNS {
            return Ok(());
        }
        if let Cell::Text(text) = &cell {
            self.text_bytes += text.len();
        }
        let cells = self.rows.entry(row).or_default();
        if cells.len() <= column {
            self.cells += column + 1 - cells.len();
            cells.resize(column + 1, Cell::Blank);
        }
        cells[column] = cell;
        if self.rows.len() > MAX_ROWS || self.cells > MAX_CELLS || self.text_bytes > MAX_TEXT_BYTES {
            return Err(ReadError::TooManyRows);
        }
        Ok(())
    }

    /// Gives the value of a merged area to every blank cell it covers in rows that hold anything.
    fn fill_merged(&mut self, areas: &[Dimensions]) -> Result<(), ReadError> {
        let mut visited = 0_usize;
        for area in areas {
            let (top, left) = area.start;
            let value = self.rows.get(&top).and_then(|row| row.get(left as usize)).cloned().unwrap_or_default();
            if value.is_blank() || area.end < area.start {
                continue;
            }
            let right = area.end.1.min(MAX_COLUMNS as u32 - 1);
            let covered: Vec<u32> = self.rows.range(top..=area.end.0.max(top)).map(|(row, _)| *row).collect();
            visited += covered.len();
            if visited > MAX_CELLS {
                return Err(ReadError::TooManyRows);
            }
            for row in covered {
                for column in left..=right {
                    visited += 1;
                    if visited > MAX_CELLS {
                        return Err(ReadError::TooManyRows);
                    }
                    let taken =
                        self.rows.get(&row).and_then(|row| row.get(column as usize)).is_some_and(|c| !c.is_blank());
                    if !taken {
                        self.put(row, column, value.clone())?;
                    }
                }
            }
        }
        Ok(())
    }

    fn into_rows(self) -> Vec<Row> {
        self.rows.into_iter().map(|(row, cells)| Row { number: row.saturating_add(1), cells }).collect()
    }
}

#[cfg(test)]
#[path = "workbook_tests.rs"]
pub(super) mod tests;
