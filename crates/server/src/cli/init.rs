//! `kehu init`: the company and its first administrator.

use anyhow::ensure;
use clap::Args;
use kehu_core::calendar::Zone;
use kehu_core::{Actor, Clock, Door, Locale};
use kehu_platform::db::Lock;
use kehu_platform::directory::{self, CompanyDraft, FirstAdministrator};
use kehu_rulebook::versions;

use super::{answer, password};
use crate::compose;
use crate::config::Config;

#[derive(Args, Debug)]
pub struct Init {
    /// Login of the first administrator
    #[arg(long, value_name = "LOGIN")]
    login: String,
    /// Name of the first administrator
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Name of the company; it can be changed later
    #[arg(long, value_name = "NAME", default_value = "我的公司")]
    company: String,
    /// Zone in which days and deadlines are counted
    #[arg(long, value_name = "ZONE", default_value_t = Zone::default())]
    zone: Zone,
    /// Language of the first administrator: zh-Hans, zh-Hant or en
    #[arg(long, value_name = "TAG", default_value_t = Locale::default())]
    language: Locale,
    /// Read the password from standard input
    #[arg(long)]
    password_stdin: bool,
}

impl Init {
    #[expect(clippy::print_stdout, reason = "the command's answer")]
    pub async fn run(self, config: &Config) -> anyhow::Result<()> {
        let app = compose::app(config.open().await?, Clock::system(), false);
        ensure!(
            directory::members(app.db.read()).await?.is_empty(),
            "this has been set up before: there are people in the directory. Add more with: kehu member add"
        );
        let company = CompanyDraft { name: self.company, zone: self.zone.name().to_owned() };
        let first = FirstAdministrator {
            login: self.login,
            name: self.name,
            password: password::new(self.password_stdin)?,
            locale: self.language,
        };
        let login = first.login.trim().to_lowercase();
        let now = app.clock.now();
        directory::set_up(&app, now, company, first).await.map_err(answer::refused)?;
        let actor = Actor { door: Door::CommandLine, ..Actor::system() };
        app.db
            .write(Lock::company(), async |tx| {
                versions::adopt_builtin(tx, &actor, now, self.zone.local_date(now)).await
            })
            .await
            .map_err(answer::refused)?;
        println!("{login} can sign in and administer Kehu. Start it with: kehu serve");
        Ok(())
    }
}
