//! A call with curl for every operation, made of the examples in its schemas.

use serde_json::{Map, Value, json};

const SOME_ID: &str = "01935b2e-5c00-7000-8000-000000000001";

/// The command line that calls the operation.
pub(super) fn curl(document: &Value, method: &str, path: &str, operation: &Value) -> String {
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut address = path.to_owned();
    let (mut query, mut headers) = (Vec::new(), String::new());
    for parameter in parameters {
        let name = parameter["name"].as_str().unwrap_or_default();
        let text = match sample(document, &parameter["schema"], parameter.get("example")) {
            Value::String(text) => text,
            other => other.to_string(),
        };
        match parameter["in"].as_str() {
            Some("path") => address = address.replace(&format!("{{{name}}}"), &text),
            Some("query") if parameter["required"] == true || parameter.get("example").is_some() => {
                query.push(format!("{name}={text}"));
            }
            Some("header") if name == "Idempotency-Key" => headers.push_str(" \\\n  -H 'Idempotency-Key: 5f2b'"),
            Some("header") => headers.push_str(&format!(" \\\n  -H '{name}: {text}'")),
            _ => {}
        }
    }
    if !query.is_empty() {
        address = format!("{address}?{}", query.join("&"));
    }
    let method = if method == "get" { String::new() } else { format!(" -X {}", method.to_uppercase()) };
    let content = &operation["requestBody"]["content"];
    let body = if content.get("application/json").is_some() {
        let sample = sample(document, &content["application/json"]["schema"], None);
        let text = serde_json::to_string_pretty(&sample).unwrap_or_default();
        format!(" \\\n  -H 'Content-Type: application/json' \\\n  -d '{text}'")
    } else if content.get("application/octet-stream").is_some() {
        " \\\n  -H 'Content-Type: application/octet-stream' --data-binary @ledger.xlsx".to_owned()
    } else {
        String::new()
    };
    format!("curl{method} 'https://kehu.example{address}' \\\n  -H 'Authorization: Bearer kehu_…'{headers}{body}")
}

/// A value of the schema: its example, else the plainest there is; of an object what must be given.
fn sample(document: &Value, schema: &Value, example: Option<&Value>) -> Value {
    if let Some(example) = example.or_else(|| schema.get("example")).or_else(|| schema.get("default")) {
        return example.clone();
    }
    if let Some(target) = schema["$ref"].as_str() {
        let target = document.pointer(target.trim_start_matches('#')).unwrap_or(&Value::Null);
        return sample(document, target, None);
    }
    if let Some(first) = schema["enum"].as_array().and_then(|all| all.first()) {
        return first.clone();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or_default();
    match (kind, schema["format"].as_str()) {
        ("object", _) => {
            let needed = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
            let fields = schema["properties"].as_object().into_iter().flatten();
            let shown = fields.filter(|(name, _)| needed.is_empty() || needed.iter().any(|n| n == *name));
            Value::Object(
                shown.take(6).map(|(name, field)| (name.clone(), sample(document, field, None))).collect::<Map<_, _>>(),
            )
        }
        ("array", _) => json!([sample(document, &schema["items"], None)]),
        ("integer" | "number", _) => schema.get("minimum").cloned().unwrap_or(json!(1)),
        ("boolean", _) => json!(true),
        (_, Some("uuid")) => json!(SOME_ID),
        (_, Some("date-time")) => json!("2026-11-24T06:10:00Z"),
        (_, Some("date")) => json!("2026-11-24"),
        _ => json!("…"),
    }
}
