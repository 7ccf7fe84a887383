//! What is written through the API counts like what is written in the browser, and says so.

use axum::http::StatusCode;
use kehu_platform::journal;
use kehu_platform::sign_in::DEMO_PASSWORD;
use kehu_platform::web::App;
use kehu_testkit::{TestDatabase, both_databases};
use serde_json::{Value, json};
use uuid::Uuid;

use super::caller::{Program, ids, member};
use crate::client::Client;
use crate::demo::company;

both_databases!(crate::demo::migrated =>
    a_logged_call_discharges_the_weekly_call_and_appears_on_today,
    a_write_that_is_sent_again_is_answered_as_before,
    a_change_names_the_version_it_was_made_on,
    a_bad_body_is_a_problem_that_points_to_the_place,
    a_ledger_is_brought_in,
);

/// An account of hers whose call of this week is open.
async fn uncalled(app: &App) -> Uuid {
    let sql = "select o.account_id as id from obligations o join members m on m.id = o.acting_id
        where m.login = $1 and o.rule = 'weekly_call' and o.state = 'open' and o.due_at > '2026-11-25' order by o.account_id";
    let sql = if app.db.is_postgres() { sql.to_owned() } else { sql.replace("'2026-11-25'", "'2026-11-25T00:00:00'") };
    ids(app, &sql, "linxiao").await[0]
}

async fn call(app: &App, program: &Program, account: Uuid) -> Value {
    let people = program.get(&format!("/api/v1/contacts?account_id={account}")).await;
    json!({
        "account_id": account,
        "kind": "phone_call",
        "connected": true,
        "occurred_at": app.clock.now(),
        "contact_ids": [people.body["items"][0]["id"]],
        "summary": "确认下周到货时间",
    })
}

async fn a_logged_call_discharges_the_weekly_call_and_appears_on_today(database: &TestDatabase) {
    let app = company(database).await;
    let program = Program::of(&app, "linxiao").await;
    let account = uncalled(&app).await;
    let open = format!("/api/v1/obligations?account_id={account}&state=open&clause=4.4.1");
    let weekly = |said: &Value| said["items"].as_array().unwrap().iter().find(|o| o["rule"] == "weekly_call").cloned();
    let owed = weekly(&program.get(&open).await.body).expect("a call is owed");
    let mut browser = Client::signed_in(&app, "linxiao", DEMO_PASSWORD).await;
    let action = format!("account={account}");
    assert!(browser.get("/").await.body.contains(&action));

    let logged = program.post("/api/v1/communications", &call(&app, &program, account).await).await;
    assert_eq!(logged.status, StatusCode::CREATED, "{}", logged.body);
    let id: Uuid = logged.body["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(logged.header("location"), format!("/api/v1/communications/{id}"));
    let me = member(&app, "linxiao").await;
    assert_eq!((&logged.body["made_by"]["door"], &logged.body["made_by"]["member_id"]), (&json!("api"), &json!(me)));

    let settled = program.get(&format!("/api/v1/obligations/{}", owed["id"].as_str().unwrap())).await.body;
    assert_eq!((&settled["state"], &settled["evidence"][0]["id"]), (&json!("met"), &json!(id)));
    assert!(weekly(&program.get(&open).await.body).is_none());
    let entry = &journal::of_record(app.db.read(), "communication", id).await.unwrap()[0];
    assert_eq!((entry.door.as_str(), entry.member_id), ("api", Some(me.uuid())));
    let obligation: Uuid = owed["id"].as_str().unwrap().parse().unwrap();
    let met = journal::of_record(app.db.read(), "obligation", obligation).await.unwrap();
    assert_eq!(met.last().map(|e| (e.verb.as_str(), e.door.as_str())), Some(("met", "api")));
    assert!(browser.get("/communications").await.body.contains("确认下周到货时间"));
    let one = program.get(&format!("/api/v1/communications/{id}")).await;
    assert_eq!((one.body["made_by"]["door"].as_str(), one.header("etag")), (Some("api"), "\"1\""));
}

async fn a_write_that_is_sent_again_is_answered_as_before(database: &TestDatabase) {
    let app = company(database).await;
    let program = Program::of(&app, "linxiao").await;
    let body = call(&app, &program, uncalled(&app).await).await.to_string();
    let headers = [("content-type", "application/json"), ("idempotency-key", "call-1")];
    let first = program.send("POST", "/api/v1/communications", &headers, &body).await;
    let total = program.get("/api/v1/communications").await.body["total"].clone();
    let again = program.send("POST", "/api/v1/communications", &headers, &body).await;
    assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::CREATED), "{}", again.body);
    assert_eq!((&first.body, first.header("etag")), (&again.body, again.header("etag")));
    assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), ("", "true"));
    assert_eq!(program.get("/api/v1/communications").await.body["total"], total, "nothing was done twice");

    let other = body.replace("确认下周到货时间", "另一件事");
    let reused = program.send("POST", "/api/v1/communications", &headers, &other).await;
    assert_eq!((reused.status, reused.code()), (StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused"));
    let elsewhere = Program::of(&app, "linxiao").await;
    let fresh = elsewhere.send("POST", "/api/v1/communications", &headers, &body).await;
    assert_eq!(fresh.header("idempotency-replayed"), "", "a key belongs to its token");
}

async fn a_change_names_the_version_it_was_made_on(database: &TestDatabase) {
    let app = company(database).await;
    let program = Program::of(&app, "linxiao").await;
    let account = uncalled(&app).await;
    let path = format!("/api/v1/accounts/{account}");
    let tag = program.get(&path).await.header("etag").to_owned();
    let patch = |tag: &str, body: Value| {
        let (program, path, tag) = (program.clone(), path.clone(), tag.to_owned());
        async move {
            let mut headers = vec![("content-type", "application/merge-patch+json")];
            if !tag.is_empty() {
                headers.push(("if-match", tag.as_str()));
            }
            program.send("PATCH", &path, &headers, &body.to_string()).await
        }
    };
    assert_eq!(patch("", json!({})).await.code(), "if_match_required");
    let changed = patch(&tag, json!({ "remark": "年底续约", "annual_amount": null })).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    assert_eq!((&changed.body["remark"], &changed.body["annual_amount"]), (&json!("年底续约"), &Value::Null));
    assert_ne!(changed.header("etag"), tag);
    let stale = patch(&tag, json!({ "remark": "晚了" })).await;
    assert_eq!((stale.status, stale.code()), (StatusCode::PRECONDITION_FAILED, "stale"));
    let unknown = patch("*", json!({ "tier": "royal" })).await;
    assert_eq!(
        (unknown.status, &unknown.body["errors"][0]["pointer"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("/tier"))
    );
}

async fn a_bad_body_is_a_problem_that_points_to_the_place(database: &TestDatabase) {
    let app = company(database).await;
    let program = Program::of(&app, "linxiao").await;
    let good = call(&app, &program, uncalled(&app).await).await;
    let json_kind = [("content-type", "application/json")];
    let broken = program.send("POST", "/api/v1/communications", &json_kind, "{\"account_id\":").await;
    assert_eq!((broken.status, broken.code()), (StatusCode::BAD_REQUEST, "malformed_json"));
    for (field, value, status, pointer, code) in [
        ("connected", json!("yes"), 400, "/connected", "form"),
        ("contact_ids", json!(["x"]), 400, "/contact_ids/0", "form"),
        ("occured_at", json!(1), 400, "/occured_at", "unknown"),
        ("occurred_at", json!("2027-01-01T00:00:00Z"), 422, "/occurred_at", "in_future"),
        ("contact_ids", json!([]), 422, "/contact_ids", "required"),
        ("questions", json!([{ "text": "交期" }]), 422, "/questions/0/reply_by", "required"),
        ("questions", json!([{ "text": "交期", "reply_by": "9999-12-31" }]), 422, "/questions/0/reply_by", "too_far"),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let said = program.post("/api/v1/communications", &body).await;
        let error = &said.body["errors"][0];
        assert_eq!(
            (said.status.as_u16(), &error["pointer"], &error["code"]),
            (status, &json!(pointer), &json!(code)),
            "{}",
            said.body
        );
    }
    let mut missing = good.clone();
    missing.as_object_mut().unwrap().remove("kind");
    assert_eq!(program.post("/api/v1/communications", &missing).await.body["errors"][0]["pointer"], "/kind");
    let form = program.send("POST", "/api/v1/communications", &[("content-type", "text/plain")], "x").await;
    assert_eq!((form.status, form.code()), (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"));
    let method = program.send("DELETE", "/api/v1/communications", &[], "").await;
    assert_eq!(
        (method.status, method.code(), method.header("allow").contains("POST")),
        (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", true)
    );
    assert_eq!(program.get("/api/v1/nothing").await.code(), "not_found");
    let query = program.get("/api/v1/accounts?teir=key").await;
    assert_eq!((query.status, &query.body["errors"][0]["pointer"]), (StatusCode::BAD_REQUEST, &json!("?teir")));
    let chinese = program.send("GET", "/api/v1/nothing", &[("accept-language", "zh-TW")], "").await;
    assert!(chinese.body["title"].is_string());
}

async fn a_ledger_is_brought_in(database: &TestDatabase) {
    let app = company(database).await;
    let program = Program::of(&app, "linxiao").await;
    let file = "公司名称,统一社会信用代码,联系人,手机\n虹桥仪表有限公司,,陆遥,13800001111\n,,无名,\n";
    let headers = [("content-type", "application/octet-stream"), ("idempotency-key", "ledger")];
    let uploaded = program.send("POST", "/api/v1/imports?file_name=ledger.csv", &headers, file).await;
    assert_eq!(
        (uploaded.status, &uploaded.body["state"]),
        (StatusCode::CREATED, &json!("uploaded")),
        "{}",
        uploaded.body
    );
    let path = uploaded.header("location").to_owned();
    let look = program.post(&format!("{path}/dry-run"), &json!({})).await;
    assert_eq!((look.status, &look.body["rows"]), (StatusCode::OK, &json!(2)), "{}", look.body);
    assert_eq!(look.body["errors"][0]["code"], "no_company");
    let run = program.post(&format!("{path}/run"), &json!({ "update": true })).await;
    assert_eq!((run.status, &run.body["state"]), (StatusCode::ACCEPTED, &json!("queued")), "{}", run.body);
    assert_eq!(program.post(&format!("{path}/run"), &json!({})).await.code(), "already_run");
    kehu_platform::jobs::run_due(&app).await.unwrap();
    let done = program.get(&path).await.body;
    assert_eq!((&done["state"], &done["report"]["bad_rows"]), (&json!("done"), &json!(1)), "{done}");
    let id: Uuid = done["id"].as_str().unwrap().parse().unwrap();
    let history = journal::of_record(app.db.read(), "import", id).await.unwrap();
    assert!(history.iter().all(|entry| entry.door == "api"), "{history:?}");
    assert_eq!(Program::of(&app, "huangsiyuan").await.get(&path).await.status, StatusCode::NOT_FOUND);
}
