//! Rows below the header that are no data: blank ones, row numbers prepared in advance, totals,
//! notes and signatures at the foot, titles of sections, the header repeated on every printed page.

use super::columns::recognise;
use super::fields::Field;
use super::mapping::Mapping;
use super::table::Row;
use super::values::{half_width, is_placeholder};

const TOTALS: [&str; 15] = [
    "合计",
    "合計",
    "总计",
    "總計",
    "小计",
    "小計",
    "共计",
    "共計",
    "本页合计",
    "本页小计",
    "总合计",
    "total",
    "subtotal",
    "grandtotal",
    "sum",
];
const FOOTERS: [&str; 16] = [
    "注:",
    "注1",
    "备注:",
    "備註:",
    "说明:",
    "說明:",
    "填表人",
    "填報人",
    "填报人",
    "制表",
    "製表",
    "审核",
    "審核",
    "统计日期",
    "填表日期",
    "数据来源",
];

/// Whether a row below the header holds nothing to import.
pub(super) fn is_passed_over(row: &Row, mapping: &Mapping) -> bool {
    let mut mapped = mapping.columns.iter().filter(|(field, _)| **field != Field::Serial);
    if mapped.all(|(_, column)| is_placeholder(&row.value(*column))) {
        return true;
    }
    let filled: Vec<_> = row.cells.iter().filter(|cell| !cell.is_blank()).map(|cell| cell.value()).collect();
    let Some(first) = filled.first() else { return true };
    let company = mapping.columns.get(&Field::CompanyName).map(|column| row.value(*column)).unwrap_or_default();
    is_total(first)
        || is_total(&company)
        || is_footer(first, filled.len())
        || (filled.len() >= 3 && filled.iter().all(|value| value == first))
        || (filled.len() == 1 && is_section(first))
        || is_header_again(row, mapping)
}

fn is_total(text: &str) -> bool {
    let plain: String = half_width(text).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let words =
        plain.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '家' | '户' | '個' | '个' | '条' | '笔'));
    TOTALS.contains(&words)
}

fn is_footer(first: &str, filled: usize) -> bool {
    let plain: String = half_width(first).chars().filter(|c| !c.is_whitespace()).collect();
    filled <= 6 && FOOTERS.iter().any(|word| plain.starts_with(word))
}

/// 一、战略客户 or （二）重点客户 alone in its row.
fn is_section(text: &str) -> bool {
    let plain = half_width(text);
    let rest = plain
        .trim_start_matches('(')
        .trim_start_matches(['第', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    rest.len() < plain.trim_start_matches('(').len() && rest.starts_with(['、', ')', '.', '部', '类'])
}

fn is_header_again(row: &Row, mapping: &Mapping) -> bool {
    let says = |field: &Field, column: &usize| {
        let value = row.value(*column);
        recognise(&value).is_some_and(|(named, certainty)| named == *field && certainty >= 90)
    };
    let company = mapping.columns.get(&Field::CompanyName).is_some_and(|column| says(&Field::CompanyName, column));
    company
        && mapping.columns.iter().filter(|(field, column)| says(field, column)).count() >= 2.min(mapping.columns.len())
}

#[cfg(test)]
mod tests {
    use super::{is_section, is_total};

    #[test]
    fn totals_are_known_in_their_spellings() {
        for text in ["合计", "合 计：", "總計", "Grand Total", "合计 25 家", "小计"] {
            assert!(is_total(text), "{text}");
        }
        for text in ["合计划集团有限公司", "Total Energies", "25"] {
            assert!(!is_total(text), "{text}");
        }
    }

    #[test]
    fn titles_of_sections_are_no_companies() {
        for text in ["一、战略客户", "（二）重点客户", "第三部分 一般客户"] {
            assert!(is_section(text), "{text}");
        }
        for text in ["一汽集团", "三一重工股份有限公司", "丰信半导体"] {
            assert!(!is_section(text), "{text}");
        }
    }
}
