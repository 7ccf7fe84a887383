//! The OpenAPI document is committed, and names every operation with all that it may answer.

use kehu::compose;
use serde_json::Value;

use super::committed::equals_committed;

#[test]
fn the_document_is_the_committed_one() {
    let mut text = serde_json::to_string_pretty(&compose::openapi()).unwrap();
    text.push('\n');
    equals_committed("schema/openapi.json", &text);
}

#[test]
fn every_operation_says_what_it_may_refuse() {
    let document = compose::openapi();
    assert_eq!(document["openapi"], "3.1.0");
    let mut operations = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations += 1;
            let has = |status: &str| operation["responses"].get(status).is_some();
            assert!(has("401") && has("429"), "{method} {path}");
            assert!(operation["operationId"].is_string() && operation["summary"].is_string(), "{method} {path}");
            assert_eq!(path.contains('{'), path.contains('{') && has("404"), "{method} {path}");
            let writes = method != "get";
            let key = |p: &Value| p["name"] == "Idempotency-Key";
            assert_eq!(writes, operation["parameters"].as_array().unwrap().iter().any(key), "{method} {path}");
            assert!(!writes || ["400", "403", "409", "415", "422"].iter().all(|s| has(s)), "{method} {path}");
        }
    }
    assert!(operations >= 20, "{operations}");
}
