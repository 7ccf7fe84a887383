use super::{header_score, recognise};
use crate::ledger::fields::Field;
use crate::ledger::mapping::Proposal;
use crate::ledger::table::{Cell, Row, Table};
use crate::ledger::values::AmountUnit;

fn table(rows: &[&[&str]]) -> Table {
    let row = |(index, cells): (usize, &&[&str])| Row {
        number: u32::try_from(index).unwrap_or(0) + 1,
        cells: cells.iter().map(|cell| Cell::from_text((*cell).to_owned())).collect(),
    };
    Table { rows: rows.iter().enumerate().map(row).collect(), ..Table::default() }
}

fn field(heading: &str) -> Option<Field> {
    recognise(heading).map(|(field, _)| field)
}

/// The fields proposed for the columns of a table, in their order.
fn fields(rows: &[&[&str]]) -> Vec<Option<Field>> {
    Proposal::of(&table(rows), None).map_or(Vec::new(), |proposal| proposal.columns.iter().map(|c| c.field).collect())
}

#[test]
fn headings_in_simplified_traditional_and_english() {
    for (headings, expected) in [
        (["客户名称", "客戶名稱*", "Company Name"], Field::CompanyName),
        (["统一社会信用代码", "統一社會信用代碼", "Unified Social Credit Code"], Field::CreditCode),
        (["所属行业", "產業別", "Industry"], Field::Industry),
        (["客户级别", "客戶等級", "Account tier"], Field::Tier),
        (["客户经理", "客戶經理", "Account Manager"], Field::Manager),
        (["首次签约日期", "首次簽約日期", "Customer since"], Field::FirstSigned),
        (["年合作额（万元）", "年合作額（萬元）", "Annual revenue (CNY)"], Field::AnnualAmount),
        (["联 系 人", "聯絡人", "Contact person"], Field::ContactName),
        (["职务", "職稱", "Job Title"], Field::ContactTitle),
        (["手机号码", "行動電話", "Mobile No."], Field::Mobile),
        (["联系电话", "市話", "Tel."], Field::Phone),
        (["电子邮箱", "電子信箱", "E-mail"], Field::Email),
        (["微信号", "微信號", "WeChat ID"], Field::Wechat),
        (["生日（农历）", "出生日期", "Date of Birth"], Field::Birthday),
        (["备注", "備註", "Remarks"], Field::Remark),
        (["序号", "項次", "No."], Field::Serial),
        (["2024年销售额(万元)", "年度合作金額：元", "Annual Amount"], Field::AnnualAmount),
        (["客户状态", "客戶狀態", "Stage"], Field::Stage),
        (["官网", "公司網址", "Website"], Field::Website),
    ] {
        for heading in headings {
            assert_eq!(field(heading), Some(expected), "{heading}");
        }
    }
}

#[test]
fn headings_of_other_matters_are_left_alone() {
    for heading in
        ["客户经理电话", "开户行", "最近拜访日期", "竞争对手", "合同编号", "", "法定代表人", "注册资本（万元）"]
    {
        assert_eq!(field(heading), None, "{heading}");
    }
}

#[test]
fn the_header_is_found_below_titles_and_notes() {
    let rows: &[&[&str]] = &[
        &["2026年大客户台账（内部资料）"],
        &["单位：万元", "", "填表人：张三", "客户经理：李四"],
        &["序号", "单位名称", "负责人", "合同额", "联系人", "电话"],
        &["1", "丰信半导体有限公司", "郑斌", "52.4", "谢伟", "13800138000"],
    ];
    let proposal = Proposal::of(&table(rows), None).expect("a header");
    assert_eq!(proposal.mapping.header_row, 3);
    assert_eq!(proposal.mapping.amount_unit, AmountUnit::TenThousand);
    assert_eq!(
        proposal.columns.iter().map(|column| column.field).collect::<Vec<_>>(),
        [
            Some(Field::Serial),
            Some(Field::CompanyName),
            Some(Field::Manager),
            Some(Field::AnnualAmount),
            Some(Field::ContactName),
            Some(Field::Phone),
        ]
    );
}

#[test]
fn a_header_of_two_rows_is_read_by_its_lower_one() {
    let rows: &[&[&str]] = &[
        &["序号", "客户名称", "联系人信息", "联系人信息", "联系人信息"],
        &["序号", "客户名称", "姓名", "职务", "手机"],
        &["1", "丰信半导体有限公司", "谢伟", "主任", "13800138000"],
    ];
    let proposal = Proposal::of(&table(rows), None).expect("a header");
    assert_eq!(proposal.mapping.header_row, 2);
    assert_eq!(proposal.mapping.columns.get(&Field::ContactName), Some(&2));
}

#[test]
fn rows_of_values_are_no_header() {
    assert_eq!(header_score(&table(&[&["丰信半导体有限公司", "郑斌", "客户"], &["请勿外传"]]).rows), 0);
    assert!(header_score(&table(&[&["客户名称"], &["丰信半导体有限公司"]]).rows) > 0);
}

#[test]
fn unknown_headings_are_explained_by_their_values() {
    let rows: &[&[&str]] = &[
        &["客户名称", "代码", "A1", "A2", "主营", "", "日期"],
        &["甲有限公司", "914403001922038216", "13800138000", "a@b.cn", "水泵", "1981-01-29", "2024/3/5"],
        &["乙有限公司", "9144030071526726XG", "139 0013 9000", "c@d.com", "阀门", "1975/6/1", "2021年2月3日"],
    ];
    assert_eq!(
        fields(rows),
        [
            Some(Field::CompanyName),
            Some(Field::CreditCode),
            Some(Field::Mobile),
            Some(Field::Email),
            None,
            Some(Field::Birthday),
            Some(Field::FirstSigned),
        ]
    );
}

#[test]
fn a_date_of_something_else_is_not_guessed_to_be_the_first_signing() {
    let rows: &[&[&str]] = &[
        &["客户名称", "联系人", "最近拜访日期"],
        &["甲有限公司", "张三", "2024/3/5"],
        &["乙有限公司", "李四", "2024/4/5"],
    ];
    assert_eq!(fields(rows)[2], None);
}

#[test]
fn numbers_of_our_own_people_are_not_guessed_to_be_the_contacts() {
    let rows: &[&[&str]] = &[
        &["客户名称", "联系人", "客户经理电话", "法人手机"],
        &["甲有限公司", "张三", "13800138000", "13700137000"],
        &["乙有限公司", "李四", "13900139000", "13600136000"],
    ];
    assert_eq!(fields(rows)[2..], [None, None]);
}

#[test]
fn of_two_columns_for_one_field_the_surer_and_the_later_year_win() {
    let rows: &[&[&str]] =
        &[&["公司", "客户名称", "2023年销售额", "2024年销售额", "联系人1", "联系人2"], &["甲", "甲有限公司"]];
    assert_eq!(
        fields(rows),
        [None, Some(Field::CompanyName), None, Some(Field::AnnualAmount), Some(Field::ContactName), None]
    );
}

#[test]
fn the_first_person_is_not_given_what_is_said_of_the_next() {
    let rows: &[&[&str]] = &[
        &["客户名称", "联系人", "电话", "联系人", "手机"],
        &["甲有限公司", "张三", "010-62345678", "李四", "13800138000"],
        &["乙有限公司", "王五", "021-52345678", "赵六", "13900139000"],
    ];
    assert_eq!(fields(rows), [Some(Field::CompanyName), Some(Field::ContactName), Some(Field::Phone), None, None]);
}
