//! The `kehu` binary: reads the command line and hands over to the command.

use clap::Parser as _;
use kehu::cli;

#[tokio::main]
#[expect(clippy::print_stderr, reason = "a command line speaks to its terminal")]
async fn main() -> std::process::ExitCode {
    match cli::run(cli::Cli::parse()).await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kehu: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
