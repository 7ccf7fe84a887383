//! Lists are walked part by part, every item once.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use kehu_testkit::{TestDatabase, both_databases};
use serde_json::Value;

use super::caller::Program;
use crate::demo::company;

both_databases!(crate::demo::migrated =>
    a_walk_sees_every_item_once,
    compliance_adds_up_however_it_is_told_apart,
    the_rulebook_is_read_in_the_language_asked_for,
);

async fn walk(program: &Program, path: &str, limit: usize) -> Vec<Value> {
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let sign = if path.contains('?') { '&' } else { '?' };
        let part = program.get(&format!("{path}{sign}limit={limit}{cursor}")).await;
        assert_eq!(part.status, StatusCode::OK, "{}", part.body);
        let items = part.body["items"].as_array().unwrap();
        assert!(items.len() <= limit);
        seen.extend(items.iter().cloned());
        match part.body["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => {
                assert_eq!(part.body["total"], seen.len(), "{path}");
                return seen;
            }
        }
    }
}

async fn a_walk_sees_every_item_once(database: &TestDatabase) {
    let app = company(database).await;
    let program = Program::of(&app, "liangzhenyu").await;
    let account = program.get("/api/v1/accounts?limit=1").await.body["items"][0]["id"].as_str().unwrap().to_owned();
    for (path, limit) in [
        ("/api/v1/accounts", 7),
        ("/api/v1/accounts?tier=key&search=%E5%8D%8E", 2),
        ("/api/v1/communications?kind=visit", 50),
        ("/api/v1/obligations?state=open", 9),
        ("/api/v1/members", 4),
        ("/api/v1/rulebook/clauses", 20),
        ("/api/v1/rulebook/parameters", 25),
        (&format!("/api/v1/contacts?account_id={account}"), 1),
    ] {
        let seen = walk(&program, path, limit).await;
        let distinct: BTreeSet<String> =
            seen.iter().map(|item| item.get("id").map_or_else(|| item.to_string(), Value::to_string)).collect();
        assert_eq!(distinct.len(), seen.len(), "{path}");
    }
    for (query, status) in [("limit=0", 400), ("limit=201", 400), ("limit=x", 400), ("cursor=zz", 422)] {
        assert_eq!(program.get(&format!("/api/v1/accounts?{query}")).await.status.as_u16(), status, "{query}");
    }
}

async fn compliance_adds_up_however_it_is_told_apart(database: &TestDatabase) {
    let app = company(database).await;
    let program = Program::of(&app, "liangzhenyu").await;
    for clause in ["", "&clause=4.4.1"] {
        let mut totals = BTreeSet::new();
        for group_by in ["team", "member", "account"] {
            let path = format!("/api/v1/compliance?from=2026-10-01&to=2026-10-31&group_by={group_by}{clause}");
            let report = program.get(&path).await;
            assert_eq!(report.status, StatusCode::OK, "{}", report.body);
            let met: u64 =
                report.body["items"].as_array().unwrap().iter().map(|l| l["tally"]["met"].as_u64().unwrap()).sum();
            assert_eq!(report.body["all"]["met"], met);
            if clause.is_empty() {
                continue;
            }
            totals.insert(report.body["all"].to_string());
        }
        assert!(totals.len() <= 1, "{totals:?}");
    }
    let backwards = program.get("/api/v1/compliance?from=2026-10-31&to=2026-10-01").await;
    assert_eq!((backwards.status.as_u16(), backwards.body["errors"][0]["pointer"].as_str()), (422, Some("?to")));
}

async fn the_rulebook_is_read_in_the_language_asked_for(database: &TestDatabase) {
    let app = company(database).await;
    let program = Program::of(&app, "linxiao").await;
    let book = program.get("/api/v1/rulebook").await.body;
    let number = book["number"].as_i64().unwrap();
    assert_eq!(program.get(&format!("/api/v1/rulebook/versions/{number}")).await.body, book);
    let english = program.get("/api/v1/rulebook/clauses/4.4.1").await.body;
    let chinese = program.send("GET", "/api/v1/rulebook/clauses/4.4.1", &[("accept-language", "zh-CN")], "").await.body;
    assert_ne!(english["text"], chinese["text"]);
    let parameter = english["parameters"].as_array().unwrap().iter().find(|p| p["name"] == "calls_per_week").unwrap();
    assert_eq!(parameter["value"], 1);
    assert_eq!(program.get("/api/v1/rulebook/clauses/9.9.9").await.status, StatusCode::NOT_FOUND);
    assert_eq!(program.get("/api/v1/rulebook/versions/99").await.status, StatusCode::NOT_FOUND);
}
