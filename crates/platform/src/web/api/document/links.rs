//! What leads from one answer to the next request: from a list or a record just made to the record, from an account to its
//! people, from somebody there to a call with them.

use serde_json::{Map, Value, json};

/// Adds the links that follow from the addresses themselves, and those that people would follow.
pub(super) fn add(paths: &mut Map<String, Value>) {
    let under: Vec<(String, String, String)> = paths
        .iter()
        .filter_map(|(path, item)| Some((path, path.find("/{id}")?, item)))
        .flat_map(|(path, at, item)| {
            let from = path[..at].to_owned();
            let operations = item.as_object().into_iter().flatten();
            operations.map(move |(method, operation)| {
                (from.clone(), method.clone(), operation["operationId"].as_str().unwrap_or_default().to_owned())
            })
        })
        .collect();
    for (from, method, target) in under {
        let made = json!({ "operationId": target, "parameters": { "id": "$response.body#/id" } });
        link(paths, &from, "post", "201", &target, made);
        if method == "get" {
            let listed = json!({ "operationId": target, "parameters": { "id": "$response.body#/items/0/id" } });
            link(paths, &from, "get", "200", &target, listed);
        }
    }
    let people = json!({ "operationId": "list_contacts", "parameters": { "account_id": "$response.body#/id" } });
    link(paths, "/api/v1/accounts/{id}", "get", "200", "list_contacts", people);
    let call = json!({
        "operationId": "log_communication",
        "requestBody": { "account_id": "$response.body#/account_id", "contact_ids": ["$response.body#/id"] }
    });
    link(paths, "/api/v1/contacts/{id}", "get", "200", "log_communication", call);
}

fn link(paths: &mut Map<String, Value>, path: &str, method: &str, status: &str, name: &str, link: Value) {
    let response = paths
        .get_mut(path)
        .and_then(|item| item.get_mut(method))
        .and_then(|operation| operation.get_mut("responses"))
        .and_then(|responses| responses.get_mut(status));
    if let Some(response) = response {
        response["links"][name] = link;
    }
}
