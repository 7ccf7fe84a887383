//! The commands of the project, for people and for continuous integration alike.

mod committed;
#[cfg(test)]
mod licences;
#[path = "../../crates/testkit/src/servers/mod.rs"]
mod servers;
mod test;
mod vendor;
#[cfg(test)]
mod words;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "Commands of the Kehu project")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Format, lints and all tests, on SQLite and PostgreSQL and in a real browser
    Test {
        /// Only these steps; all of them when none is named
        steps: Vec<test::Step>,
    },
    /// Write the schemas and the other files that the product makes and a test compares
    Schema,
    /// Fetch the browser libraries from npm and write the manifest
    Vendor,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Test { steps } => test::run(&steps),
        Command::Schema => committed::write(),
        Command::Vendor => vendor::run().map(|()| true),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
}
