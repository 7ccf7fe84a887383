#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use encoding_rs::{BIG5, GB18030};

use crate::ledger::read::{ReadError, read};
use crate::ledger::table::Table;

const LEDGER: &str = "客户名称,客户经理,年合作额（万元）,备注\n丰信半导体有限公司,郑斌,\"3,662.7\",续约在即\n鼎联物流有限公司,冯静明,52.0,\"多行\n备注\"\n\n\n合龙化工集团有限公司,朱丽,8,备注，含逗号\n";

fn table(bytes: &[u8]) -> Table {
    read(bytes, None).unwrap()
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

fn check_ledger(bytes: &[u8]) {
    let table = table(bytes);
    let numbers: Vec<u32> = table.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [1, 2, 3, 7]);
    assert_eq!(table.rows[1].value(2), "3,662.7");
    assert_eq!(table.rows[2].value(3), "多行\n备注");
    assert_eq!(table.rows[3].value(0), "合龙化工集团有限公司");
    assert_eq!(table.rows[3].value(3), "备注，含逗号");
}

#[test]
fn the_encoding_is_found_by_itself() {
    check_ledger(LEDGER.as_bytes());
    check_ledger(format!("\u{feff}{LEDGER}").as_bytes());
    check_ledger(&GB18030.encode(LEDGER).0);
    check_ledger(&utf16(LEDGER, u16::to_le_bytes));
    check_ledger(&utf16(LEDGER, u16::to_be_bytes));
    check_ledger(&utf16(&format!("\u{feff}{LEDGER}"), u16::to_le_bytes));
    check_ledger(&utf16(&format!("\u{feff}{LEDGER}"), u16::to_be_bytes));
}

#[test]
fn characters_beyond_gbk_are_read_from_gb18030() {
    let bytes = GB18030.encode("客户名称,联系人\n㐂龙化工有限公司,王𠮷\n").0;
    assert_eq!(table(&bytes).rows[1].value(1), "王𠮷");
}

#[test]
fn big5_from_taiwan_is_told_by_its_header() {
    let bytes =
        BIG5.encode("客戶名稱,聯絡人,手機,業務員\n台達電子工業股份有限公司,陳美玲,0912345678,林志明\n").0.into_owned();
    let table = table(&bytes);
    assert_eq!(table.rows[0].value(0), "客戶名稱");
    assert_eq!(table.rows[1].value(1), "陳美玲");
}

#[test]
fn the_separator_is_found_by_itself() {
    for separator in ["\t", ";", "|"] {
        let text = LEDGER.replace("\"3,662.7\"", "3#662.7").replace(',', separator).replace('#', ",");
        let table = table(text.as_bytes());
        assert_eq!(table.rows[0].value(1), "客户经理", "{separator}");
        assert_eq!(table.rows[1].value(2), "3,662.7", "{separator}");
    }
}

#[test]
fn a_row_is_numbered_by_the_line_on_which_it_begins_with_any_line_ends() {
    for line_end in ["\r\n", "\r"] {
        check_ledger(LEDGER.replace('\n', line_end).as_bytes());
    }
    let blank_first = format!("\n\n,,,\n{LEDGER}");
    let numbers: Vec<u32> = table(blank_first.as_bytes()).rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [4, 5, 6, 10]);
}

#[test]
fn a_quotation_mark_never_closed_does_not_swallow_the_rest() {
    let text = "客户名称,联系人,备注\n甲有限公司,张三,\"好\n乙有限公司,李四,\n丙有限公司,王五,\n";
    let table = table(text.as_bytes());
    let names: Vec<_> = table.rows.iter().map(|row| (row.number, row.value(0).into_owned())).collect();
    assert_eq!(names[1..], [(2, "甲有限公司".to_owned()), (3, "乙有限公司".to_owned()), (4, "丙有限公司".to_owned())]);
}

#[test]
fn a_file_without_a_line_end_is_read_to_its_end() {
    assert_eq!(table("客户名称,备注\n甲有限公司,\"多行\n备注\"".as_bytes()).rows[1].value(1), "多行\n备注");
}

#[test]
fn what_is_no_text_table_is_refused_with_its_reason() {
    let error = |bytes: &[u8]| read(bytes, None).unwrap_err();
    assert_eq!(error(b""), ReadError::Empty);
    assert_eq!(error(b" \r\n\t\r\n"), ReadError::Empty);
    assert_eq!(error("\u{feff}".as_bytes()), ReadError::Empty);
    assert_eq!(error(b",,,\n,,\n"), ReadError::Empty);
    assert_eq!(error(b"%PDF-1.7 etc"), ReadError::NotASpreadsheet);
    assert_eq!(error(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x02"), ReadError::NotASpreadsheet);
    assert_eq!(error("<html><body><table><tr><td>客户名称".as_bytes()), ReadError::WebPage);
    assert_eq!(error(&[0xFF; 400]), ReadError::NotASpreadsheet);
    let asked = read(b"a,b\n", Some("Sheet1")).unwrap_err();
    assert_eq!(asked, ReadError::SheetNotFound { asked: "Sheet1".to_owned(), sheets: Vec::new() });
}

#[test]
fn files_beyond_the_limits_are_refused() {
    assert_eq!(read(&vec![b'a'; crate::ledger::MAX_BYTES + 1], None), Err(ReadError::FileTooLarge));
    assert_eq!(read("a,b\n".repeat(crate::ledger::MAX_ROWS + 1).as_bytes(), None), Err(ReadError::TooManyRows));
    assert!(read("a,b\n".repeat(1000).as_bytes(), None).is_ok());
}
