//! The words in `locales/`: every key is written in each language and used by some page. A key that nobody uses
//! is noise for whoever translates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

const LANGUAGES: [&str; 3] = ["zh-Hans", "zh-Hant", "en"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The keys of each area as a language has them.
fn keys(language: &str) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let mut areas = BTreeMap::new();
    for entry in std::fs::read_dir(root().join("locales").join(language))? {
        let path = entry?.path();
        let area = path.file_stem().and_then(|stem| stem.to_str()).context("a file of words has a name")?.to_owned();
        let text = std::fs::read_to_string(&path)?;
        let keys = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        areas.insert(area, keys.filter_map(|line| line.split_once(" =")).map(|(key, _)| key.to_owned()).collect());
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

/// The keys that no code names.
fn unused() -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(root().join("crates"))? {
        code(&entry?.path().join("src"), &mut texts)?;
    }
    let mut unused = Vec::new();
    for (area, keys) in keys(LANGUAGES[0])? {
        let users: Vec<&String> = texts.iter().filter(|text| uses(text, &area)).collect();
        let named = |key: &String| users.iter().any(|text| names(text, &key.replace('-', "_")));
        unused.extend(keys.iter().filter(|key| !named(key)).map(|key| format!("{area}: {key}")));
    }
    Ok(unused)
}

/// `cargo xtask i18n`: how many words each area has in each language, which are missing and which unused.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn report() -> Result<bool> {
    let languages: Vec<_> = LANGUAGES.iter().map(|language| Ok((*language, keys(language)?))).collect::<Result<_>>()?;
    let mut all: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    for (area, keys) in languages.iter().flat_map(|(_, areas)| areas) {
        all.entry(area).or_default().extend(keys);
    }
    let none = BTreeSet::new();
    println!("{:<16}{}", "area", LANGUAGES.map(|language| format!("{language:>9}")).concat());
    let mut findings = Vec::new();
    for (area, keys) in &all {
        let mut line = format!("{area:<16}");
        for (language, areas) in &languages {
            let has = areas.get(*area).unwrap_or(&none);
            line.push_str(&format!("{:>9}", has.len()));
            let missing = keys.iter().filter(|key| !has.contains(**key));
            findings.extend(missing.map(|key| format!("missing in {language}: {area}: {key}")));
        }
        println!("{line}");
    }
    let sum = |areas: &BTreeMap<String, BTreeSet<String>>| areas.values().map(BTreeSet::len).sum::<usize>();
    println!("{:<16}{}", "all", languages.iter().map(|(_, areas)| format!("{:>9}", sum(areas))).collect::<String>());
    findings.extend(unused()?.into_iter().map(|key| format!("unused: {key}")));
    for finding in &findings {
        println!("{finding}");
    }
    Ok(findings.is_empty())
}

#[cfg(test)]
#[test]
fn every_word_is_used() -> Result<()> {
    let unused = unused()?;
    assert!(unused.is_empty(), "nobody uses these words:\n{}", unused.join("\n"));
    Ok(())
}
