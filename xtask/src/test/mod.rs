//! `cargo xtask test`: every check in order, each named and timed, one verdict at the end.
//!
//! All steps that run tests share one build: same workspace, same features, same profile.

mod machine;
mod outcome;
mod steps;

use std::time::Instant;

use outcome::{Outcome, Row};
pub use steps::Step;

use crate::servers::{CHROMEDRIVER_VARIABLE, Chromedriver, Cluster, POSTGRES_VARIABLE};

/// What runs beside the tests, and the variables by which they find it.
#[derive(Default)]
struct Surroundings {
    variables: Vec<(&'static str, String)>,
    _cluster: Option<Cluster>,
    _chromedriver: Option<Chromedriver>,
}

/// Whether everything passed. Later steps run although an earlier one failed, so that one run
/// tells everything.
pub fn run(chosen: &[Step]) -> anyhow::Result<bool> {
    let steps: Vec<Step> = Step::ALL.into_iter().filter(|step| chosen.is_empty() || chosen.contains(step)).collect();
    machine::prepare(&steps)?;
    let surroundings = surroundings(&steps)?;
    let mut rows = Vec::new();
    for step in steps {
        eprintln!("\n=== {}", step.title());
        let started = Instant::now();
        let outcome = step.run(&surroundings.variables).unwrap_or_else(|error| {
            eprintln!("{error:#}");
            Outcome::broken()
        });
        rows.push(Row { title: step.title(), outcome, took: started.elapsed() });
    }
    drop(surroundings);
    Ok(outcome::report(&rows))
}

/// Starts what the steps need and the environment does not name.
fn surroundings(steps: &[Step]) -> anyhow::Result<Surroundings> {
    let mut found = Surroundings::default();
    if steps.iter().any(|step| step.needs_postgres()) && std::env::var_os(POSTGRES_VARIABLE).is_none() {
        let cluster = Cluster::start()?;
        found.variables.push((POSTGRES_VARIABLE, cluster.url().to_owned()));
        found._cluster = Some(cluster);
    }
    if steps.iter().any(|step| step.needs_browser()) && std::env::var_os(CHROMEDRIVER_VARIABLE).is_none() {
        let chromedriver = Chromedriver::start()?;
        found.variables.push((CHROMEDRIVER_VARIABLE, chromedriver.url().to_owned()));
        found._chromedriver = Some(chromedriver);
    }
    Ok(found)
}
