use kehu_testkit::{TestDatabase, both_databases};

use super::*;

both_databases!(crate::directory::tests::migrated =>
    a_notice_settles_its_year,
    a_notice_that_contradicts_itself_is_refused,
    a_single_day_is_changed_and_put_back,
    another_zone_makes_every_day_be_counted_again,
);

fn holiday(row: usize, name: &str, first: &str, last: &str) -> HolidayDraft {
    HolidayDraft { name: name.to_owned(), first: date(first), last: date(last), row }
}

async fn a_notice_settles_its_year(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let admin = company.actor(company.administrator).await;
    let before = calendar(company.app.db.read()).await.unwrap();
    assert!(before.is_provisional(date("2027-02-10")) && before.is_working(date("2027-02-10")));
    assert!(!before.is_working(date("2027-06-09")), "the statutory Dragon Boat Festival");
    let notice = NoticeDraft {
        year: 2027,
        holidays: vec![
            holiday(0, "new-year", "2026-12-31", "2027-01-02"),
            holiday(1, "spring-festival", "2027-02-05", "2027-02-11"),
        ],
        make_up_days: vec![date("2027-02-14"), date("2026-12-27")],
    };
    enter_notice(&company.app, admin.administrator().unwrap(), company.now(), notice).await.unwrap();
    let after = calendar(company.app.db.read()).await.unwrap();
    assert!(!after.is_provisional(date("2027-02-10")) && !after.is_working(date("2027-02-10")));
    assert!(after.is_working(date("2027-02-14")) && after.is_working(date("2026-12-27")));
    assert!(after.is_working(date("2027-06-09")), "the notice replaces everything known of its year");
    assert!(!after.is_working(date("2026-10-01")), "and nothing of the years beside it");
    let told = DirectoryEvent::CalendarChanged { first_day: date("2026-12-27"), last_day: date("2027-12-31") };
    assert_eq!(company.told(), [told]);
}

async fn a_notice_that_contradicts_itself_is_refused(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let admin = company.actor(company.administrator).await;
    let admin = admin.administrator().unwrap();
    let notice = NoticeDraft {
        year: 2027,
        holidays: vec![
            holiday(0, "new-year", "2027-01-03", "2027-01-01"),
            holiday(3, "spring-festival", "2028-02-05", "2028-02-06"),
            holiday(4, "national-day", "2027-10-01", "2027-10-07"),
        ],
        make_up_days: vec![date("2027-10-03"), date("2030-01-01")],
    };
    let outcome = enter_notice(&company.app, admin, company.now(), notice).await;
    let expected = [
        ("last-0", "before_start"),
        ("first-3", "other_year"),
        ("make_up_days", "is_holiday"),
        ("make_up_days", "other_year"),
    ];
    assert_eq!(refused(outcome), expected.map(|(field, code)| (field.to_owned(), code)));
    let empty = NoticeDraft { year: 2027, ..NoticeDraft::default() };
    let outcome = enter_notice(&company.app, admin, company.now(), empty).await;
    assert_eq!(refused(outcome), field("first-0", "required"));
}

async fn a_single_day_is_changed_and_put_back(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let admin = company.actor(company.administrator).await;
    let admin = admin.administrator().unwrap();
    let day = date("2026-11-27");
    let change = DayDraft { day: Some(day), working: false, name: "公司年会".to_owned() };
    change_day(&company.app, admin, company.now(), change).await.unwrap();
    assert!(!calendar(company.app.db.read()).await.unwrap().is_working(day));
    assert_eq!(company.told(), [DirectoryEvent::CalendarChanged { first_day: day, last_day: day }]);
    reset_day(&company.app, admin, company.now(), day).await.unwrap();
    assert!(calendar(company.app.db.read()).await.unwrap().is_working(day));
    assert_eq!(company.verbs("calendar", year_id(2026)).await, ["day_changed", "day_reset"]);
    let far = DayDraft { day: Some(date("2150-01-01")), working: false, name: String::new() };
    assert_eq!(refused(change_day(&company.app, admin, company.now(), far).await), field("day", "out_of_reach"));
}

async fn another_zone_makes_every_day_be_counted_again(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let admin = company.actor(company.administrator).await;
    let admin = admin.administrator().unwrap();
    let draft = |name: &str, zone: &str| CompanyDraft { name: name.to_owned(), zone: zone.to_owned() };
    edit_company(&company.app, admin, company.now(), 1, draft("远景电气股份", "Asia/Shanghai")).await.unwrap();
    assert_eq!(company.told(), [], "another name moves no deadline");
    edit_company(&company.app, admin, company.now(), 2, draft("远景电气股份", "Asia/Urumqi")).await.unwrap();
    assert_eq!(company.told().len(), 1);
    let late = edit_company(&company.app, admin, company.now(), 2, draft("x", "Asia/Urumqi")).await;
    assert!(matches!(late, Err(Error::Stale)));
    let outcome = edit_company(&company.app, admin, company.now(), 3, draft("", "Beijing")).await;
    assert_eq!(refused(outcome), [("name".to_owned(), "required"), ("zone".to_owned(), "unknown")]);
}
