//! SQL stands in the rooms made for it: a pure rule or a page never grows a query of its own.

use std::path::Path;

use super::committed::root;

/// Folders and files whose purpose is the database.
const ROOMS: [&str; 4] = ["store", "queries", "migrations.rs", "dialect.rs"];
/// The platform's own: the database, the journal, what is kept in memory, the search index and remembered answers are stores themselves.
const PLATFORM: [&str; 5] = [
    "platform/src/db/",
    "platform/src/journal/",
    "platform/src/kept.rs",
    "platform/src/search/",
    "platform/src/web/api/once.rs",
];

fn is_room(path: &str) -> bool {
    let named = |part: &str| ROOMS.contains(&part) || part == "store.rs" || part.ends_with("_store.rs");
    path.split('/').any(named) || PLATFORM.iter().any(|room| path.starts_with(room))
}

/// The product's code below a folder, without its tests.
fn sources(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" {
            sources(&path, found);
        } else if name.ends_with(".rs") && name != "tests.rs" && !name.ends_with("_tests.rs") {
            found.push(path);
        }
    }
}

/// How many texts of a file begin like a statement, up to its own tests.
fn statements(text: &str) -> usize {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let begins = |at: usize| {
        let rest = code[at + 1..].trim_start();
        let update = || rest.starts_with("update ") && rest.split('"').next().is_some_and(|sql| sql.contains(" set "));
        ["select ", "insert into ", "delete from "].iter().any(|word| rest.starts_with(word)) || update()
    };
    code.match_indices('"').filter(|(at, _)| begins(*at)).count()
}

#[test]
fn no_sql_outside_store_and_dialect() {
    let mut found = Vec::new();
    for crate_name in ["core", "platform", "rulebook", "customer", "server"] {
        sources(&root().join("crates").join(crate_name).join("src"), &mut found);
    }
    let crates = root().join("crates");
    let mut strays = Vec::new();
    for path in found {
        let inside = path.strip_prefix(&crates).unwrap().to_string_lossy().into_owned();
        let count = statements(&std::fs::read_to_string(&path).unwrap());
        if count > 0 && !is_room(&inside) {
            strays.push(format!("{inside}: {count}"));
        }
    }
    assert!(strays.is_empty(), "SQL outside the store rooms:\n{}", strays.join("\n"));
}
