//! The steps. Which step a test belongs to is read from its path: `…::browser::…` needs a browser,
//! `…::sqlite` and `…::postgres` come from the both-databases runner, all others need nothing.

use std::process::Command;

use clap::ValueEnum;

use super::outcome::{self, Harness, Outcome};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Step {
    Fmt,
    Clippy,
    Unit,
    Doc,
    Sqlite,
    Postgres,
    Browser,
}

impl Step {
    pub const ALL: [Step; 7] =
        [Step::Fmt, Step::Clippy, Step::Unit, Step::Doc, Step::Sqlite, Step::Postgres, Step::Browser];

    pub fn title(self) -> &'static str {
        match self {
            Step::Fmt => "format",
            Step::Clippy => "clippy",
            Step::Unit => "unit tests",
            Step::Doc => "documentation tests",
            Step::Sqlite => "store and HTTP tests on SQLite",
            Step::Postgres => "store and HTTP tests on PostgreSQL",
            Step::Browser => "browser tests",
        }
    }

    pub fn needs_postgres(self) -> bool {
        matches!(self, Step::Postgres | Step::Browser)
    }

    pub fn needs_browser(self) -> bool {
        self == Step::Browser
    }

    pub(super) fn run(self, variables: &[(&'static str, String)]) -> anyhow::Result<Outcome> {
        match self {
            Step::Fmt => check(&["fmt", "--all", "--check"]),
            Step::Clippy => check(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
            Step::Doc => outcome::of_tests(Harness::Libtest, cargo(&["test", "--workspace", "--doc"], variables)),
            Step::Unit | Step::Sqlite | Step::Postgres | Step::Browser => self.run_tests(variables),
        }
    }

    fn run_tests(self, variables: &[(&'static str, String)]) -> anyhow::Result<Outcome> {
        if super::machine::has_nextest() {
            let filter = self.nextest_filter();
            let words = ["nextest", "run", "--workspace", "--all-targets", "--no-fail-fast", "--no-tests=pass"];
            let words: Vec<&str> = words.into_iter().chain(["-E", filter]).collect();
            return outcome::of_tests(Harness::Nextest, cargo(&words, variables));
        }
        let words = ["test", "--workspace", "--all-targets", "--no-fail-fast", "--"];
        let words: Vec<&str> = words.iter().chain(self.libtest_filter()).copied().collect();
        outcome::of_tests(Harness::Libtest, cargo(&words, variables))
    }

    fn nextest_filter(self) -> &'static str {
        match self {
            Step::Browser => "test(/(^|::)browser::/)",
            Step::Sqlite => "test(/::sqlite$/) - test(/(^|::)browser::/)",
            Step::Postgres => "test(/::postgres$/) - test(/(^|::)browser::/)",
            _ => "all() - test(/::(sqlite|postgres)$/) - test(/(^|::)browser::/)",
        }
    }

    /// The plain test harness knows only parts of names, which is why modules are not to be called
    /// `sqlite…` or `postgres…` anywhere but in the runner.
    fn libtest_filter(self) -> &'static [&'static str] {
        match self {
            Step::Browser => &["browser::"],
            Step::Sqlite => &["::sqlite", "--skip", "browser::"],
            Step::Postgres => &["::postgres", "--skip", "browser::"],
            _ => &["--skip", "browser::", "--skip", "::sqlite", "--skip", "::postgres"],
        }
    }
}

fn cargo(words: &[&str], variables: &[(&'static str, String)]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Colours would stand between the numbers that are read from the output.
    command.args(words).env("CARGO_TERM_COLOR", "never").envs(variables.iter().map(|(name, value)| (*name, value)));
    command
}

fn check(words: &[&str]) -> anyhow::Result<Outcome> {
    Ok(Outcome::of_check(cargo(words, &[]).status()?.success()))
}
