//! The speed of the product as its users meet it: a large company is made up, `kehu serve` runs over it, and each
//! page and call is asked for by eight clients at once. Beside it stand two ceilings of the same run: the same
//! statements through the bare driver, and a page that is constant.

#![expect(clippy::print_stdout, reason = "the progress and the table are what the command is for")]

mod bare;
mod client;
mod company;
mod load;
mod pages;
mod process;
mod report;
mod words;

use std::path::PathBuf;

use clap::Parser;
use kehu_core::Clock;
use kehu_platform::db::Db;

#[derive(Parser)]
#[command(about = "Measures the product over a large company")]
struct Asked {
    /// The kehu program to measure
    #[arg(long)]
    kehu: PathBuf,
    /// The database to fill and measure; it must be empty or left by an earlier run
    #[arg(long)]
    database_url: String,
    /// How many times 20,000 accounts
    #[arg(long, default_value_t = 1)]
    scale: usize,
    /// Where the table goes
    #[arg(long)]
    out: PathBuf,
    /// Prints what each statement of the pages with this in their name costs, and measures nothing else
    #[arg(long)]
    statements_of: Option<String>,
}

fn main() -> anyhow::Result<()> {
    let asked = Asked::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let now = Clock::system().now();
    let (pages, company, db) = runtime.block_on(async {
        let db = Db::connect(&asked.database_url).await?;
        let company = company::found(&db, asked.scale, now).await?;
        anyhow::Ok((pages::recorded(&db, &company, now).await?, company, db))
    })?;
    if let Some(name) = &asked.statements_of {
        for page in pages.iter().filter(|page| page.name.contains(name.as_str())) {
            println!("\n# {} ({})", page.name, page.who);
            for (statement, cost) in bare::each(&asked.database_url, page)? {
                println!(
                    "{:>8} µs  {}",
                    cost.as_micros(),
                    statement.sql.split_whitespace().collect::<Vec<_>>().join(" ")
                );
            }
        }
        return Ok(());
    }
    let bare = runtime.block_on(bare::measure(&asked.database_url, &pages))?;
    runtime.block_on(db.close())?;
    let mut server = process::Server::start(&asked.kehu, &asked.database_url)?;
    let measured = runtime.block_on(load::measure(&mut server, &pages))?;
    let table = report::table(&report::Run {
        backend: if asked.database_url.starts_with("postgres") { "PostgreSQL" } else { "SQLite" },
        scale: asked.scale,
        size: company.size,
        now,
        start: server.start,
        memory: server.private_memory()?,
        pages: &pages,
        measured: &measured,
        bare: &bare,
    });
    println!("{table}");
    report::keep(&asked.out, &table)
}
