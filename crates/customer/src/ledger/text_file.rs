//! Ledgers saved as text: CSV with commas, semicolons, tabs or bars, in whatever encoding the
//! office's Excel writes (GBK on most Chinese machines, Big5 on those of Taiwan, UTF-8 with or
//! without its mark, UTF-16 as "Unicode text").

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::columns::header_score;
use super::read::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, ReadError};
use super::table::{Cell, Row, Table};

const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// How much of a file decides its separator and, among Chinese encodings, its encoding.
const SAMPLE_ROWS: usize = 60;

pub(super) fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Table, ReadError> {
    if let Some(asked) = sheet {
        return Err(ReadError::SheetNotFound { asked: asked.to_owned(), sheets: Vec::new() });
    }
    let text = decode(bytes)?;
    let rows = read_rows(&text, separator_of(&text), MAX_ROWS)?;
    Ok(Table { sheet: None, sheets: Vec::new(), rows })
}

fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    if bytes.starts_with(b"%PDF") || bytes.starts_with(b"{\\rtf") {
        return Err(ReadError::NotASpreadsheet);
    }
    let text = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        encoding.decode_without_bom_handling(&bytes[mark..]).0
    } else if bytes.contains(&0) {
        utf_16(bytes)?
    } else {
        match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            // Cut off in the middle of a character, as by a broken download.
            Err(error) if error.error_len().is_none() => String::from_utf8_lossy(&bytes[..error.valid_up_to()]),
            Err(_) => chinese(bytes),
        }
    };
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    check_is_a_table(&text)?;
    Ok(text)
}

/// UTF-16 without its mark: the high bytes of separators, digits and line ends are zero.
fn utf_16(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd > 10 * even {
        Ok(UTF_16LE.decode_without_bom_handling(bytes).0)
    } else if even > 10 * odd {
        Ok(UTF_16BE.decode_without_bom_handling(bytes).0)
    } else {
        Err(ReadError::NotASpreadsheet)
    }
}

/// GB18030 (which holds GBK), unless only Big5 makes the header readable.
fn chinese(bytes: &[u8]) -> Cow<'_, str> {
    let readable = |text: &str| {
        let text = text.replace("\r\n", "\n");
        read_rows(&text, separator_of(&text), SAMPLE_ROWS).map_or(0, |rows| header_score(&rows))
    };
    let simplified = GB18030.decode_without_bom_handling(bytes).0;
    if readable(&simplified) == 0 {
        let traditional = BIG5.decode_without_bom_handling(bytes).0;
        if readable(&traditional) > 0 {
            return traditional;
        }
    }
    simplified
}

fn check_is_a_table(text: &str) -> Result<(), ReadError> {
    let start: String = text.chars().take(2000).collect::<String>().trim_start().to_lowercase();
    if start.is_empty() {
        return Err(ReadError::Empty);
    }
    if start.starts_with('<') && (start.contains("<html") || start.contains("<table")) {
        return Err(ReadError::WebPage);
    }
    if start.starts_with("<?xml") {
        return Err(ReadError::NotASpreadsheet);
    }
    let foreign = |c: char| c == '\u{FFFD}' || (c.is_control() && !matches!(c, '\n' | '\t' | '\u{b}' | '\u{c}'));
    let odd = text.chars().filter(|&c| foreign(c)).count();
    // A stray character or two is a damaged cell; more is no text.
    if odd > 3 && odd * 100 > text.chars().count() { Err(ReadError::NotASpreadsheet) } else { Ok(()) }
}

/// The separator that cuts the first records into the most columns, and alike.
fn separator_of(text: &str) -> u8 {
    let weight = |separator: u8| {
        let rows = read_rows(text, separator, SAMPLE_ROWS).unwrap_or_default();
        let mut widths: Vec<usize> = rows.iter().map(|row| row.cells.len()).filter(|width| *width > 1).collect();
        widths.sort_unstable();
        let usual = widths.get(widths.len() / 2).copied().unwrap_or(0);
        usual.saturating_sub(1) * widths.len()
    };
    SEPARATORS.into_iter().rev().max_by_key(|separator| weight(*separator)).unwrap_or(b',')
}

/// The records of a text, up to `most` rows: in a sample the rest is left, in a whole file it is
/// too much.
fn read_rows(text: &str, separator: u8, most: usize) -> Result<Vec<Row>, ReadError> {
    let mut rows = Vec::new();
    let lines = Lines { line: 1, offset: 0 };
    match read_records(text, separator, true, lines, most, &mut rows)? {
        None => {}
        // A quotation mark that is never closed would swallow the rest of the file.
        Some(unclosed) => {
            read_records(text, separator, false, unclosed, most, &mut rows)?;
        }
    }
    Ok(rows)
}

/// A place in the text: the byte and the line it is on.
#[derive(Clone, Copy)]
struct Lines {
    line: usize,
    offset: usize,
}

impl Lines {
    fn advance(&mut self, text: &str, to: usize) {
        self.line += text.as_bytes()[self.offset..to].iter().filter(|byte| **byte == b'\n').count();
        self.offset = to;
    }
}

/// Reads records into `rows` from a place on; gives back where a record begins whose quotation
/// mark is never closed.
fn read_records(
    text: &str,
    separator: u8,
    quoting: bool,
    mut place: Lines,
    most: usize,
    rows: &mut Vec<Row>,
) -> Result<Option<Lines>, ReadError> {
    let start = place.offset;
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .quoting(quoting)
        .from_reader(&text.as_bytes()[start..]);
    let mut record = StringRecord::new();
    let mut cells_read = 0;
    while reader.read_record(&mut record).map_err(|_| ReadError::NotASpreadsheet)? {
        let position = |byte: u64| usize::try_from(byte).map_or(text.len(), |byte| (start + byte).min(text.len()));
        let begin = position(record.position().map_or(0, csv::Position::byte));
        let end = position(reader.position().byte());
        // Blank lines before the record belong to it in the reader's count, not in a person's.
        let blank = text[begin..end].bytes().take_while(|byte| *byte == b'\n').count();
        place.advance(text, begin + blank);
        if quoting && end == text.len() && is_unclosed(&text[place.offset..end]) {
            return Ok(Some(place));
        }
        let mut cells: Vec<Cell> =
            record.iter().take(MAX_COLUMNS).map(|field| Cell::from_text(field.to_owned())).collect();
        while cells.last().is_some_and(Cell::is_blank) {
            cells.pop();
        }
        if cells.is_empty() {
            continue;
        }
        cells_read += cells.len();
        if rows.len() == most || cells_read > MAX_CELLS {
            return if most == MAX_ROWS { Err(ReadError::TooManyRows) } else { Ok(None) };
        }
        rows.push(Row { number: u32::try_from(place.line).unwrap_or(u32::MAX), cells });
    }
    Ok(None)
}

/// The last record of a file runs over several lines and its quotation marks do not pair.
fn is_unclosed(record: &str) -> bool {
    let record = record.trim_end_matches('\n');
    record.contains('\n') && record.bytes().filter(|byte| *byte == b'"').count() % 2 == 1
}

#[cfg(test)]
#[path = "text_file_tests.rs"]
mod tests;
