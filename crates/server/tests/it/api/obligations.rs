//! What can be done about an obligation through the API: the same verbs as on its page.

use axum::http::StatusCode;
use kehu_platform::web::App;
use kehu_testkit::{TestDatabase, both_databases};
use serde_json::{Value, json};
use uuid::Uuid;

use super::caller::{Program, Said, ids};
use crate::demo::company;

both_databases!(crate::demo::migrated =>
    an_explanation_is_given_and_answered,
    a_late_record_is_confirmed,
    a_waiver_is_asked_for_by_whoever_owes_and_granted_by_the_leader,
);

/// What the member missed, as the condition says.
async fn missed(app: &App, login: &str, also: &str) -> Uuid {
    let sql = format!(
        "select o.id from obligations o join members m on m.id = o.owner_id
         where m.login = $1 and o.acting_id = o.owner_id and o.state = 'missed' and o.rule = 'weekly_call' and {also}
           and not exists (select 1 from waivers w where w.obligation_id = o.id) order by o.due_at desc, o.id"
    );
    ids(app, &sql, login).await[0]
}

async fn put(program: &Program, path: &str, version: &str, text: &str) -> Said {
    let headers = [("content-type", "application/json"), ("if-match", version)];
    program.send("PUT", path, &headers, &json!({ "text": text }).to_string()).await
}

async fn an_explanation_is_given_and_answered(database: &TestDatabase) {
    let app = company(database).await;
    let id = missed(&app, "huangsiyuan", "o.explanation is null and o.to_confirm = false").await;
    let path = format!("/api/v1/obligations/{id}");
    let (manager, leader) = (Program::of(&app, "huangsiyuan").await, Program::of(&app, "liangzhenyu").await);
    let read = manager.get(&path).await;
    let tag = read.header("etag").to_owned();
    assert_eq!((&read.body["explanation"], &read.body["answer"]), (&Value::Null, &Value::Null));
    let early = put(&leader, &format!("{path}/answer"), "*", "下次早说").await;
    assert_eq!((early.status, early.code()), (StatusCode::CONFLICT, "nothing_to_answer"));
    let explained = put(&manager, &format!("{path}/explanation"), &tag, "客户整周停产").await;
    assert_eq!(explained.status, StatusCode::OK, "{}", explained.body);
    assert_eq!(explained.body["explanation"]["text"], "客户整周停产");
    assert_ne!(explained.header("etag"), tag);
    assert_eq!(put(&leader, &format!("{path}/answer"), &tag, "下次早说").await.code(), "stale");
    assert_eq!(put(&manager, &format!("{path}/answer"), "*", "下次早说").await.code(), "forbidden");
    let empty = put(&leader, &format!("{path}/answer"), "*", " ").await;
    assert_eq!((empty.status.as_u16(), &empty.body["errors"][0]["pointer"]), (422, &json!("/text")));
    let answered = put(&leader, &format!("{path}/answer"), explained.header("etag"), "下次早说").await;
    assert_eq!(answered.body["answer"]["text"], "下次早说", "{}", answered.body);
    assert_eq!(answered.body["state"], "missed");
    let list = manager
        .get(&format!(
            "/api/v1/obligations?state=missed&limit=200&account_id={}",
            read.body["account_id"].as_str().unwrap()
        ))
        .await;
    let listed = list.body["items"].as_array().unwrap().iter().find(|o| o["id"] == json!(id)).unwrap().clone();
    assert_eq!(listed, answered.body, "the list tells the same");
    let leadership = Program::of(&app, "shenguoliang").await.get(&path).await;
    assert_eq!((&leadership.body["explanation"], &leadership.body["answer"]), (&Value::Null, &Value::Null));
    let without = manager
        .send("PUT", &format!("{path}/explanation"), &[("content-type", "application/json")], "{\"text\":\"x\"}")
        .await;
    assert_eq!(without.code(), "if_match_required");
    let today = crate::demo::client(&app, "huangsiyuan").await.get("/").await.body;
    assert!(today.contains("对我说明的答复") && today.contains("下次早说"), "he is told");
}

async fn a_late_record_is_confirmed(database: &TestDatabase) {
    let app = company(database).await;
    let sql = "select o.id from obligations o join teams t on t.id = o.team_id join members m on m.id = t.leader_id
        where m.login = $1 and o.to_confirm = true and o.owner_id <> m.id order by o.id";
    let id = ids(&app, sql, "liangzhenyu").await[0];
    let path = format!("/api/v1/obligations/{id}/confirmation");
    let leader = Program::of(&app, "liangzhenyu").await;
    let confirmed = leader.post(&path, &json!({})).await;
    assert_eq!(
        (confirmed.status, &confirmed.body["state"]),
        (StatusCode::OK, &json!("met_late")),
        "{}",
        confirmed.body
    );
    assert_eq!(leader.post(&path, &json!({})).await.code(), "nothing_to_confirm");
    assert_eq!(Program::of(&app, "sumin").await.post(&path, &json!({})).await.status, StatusCode::NOT_FOUND);
}

async fn a_waiver_is_asked_for_by_whoever_owes_and_granted_by_the_leader(database: &TestDatabase) {
    let app = company(database).await;
    let id = missed(&app, "linxiao", "o.to_confirm = false").await;
    let path = format!("/api/v1/obligations/{id}/waivers");
    let (manager, leader) = (Program::of(&app, "linxiao").await, Program::of(&app, "liangzhenyu").await);
    let asked = manager.post(&path, &json!({ "text": "客户停产" })).await;
    assert_eq!((asked.status, &asked.body["state"]), (StatusCode::OK, &json!("missed")), "{}", asked.body);
    assert_eq!(leader.post(&path, &json!({ "text": "客户停产" })).await.code(), "asked_already");
    let other = missed(&app, "linxiao", "o.to_confirm = false").await;
    let granted = leader.post(&format!("/api/v1/obligations/{other}/waivers"), &json!({ "text": "客户停产" })).await;
    assert_eq!(granted.body["state"], "waived", "{}", granted.body);
    let refused = Program::of(&app, "shenguoliang").await.post(&path, &json!({ "text": "x" })).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "leadership decides for leaders alone");
}
