//! `kehu demo`: a company to look around in, made up as of today and served.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use clap::Args;
use kehu_core::calendar::Zone;
use kehu_core::{Clock, Locale, Position};
use kehu_platform::db::Db;
use kehu_platform::directory::{self, Member};
use kehu_platform::sign_in::DEMO_PASSWORD;
use kehu_platform::web::App;
use kehu_platform::web::api::Rates;

use super::serve::LISTEN;
use crate::config::DataOptions;
use crate::{compose, demo, serve};

/// Where the demo lives unless told otherwise.
const DATA: &str = "kehu-data/demo";

#[derive(Args, Debug)]
pub struct Demo {
    /// Address to listen on [default: 127.0.0.1:8210]
    #[arg(long, env = "KEHU_LISTEN", value_name = "ADDR")]
    listen: Option<String>,
    /// How many requests a minute one API token may make
    #[arg(long, env = "KEHU_API_RATE", value_name = "N", default_value_t = 600)]
    api_rate: u32,
}

impl Demo {
    #[expect(clippy::print_stdout, reason = "the command's answer")]
    pub async fn run(self, options: &DataOptions) -> anyhow::Result<()> {
        // First the address, so that a second demo says so before it makes anything.
        let listener = serve::listen(self.listen.as_deref().unwrap_or(LISTEN)).await?;
        let clock = Clock::system();
        let db = open(options, &clock).await?;
        let members = directory::members(db.read()).await?;
        println!("{}", sign_ins(&members));
        println!("  http://{}\n", listener.local_addr()?);
        let app = App { rates: Rates::a_minute(self.api_rate), ..compose::app(db, clock, false) };
        serve::serve(app, listener, serve::stop_signal()).await
    }
}

/// The demo's database, filled when it is not of today.
async fn open(options: &DataOptions, clock: &Clock) -> anyhow::Result<Db> {
    let now = clock.now();
    let url = match &options.database_url {
        Some(url) => url.clone(),
        None => {
            let folder = options.data.clone().unwrap_or_else(|| PathBuf::from(DATA));
            std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
            let of_today = format!("demo-{}.sqlite", Zone::default().local_date(now));
            remove_others(&folder, &of_today)?;
            format!("sqlite://{}", folder.join(of_today).display())
        }
    };
    let db = Db::connect(&url).await.context("opening the demo's database")?;
    db.migrate(compose::migrations()).await.context("bringing the database's schema up to date")?;
    match directory::company(db.read()).await? {
        None => demo::seed(&db, now).await.context("making the demo company up")?,
        Some(company) => {
            ensure!(company.demo, "this database belongs to {}; the demo wants an empty one", company.name);
        }
    }
    Ok(db)
}

/// The demo is dated by the day it is made on; one of another day is made anew.
fn remove_others(folder: &Path, of_today: &str) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("demo-") && name.contains(".sqlite") && !name.starts_with(of_today) {
            std::fs::remove_file(entry.path()).with_context(|| format!("removing {}", entry.path().display()))?;
        }
    }
    Ok(())
}

/// Who can sign in, position by position.
fn sign_ins(members: &[Member]) -> String {
    let mut table = format!("\n  演示公司 / demo company        密码 / password: {DEMO_PASSWORD}\n\n");
    for position in Position::ALL {
        let mut holders: Vec<&Member> =
            members.iter().filter(|m| m.active && m.can_sign_in && m.positions.holds(position)).collect();
        holders.sort_by_key(|m| (m.created_at, m.id));
        let (chinese, english) =
            (directory::position_name(Locale::ZhHans, position), directory::position_name(Locale::En, position));
        for member in holders {
            table.push_str(&format!(
                "  {}{english:<20}{}{}\n",
                padded(chinese, 14),
                padded(&member.name, 10),
                member.login
            ));
        }
    }
    table
}

/// Fills up to a width in columns, of which a Han character takes two.
fn padded(text: &str, width: usize) -> String {
    let taken: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    format!("{text}{}", " ".repeat(width.saturating_sub(taken)))
}
