//! Which rows are one account, and what they do to it.

use kehu_testkit::TestDatabase;

use super::world::{CODE, World, tallies};
use crate::import::Options;
use crate::ledger::IssueCode;

kehu_testkit::both_databases!(crate::import::tests::world::migrated =>
    the_same_file_again_changes_nothing,
    an_account_written_under_two_names_is_planned_once,
    rows_of_other_credit_codes_are_other_companies,
    one_company_in_several_spellings_is_one_account,
    people_keep_the_order_of_the_ledger,
    bad_rows_stay_out_and_are_told,
    only_when_asked_for_is_written_over_what_is_known,
    a_renamed_company_keeps_its_account,
);

const LEDGER: &str = "客户名称,统一社会信用代码,客户级别,客户经理,联系人,手机
恒智光电（中国）有限公司,91310000MA1FL0BG9H,战略,林小满,王建国,13800138000
恒智光电(中国)有限公司 ,,,林小满,赵敏,13800138001
众云水务有限公司,,重点,林小满,钱多,
";

async fn the_same_file_again_changes_nothing(database: &TestDatabase) {
    let world = World::new(database).await;
    let planned = world.dry_run(LEDGER, &Options::default()).await;
    assert!(world.accounts().await.is_empty(), "a dry run writes nothing");
    let first = world.take(LEDGER).await;
    assert_eq!(tallies(&first), [[2, 0, 0], [3, 0, 0]]);
    assert_eq!(tallies(&planned), tallies(&first));
    for again in [world.take(LEDGER).await, world.update(LEDGER).await] {
        assert_eq!(tallies(&again), [[0, 0, 2], [0, 0, 3]]);
        assert!(!again.changes_anything());
    }
    assert_eq!(world.accounts().await.len(), 2);
}

async fn an_account_written_under_two_names_is_planned_once(database: &TestDatabase) {
    let world = World::new(database).await;
    let known = format!(
        "客户名称,简称,曾用名,统一社会信用代码,客户经理,联系人\n恒智光电有限公司,恒智光电,恒智电子厂,{CODE},林小满,王建国\n"
    );
    world.take(&known).await;
    for ledger in [
        // By its code under a new name, and by its name.
        format!(
            "客户名称,统一社会信用代码,客户经理,联系人\n恒智光电集团,{CODE},林小满,赵敏\n恒智光电有限公司,,林小满,钱多\n"
        ),
        "客户名称,客户经理,联系人\n恒智光电,林小满,孙宁\n恒智光电有限公司,林小满,王建国\n恒智电子厂,林小满,孙宁\n"
            .to_owned(),
    ] {
        let report = world.take(&ledger).await;
        assert_eq!((report.accounts.created, report.accounts.unchanged), (0, 1), "{ledger}");
        assert_eq!(report.lines.len(), 1);
        assert_eq!(report.duplicates, report.rows - 1);
        assert!(report.notes.iter().any(|note| note.code == IssueCode::KnownAs));
    }
    let accounts = world.accounts().await;
    assert_eq!(accounts.len(), 1);
    let mut names = world.names(accounts[0].id).await;
    names.sort();
    assert_eq!(names, ["孙宁", "王建国", "赵敏", "钱多"]);
}

async fn rows_of_other_credit_codes_are_other_companies(database: &TestDatabase) {
    let world = World::new(database).await;
    world.take("客户名称,简称,客户经理\n恒智光电有限公司,恒智光电,林小满\n").await;
    let other = "91440300708461136T";
    let ledger = format!(
        "客户名称,统一社会信用代码,客户经理\n恒智光电有限公司,{CODE},林小满\n恒智光电有限公司,{other},林小满\n"
    );
    let report = world.take(&ledger).await;
    assert_eq!(report.errors, vec![]);
    assert_eq!((report.accounts.created, report.accounts.unchanged), (1, 1));
    assert_eq!(world.accounts().await.len(), 2);
}

async fn one_company_in_several_spellings_is_one_account(database: &TestDatabase) {
    let world = World::new(database).await;
    let ledger = "客户名称,客户经理,联系人
恒智光电（中国）有限公司,林小满,王建国
恒智光电(中国)有限公司　,林小满,赵敏
 恒智光电﹙中国﹚有限公司,林小满,王建国
";
    let report = world.take(ledger).await;
    assert_eq!(tallies(&report), [[1, 0, 0], [2, 0, 0]]);
    assert_eq!((report.rows, report.duplicates), (3, 2));
}

async fn people_keep_the_order_of_the_ledger(database: &TestDatabase) {
    let world = World::new(database).await;
    let people: Vec<String> = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"].map(|name| format!("王{name}")).to_vec();
    let rows: String = people.iter().map(|name| format!("众云水务有限公司,林小满,{name}\n")).collect();
    world.take(&format!("客户名称,客户经理,联系人\n{rows}")).await;
    let account = world.accounts().await[0].id;
    assert_eq!(world.names(account).await, people);
}

async fn bad_rows_stay_out_and_are_told(database: &TestDatabase) {
    let world = World::new(database).await;
    let ledger = "客户名称,统一社会信用代码,客户经理,首次签约日期
众云水务有限公司,,林小满,2024年3月5日
,,林小满,2024/3/5
恒智光电有限公司,91310000MA1FL0BG9X,林小满,
丰信半导体有限公司,,林小满,2024-02-30
丰信半导体有限公司,,林小满,45356
";
    let report = world.take(ledger).await;
    let errors: Vec<_> = report.errors.iter().map(|e| (e.row, e.column.as_str(), e.code.code())).collect();
    assert_eq!(
        errors,
        [
            (3, "客户名称", "no_company"),
            (4, "统一社会信用代码", "credit_code_check_digit"),
            (5, "首次签约日期", "impossible_date"),
        ]
    );
    assert_eq!((report.rows, report.accounts.created), (5, 2));
    let signed: Vec<_> =
        world.accounts().await.iter().map(|a| a.facts.first_signed_on.map(|d| d.to_string())).collect();
    assert_eq!(signed, [Some("2024-03-05".to_owned()), Some("2024-03-05".to_owned())]);
}

async fn only_when_asked_for_is_written_over_what_is_known(database: &TestDatabase) {
    let world = World::new(database).await;
    world.take(LEDGER).await;
    let changed = "客户名称,城市,客户级别,客户经理,联系人,职务\n众云水务有限公司,杭州,核心,林小满,钱多,总工\n";
    assert_eq!(tallies(&world.take(changed).await), [[0, 0, 1], [0, 0, 1]]);
    assert_eq!(tallies(&world.update(changed).await), [[0, 1, 0], [0, 1, 0]]);
    let water = world.accounts().await.into_iter().find(|a| a.facts.name == "众云水务有限公司").unwrap();
    assert_eq!((water.facts.city.as_str(), water.facts.tier.as_str()), ("杭州", "core"));
    assert_eq!(world.people(water.id).await[0].facts.title, "总工");
    // What the ledger leaves blank it does not say.
    world.update("客户名称,城市,客户经理\n众云水务有限公司,,林小满\n").await;
    let water = world.accounts().await.into_iter().find(|a| a.id == water.id).unwrap();
    assert_eq!(water.facts.city, "杭州");
}

async fn a_renamed_company_keeps_its_account(database: &TestDatabase) {
    let world = World::new(database).await;
    world.take(LEDGER).await;
    let renamed = "客户名称,曾用名,客户经理\n众云环境科技有限公司,众云水务有限公司,林小满\n";
    assert_eq!(world.take(renamed).await.accounts.unchanged, 1);
    assert_eq!(world.update(renamed).await.accounts.updated, 1);
    assert_eq!(world.update(renamed).await.accounts.unchanged, 1);
    let names: Vec<String> = world.accounts().await.into_iter().map(|account| account.facts.name).collect();
    assert_eq!(names, ["恒智光电（中国）有限公司", "众云环境科技有限公司"]);
}
