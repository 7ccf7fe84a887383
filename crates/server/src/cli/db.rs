//! `kehu db status|migrate`.

use clap::Subcommand;

use crate::compose;
use crate::config::Config;

#[derive(Debug, Subcommand)]
pub enum Db {
    /// Which steps of the schema this database has had
    Status,
    /// Bring the schema up to date
    Migrate,
}

impl Db {
    #[expect(clippy::print_stdout, reason = "the command's answer")]
    pub async fn run(self, config: &Config) -> anyhow::Result<()> {
        let db = config.connect().await?;
        if matches!(self, Db::Migrate) {
            db.migrate(compose::migrations()).await?;
        }
        for state in db.migration_states(compose::migrations()).await? {
            println!("{}  {}", if state.applied { "applied" } else { "pending" }, state.name);
        }
        Ok(())
    }
}
