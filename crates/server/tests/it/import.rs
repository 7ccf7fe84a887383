//! A ledger in the browser: file, columns, dry run, run, outcome, taking it back.

use axum::http::StatusCode;
use kehu_core::{Locale, Position};
use kehu_platform::jobs;
use kehu_platform::web::App;
use kehu_testkit::{TestDatabase, both_databases};

use crate::client::Client;
use crate::people::{self, ADMINISTRATORS, PASSWORD};

both_databases!(crate::people::migrated =>
    a_ledger_comes_in_step_by_step_and_is_taken_back,
    a_wrong_file_is_refused_beside_its_field,
    columns_that_cannot_be_are_refused_and_kept,
    nobody_else_sees_an_import,
);

const LEDGER: &str = "客户名称,客户级别,客户经理,联系人,首次签约日期\n\
    众云水务有限公司,战略,林小满,钱多,2024年3月5日\n\
    恒智光电有限公司,核心,郑斌,王建国,2024-02-30\n\
    丰信半导体有限公司,重点,郑斌,赵敏,\n";

/// A company with its administrator and an account manager.
async fn company(database: &TestDatabase) -> App {
    let app = people::company(database).await;
    for (login, name, position) in [("lin", "林小满", Position::AccountManager), ("hr", "HR", Position::HumanResources)]
    {
        people::joins_as(&app, login, name, position, Locale::En).await;
    }
    app
}

/// The columns of the ledger as its page proposes them.
const COLUMNS: [(&str, &str); 14] = [
    ("action", "look"),
    ("header_row", "1"),
    ("column-0", "company_name"),
    ("column-1", "tier"),
    ("column-2", "manager"),
    ("column-3", "contact_name"),
    ("column-4", "first_signed"),
    ("tier_word", "战略"),
    ("tier_code", "strategic"),
    ("tier_word", "核心"),
    ("tier_code", "core"),
    ("tier_word", "重点"),
    ("tier_code", "key"),
    ("create_managers", "true"),
];

async fn uploaded(client: &mut Client) -> String {
    client.get("/import").await;
    let answer = client.upload("/import", "台账.csv", LEDGER.as_bytes()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location.trim_end_matches("/columns").to_owned()
}

async fn a_ledger_comes_in_step_by_step_and_is_taken_back(database: &TestDatabase) {
    let app = company(database).await;
    let mut admin = Client::signed_in(&app, "admin", ADMINISTRATORS).await;
    let import = uploaded(&mut admin).await;
    let columns = admin.get(&format!("{import}/columns")).await;
    assert_eq!(columns.status, StatusCode::OK);
    for proposed in ["首次签约日期", "郑斌", "value=\"first_signed\" selected"] {
        assert!(columns.body.contains(proposed), "{proposed}");
    }
    let confirmed = admin.post(&format!("{import}/columns"), &COLUMNS).await;
    assert_eq!(confirmed.location, import, "{}", confirmed.body);
    let look = admin.get(&import).await;
    assert!(look.body.contains("丰信半导体有限公司") && look.body.contains("首次签约日期"), "{}", look.body);
    let rejects = admin.get(&format!("{import}/rejects.csv")).await;
    assert!(rejects.body.contains("恒智光电有限公司") && !rejects.body.contains("众云水务"), "{}", rejects.body);

    assert_eq!(admin.post(&format!("{import}/run"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(admin.get(&import).await.status, StatusCode::OK);
    assert_eq!(admin.get(&format!("{import}/progress")).await.status, StatusCode::OK);
    jobs::run_due(&app).await.unwrap();
    let done = admin.get(&import).await;
    assert!(done.body.contains("href=\"/accounts/") && done.body.contains("郑斌"), "{}", done.body);
    let mut lin = Client::signed_in(&app, "lin", PASSWORD).await;
    assert!(lin.get("/accounts").await.body.contains("众云水务有限公司"));
    let twice = admin.post(&format!("{import}/run"), &[]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);

    let undone = admin.post(&format!("{import}/undo"), &[]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    assert!(!lin.get("/accounts").await.body.contains("众云水务有限公司"));
    assert!(!admin.get(&import).await.body.contains("href=\"/accounts/0"));
    assert!(admin.get("/imports").await.body.contains("台账.csv"));
}

async fn a_wrong_file_is_refused_beside_its_field(database: &TestDatabase) {
    let app = company(database).await;
    let mut admin = Client::signed_in(&app, "admin", ADMINISTRATORS).await;
    admin.get("/import").await;
    let wide = format!("{}\n", "客户名称,".repeat(20_000));
    let files: [(&str, &[u8]); 5] = [
        ("empty.csv", b""),
        ("blank.csv", b"\r\n \r\n"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("broken.xlsx", b"PK\x03\x04 and no more"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more"),
    ];
    for (name, content) in files {
        let answer = admin.upload("/import", name, content).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", answer.body);
        assert!(answer.body.contains("name=\"file\""), "{name}");
    }
    // Strange, but a table: a person says where its header is.
    let strange: [(&str, &[u8]); 3] = [
        ("wide.csv", wide.as_bytes()),
        ("letter.csv", "尊敬的客户\n此致\n".as_bytes()),
        ("bytes.csv", &[0xff, 0xfe, 0x00, 0xd8, 0x00, 0x01, 0x80]),
    ];
    for (name, content) in strange {
        let answer = admin.upload("/import", name, content).await;
        assert!(!answer.status.is_server_error(), "{name}: {}", answer.status);
        if answer.status == StatusCode::SEE_OTHER {
            assert_eq!(admin.get(&answer.location).await.status, StatusCode::OK, "{name}");
        }
    }
}

async fn columns_that_cannot_be_are_refused_and_kept(database: &TestDatabase) {
    let app = company(database).await;
    let mut admin = Client::signed_in(&app, "admin", ADMINISTRATORS).await;
    let import = uploaded(&mut admin).await;
    let path = format!("{import}/columns");
    admin.get(&path).await;
    let no_name = [("action", "look"), ("header_row", "1"), ("column-3", "contact_name")];
    let twice = [("action", "look"), ("column-0", "company_name"), ("column-1", "company_name")];
    let nonsense = [("action", "look"), ("header_row", "x"), ("column-0", "no_such_field"), ("tier_word", "战略")];
    for form in [&no_name[..], &twice, &nonsense] {
        let answer = admin.post(&path, form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}");
        assert!(answer.body.contains("column-4"), "{form:?}");
    }
    for row in ["4000000000", "0", "-1", "2"] {
        let answer = admin.post(&path, &[("action", "again"), ("header_row", row), ("sheet", "没有这张表")]).await;
        assert!(!answer.status.is_server_error(), "{row}: {}", answer.body);
        assert_eq!(admin.get(&path).await.status, StatusCode::OK, "{row}");
    }
}

async fn nobody_else_sees_an_import(database: &TestDatabase) {
    let app = company(database).await;
    let mut admin = Client::signed_in(&app, "admin", ADMINISTRATORS).await;
    let import = uploaded(&mut admin).await;
    let mut lin = Client::signed_in(&app, "lin", PASSWORD).await;
    assert_eq!(lin.get("/import").await.status, StatusCode::OK);
    for path in [import.clone(), format!("{import}/columns"), format!("{import}/rejects.csv")] {
        assert_eq!(lin.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let mut hr = Client::signed_in(&app, "hr", PASSWORD).await;
    assert_eq!(hr.get("/import").await.status, StatusCode::FORBIDDEN);
}
