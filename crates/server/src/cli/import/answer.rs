//! What an import has done, for a person at a terminal or for a program.

use std::path::Path;

use kehu_core::Locale;
use kehu_customer::import::{Known, Manager, Report, Tally};
use kehu_customer::ledger::RowIssue;
use kehu_customer::t::import as words;
use serde_json::{Value as Json, json};

/// Bad rows named on the terminal; the rest is in the file.
const SHOWN: usize = 20;

pub struct Outcome<'a> {
    pub report: &'a Report,
    pub dry_run: bool,
    pub rejects: Option<&'a Path>,
    pub locale: Locale,
}

impl Outcome<'_> {
    #[expect(clippy::print_stdout, reason = "the command's answer")]
    pub fn json(&self) -> anyhow::Result<()> {
        println!("{}", serde_json::to_string(&self.as_json())?);
        Ok(())
    }

    fn as_json(&self) -> Json {
        let l = self.locale;
        let issue = |issue: &RowIssue| json!({ "row": issue.row, "column": issue.column, "code": issue.code.code(), "message": issue.message(l) });
        let unmatched = self.unmatched().map(|m| json!({ "name": m.name, "accounts": m.companies }));
        json!({
            "rows": self.report.rows,
            "accounts": self.report.accounts,
            "contacts": self.report.contacts,
            "duplicates": self.report.duplicates,
            "errors": self.report.errors.iter().map(issue).collect::<Vec<_>>(),
            "notes": self.report.notes.iter().map(issue).collect::<Vec<_>>(),
            "managers_not_matched": unmatched.collect::<Vec<_>>(),
            "dry_run": self.dry_run,
            "rejects": self.rejects.map(|path| path.display().to_string()),
        })
    }

    fn unmatched(&self) -> impl Iterator<Item = &Manager> {
        self.report.managers.iter().filter(|manager| manager.is == Known::Unknown && !manager.name.is_empty())
    }

    #[expect(clippy::print_stdout, reason = "the command's answer")]
    pub fn table(&self) {
        let l = self.locale;
        println!("{}", if self.dry_run { words::would_be_done(l) } else { words::was_done(l) });
        println!("{}", words::rows_read(l, self.report.duplicates, self.report.rows));
        let counts = |label: &str, tally: Tally| {
            println!("{label}\t{}", words::counts(l, tally.created, tally.unchanged, tally.updated));
        };
        counts(words::accounts(l), self.report.accounts);
        counts(words::contacts(l), self.report.contacts);
        if self.report.tiers_assumed > 0 {
            println!("{}", words::tiers_assumed(l, self.report.tiers_assumed));
        }
        self.managers();
        if !self.report.errors.is_empty() {
            println!("{}", words::bad_rows(l, self.report.bad_rows()));
            for error in self.report.errors.iter().take(SHOWN) {
                println!("  {}\t{}", words::row(l, error.row), error.message(l));
            }
            if self.report.errors.len() > SHOWN {
                println!("  …");
            }
        }
        if let Some(path) = self.rejects {
            println!("{}", words::rejects_written(l, path.display().to_string()));
        }
    }

    #[expect(clippy::print_stdout, reason = "the command's answer")]
    fn managers(&self) {
        let l = self.locale;
        let made: Vec<&str> =
            self.report.managers.iter().filter(|m| m.is == Known::New).map(|m| m.name.as_str()).collect();
        let comma = kehu_platform::t::app::list_comma(l);
        if !made.is_empty() {
            let names = made.join(comma);
            println!(
                "{}",
                if self.dry_run { words::would_be_members(l, names) } else { words::were_made_members(l, names) }
            );
        }
        let unmatched: Vec<String> =
            self.unmatched().map(|m| words::manager_with_count(l, m.companies, m.name.as_str())).collect();
        if !unmatched.is_empty() {
            println!("{}", words::not_members(l, unmatched.join(comma)));
        }
    }
}
