//! WCAG 2.2 AA as far as a machine can see it, by axe-core.

use anyhow::{bail, ensure};
use serde::Deserialize;

use crate::browser::Browser;

/// The version and licence stand at the head of the file.
const AXE: &str = include_str!("../assets/axe.min.js");

/// What stays in sight while the page scrolls covers something at every moment, which axe takes for a target too
/// small to hit; so the bars lie down where they belong while it looks.
const RUN: &str = r"
const done = arguments[arguments.length - 1];
const bars = [...document.querySelectorAll('body *')].filter((e) => /sticky|fixed/.test(getComputedStyle(e).position));
for (const bar of bars) bar.style.position = 'static';
const answer = (outcome) => {
  for (const bar of bars) bar.style.position = '';
  done(outcome);
};
axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })
  .then((result) => answer({ violations: result.violations }), (error) => answer({ error: String(error) }));
";

#[derive(Deserialize)]
struct Outcome {
    #[serde(default)]
    violations: Vec<Violation>,
    error: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Violation {
    id: String,
    help: String,
    help_url: String,
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    html: String,
    failure_summary: Option<String>,
}

impl Browser {
    /// Fails with every barrier that axe finds on the page as it is shown now.
    pub async fn check_accessible(&self) -> anyhow::Result<()> {
        self.driver().execute(AXE, vec![]).await?;
        let found = self.driver().execute_async(RUN, vec![]).await?;
        let outcome: Outcome = serde_json::from_value(found.json().clone())?;
        if let Some(error) = outcome.error {
            bail!("axe failed: {error}");
        }
        let url = self.driver().current_url().await?;
        let barriers: Vec<String> = outcome.violations.iter().map(describe).collect();
        ensure!(barriers.is_empty(), "barriers on {url} ({:?}):\n{}", self.view(), barriers.join("\n"));
        Ok(())
    }
}

fn describe(violation: &Violation) -> String {
    let mut text = format!("- {} ({}, {})", violation.help, violation.id, violation.help_url);
    for node in &violation.nodes {
        let reason = node.failure_summary.as_deref().unwrap_or_default().replace('\n', "\n      ");
        text.push_str(&format!("\n    {}\n      {reason}", node.html));
    }
    text
}
