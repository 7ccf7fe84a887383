//! The OpenAPI document. Each area describes its operations; what is the same everywhere — the token,
//! the rate, what every operation may refuse — is added here, so that it is said once and never
//! forgotten.

mod links;

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::{Map, Value, json};
use utoipa_axum::router::OpenApiRouter;

use super::problem::ProblemDocument;
use super::reference;
use crate::web::App;

const ABOUT: &str = "Kehu's records and obligations for other programs. Every request carries a token \
    (`Authorization: Bearer kehu_…`) and may do what its owner may do in the browser. Times are RFC 3339 in UTC, ids are \
    UUIDs, money is in fen. Refusals are problem documents (RFC 9457) whose `code` never changes; their words follow \
    `Accept-Language` (zh-Hans, zh-Hant, en). A form that is not the documented one is refused with 400, one that the \
    rules cannot accept with 422.";

/// The routes of all areas, and the document that describes them.
pub fn document(areas: impl IntoIterator<Item = OpenApiRouter<App>>) -> (Router<App>, Value) {
    let all = areas.into_iter().fold(OpenApiRouter::new(), OpenApiRouter::merge);
    let (router, described) = all.split_for_parts();
    let mut document = serde_json::to_value(described).unwrap_or_default();
    finish(&mut document);
    (router, document)
}

/// The pages about the API: the document itself, and its reference for people.
pub fn routes(document: Value) -> Router<App> {
    let text = serde_json::to_string_pretty(&document).unwrap_or_default();
    let openapi = move || {
        let text = text.clone();
        async move { ([(header::CONTENT_TYPE, "application/json")], text).into_response() }
    };
    Router::new().route("/api/openapi.json", get(openapi)).merge(reference::routes(document))
}

fn finish(document: &mut Value) {
    let Some(root) = document.as_object_mut() else { return };
    root.insert(
        "info".to_owned(),
        json!({ "title": "Kehu", "version": "1", "description": ABOUT, "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" } }),
    );
    root.insert("servers".to_owned(), json!([{ "url": "/", "description": "This installation" }]));
    root.insert("security".to_owned(), json!([{ "token": [] }]));
    if let Some(paths) = root.get_mut("paths").and_then(Value::as_object_mut) {
        for (path, item) in paths.iter_mut() {
            for (method, operation) in item.as_object_mut().into_iter().flatten() {
                if let Some(operation) = operation.as_object_mut() {
                    complete(path, method, operation);
                }
            }
        }
        links::add(paths);
    }
    let components = root.entry("components").or_insert_with(|| json!({}));
    components["securitySchemes"] = json!({ "token": { "type": "http", "scheme": "bearer",
        "description": "Made on the profile page or by `kehu token create`." } });
    components["responses"] = refusals();
    components["headers"] = headers();
    for (name, schema) in problem_schemas() {
        components["schemas"][name] = schema;
    }
}

fn problem_schemas() -> Vec<(String, Value)> {
    use utoipa::{PartialSchema as _, ToSchema as _};
    let mut schemas = Vec::new();
    ProblemDocument::schemas(&mut schemas);
    schemas.push((ProblemDocument::name().into_owned(), ProblemDocument::schema()));
    schemas.into_iter().map(|(name, schema)| (name, serde_json::to_value(schema).unwrap_or_default())).collect()
}

/// What every operation has in common.
fn complete(path: &str, method: &str, operation: &mut Map<String, Value>) {
    let writes = method != "get";
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    for parameter in parameters.as_array_mut().into_iter().flatten() {
        if let Some(schema) = parameter.get_mut("schema") {
            never_null(schema);
        }
    }
    let places: Vec<String> = parameters
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|p| Some(format!("{}:{}", p.get("in")?.as_str()?, p.get("name")?.as_str()?)))
        .collect();
    let mut refusals = vec!["401", "429"];
    if places.iter().any(|place| place.starts_with("query:")) {
        refusals.extend(["400", "422"]);
    }
    if path.contains('{') {
        refusals.push("404");
    }
    if places.iter().any(|place| place == "header:If-Match") {
        refusals.extend(["412", "428"]);
    }
    if writes {
        refusals.extend(["400", "403", "404", "409", "413", "415", "422"]);
        if let Some(list) = parameters.as_array_mut() {
            list.push(json!({
                "name": "Idempotency-Key", "in": "header", "required": false,
                "description": "Chosen by the caller, a new one for each write. Sent again with the same request within a day, the first answer is given again and nothing is done twice.",
                "schema": { "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[A-Za-z0-9._:-]+$" }
            }));
        }
    }
    let responses = operation.entry("responses").or_insert_with(|| json!({}));
    let Some(responses) = responses.as_object_mut() else { return };
    for (status, response) in responses.iter_mut() {
        if status.starts_with('2')
            && let Some(response) = response.as_object_mut()
        {
            let headers = response.entry("headers").or_insert_with(|| json!({}));
            for name in RATE {
                headers[name] = json!({ "$ref": format!("#/components/headers/{name}") });
            }
            if writes {
                headers[REPLAYED] = json!({ "$ref": format!("#/components/headers/{REPLAYED}") });
            }
        }
    }
    for status in refusals {
        responses.insert(status.to_owned(), json!({ "$ref": format!("#/components/responses/{}", name_of(status)) }));
    }
    // Declared by an area in a word: the shape is the same for all.
    let declared: Vec<String> = responses.keys().filter(|status| status.starts_with('4')).cloned().collect();
    for status in declared {
        responses.insert(status.clone(), json!({ "$ref": format!("#/components/responses/{}", name_of(&status)) }));
    }
    let mut sorted: Vec<(String, Value)> = std::mem::take(responses).into_iter().collect();
    sorted.sort_by(|one, other| one.0.cmp(&other.0));
    responses.extend(sorted);
}

/// A parameter is there or not; there is no null in an address.
fn never_null(schema: &mut Value) {
    if let Some(kinds) = schema.get_mut("type").and_then(Value::as_array_mut) {
        kinds.retain(|kind| kind != "null");
        if let [kind] = kinds.as_slice() {
            schema["type"] = kind.clone();
        }
    }
    if let Some(several) = schema.get_mut("oneOf").and_then(Value::as_array_mut) {
        several.retain(|one| one["type"] != "null");
        if let [one] = several.as_slice() {
            *schema = one.clone();
        }
    }
    if let Some(codes) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        codes.retain(|code| !code.is_null());
    }
}

const RATE: [&str; 3] = ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"];
const REPLAYED: &str = "Idempotency-Replayed";

const REFUSALS: [(&str, &str, &str); 12] = [
    ("400", "Malformed", "What was sent has not the documented form; `errors` points to the place."),
    ("401", "Unauthorized", "No token, a revoked one, or one whose owner has left."),
    ("403", "Forbidden", "The token's owner may not do this, or the token may only read."),
    ("404", "NotFound", "There is no such record, or none that the token's owner may see."),
    ("405", "MethodNotAllowed", "The resource does not know this method."),
    ("409", "Conflict", "The record's state does not allow this; `code` says why."),
    ("412", "Stale", "Somebody changed the record since it was read: read it again."),
    ("413", "TooLarge", "The body is larger than 64 MiB."),
    ("415", "MediaType", "The body is of a type that is not read here."),
    ("422", "Invalid", "The rules cannot accept this; `errors` says what and why."),
    ("428", "PreconditionRequired", "A change must say in `If-Match` which version it was made on."),
    ("429", "TooMany", "The token has asked too much; `Retry-After` says when to go on."),
];

fn name_of(status: &str) -> &'static str {
    REFUSALS.iter().find(|(code, _, _)| *code == status).map_or("Malformed", |(_, name, _)| name)
}

fn refusals() -> Value {
    let mut all = Map::new();
    for (status, name, description) in REFUSALS {
        let mut response = json!({
            "description": description,
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } }
        });
        match status {
            "401" => {
                response["headers"] =
                    json!({ "WWW-Authenticate": { "required": true, "schema": { "type": "string" } } })
            }
            "429" => {
                response["headers"] =
                    json!({ "Retry-After": { "required": true, "schema": { "type": "integer", "minimum": 1 } } })
            }
            _ => {}
        }
        all.insert(name.to_owned(), response);
    }
    Value::Object(all)
}

fn headers() -> Value {
    let count =
        |description: &str| json!({ "description": description, "schema": { "type": "integer", "minimum": 0 } });
    json!({
        "RateLimit-Limit": count("Requests that the token may make in a minute."),
        "RateLimit-Remaining": count("How many of them are left."),
        "RateLimit-Reset": count("Seconds until the next minute begins."),
        REPLAYED: { "description": "The answer is the one that was given to this key before.", "schema": { "type": "string", "enum": ["true"] } },
    })
}
