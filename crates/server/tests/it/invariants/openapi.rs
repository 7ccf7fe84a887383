//! The OpenAPI document is committed, and names every operation with all that it may answer.

use std::collections::HashMap;

use kehu::compose;
use kehu_core::Locale;
use serde_json::Value;

use super::committed::equals_committed;

#[test]
fn the_document_is_the_committed_one() {
    let mut text = serde_json::to_string_pretty(&compose::openapi()).unwrap();
    text.push('\n');
    equals_committed("schema/openapi.json", &text);
}

#[test]
fn every_operation_is_told_in_every_language_in_english_as_in_the_document() {
    let document = compose::openapi();
    let words: HashMap<_, _> = compose::api_words().into_iter().collect();
    let mut told = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let words = words.get(operation["operationId"].as_str().unwrap());
            let words = words.unwrap_or_else(|| panic!("no words for {method} {path}"));
            assert_eq!(operation["summary"], words(Locale::En), "{method} {path}");
            told += 1;
        }
    }
    assert_eq!(told, words.len(), "words for no operation");
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
