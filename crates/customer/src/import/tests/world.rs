//! A small company that imports ledgers written by the tests.

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, Actor, Clock, MemberId};
use kehu_platform::Error;
use kehu_platform::db::{Db, Lock, rows};
use kehu_platform::directory;
use kehu_platform::sea_orm::FromQueryResult;
use kehu_platform::web::App;
use kehu_testkit::TestDatabase;

use crate::accounts::{self, Account, Contact};
use crate::import::{Draft, Import, Importer, NewImport, Options, Reading, Report, dry_run, run, undo};

pub const MANAGER: &str = "林小满";
/// A credit code that is right.
pub const CODE: &str = "91310000MA1FL0BG9H";

pub async fn migrated(url: &str) -> anyhow::Result<()> {
    let db = Db::connect(url).await?;
    let areas = [kehu_platform::area(), kehu_rulebook::area(), crate::area()];
    db.migrate(areas.into_iter().flat_map(|area| area.migrations).collect()).await?;
    Ok(db.close().await?)
}

pub struct World {
    pub app: App,
    pub manager: MemberId,
}

impl World {
    pub async fn new(database: &TestDatabase) -> World {
        let start: DateTime<Utc> = "2026-11-24T01:00:00Z".parse().unwrap();
        let db = Db::connect(database.url()).await.unwrap();
        let areas = vec![kehu_platform::area(), kehu_rulebook::area(), crate::area()];
        let app = App::new(db, Clock::standing_at(start), areas, false);
        let add =
            async |tx: &_| directory::add_member_without_sign_in(tx, &Actor::system(), start, MANAGER, None).await;
        let manager = app.db.write(Lock::company(), add).await.unwrap();
        World { app, manager }
    }

    pub fn importer() -> Importer {
        Importer::of(Actor::system()).unwrap()
    }

    pub async fn dry_run(&self, ledger: &str, options: &Options) -> Report {
        let reading = Reading::of(ledger.as_bytes(), None).unwrap();
        dry_run(&self.app.db, &Self::importer(), &reading, options).await.unwrap()
    }

    pub async fn import(&self, ledger: &str, options: Options) -> Import {
        let draft = Draft::of(ledger.as_bytes(), None).unwrap();
        let mapping = draft.proposal.to_file();
        let reading = draft.assemble().unwrap();
        let content = ledger.as_bytes().to_vec();
        let new = NewImport { file_name: "台账.csv".to_owned(), content, mapping, options };
        run(&self.app.db, &Self::importer(), self.app.clock.now(), &reading, new).await.unwrap()
    }

    /// Imports and answers the report.
    pub async fn take(&self, ledger: &str) -> Report {
        self.import(ledger, Options::default()).await.report.unwrap()
    }

    pub async fn update(&self, ledger: &str) -> Report {
        self.import(ledger, Options { update: true, ..Options::default() }).await.report.unwrap()
    }

    pub async fn undo(&self, import: &Import) -> Result<Import, Error> {
        undo(&self.app.db, &Self::importer(), self.app.clock.now(), import.id).await
    }

    /// All accounts by their number.
    pub async fn accounts(&self) -> Vec<Account> {
        #[derive(FromQueryResult)]
        struct Id {
            id: uuid::Uuid,
        }
        let ids: Vec<Id> = rows(self.app.db.read(), "select id from accounts", vec![]).await.unwrap();
        let ids: Vec<AccountId> = ids.into_iter().map(|row| AccountId(row.id)).collect();
        let mut accounts = accounts::accounts(self.app.db.read(), &ids).await.unwrap();
        accounts.sort_by_key(|account| account.number);
        accounts
    }

    /// The people of an account in the order in which its page shows them.
    pub async fn people(&self, account: AccountId) -> Vec<Contact> {
        accounts::contacts_of_accounts(self.app.db.read(), &[account]).await.unwrap()
    }

    pub async fn names(&self, account: AccountId) -> Vec<String> {
        self.people(account).await.into_iter().map(|contact| contact.facts.name).collect()
    }
}

/// Created, updated and unchanged accounts, and the same of contacts.
pub fn tallies(report: &Report) -> [[usize; 3]; 2] {
    [report.accounts, report.contacts].map(|tally| [tally.created, tally.updated, tally.unchanged])
}
