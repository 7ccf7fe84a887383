//! What must be true of a workbook's container before its parser may see it: the parser trusts
//! the sizes and chains that a file declares, so a mangled or hostile one could ask for all the
//! memory of the machine.

use std::io::{Cursor, Read, Write};

use super::read::{MAX_BYTES, MAX_CELLS, ReadError};

/// What a workbook's XML may unpack to: 200,000 rows of twenty cells with room to spare.
const MAX_UNPACKED: u64 = 384 * 1024 * 1024;
const MAX_SHEETS: usize = 100;
const MAX_RECORDS: usize = 20_000_000;

/// An .xlsx file is a zip archive: unpacks its XML once, to nowhere, and refuses what is no
/// workbook or unpacks to too much, whatever sizes it declares.
pub(super) fn check_xlsx(bytes: &[u8]) -> Result<(), ReadError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged)?;
    let mut left = MAX_UNPACKED;
    let mut workbook = false;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| ReadError::Damaged)?;
        let name = entry.name().map_err(|_| ReadError::Damaged)?.replace('\\', "/").to_lowercase();
        workbook |= name.trim_start_matches('/').starts_with("xl/");
        if name.ends_with(".xml") || name.ends_with(".rels") {
            let unpacked =
                std::io::copy(&mut entry.take(left), &mut std::io::sink()).map_err(|_| ReadError::Damaged)?;
            left = left.saturating_sub(unpacked);
            if left == 0 {
                return Err(ReadError::TooManyRows);
            }
        }
    }
    if workbook { Ok(()) } else { Err(ReadError::NotASpreadsheet) }
}

/// An .xls file is a file system in small (a compound file) around one stream of records. Takes
/// that stream out, checks where its cells lie, and puts it into a new, sound compound file.
pub(super) fn rebuild_xls(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| ReadError::Damaged)?;
    if file.exists("/EncryptedPackage") {
        return Err(ReadError::PasswordProtected);
    }
    let name =
        ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name)).ok_or(ReadError::NotASpreadsheet)?;
    let mut stream = Vec::new();
    let opened = file.open_stream(name).map_err(|_| ReadError::Damaged)?;
    opened.take(MAX_BYTES as u64).read_to_end(&mut stream).map_err(|_| ReadError::Damaged)?;
    check_records(&mut stream)?;
    rebuilt(name, &stream).map_err(|_| ReadError::Damaged)
}

fn rebuilt(name: &str, stream: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new()))?;
    file.create_stream(name)?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
/// Number, Label, RString, BoolErr, RK, LabelSst, MulRk and Formula: they begin with row and column.
const CELLS: [u16; 8] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, 0x00BD, 0x0006];

/// Walks the records of every sheet as the parser will. The declared dimensions are blanked, for
/// the parser reserves memory by them; the area that the cells really span must be within reason.
fn check_records(stream: &mut [u8]) -> Result<(), ReadError> {
    let mut sheets = Vec::new();
    let mut dimensions = Vec::new();
    let mut records = 0;
    for (kind, start, data) in (Records { stream: &*stream, at: 0 }) {
        match kind {
            SHEET if data.len() >= 4 => {
                sheets.push(u32::from_le_bytes([data[0], data[1], data[2], data[3]]) as usize);
            }
            END => break,
            _ => {}
        }
        if kind == DIMENSIONS {
            dimensions.push((start, data.len()));
        }
    }
    if sheets.len() > MAX_SHEETS {
        return Err(ReadError::TooManyRows);
    }
    let mut area = 0_usize;
    for at in sheets {
        let mut span = Span::default();
        let mut depth = 0_usize;
        for (kind, start, data) in (Records { stream: &*stream, at }) {
            records += 1;
            if records > MAX_RECORDS {
                return Err(ReadError::TooManyRows);
            }
            match kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                END => depth -= 1,
                DIMENSIONS => dimensions.push((start, data.len())),
                kind if CELLS.contains(&kind) && data.len() >= 4 => {
                    let last = if kind == 0x00BD { data.len() - 2 } else { 2 };
                    span.take(u16::from_le_bytes([data[0], data[1]]), u16::from_le_bytes([data[2], data[3]]));
                    span.take(u16::from_le_bytes([data[0], data[1]]), u16::from_le_bytes([data[last], data[last + 1]]));
                }
                _ => {}
            }
        }
        area = area.saturating_add(span.area());
    }
    if area > MAX_CELLS {
        return Err(ReadError::TooManyRows);
    }
    for (start, length) in dimensions {
        stream[start..start + length].fill(0);
    }
    Ok(())
}

/// The records of a workbook stream: kind, where the data begins, the data.
struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, usize, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let head = self.stream.get(self.at..self.at + 4)?;
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let start = self.at + 4;
        let data = self.stream.get(start..start + length)?;
        self.at = start + length;
        Some((u16::from_le_bytes([head[0], head[1]]), start, data))
    }
}

/// The rectangle that a sheet's cells span.
#[derive(Default)]
struct Span {
    bounds: Option<[u16; 4]>,
}

impl Span {
    fn take(&mut self, row: u16, column: u16) {
        let [top, bottom, left, right] = self.bounds.unwrap_or([row, row, column, column]);
        self.bounds = Some([top.min(row), bottom.max(row), left.min(column), right.max(column)]);
    }

    fn area(&self) -> usize {
        self.bounds
            .map_or(0, |[top, bottom, left, right]| (usize::from(bottom - top) + 1) * (usize::from(right - left) + 1))
    }
}
