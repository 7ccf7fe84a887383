//! CSV as spreadsheets open it: UTF-8 with its mark, and no text that a spreadsheet would run.

use std::fmt::Write as _;

use super::{Cell, Sheet};

/// Tells spreadsheets that the file is UTF-8.
const MARK: &str = "\u{feff}";

pub(super) fn write(sheet: &Sheet) -> Vec<u8> {
    let mut out = String::from(MARK);
    line(&mut out, sheet.heads.iter().map(|head| harmless(head)));
    for row in &sheet.rows {
        line(&mut out, row.iter().map(told));
    }
    out.into_bytes()
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            out.push(',');
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            let _ = write!(out, "\"{}\"", cell.replace('"', "\"\""));
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

fn told(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Number(number) => number.to_string(),
        Cell::Percent(percent) => format!("{percent}%"),
        Cell::Money(money) => {
            let sign = if money.0 < 0 { "-" } else { "" };
            format!("{sign}{}.{:02}", money.0.unsigned_abs() / 100, money.0.unsigned_abs() % 100)
        }
        Cell::Day(day) => day.to_string(),
        Cell::Moment(at, zone) => zone.local(*at).format("%Y-%m-%d %H:%M").to_string(),
    }
}

/// A text that begins like a formula is run by spreadsheets when the file is opened (CWE-1236); an
/// apostrophe before it makes it a text again.
fn harmless(text: &str) -> String {
    let formula =
        text.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use kehu_core::Money;

    use super::{Cell, Sheet, write};

    #[test]
    fn a_spreadsheet_reads_the_letters_and_runs_nothing() {
        let text = |text: &str| Cell::Text(text.to_owned());
        let sheet = Sheet {
            title: "客户",
            heads: vec!["名称", "备注"],
            rows: vec![
                vec![text("远恒电力"), text("=HYPERLINK(\"https://example.com\")")],
                vec![text("a,b\nc"), text("+8613812341234")],
                vec![Cell::Number(-7), Cell::Money(Money(-1_234_505))],
                vec![Cell::Percent(93), text(" @SUM(1)")],
            ],
        };
        let written = String::from_utf8(write(&sheet)).unwrap();
        assert_eq!(
            written,
            "\u{feff}名称,备注\r\n远恒电力,\"'=HYPERLINK(\"\"https://example.com\"\")\"\r\n\"a,b\nc\",'+8613812341234\r\n\
             -7,-12345.05\r\n93%,' @SUM(1)\r\n"
        );
    }
}
