//! Counting what passed and failed, as the test programs tell it.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Context;

/// What became of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    passed: u64,
    failed: u64,
    /// The step as a whole failed: a lint, a build that broke, a program that crashed.
    broken: bool,
}

/// One line of the closing table.
pub(super) struct Row {
    pub title: &'static str,
    pub outcome: Outcome,
    pub took: Duration,
}

impl Outcome {
    pub(super) fn broken() -> Outcome {
        Outcome { broken: true, ..Outcome::default() }
    }

    pub(super) fn of_check(passed: bool) -> Outcome {
        Outcome { broken: !passed, ..Outcome::default() }
    }

    fn add(&mut self, other: Outcome) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// A step that broke without naming a failed test still counts as one failure.
    fn failures(self) -> u64 {
        if self.broken { self.failed.max(1) } else { self.failed }
    }
}

/// Whose summary lines to believe. nextest repeats what a failing test's own harness printed, so
/// each is read in its own way only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Harness {
    Libtest,
    Nextest,
}

/// Runs a test command, shows its output as it comes and adds up its summaries.
pub(super) fn of_tests(harness: Harness, mut command: Command) -> anyhow::Result<Outcome> {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let stdout = child.stdout.take().context("the output is piped")?;
    let stderr = child.stderr.take().context("the output is piped")?;
    let mut outcome = std::thread::scope(|scope| {
        let shown = scope.spawn(|| follow(harness, stdout));
        let mut outcome = follow(harness, stderr);
        outcome.add(shown.join().unwrap_or_default());
        outcome
    });
    outcome.broken = !child.wait()?.success();
    Ok(outcome)
}

fn follow(harness: Harness, output: impl Read) -> Outcome {
    let mut outcome = Outcome::default();
    let mut output = BufReader::new(output);
    let mut line = Vec::new();
    // A program under test may print bytes that are no text.
    while output.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        // The reader of our output may be gone; the tests still run to their end.
        let _shown = std::io::stderr().write_all(&line);
        outcome.add(harness.summary(&String::from_utf8_lossy(&line)).unwrap_or_default());
        line.clear();
    }
    outcome
}

impl Harness {
    /// The numbers of a summary line.
    fn summary(self, line: &str) -> Option<Outcome> {
        let line = line.trim();
        let numbers = match self {
            Harness::Libtest => line.strip_prefix("test result: ")?.split_once(". ")?.1,
            Harness::Nextest => line.strip_prefix("Summary [")?.split_once(" run: ")?.1,
        };
        let mut outcome = Outcome::default();
        for part in numbers.split([',', ';']) {
            let mut words = part.split_whitespace();
            let (Some(number), Some(word)) = (words.next(), words.next()) else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            match word {
                "passed" => outcome.passed += number,
                // nextest: "1 failed", "1 timed out", "1 exec failed"
                "failed" | "timed" | "exec" => outcome.failed += number,
                _ => {}
            }
        }
        Some(outcome)
    }
}

/// Prints the table and, as the last line alone, the sum. True when nothing failed.
pub(super) fn report(rows: &[Row]) -> bool {
    let mut text = String::from("\n");
    for Row { title, outcome, took } in rows {
        let verdict = if outcome.failures() == 0 { "ok" } else { "FAILED" };
        let counts = if outcome.passed + outcome.failed == 0 {
            String::new()
        } else {
            format!("{} passed, {} failed", outcome.passed, outcome.failed)
        };
        let line = format!("{verdict:<7}{title:<36}{:>7.1} s  {counts}", took.as_secs_f64());
        text.push_str(line.trim_end());
        text.push('\n');
    }
    let passed: u64 = rows.iter().map(|row| row.outcome.passed).sum();
    let failed: u64 = rows.iter().map(|row| row.outcome.failures()).sum();
    // Nothing is left to do when nobody reads.
    let _shown = writeln!(std::io::stdout(), "{text}\n{passed} passed, {failed} failed");
    failed == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: u64, failed: u64) -> Option<Outcome> {
        Some(Outcome { passed, failed, broken: false })
    }

    #[test]
    fn the_plain_harness_tells_its_numbers() {
        let line = "test result: FAILED. 43 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.84s";
        assert_eq!(Harness::Libtest.summary(line), counts(43, 1));
        assert_eq!(Harness::Nextest.summary(line), None, "repeated from the output of a failed test");
    }

    #[test]
    fn nextest_tells_its_numbers() {
        let check = |line, expected| assert_eq!(Harness::Nextest.summary(line), expected, "{line}");
        check("     Summary [   5.529s] 12 tests run: 12 passed, 0 skipped", counts(12, 0));
        check("     Summary [   0.1s] 1 test run: 1 passed (1 leaky), 3 skipped", counts(1, 0));
        check(
            "     Summary [   0.1s] 9 tests run: 5 passed (1 flaky), 2 failed, 1 timed out, 1 exec failed, 3 skipped",
            counts(5, 4),
        );
        check("     Summary [   0.0s] 0 tests run: 0 passed, 9 skipped", counts(0, 0));
    }

    #[test]
    fn other_lines_count_nothing() {
        for line in ["test a_rule ... ok", "3 passed, 1 failed", ""] {
            assert_eq!(Harness::Libtest.summary(line), None);
            assert_eq!(Harness::Nextest.summary(line), None);
        }
    }

    #[test]
    fn a_broken_step_is_a_failure_even_without_a_failed_test() {
        assert_eq!(Outcome::broken().failures(), 1);
        assert_eq!(Outcome { passed: 3, failed: 2, broken: true }.failures(), 2);
        assert_eq!(Outcome::of_check(true).failures(), 0);
    }
}
