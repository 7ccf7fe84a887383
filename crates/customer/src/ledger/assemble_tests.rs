#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::time::{Duration, Instant};

use super::{Ledger, assemble};
use crate::ledger::company::Company;
use crate::ledger::issue::IssueCode;
use crate::ledger::mapping::Proposal;
use crate::ledger::read::read;
use crate::ledger::values::Birthday;

fn ledger(text: &str) -> Ledger {
    let table = read(text.as_bytes(), None).unwrap();
    assemble(&table, &Proposal::of(&table, None).unwrap().mapping).unwrap()
}

fn names(ledger: &Ledger) -> Vec<&str> {
    ledger.companies.iter().map(|company| company.name.as_str()).collect()
}

fn people(company: &Company) -> Vec<&str> {
    company.contacts.iter().map(|contact| contact.name.as_str()).collect()
}

fn codes(issues: &[crate::ledger::RowIssue]) -> Vec<(u32, IssueCode)> {
    issues.iter().map(|issue| (issue.row, issue.code)).collect()
}

#[test]
fn several_rows_of_one_company_are_one_account_with_several_people() {
    let ledger = ledger(
        "客户名称,客户简称,客户经理,年合作额（万元）,首次签约日期,联系人,手机,备注\n\
         鼎联物流有限公司,鼎联物流,冯静明,\"3,992.7\",2021/5/12,郑志洋,13800138001,续约\n\
         鼎联物流有限公司,,,,,萧欣,13800138002,重点跟进\n\
         丰信半导体有限公司,,郑斌,,,,,\n\
         鼎联物流有限公司 ,鼎联,郑斌,1,2020-01-01,郑志洋,13800138001,续约\n",
    );
    assert_eq!(ledger.rows, 4);
    assert_eq!(names(&ledger), ["鼎联物流有限公司", "丰信半导体有限公司"]);
    let company = &ledger.companies[0];
    assert_eq!(company.rows, [2, 3, 5]);
    assert_eq!(people(company), ["郑志洋", "萧欣"]);
    assert_eq!(company.short_name.as_deref(), Some("鼎联物流"));
    assert_eq!(company.annual_amount, Some(kehu_core::Money(3_992_700_000)));
    assert_eq!(company.first_signed.unwrap().to_string(), "2021-05-12");
    assert_eq!(company.remark.as_deref(), Some("续约\n重点跟进"));
    assert_eq!((ledger.duplicates, ledger.respelled), (2, 1));
    assert_eq!(
        ledger.managers.iter().map(|(name, n)| (name.as_str(), *n)).collect::<Vec<_>>(),
        [("冯静明", 1), ("郑斌", 1)]
    );
    assert_eq!(codes(&ledger.notes), [(5, IssueCode::OtherManager)]);
    assert!(ledger.errors.is_empty());
}

#[test]
fn one_company_written_differently_is_one() {
    let ledger = ledger(
        "客户名称,统一社会信用代码,联系人\n\
         恒智光电（中国）有限公司,,甲一\n\
         恒智光电(中国) 有限公司,914403001922038216,乙二\n\
         恒智光电中国公司,９１４４０３００１９２２０３８２１６,丙三\n\
         恆智光電（中國）有限公司,,丁四\n",
    );
    assert_eq!(ledger.companies.len(), 1);
    assert_eq!(people(&ledger.companies[0]), ["甲一", "乙二", "丙三", "丁四"]);
    assert_eq!(ledger.companies[0].credit_code.as_ref().unwrap().as_str(), "914403001922038216");
}

#[test]
fn one_name_with_two_valid_credit_codes_is_two_companies_and_flagged() {
    let ledger = ledger(
        "客户名称,统一社会信用代码\n长城宽带有限公司,914403001922038216\n长城宽带有限公司,9144030071526726XG\n长城宽带有限公司,\n",
    );
    assert_eq!(ledger.companies.len(), 2);
    assert!(ledger.companies.iter().all(|company| company.has_namesake));
    assert_eq!(ledger.companies[0].rows, [2, 4]);
    assert_eq!(codes(&ledger.notes), [(3, IssueCode::Namesake), (4, IssueCode::NameFitsSeveral)]);
}

#[test]
fn bad_rows_are_set_aside_with_row_column_and_value() {
    let ledger = ledger(
        "客户名称,统一社会信用代码,首次签约日期,联系人,生日\n\
         甲有限公司,914403001922038216,2024-01-01,张三,\n\
         ,9144030071526726XG,2024-01-01,李四,\n\
         丙有限公司,914403001922038217,2024-01-01,王五,\n\
         丁有限公司,,2024-02-30,,\n\
         戊有限公司,12345,长期,赵六,1981-13-01\n\
         甲有限公司,,,钱七,农历八月十五\n",
    );
    assert_eq!(ledger.rows, 6);
    assert_eq!(names(&ledger), ["甲有限公司"]);
    assert_eq!(
        codes(&ledger.errors),
        [
            (3, IssueCode::NoCompany),
            (4, IssueCode::CreditCodeCheckDigit),
            (5, IssueCode::ImpossibleDate),
            (6, IssueCode::CreditCodeLength),
            (6, IssueCode::UnreadableDate),
            (6, IssueCode::ImpossibleDate),
        ]
    );
    assert_eq!(ledger.errors[2].column, "首次签约日期");
    assert_eq!(ledger.errors[2].value, "2024-02-30");
    let lunar = Birthday::Lunar { year: None, month: 8, day: 15, leap: false };
    assert_eq!(ledger.companies[0].contacts[1].birthday, Some(lunar));
}

#[test]
fn blank_rows_totals_notes_sections_and_repeated_headers_are_passed_over() {
    let ledger = ledger(
        "序号,客户名称,客户经理,年合作额（万元）\n\
         一、战略客户,,,\n\
         1,甲有限公司,郑斌,10\n\
         2,,,\n\
         ,,,\n\
         小计,,,10\n\
         序号,客户名称,客户经理,年合作额（万元）\n\
         二、重点客户,二、重点客户,二、重点客户,二、重点客户\n\
         3,乙有限公司,朱丽,20\n\
         ,合 计：,,30\n\
         注：本表每月更新,,,\n\
         填表人：王芳,,审核：李强,\n",
    );
    assert_eq!(names(&ledger), ["甲有限公司", "乙有限公司"]);
    assert_eq!((ledger.rows, ledger.duplicates), (2, 0));
    assert!(ledger.errors.is_empty(), "{:?}", ledger.errors);
}

#[test]
fn people_of_one_name_are_one_unless_their_numbers_differ() {
    let ledger = ledger(
        "客户名称,联系人,职务,手机,邮箱\n\
         甲有限公司,张 三,,13800138001,\n\
         甲有限公司,张三,总经理,,z@a.cn\n\
         甲有限公司,张三,,138 0013 8001,\n\
         甲有限公司,张三,,13800138009,\n",
    );
    let people = &ledger.companies[0].contacts;
    assert_eq!(people.len(), 2);
    assert_eq!(people[0].title.as_deref(), Some("总经理"));
    assert_eq!(people[0].email.as_deref(), Some("z@a.cn"));
    assert_eq!(people[1].mobile.as_deref(), Some("13800138009"));
}

#[test]
fn people_in_columns_of_their_own_are_people_of_the_row() {
    let ledger = ledger(
        "客户名称,联系人1,联系人1电话,联系人2,联系人2电话,联系人3\n\
         众云水务有限公司,钱多,13800138000/021-62345678,赵敏,13900139001,\n\
         众云水务有限公司,,,孙宁,,王建国\n",
    );
    let company = &ledger.companies[0];
    assert_eq!(people(company), ["钱多", "赵敏", "孙宁", "王建国"]);
    let mobiles: Vec<_> = company.contacts.iter().map(|contact| contact.mobile.as_deref()).collect();
    assert_eq!(mobiles, [Some("13800138000"), Some("13900139001"), None, None]);
}

#[test]
fn people_under_the_same_headings_once_more_are_people_of_the_row() {
    let ledger = ledger(
        "客户名称,联系人,电话,联系人,电话\n\
         众云水务有限公司,钱多,13800138000,赵敏,13900139001\n\
         远山水务有限公司,孙宁,,,13700137002\n",
    );
    assert_eq!(people(&ledger.companies[0]), ["钱多", "赵敏"]);
    let mobiles: Vec<_> = ledger.companies[0].contacts.iter().map(|contact| contact.mobile.as_deref()).collect();
    assert_eq!(mobiles, [Some("13800138000"), Some("13900139001")]);
    assert_eq!(people(&ledger.companies[1]), ["孙宁"], "a number without a name is nobody's");
}

#[test]
fn several_people_in_one_cell_are_told_apart() {
    let ledger =
        ledger("客户名称,联系人,职务,联系电话\n甲有限公司,张三、李四,采购经理、厂长,13800138001/13800138002\n");
    let people = &ledger.companies[0].contacts;
    let shown: Vec<_> = people.iter().map(|c| (c.name.as_str(), c.title.as_deref(), c.mobile.as_deref())).collect();
    assert_eq!(shown, [("张三", Some("采购经理"), Some("13800138001")), ("李四", Some("厂长"), Some("13800138002"))]);
}

#[test]
fn numbers_go_where_they_belong_and_nothing_is_dropped_in_silence() {
    let ledger = ledger(
        "客户名称,联系人,手机,电话,邮箱,年合作额\n\
         甲有限公司,张三,0755-26770000,13800138001,无,面议\n\
         乙有限公司,,,010-62345678,,\n\
         丙有限公司,,13800138003,,not mail,$100\n",
    );
    let person = &ledger.companies[0].contacts[0];
    assert_eq!(person.mobile.as_deref(), Some("13800138001"));
    assert_eq!(person.phone.as_deref(), Some("0755-26770000"));
    assert_eq!(ledger.companies[1].phone.as_deref(), Some("010-62345678"));
    assert_eq!(ledger.companies[2].phone.as_deref(), Some("13800138003"));
    assert_eq!(
        codes(&ledger.notes),
        [
            (2, IssueCode::UnreadableAmount),
            (2, IssueCode::UnreadablePhone),
            (4, IssueCode::ForeignAmount),
            (4, IssueCode::UnnamedContact),
        ]
    );
}

#[test]
fn a_ledger_in_english_and_one_in_traditional_characters() {
    let english = ledger(
        "No.,Company,Tier,Account Manager,Annual revenue (RMB million),Contact person,Mobile phone,Customer since\n\
         1,Acme Widgets Co. Ltd.,Strategic,Li Lei,1.5,Jane Doe,+86 138 0013 8000,5 Mar 2024\n\
         2,ACME WIDGETS COMPANY LIMITED,,,,John Roe,,\n",
    );
    assert_eq!(english.companies.len(), 1);
    let company = &english.companies[0];
    assert_eq!(company.tier.as_ref().unwrap().code.as_deref(), Some("strategic"));
    assert_eq!(company.annual_amount, Some(kehu_core::Money(150_000_000)));
    assert_eq!(people(company), ["Jane Doe", "John Roe"]);

    let traditional = ledger(
        "客戶名稱\t客戶等級\t業務員\t聯絡人\t職稱\t行動電話\t備註\n台達電子工業股份有限公司\t重點\t林志明\t陳美玲\t採購經理\t0912-345-678\t季度回訪\n",
    );
    let company = &traditional.companies[0];
    assert_eq!(company.tier.as_ref().unwrap().code.as_deref(), Some("key"));
    assert_eq!(company.contacts[0].phone.as_deref(), Some("0912-345-678"));
    assert_eq!(company.manager.as_deref(), Some("林志明"));
}

#[test]
fn unmapped_tiers_are_counted_by_company() {
    let ledger = ledger("客户名称,客户级别\n甲有限公司,国企\n甲有限公司,国企\n乙有限公司,重点\n");
    assert_eq!(ledger.unmapped_tiers.get("国企"), Some(&1));
    assert_eq!(ledger.companies[1].tier.as_ref().unwrap().written, "重点");
}

#[test]
fn ten_thousand_rows_take_well_under_five_seconds() {
    let mut text =
        "客户名称,统一社会信用代码,客户级别,客户经理,首次签约日期,年合作额（万元）,联系人,职务,手机,生日,备注\n"
            .to_owned();
    for row in 0..10_000 {
        let company = row / 3;
        text.push_str(&format!(
            "第{company}精密机械（中国）有限公司,,核心,经理{},2021年5月{}日,\"3,{row:03}.5\",联系人{row},采购经理,138{row:08},1981/1/29,备注\n",
            row % 40,
            row % 28 + 1
        ));
    }
    let start = Instant::now();
    let ledger = ledger(&text);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert_eq!((ledger.rows, ledger.companies.len()), (10_000, 3334));
}

#[test]
fn a_name_broken_to_fit_its_cell_is_one_name() {
    let ledger = ledger("客户名称,联系人\n\"丰信半导体\n有限公司\",张三\n丰信半导体有限公司,李四\n");
    assert_eq!(names(&ledger), ["丰信半导体有限公司"]);
    assert_eq!(people(&ledger.companies[0]), ["张三", "李四"]);
}

#[test]
fn a_hundred_thousand_people_of_one_company_are_gathered_in_seconds() {
    let mut text = "客户名称,联系人,备注\n".to_owned();
    for row in 0..100_000 {
        text.push_str(&format!("甲有限公司,联系人{row},第{row}条备注\n"));
    }
    let start = Instant::now();
    assert_eq!(ledger(&text).companies[0].contacts.len(), 100_000);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}
