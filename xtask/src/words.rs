//! Every word in `locales/` is used by some page: a key that nobody uses is noise for whoever translates.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The keys of each area, in the form in which code names them.
fn keys() -> Result<BTreeMap<String, Vec<String>>> {
    let mut areas = BTreeMap::new();
    for entry in std::fs::read_dir(root().join("locales/en"))? {
        let path = entry?.path();
        let area = path.file_stem().and_then(|stem| stem.to_str()).context("a file of words has a name")?.to_owned();
        let text = std::fs::read_to_string(&path)?;
        let keys = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        let keys = keys.filter_map(|line| line.split_once(" =")).map(|(key, _)| key.replace('-', "_"));
        areas.insert(area, keys.collect());
    }
    Ok(areas)
}

/// All code of the product.
fn code(folder: &Path, found: &mut Vec<String>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            code(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

/// Whether the text uses the words of the area: `t::today` or `t::{obligations, today as t}`.
fn uses(text: &str, area: &str) -> bool {
    let several =
        || text.split("t::{").skip(1).filter_map(|rest| rest.split_once('}')).any(|(list, _)| list.contains(area));
    text.contains(&format!("t::{area}")) || several()
}

/// Whether the text holds `name` as a whole word of a path: `t::name`.
fn names(text: &str, name: &str) -> bool {
    let whole = |end: usize| !text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    text.match_indices(name).any(|(at, _)| text[..at].ends_with("::") && whole(at + name.len()))
}

#[test]
fn every_word_is_used() -> Result<()> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(root().join("crates"))? {
        code(&entry?.path().join("src"), &mut texts)?;
    }
    let mut unused = Vec::new();
    for (area, keys) in keys()? {
        let users: Vec<&String> = texts.iter().filter(|text| uses(text, &area)).collect();
        unused.extend(
            keys.iter().filter(|key| !users.iter().any(|text| names(text, key))).map(|key| format!("{area}: {key}")),
        );
    }
    assert!(unused.is_empty(), "nobody uses these words:\n{}", unused.join("\n"));
    Ok(())
}
