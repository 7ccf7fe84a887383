//! No file, however broken, may end the process: every answer is a table or an error.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::Workbook;

use super::workbook::tests::xls;
use super::{Proposal, assemble, read, rejects_csv};

/// A fixed sequence of numbers that look random (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % sides.max(1)
    }
}

fn walk_through(bytes: &[u8]) {
    let Ok(table) = read(bytes, None) else { return };
    let Ok(proposal) = Proposal::of(&table, None) else { return };
    let Ok(ledger) = assemble(&table, &proposal.mapping) else { return };
    rejects_csv(&table, &proposal.mapping, &ledger.errors, "reason", |error| error.value.clone()).unwrap();
}

fn mangle(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut mangled = bytes.to_vec();
    match dice.roll(4) {
        0 => mangled.truncate(dice.roll(bytes.len())),
        1 => {
            let at = dice.roll(bytes.len());
            mangled.drain(at..(at + dice.roll(64)).min(bytes.len()));
        }
        2 => {
            let piece: Vec<u8> = bytes.iter().skip(dice.roll(bytes.len())).take(dice.roll(64)).copied().collect();
            let at = dice.roll(bytes.len());
            mangled.splice(at..at, piece);
        }
        _ => {}
    }
    for _ in 0..dice.roll(12) {
        if !mangled.is_empty() {
            let at = dice.roll(mangled.len());
            mangled[at] =
                [0, 0xFF, b'"', b',', 0x80, 1][dice.roll(6)].wrapping_add(u8::try_from(dice.roll(3)).unwrap());
        }
    }
    mangled
}

fn ledgers() -> Vec<Vec<u8>> {
    let rows: [&[&str]; 3] = [
        &["客户名称", "统一社会信用代码", "首次签约日期", "年合作额（万元）", "联系人", "手机", "生日", "客户级别"],
        &[
            "恒智光电（中国）有限公司",
            "914403001922038216",
            "2021年5月12日",
            "3,992.7",
            "张三、李四",
            "13800138000",
            "农历八月十五",
            "A",
        ],
        &["鼎联物流有限公司", "9144030071526726XG", "45356", "52", "王五", "010-62345678", "1981/1/29", "战略"],
    ];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows) {
        sheet.write_row(row, 0, cells.iter().copied()).unwrap();
    }
    let quoted = |cells: &[&str]| cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
    let text = rows.map(quoted).join("\r\n");
    let gbk = encoding_rs::GB18030.encode(&text).0.into_owned();
    vec![book.save_to_buffer().unwrap(), xls(&rows), text.into_bytes(), gbk]
}

#[test]
fn mangled_files_give_a_table_or_an_error() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for ledger in ledgers() {
        walk_through(&ledger);
        for _ in 0..150 {
            walk_through(&mangle(&ledger, &mut dice));
        }
    }
}

/// The workbook with the insides of one part mangled and its container sound, so that the damage
/// reaches the parser.
fn mangled_inside(book: &[u8], dice: &mut Dice) -> Vec<u8> {
    if book.starts_with(b"PK") {
        let mut parts = zip::ZipArchive::new(Cursor::new(book)).unwrap();
        let chosen = dice.roll(parts.len());
        let mut copy = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..parts.len() {
            let mut part = parts.by_index(index).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            copy.start_file(part.name().unwrap(), zip::write::SimpleFileOptions::default()).unwrap();
            copy.write_all(&if index == chosen { mangle(&bytes, dice) } else { bytes }).unwrap();
        }
        copy.finish().unwrap().into_inner()
    } else {
        let mut file = cfb::CompoundFile::open(Cursor::new(book.to_vec())).unwrap();
        let mut bytes = Vec::new();
        file.open_stream("/Workbook").unwrap().read_to_end(&mut bytes).unwrap();
        file.create_stream("/Workbook").unwrap().write_all(&mangle(&bytes, dice)).unwrap();
        file.into_inner().into_inner()
    }
}

#[test]
fn workbooks_mangled_inside_a_sound_container_give_a_table_or_an_error() {
    let mut dice = Dice(0xC0FF_EE00_1234_5678);
    for book in ledgers().into_iter().take(2) {
        for _ in 0..200 {
            walk_through(&mangled_inside(&book, &mut dice));
        }
    }
}

#[test]
fn garbage_gives_an_error_or_a_table() {
    let mut dice = Dice(42);
    let heads: [&[u8]; 6] = [
        b"",
        b"PK\x03\x04",
        &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
        b"\xEF\xBB\xBF",
        b"\xFF\xFE",
        b"\xFE\xFF",
    ];
    for head in heads {
        for _ in 0..60 {
            let length = dice.roll(3000);
            let mut bytes = head.to_vec();
            bytes.extend((0..length).map(|_| u8::try_from(dice.roll(256)).unwrap()));
            walk_through(&bytes);
        }
    }
}

#[test]
fn odd_words_in_every_cell_are_read_or_reported() {
    let mut dice = Dice(7);
    let words = [
        "年", "月", "日", "-", "/", "0", "13", "99", "2024", "万", "亿", "¥", ",", ".", "农历", "闰", "初", "廿", "正",
        "t", ":", " ", "、", "(", "）", "'", "=\"", "@", "公司", "𠮷", "\u{200b}", "民国", "mar", "+86",
    ];
    let headings = "客户名称;统一社会信用代码;首次签约日期;年合作额;联系人;手机;电话;生日;邮箱;客户级别;客户状态\n";
    let mut text = headings.to_owned();
    for _ in 0..2000 {
        for _ in 0..11 {
            for _ in 0..dice.roll(6) {
                text.push_str(words[dice.roll(words.len())]);
            }
            text.push(';');
        }
        text.push('\n');
    }
    walk_through(text.as_bytes());
}
