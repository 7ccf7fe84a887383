//! The commands of the project, for people and for continuous integration alike.

mod bench;
mod committed;
mod fuzz;
#[cfg(test)]
mod licences;
#[path = "../../crates/testkit/src/servers/mod.rs"]
mod servers;
mod test;
mod vendor;
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
    /// Measure every page over a large company and write docs/benchmarks.md
    Bench {
        #[arg(long, value_enum, default_value = "sqlite")]
        database: bench::Database,
        /// How many times 20,000 accounts: 1, or 10 to see what growth costs
        #[arg(long, default_value_t = 1)]
        scale: usize,
    },
    /// Ask the API everything its description allows, and more, with schemathesis from PyPI
    Fuzz {
        #[arg(long, value_enum, default_value = "sqlite")]
        database: bench::Database,
        /// The most cases an operation
        #[arg(long, default_value_t = 60)]
        examples: u32,
    },
    /// Count the words of each language; list those that are missing or unused
    I18n,
    /// Write the schemas and the other files that the product makes and a test compares
    Schema,
    /// Fetch the browser libraries from npm and write the manifest
    Vendor,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Test { steps } => test::run(&steps),
        Command::Bench { database, scale } => bench::run(database, scale),
        Command::Fuzz { database, examples } => fuzz::run(database, examples),
        Command::I18n => words::report(),
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
