#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::rejects_csv;
use crate::ledger::assemble::assemble;
use crate::ledger::mapping::Proposal;
use crate::ledger::read::read;

fn rejects(ledger: &str) -> String {
    let table = read(ledger.as_bytes(), None).unwrap();
    let mapping = Proposal::of(&table, None).unwrap().mapping;
    let errors = assemble(&table, &mapping).unwrap().errors;
    let bytes = rejects_csv(&table, &mapping, &errors, "原因", |error| error.code.code().to_owned()).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn bad_rows_come_back_as_they_were_with_their_reasons() {
    let text = rejects(
        "单位：万元\n客户名称,统一社会信用代码,首次签约日期,年合作额\n甲有限公司,,2024-02-30,\"1,000\"\n乙有限公司,,,5\n\"丙\n有限公司\",12345,x,\n",
    );
    assert_eq!(
        text,
        "\u{feff}客户名称,统一社会信用代码,首次签约日期,年合作额（万元）,原因\n\
         甲有限公司,,2024-02-30,\"1,000\",impossible_date\n\
         \"丙\n有限公司\",12345,x,,credit_code_length；unreadable_date\n"
    );
}

#[test]
fn the_file_of_bad_rows_can_be_mended_and_read_again() {
    let text = rejects("客户名称,首次签约日期,年合作额（万元）\n甲有限公司,2024-02-30,3\n").replace("02-30", "02-29");
    let table = read(text.as_bytes(), None).unwrap();
    let ledger = assemble(&table, &Proposal::of(&table, None).unwrap().mapping).unwrap();
    assert!(ledger.errors.is_empty());
    assert_eq!(ledger.companies[0].annual_amount, Some(kehu_core::Money(3_000_000)));
}
