#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::{ColumnName, MappingFile, Proposal};
use crate::ledger::fields::Field;
use crate::ledger::read::{ReadError, read};
use crate::ledger::table::Table;
use crate::ledger::values::AmountUnit;

fn table(text: &str) -> Table {
    read(text.as_bytes(), None).unwrap()
}

const LEDGER: &str = "客户名称,客户级别,客户状态,年合作额（万元）,联系人,手机\n\
    甲有限公司,战略,合作中,1,张三,13800138000\n乙有限公司,A,正常,2,李四,\n丙有限公司,国企,新签,3,,\n丁有限公司,战略,,4,,\n";

#[test]
fn words_for_tiers_and_stages_become_codes_and_unknown_ones_are_listed() {
    let proposal = Proposal::of(&table(LEDGER), None).unwrap();
    let tiers: Vec<_> = proposal.mapping.tiers.iter().map(|(word, code)| (word.as_str(), code.as_str())).collect();
    assert_eq!(tiers, [("A", "strategic"), ("战略", "strategic")]);
    assert_eq!(proposal.unmapped_tiers, ["国企"]);
    assert_eq!(proposal.mapping.stages.get("合作中").map(String::as_str), Some("active"));
    assert_eq!(proposal.unmapped_stages, ["新签"]);
    assert_eq!(proposal.mapping.amount_unit, AmountUnit::TenThousand);
}

#[test]
fn a_mapping_file_corrects_the_proposal() {
    let file: MappingFile = toml::from_str(
        r#"
        amount_unit = "元"

        [columns]
        contact_name = ""
        short_name = "E"
        phone = 6
        mobile = ""

        [tiers]
        "A" = "core"
        "国企" = "key"
        "#,
    )
    .unwrap();
    let proposal = Proposal::of(&table(LEDGER), Some(&file)).unwrap();
    let columns = &proposal.mapping.columns;
    assert_eq!(columns.get(&Field::ContactName), None);
    assert_eq!(columns.get(&Field::ShortName), Some(&4));
    assert_eq!(columns.get(&Field::Phone), Some(&5));
    assert_eq!(columns.get(&Field::Mobile), None);
    assert_eq!(proposal.mapping.amount_unit, AmountUnit::Yuan);
    assert_eq!(proposal.mapping.tiers.get("A").map(String::as_str), Some("core"));
    assert!(proposal.unmapped_tiers.is_empty());
}

#[test]
fn a_remembered_mapping_fits_the_next_ledger_with_its_columns_elsewhere() {
    let mut proposal = Proposal::of(&table(LEDGER), None).unwrap();
    proposal.mapping.tiers.insert("国企".to_owned(), "key".to_owned());
    let text = toml::to_string(&proposal.to_file()).unwrap();
    let remembered: MappingFile = toml::from_str(&text).unwrap();
    assert_eq!(remembered, proposal.to_file());

    let next = "大客户台账\n联系人,客户级别,客户名称\n王五,国企,戊有限公司\n";
    let proposal = Proposal::of(&table(next), Some(&remembered)).unwrap();
    assert_eq!(proposal.mapping.header_row, 2);
    assert_eq!(proposal.mapping.columns.get(&Field::CompanyName), Some(&2));
    assert_eq!(proposal.mapping.tiers.get("国企").map(String::as_str), Some("key"));
    assert_eq!(proposal.not_found, [Field::Stage, Field::AnnualAmount, Field::Mobile]);
}

#[test]
fn headings_that_we_do_not_know_are_found_by_the_mapping_file() {
    let ledger = "内部资料\n委方,经办\n甲有限公司,张三\n";
    assert_eq!(Proposal::of(&table(ledger), None), Err(ReadError::NoHeader));
    let column = |heading: &str| ColumnName::Heading(heading.to_owned());
    let file = MappingFile {
        columns: [(Field::CompanyName, column("委方")), (Field::Manager, column("经办"))].into(),
        ..MappingFile::default()
    };
    let proposal = Proposal::of(&table(ledger), Some(&file)).unwrap();
    assert_eq!(proposal.mapping.header_row, 2);
    assert_eq!(proposal.mapping.columns.len(), 2);
    let by_row =
        MappingFile { header_row: Some(2), columns: [(Field::CompanyName, ColumnName::Number(1))].into(), ..file };
    assert_eq!(Proposal::of(&table(ledger), Some(&by_row)).unwrap().mapping.columns.get(&Field::CompanyName), Some(&0));
}

#[test]
fn a_mapping_survives_json() {
    let mapping = Proposal::of(&table(LEDGER), None).unwrap().mapping;
    let text = serde_json::to_string(&mapping).unwrap();
    assert!(text.contains(r#""company_name":0"#), "{text}");
    assert_eq!(serde_json::from_str::<super::Mapping>(&text).unwrap(), mapping);
}

#[test]
fn a_mistyped_setting_is_refused() {
    assert!(toml::from_str::<MappingFile>("colums = {}").is_err());
    assert!(toml::from_str::<MappingFile>("[columns]\ncompany = \"客户名称\"").is_err());
}
