#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::ledger::read::{ReadError, read};
use crate::ledger::table::{Cell, Table};

fn table(mut book: Workbook) -> Table {
    read(&book.save_to_buffer().unwrap(), None).unwrap()
}

#[test]
fn title_rows_blank_rows_dates_and_numbers_keep_their_place() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let date = Format::new().set_num_format("yyyy/m/d");
    sheet.write(0, 0, "2026年大客户台账").unwrap();
    sheet.write_row(2, 0, ["客户名称", "首次签约日期", "年合作额", "手机"]).unwrap();
    sheet.write(4, 0, "丰信半导体有限公司").unwrap();
    sheet.write_with_format(4, 1, ExcelDateTime::from_ymd(2024, 3, 5).unwrap(), &date).unwrap();
    sheet.write(4, 2, 3662.7).unwrap();
    sheet.write(4, 3, 13_800_138_000_f64).unwrap();
    sheet.write_with_format(5, 4, ExcelDateTime::parse_from_str("2024-03-05T08:30:00").unwrap(), &date).unwrap();
    let table = table(book);
    assert_eq!(table.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 3, 5, 6]);
    let row = &table.rows[2];
    assert!(matches!(row.cell(1), Cell::Moment(_)));
    assert_eq!(row.value(1), "2024-03-05");
    assert_eq!(row.value(2), "3662.7");
    assert_eq!(row.value(3), "13800138000");
    assert_eq!(row.value(9), "");
    assert_eq!(table.rows[3].value(4), "2024-03-05 08:30:00");
    assert_eq!(table.rows[3].cell(4).date_value(), "2024-03-05");
}

#[test]
fn merged_cells_count_for_every_row_they_cover() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 3, "客户台账", &plain).unwrap();
    sheet.write_row(1, 0, ["客户名称", "客户经理", "联系人", "手机"]).unwrap();
    sheet.merge_range(2, 0, 4, 0, "鼎联物流有限公司", &plain).unwrap();
    sheet.merge_range(2, 1, 3, 1, "冯静明", &plain).unwrap();
    for (row, name) in [(2, "郑志洋"), (3, "萧欣"), (4, "袁梓轩")] {
        sheet.write(row, 2, name).unwrap();
    }
    sheet.merge_range(5, 0, 6, 0, "丰信半导体有限公司", &plain).unwrap();
    sheet.write(5, 2, "谢伟").unwrap();
    let table = table(book);
    let names: Vec<_> =
        table.rows[2..].iter().map(|row| (row.number, row.value(0), row.value(1), row.value(2))).collect();
    assert_eq!(names[0], (3, "鼎联物流有限公司".into(), "冯静明".into(), "郑志洋".into()));
    assert_eq!(names[1], (4, "鼎联物流有限公司".into(), "冯静明".into(), "萧欣".into()));
    assert_eq!(names[2], (5, "鼎联物流有限公司".into(), "".into(), "袁梓轩".into()));
    // Row 7 holds nothing but its part of the merged name.
    assert_eq!(names[3].0, 6);
    assert_eq!(names.len(), 4);
}

fn three_sheets() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("填写说明").unwrap().write(0, 0, "请勿外传").unwrap();
    let sheet = book.add_worksheet().set_name("大客户台账").unwrap();
    sheet.write_row(1, 0, ["序号", "客户名称", "联系人", "手机"]).unwrap();
    sheet.write_row(2, 1, ["丰信半导体有限公司", "谢伟", "13800138000"]).unwrap();
    let sheet = book.add_worksheet().set_name("Managers").unwrap();
    sheet.write_row(0, 0, ["姓名", "手机"]).unwrap();
    sheet.write_row(1, 0, ["郑斌", "13900139000"]).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn of_several_sheets_the_one_with_a_ledgers_header_is_taken() {
    let table = read(&three_sheets(), None).unwrap();
    assert_eq!(table.sheet.as_deref(), Some("大客户台账"));
    assert_eq!(table.sheets, ["填写说明", "大客户台账", "Managers"]);
    assert_eq!(table.rows[1].value(1), "丰信半导体有限公司");
}

#[test]
fn a_named_sheet_is_taken_and_an_unknown_one_answered_with_the_list() {
    let bytes = three_sheets();
    assert_eq!(read(&bytes, Some(" managers ")).unwrap().rows[1].value(0), "郑斌");
    let error = read(&bytes, Some("客户")).unwrap_err();
    let ReadError::SheetNotFound { asked, sheets } = error else { panic!("{error}") };
    assert_eq!((asked.as_str(), sheets.len()), ("客户", 3));
}

#[test]
fn an_empty_workbook_and_other_archives_are_refused() {
    let mut book = Workbook::new();
    book.add_worksheet();
    assert_eq!(read(&book.save_to_buffer().unwrap(), None), Err(ReadError::Empty));

    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let bytes = archive.finish().unwrap().into_inner();
    assert_eq!(read(&bytes, None), Err(ReadError::NotASpreadsheet));
}

/// An .xls file of the Excel of 1997: one sheet of text and numbers.
pub(in crate::ledger) fn xls(rows: &[&[&str]]) -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| {
        let mut bytes = kind.to_le_bytes().to_vec();
        bytes.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
        bytes.extend(data);
        bytes
    };
    let begin = |kind: u16| {
        let mut data = 0x0600_u16.to_le_bytes().to_vec();
        data.extend(kind.to_le_bytes());
        data.extend([0; 12]);
        record(0x0809, &data)
    };
    let text = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let name = text("台账");
    let globals = begin(5);
    let code_page = record(0x0042, &1200_u16.to_le_bytes());
    let sheet_at = u32::try_from(globals.len() + code_page.len() + 4 + 8 + name.len() + 4).unwrap();
    let mut bound = sheet_at.to_le_bytes().to_vec();
    bound.extend([0, 0, 2, 1]);
    bound.extend(&name);
    let mut stream = [globals, code_page, record(0x0085, &bound), record(0x000A, &[])].concat();
    assert_eq!(stream.len(), sheet_at as usize);
    stream.extend(begin(0x10));
    let mut size = 0_u32.to_le_bytes().to_vec();
    size.extend(u32::MAX.to_le_bytes());
    size.extend([0, 0, 0xFF, 0xFF, 0, 0]);
    stream.extend(record(0x0200, &size));
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let mut data = u16::try_from(row).unwrap().to_le_bytes().to_vec();
            data.extend(u16::try_from(column).unwrap().to_le_bytes());
            data.extend([0, 0]);
            if let Ok(number) = cell.parse::<f64>() {
                data.extend(number.to_le_bytes());
                stream.extend(record(0x0203, &data));
            } else {
                data.extend(u16::try_from(cell.encode_utf16().count()).unwrap().to_le_bytes());
                data.push(1);
                data.extend(text(cell));
                stream.extend(record(0x0204, &data));
            }
        }
    }
    stream.extend(record(0x000A, &[]));
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    std::io::Write::write_all(&mut file.create_stream("/Workbook").unwrap(), &stream).unwrap();
    file.into_inner().into_inner()
}

#[test]
fn the_older_excel_format_is_read_whatever_size_it_declares() {
    let bytes = xls(&[&["客户名称", "年合作额"], &["丰信半导体有限公司", "52.4"]]);
    let table = read(&bytes, None).unwrap();
    assert_eq!(table.sheet.as_deref(), Some("台账"));
    assert_eq!(table.rows[1].value(0), "丰信半导体有限公司");
    assert_eq!(table.rows[1].cell(1), &Cell::Number(52.4));
}

#[test]
fn other_compound_files_are_refused() {
    let document = |stream: &str| {
        let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
        file.create_stream(stream).unwrap();
        file.into_inner().into_inner()
    };
    assert_eq!(read(&document("/WordDocument"), None), Err(ReadError::NotASpreadsheet));
    assert_eq!(read(&document("/EncryptedPackage"), None), Err(ReadError::PasswordProtected));
}
