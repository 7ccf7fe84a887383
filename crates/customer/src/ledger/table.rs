//! A ledger as it stands in its file: rows with the numbers that a person sees beside them, and
//! cells as typed. Nothing is interpreted yet.

use std::borrow::Cow;

use chrono::{NaiveDateTime, NaiveTime};

use super::values::tidy;

/// One sheet of a file. Rows without any content are left out, so numbers may jump.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The sheet's name; none for a text file.
    pub sheet: Option<String>,
    /// All sheets of the file, in their order.
    pub sheets: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Counted from 1: the row in Excel, or the line of a text file on which the record begins.
    pub number: u32,
    /// From the first column on; blank cells at the end are left out.
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    #[default]
    Blank,
    Text(String),
    Number(f64),
    Moment(NaiveDateTime),
}

impl Row {
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Blank)
    }

    /// The tidy text of a cell, empty when the row is shorter.
    pub fn value(&self, column: usize) -> Cow<'_, str> {
        self.cell(column).value()
    }
}

impl Cell {
    /// A cell of a text file; one of blanks alone counts as blank.
    pub fn from_text(text: String) -> Cell {
        if text.trim().is_empty() { Cell::Blank } else { Cell::Text(text) }
    }

    pub fn is_blank(&self) -> bool {
        matches!(self, Cell::Blank)
    }

    /// The cell as it is written into a file again.
    pub fn written(&self) -> Cow<'_, str> {
        match self {
            Cell::Blank => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Number(number) => Cow::Owned(number.to_string()),
            Cell::Moment(moment) if moment.time() == NaiveTime::MIN => {
                Cow::Owned(moment.format("%Y-%m-%d").to_string())
            }
            Cell::Moment(moment) => Cow::Owned(moment.format("%Y-%m-%d %H:%M:%S").to_string()),
        }
    }

    /// The cell's tidy text, without the marks by which people keep Excel from taking digits for
    /// a number (`'138…`, `="138…"`).
    pub fn value(&self) -> Cow<'_, str> {
        let Cell::Text(text) = self else { return self.written() };
        let text = tidy(text);
        if let Some(inner) = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
            return Cow::Owned(inner.trim().to_owned());
        }
        match text.strip_prefix('\'') {
            Some(rest) => Cow::Owned(rest.trim().to_owned()),
            None => text,
        }
    }

    /// The text by which a date column is read: an Excel serial loses its time of day.
    pub fn date_value(&self) -> Cow<'_, str> {
        match self {
            Cell::Number(number) if *number >= 10_000.0 => Cow::Owned(number.trunc().to_string()),
            Cell::Moment(moment) => Cow::Owned(moment.format("%Y-%m-%d").to_string()),
            other => other.value(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cell;

    #[test]
    fn marks_that_keep_digits_as_text_are_no_part_of_the_value() {
        for text in ["'13800138000", "=\"13800138000\"", "13800138000\t", "\u{a0}13800138000 "] {
            assert_eq!(Cell::from_text(text.to_owned()).value(), "13800138000", "{text}");
        }
    }

    #[test]
    fn whole_numbers_show_no_decimals_and_no_exponent() {
        assert_eq!(Cell::Number(13_800_138_000.0).value(), "13800138000");
        assert_eq!(Cell::Number(3662.7).value(), "3662.7");
        assert_eq!(Cell::Number(45_356.75).date_value(), "45356");
    }
}
