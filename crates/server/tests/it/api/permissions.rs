//! Every position sees and does here what it sees and does on the pages.

use axum::http::StatusCode;
use kehu_platform::sign_in::DEMO_PASSWORD;
use kehu_testkit::{TestDatabase, both_databases};
use serde_json::{Value, json};

use super::caller::{Program, ids};
use crate::client::Client;
use crate::demo::company;

both_databases!(crate::demo::migrated => every_position_is_let_in_and_refused_as_on_the_pages);

const POSITIONS: [&str; 8] =
    ["linxiao", "liangzhenyu", "huangsiyuan", "shenguoliang", "fangyaqin", "songjie", "caoyue", "duanmingzhe"];

async fn every_position_is_let_in_and_refused_as_on_the_pages(database: &TestDatabase) {
    let app = company(database).await;
    let account = ids(
        &app,
        "select a.id from accounts a join members m on m.id = a.owner_id where m.login = $1 order by a.number",
        "linxiao",
    )
    .await[0];
    let obligation = ids(
        &app,
        "select o.id from obligations o join members m on m.id = o.owner_id where m.login = $1 and o.state = 'missed' order by o.id",
        "huangsiyuan",
    )
    .await[0];
    let communication = ids(
        &app,
        "select c.id from communications c join members m on m.id = c.by_id where m.login = $1 and c.kind = 'phone_call' and c.deleted_at is null order by c.id",
        "linxiao",
    )
    .await[0];
    for login in POSITIONS {
        let program = Program::of(&app, login).await;
        let mut browser = Client::signed_in(&app, login, DEMO_PASSWORD).await;
        for (path, page) in [
            (format!("/api/v1/accounts/{account}"), format!("/accounts/{account}")),
            (format!("/api/v1/contacts?account_id={account}"), format!("/accounts/{account}")),
            (format!("/api/v1/communications/{communication}"), format!("/communications/{communication}")),
            (format!("/api/v1/obligations/{obligation}"), format!("/obligations/{obligation}")),
            (format!("/api/v1/imports/{account}"), format!("/import/{account}")),
            ("/api/v1/members".to_owned(), "/members".to_owned()),
            ("/api/v1/rulebook".to_owned(), "/rulebook".to_owned()),
        ] {
            let (said, shown) = (program.get(&path).await, browser.get(&page).await);
            assert_eq!(said.status, shown.status, "{login} {path}");
        }
        let seen = program.get(&format!("/api/v1/obligations/{obligation}")).await.body;
        let hidden = (seen["owner"] == Value::Null, seen["account_id"] == Value::Null);
        match login {
            "shenguoliang" => assert_eq!(hidden, (true, false), "leadership sees no people"),
            "fangyaqin" => assert_eq!(hidden, (false, true), "HR sees no customers"),
            "liangzhenyu" | "huangsiyuan" => assert_eq!(hidden, (false, false)),
            _ => {}
        }
        let people = program.get(&format!("/api/v1/contacts?account_id={account}")).await.body;
        if login == "shenguoliang" {
            assert!(people["items"].as_array().unwrap().iter().all(|p| p["email"].is_null()), "{people}");
        }
        let change = [("content-type", "application/json"), ("if-match", "*")];
        let changed = program.send("PATCH", &format!("/api/v1/accounts/{account}"), &change, "{}").await;
        let edits = browser.get(&format!("/accounts/{account}/edit")).await;
        assert_eq!(changed.status, edits.status, "{login} changes the account");
        let new = json!({ "name": format!("新客户{login}"), "tier": "key", "stage": "active" });
        let made = program.post("/api/v1/accounts", &new).await;
        let makes = browser.get("/accounts/new").await.status == StatusCode::OK;
        assert_eq!(made.status != StatusCode::FORBIDDEN, makes, "{login} makes an account: {}", made.body);
    }
}
