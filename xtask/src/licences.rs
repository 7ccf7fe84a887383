//! Every dependency carries a licence that `deny.toml` allows.

use std::collections::HashSet;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// Packages for other systems are not even downloaded here.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    features: Vec<String>,
}

#[derive(Deserialize)]
struct Rules {
    licenses: Licences,
}

#[derive(Deserialize)]
struct Licences {
    allow: HashSet<String>,
    #[serde(default)]
    clarify: Vec<Clarified>,
}

#[derive(Deserialize)]
struct Clarified {
    #[serde(rename = "crate")]
    name: String,
    expression: String,
}

impl Licences {
    fn of<'a>(&'a self, package: &'a Package) -> &'a str {
        let clarified = self.clarify.iter().find(|known| known.name == package.name);
        clarified.map_or_else(|| package.license.as_deref().unwrap_or_default(), |known| &known.expression)
    }

    /// Whether one of the alternatives consists of allowed licences only. Alternatives are
    /// separated by `OR` or, in old packages, by a slash; brackets hold alternatives in what
    /// follows, and no package nests them.
    fn allow(&self, expression: &str) -> bool {
        let expression = expression.replace('/', " OR ");
        let all_of = |text: &str| text.split(" AND ").all(|name| self.allow.contains(name.trim()));
        match expression.split_once('(').and_then(|(before, rest)| Some((before, rest.split_once(')')?))) {
            Some((before, (group, after))) => {
                let rest = format!("{}{}", before.trim_end_matches(" AND "), after.trim_start_matches(" AND "));
                group.split(" OR ").any(all_of) && (rest.is_empty() || self.allow(rest.trim()))
            }
            None => expression.split(" OR ").any(all_of),
        }
    }
}

fn metadata() -> Result<Metadata> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--locked", "--filter-platform", PLATFORM])
        .output()?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn rules() -> Result<Licences> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../deny.toml");
    let text = std::fs::read_to_string(path).context("deny.toml")?;
    Ok(toml::from_str::<Rules>(&text)?.licenses)
}

#[test]
fn every_dependency_has_an_allowed_licence() -> Result<()> {
    let rules = rules()?;
    let refused: Vec<String> = metadata()?
        .packages
        .iter()
        .filter(|package| !rules.allow(rules.of(package)))
        .map(|package| format!("{} {}: {}", package.name, package.version, rules.of(package)))
        .collect();
    ensure!(refused.is_empty(), "not in deny.toml:\n{}", refused.join("\n"));
    Ok(())
}

#[test]
fn the_conversion_tables_under_the_gpl_are_left_out() -> Result<()> {
    let nodes = metadata()?.resolve.nodes;
    let node =
        nodes.iter().find(|node| node.id.contains("zhconv@")).context("zhconv is gone: drop its clarification")?;
    ensure!(!node.features.iter().any(|feature| feature.starts_with("mediawiki")), "{:?}", node.features);
    Ok(())
}

#[test]
fn a_licence_expression_is_allowed_by_one_alternative() {
    let rules = Licences { allow: ["MIT", "ISC", "Zlib"].map(str::to_owned).into(), clarify: Vec::new() };
    for allowed in [
        "MIT",
        "GPL-3.0-only OR MIT",
        "MIT/Apache-2.0",
        "MIT AND ISC",
        "(GPL-3.0-only OR MIT)",
        "(Apache-2.0 OR MIT) AND Zlib",
    ] {
        assert!(rules.allow(allowed), "{allowed}");
    }
    for refused in ["", "GPL-3.0-only", "MIT AND GPL-3.0-only", "(Apache-2.0 OR MIT) AND GPL-3.0-only", "MITT"] {
        assert!(!rules.allow(refused), "{refused}");
    }
}
