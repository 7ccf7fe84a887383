//! Brings a ledger in, in one transaction: accounts and people are made or, when asked for,
//! changed; what is known already stays as it is. A dry run plans the same and writes nothing.

use std::pin::Pin;

use chrono::{DateTime, Utc};
use kehu_platform::Error;
use kehu_platform::db::{Db, DbFault, Lock, Tx};
use kehu_platform::directory::Roster;
use kehu_platform::journal::{self, Entry};
use kehu_platform::sea_orm::ConnectionTrait;
use serde_json::json;

use super::bulk;
use super::existing::Existing;
use super::importer::Importer;
use super::managers::Managers;
use super::model::{Import, Options, Report, State};
use super::plan::{Grades, Plan, Planner};
use super::progress::Progress;
use super::reading::Reading;
use super::store;
use crate::duties::Books;
use crate::ledger::{Field, MappingFile};

/// The directory and what is here already, as the plan is made from it.
struct Known {
    roster: Roster,
    existing: Existing,
    grades: Grades,
}

impl Known {
    async fn load(on: &impl ConnectionTrait, importer: &Importer, reading: &Reading) -> Result<Self, DbFault> {
        Ok(Self {
            roster: Roster::load(on).await?,
            existing: Existing::load(on, &reading.ledger, importer).await?,
            grades: Grades::load(on).await?,
        })
    }

    fn plan(&self, importer: &Importer, reading: &Reading, options: &Options) -> Plan {
        let names_managers = reading.has(Field::Manager);
        let managers = Managers::of(&reading.ledger, names_managers, &self.roster, importer, options);
        Planner::new(importer, options, reading, &self.existing, managers, &self.grades).plan()
    }
}

/// What a run would do; writes nothing.
pub async fn dry_run(db: &Db, importer: &Importer, reading: &Reading, options: &Options) -> Result<Report, Error> {
    Ok(Known::load(db.read(), importer, reading).await?.plan(importer, reading, options).report)
}

/// A file about to be imported without having been uploaded first: the command line's.
#[derive(Clone, Debug)]
pub struct NewImport {
    pub file_name: String,
    pub content: Vec<u8>,
    pub mapping: MappingFile,
    pub options: Options,
}

/// Imports a file at once.
pub async fn run(
    db: &Db,
    importer: &Importer,
    now: DateTime<Utc>,
    reading: &Reading,
    new: NewImport,
) -> Result<Import, Error> {
    let mut import = Import::new(importer, now, new.file_name, new.mapping, new.options, State::Queued);
    let content = new.content;
    db.write(Lock::company(), async |tx| {
        store::insert(tx, &import, &content).await?;
        import = bring_in(tx, importer, now, reading, import.clone()).await?;
        Ok::<_, Error>(())
    })
    .await?;
    Ok(import)
}

/// A boxed future, whose being `Send` is settled here and not asked of every caller.
pub(super) type Running<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// Runs an import in the transaction; the caller holds the company's lock.
pub(super) fn bring_in<'a>(
    tx: &'a Tx,
    importer: &'a Importer,
    now: DateTime<Utc>,
    reading: &'a Reading,
    import: Import,
) -> Running<'a, Import> {
    Box::pin(write(tx, importer, now, reading, import))
}

async fn write(
    tx: &Tx,
    importer: &Importer,
    now: DateTime<Utc>,
    reading: &Reading,
    mut import: Import,
) -> Result<Import, Error> {
    let books = Books::load(&**tx).await?;
    let known = Known::load(&**tx, importer, reading).await?;
    let mut plan = known.plan(importer, reading, &import.options);
    let progress = Progress::start(import.id);
    let changes = bulk::write(tx, importer, now, &books, &known.roster, &mut plan, &progress).await?;
    store::insert_changes(tx, import.id, changes).await?;
    let counts = json!({
        "file": import.file_name,
        "rows": plan.report.rows,
        "accounts": plan.report.accounts,
        "contacts": plan.report.contacts,
    });
    import.report = Some(plan.report);
    import.state = State::Done;
    import.finished_at = Some(now);
    store::update(tx, &import).await?;
    let entry = Entry::new("import", import.id, "done").after(counts);
    journal::record(tx, importer.actor(), now, entry).await?;
    Ok(import)
}
