//! The table, and the file that holds the newest one for each database and scale.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::bare::Bare;
use crate::company::Size;
use crate::load::Cost;
use crate::pages::Asked;

const HEAD: &str = "# Speed

Written by `cargo xtask bench [--database sqlite|postgres] [--scale 1|10]`. A company of one year is made up, `kehu serve`
runs over it as a release build, and eight clients ask for one page after the other as fast as they are answered; they
share the machine with the server. CPU is what the server process used for a request, in microseconds. *Bare* is the
same statements through the bare driver (`rusqlite`, `tokio-postgres`), one after the other on one connection, every row
read and nothing made of it; what writes is rolled back there. *Database* is the CPU of the PostgreSQL processes.
";

pub struct Run<'a> {
    pub backend: &'static str,
    pub scale: usize,
    pub size: Size,
    pub now: DateTime<Utc>,
    pub start: Duration,
    /// Private memory after all pages, in bytes.
    pub memory: u64,
    pub pages: &'a [Asked],
    pub measured: &'a [Cost],
    pub bare: &'a [Bare],
}

pub fn table(run: &Run<'_>) -> String {
    let postgres = run.backend == "PostgreSQL";
    let mut text = format!("## {}, scale {}\n\n", run.backend, run.scale);
    let size = &run.size;
    let _ = writeln!(
        text,
        "{} accounts, {} contacts, {} communications, {} obligations, {} journal entries. Measured on {} on {}.\n\
         From start to first answer {} ms; private memory after the run {} MB.\n",
        size.accounts,
        size.contacts,
        size.communications,
        size.obligations,
        size.journal,
        run.now.format("%Y-%m-%d"),
        machine(),
        run.start.as_millis(),
        run.memory >> 20,
    );
    let (heads, rule) = if postgres {
        (" CPU µs | database µs | bare µs | bare database µs |", "---:|---:|---:|---:|")
    } else {
        (" CPU µs | bare µs | × |", "---:|---:|---:|")
    };
    let _ = writeln!(text, "| page | asked by |{heads} p50 ms | p99 ms | requests/s | bytes | statements |");
    let _ = writeln!(text, "|---|---|{rule}---:|---:|---:|---:|---:|");
    for ((page, cost), bare) in run.pages.iter().zip(run.measured).zip(run.bare) {
        let cpu = if postgres {
            format!(
                "{} | {} | {} | {}",
                cost.server.as_micros(),
                cost.database.as_micros(),
                bare.driver.as_micros(),
                bare.database.as_micros()
            )
        } else {
            let times = match bare.driver.as_micros() {
                0 => "–".to_owned(),
                bare => format!("{:.1}", cost.server.as_micros() as f64 / bare as f64),
            };
            format!("{} | {} | {times}", cost.server.as_micros(), bare.driver.as_micros())
        };
        let _ = writeln!(
            text,
            "| {} | {} | {cpu} | {:.1} | {:.1} | {:.0} | {} | {} |",
            page.name,
            page.who,
            cost.p50.as_secs_f64() * 1e3,
            cost.p99.as_secs_f64() * 1e3,
            cost.requests as f64 / cost.elapsed.as_secs_f64(),
            page.bytes,
            page.statements.len(),
        );
    }
    text
}

/// Processor, cores and versions.
fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("an unknown processor");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{} ({cores} cores), Kehu {}", model.trim_start_matches(['\t', ' ', ':']), env!("CARGO_PKG_VERSION"))
}

/// Puts the table in place of the one of the same database and scale.
pub fn keep(file: &Path, table: &str) -> anyhow::Result<()> {
    let title = table.lines().next().unwrap_or_default();
    let before = std::fs::read_to_string(file).unwrap_or_default();
    let mut sections: Vec<String> =
        before.split("\n## ").skip(1).map(|section| format!("## {}\n", section.trim_end())).collect();
    sections.retain(|section| section.lines().next() != Some(title));
    sections.push(table.trim_end().to_owned() + "\n");
    sections.sort();
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(file, format!("{HEAD}\n{}", sections.join("\n")))?;
    Ok(())
}
