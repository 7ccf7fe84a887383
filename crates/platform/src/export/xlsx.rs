//! XLSX: real dates and numbers, a head that stays, and texts that are never formulas.

use chrono::Timelike as _;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Cell, Sheet};
use crate::error::Error;

impl From<XlsxError> for Error {
    fn from(fault: XlsxError) -> Self {
        Error::Broken(format!("writing a workbook: {fault}"))
    }
}

/// What the columns' formats are.
struct Formats {
    day: Format,
    moment: Format,
    money: Format,
    percent: Format,
}

pub(super) fn write(sheet: &Sheet) -> Result<Vec<u8>, Error> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name(sheet.title.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect::<String>())?;
    let bold = Format::new().set_bold();
    for (column, head) in (0..).zip(&sheet.heads) {
        page.write_string_with_format(0, column, *head, &bold)?;
    }
    page.set_freeze_panes(1, 0)?;
    let formats = Formats {
        day: Format::new().set_num_format("yyyy-mm-dd"),
        moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        money: Format::new().set_num_format("#,##0.00"),
        percent: Format::new().set_num_format("0%"),
    };
    for (row, cells) in (1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(cells) {
            put(page, (row, column), cell, &formats)?;
        }
    }
    page.autofit();
    Ok(book.save_to_buffer()?)
}

fn put(page: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, formats: &Formats) -> Result<(), Error> {
    match cell {
        Cell::Empty => {}
        // The longest text that a cell holds.
        Cell::Text(text) => {
            page.write_string(row, column, text.chars().take(32_767).collect::<String>())?;
        }
        Cell::Number(number) => {
            page.write_number(row, column, *number as f64)?;
        }
        Cell::Percent(percent) => {
            page.write_number_with_format(row, column, *percent as f64 / 100.0, &formats.percent)?;
        }
        Cell::Money(money) => {
            page.write_number_with_format(row, column, money.0 as f64 / 100.0, &formats.money)?;
        }
        Cell::Day(day) => {
            page.write_datetime_with_format(
                row,
                column,
                ExcelDateTime::parse_from_str(&day.to_string())?,
                &formats.day,
            )?;
        }
        Cell::Moment(at, zone) => {
            let local = zone.local(*at);
            let told = ExcelDateTime::parse_from_str(&local.date().to_string())?;
            let told = told.and_hms(
                u16::try_from(local.hour()).unwrap_or_default(),
                u8::try_from(local.minute()).unwrap_or_default(),
                0,
            )?;
            page.write_datetime_with_format(row, column, told, &formats.moment)?;
        }
    }
    Ok(())
}
