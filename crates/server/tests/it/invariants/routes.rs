//! Every route of the pages, read from the code that declares it.

use std::path::Path;

use super::committed::root;

/// A path with its placeholders, and how it is asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    pub path: String,
    pub method: &'static str,
}

/// Open to everybody, no page, or about one's own devices and tokens and nothing else.
const OPEN: [&str; 8] = [
    "/healthz",
    "/readyz",
    "/assets/{version}/{*path}",
    "/sign-in",
    "/events",
    "/profile/devices/{id}/sign-out",
    "/profile/tokens/{id}/revoke",
    "/api/openapi.json",
];

pub fn routes() -> Vec<Route> {
    let mut found = Vec::new();
    for part in ["platform", "rulebook", "customer", "server"] {
        read_folder(&root().join("crates").join(part).join("src"), &mut found);
    }
    found.retain(|route| !OPEN.contains(&route.path.as_str()));
    found.sort();
    found.dedup();
    found
}

fn read_folder(folder: &Path, found: &mut Vec<Route>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            read(&std::fs::read_to_string(&path).unwrap(), found);
        }
    }
}

fn read(code: &str, found: &mut Vec<Route>) {
    for declared in code.split(".route(").skip(1) {
        let declared = inside(declared).trim_start();
        let Some((path, handlers)) = declared.split_once(',') else { continue };
        let Some(path) = literal(path).or_else(|| constant(code, path)) else { continue };
        for (method, word) in [("GET", "get("), ("POST", "post(")] {
            if handlers.contains(word) {
                found.push(Route { path: path.clone(), method });
            }
        }
    }
    // Lists that can be taken home declare where they stand; the export itself is one route for all of them.
    if let Some((_, path)) = code.split_once("const PATH: &'static str = \"") {
        let path = path.split('"').next().unwrap_or_default();
        found.extend(["GET", "POST"].map(|method| Route { path: format!("{path}/export"), method }));
    }
}

fn literal(text: &str) -> Option<String> {
    Some(text.trim().strip_prefix('"')?.strip_suffix('"')?.to_owned())
}

/// The text of a constant of the same file.
fn constant(code: &str, name: &str) -> Option<String> {
    let (_, value) = code.split_once(&format!("const {}: &str = ", name.trim()))?;
    literal(value.split(';').next()?)
}

/// The text up to the parenthesis that closes the call.
fn inside(text: &str) -> &str {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..at];
        }
    }
    text
}
