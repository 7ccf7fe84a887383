//! The steps of an import in the browser before it runs: the file comes in, its columns and
//! managers are confirmed, the run is asked for.

use chrono::{DateTime, Utc};
use kehu_core::ImportId;
use kehu_platform::db::{Db, Lock, Tx};
use kehu_platform::journal::{self, Entry};
use kehu_platform::{Error, Invalid, jobs};
use serde_json::json;

use super::importer::Importer;
use super::job::KIND;
use super::model::{Import, Options, State};
use super::propose::{NotProposed, propose};
use super::store::{self, Remembered};
use crate::ledger::{MappingFile, ReadError};
use crate::t;

/// Takes a file in. A table without a recognisable header is taken as well: a person can say
/// where it is.
///
/// # Errors
/// A field error on `file` when it cannot be read as a table.
pub async fn upload(
    db: &Db,
    importer: &Importer,
    now: DateTime<Utc>,
    file_name: String,
    content: Vec<u8>,
) -> Result<Import, Error> {
    let import = proposed(db, importer, now, file_name, &content).await?;
    db.write(Lock::default(), async |tx| keep(tx, importer, now, &import, &content).await).await?;
    Ok(import)
}

/// The import of a file, with what its columns are proposed to mean; nothing is written yet.
pub(super) async fn proposed(
    db: &Db,
    importer: &Importer,
    now: DateTime<Utc>,
    file_name: String,
    content: &[u8],
) -> Result<Import, Error> {
    let (mapping, options) = match propose(db.read(), content.to_vec(), MappingFile::default()).await {
        Ok(proposed) => {
            let mapping = MappingFile {
                sheet: proposed.draft.proposal.mapping.sheet.clone(),
                header_row: Some(proposed.draft.proposal.mapping.header_row),
                ..proposed.remembered.mapping
            };
            (mapping, Options { managers: proposed.remembered.managers, ..Options::default() })
        }
        Err(NotProposed::Unreadable(ReadError::NoHeader)) => {
            (MappingFile { header_row: Some(1), ..MappingFile::default() }, Options::default())
        }
        Err(NotProposed::Unreadable(error)) => {
            return Err(Invalid::one("file", error.code(), move |l| error.message(l)).into());
        }
        Err(NotProposed::Db(fault)) => return Err(fault.into()),
    };
    Ok(Import::new(importer, now, file_name, mapping, options, State::Uploaded))
}

/// Keeps the file and its import.
pub(super) async fn keep(
    tx: &Tx,
    importer: &Importer,
    now: DateTime<Utc>,
    import: &Import,
    content: &[u8],
) -> Result<(), Error> {
    store::forget_abandoned(tx, now).await?;
    store::insert(tx, import, content).await?;
    let entry = Entry::new("import", import.id, "uploaded").after(json!({ "file": import.file_name }));
    Ok(journal::record(tx, importer.actor(), now, entry).await?)
}

/// The import, if the importer may see it: their own, or all for those who may import everything.
pub async fn of_importer(
    on: &impl kehu_platform::sea_orm::ConnectionTrait,
    importer: &Importer,
    id: ImportId,
) -> Result<Import, Error> {
    let import = store::import(on, id).await?.ok_or(Error::NotFound)?;
    let own = import.by.is_some() && import.by == importer.actor().member;
    if own || importer.may_import_everything() { Ok(import) } else { Err(Error::NotFound) }
}

/// Keeps what was confirmed about the file, for this import and, by its headings, for the next of
/// its kind.
pub async fn confirm(
    db: &Db,
    importer: &Importer,
    now: DateTime<Utc>,
    id: ImportId,
    mapping: MappingFile,
    options: Options,
    fingerprint: &str,
) -> Result<(), Error> {
    db.write(Lock::default(), async |tx| {
        let import = waiting(tx, importer, id).await?;
        let confirmed = Import { mapping, options, state: State::Mapped, ..import };
        store::update(tx, &confirmed).await?;
        let next = MappingFile { sheet: None, header_row: None, ..confirmed.mapping };
        Ok(store::remember(tx, fingerprint, &next, &confirmed.options, now).await?)
    })
    .await
}

/// Has the file looked at again, at another sheet or with its header elsewhere; what was confirmed
/// about ledgers with those headings is proposed.
pub async fn look_elsewhere(
    db: &Db,
    importer: &Importer,
    id: ImportId,
    sheet: Option<String>,
    header_row: Option<u32>,
) -> Result<(), Error> {
    let content = store::content(db.read(), id).await?.ok_or(Error::NotFound)?;
    let import = of_importer(db.read(), importer, id).await?;
    // Of another sheet the header is looked for anew.
    let header_row = header_row.filter(|_| sheet == import.mapping.sheet);
    let told = MappingFile { sheet, header_row, ..MappingFile::default() };
    let known = match propose(db.read(), content, told.clone()).await {
        Ok(proposed) => proposed.remembered,
        Err(NotProposed::Unreadable(_)) => Remembered::default(),
        Err(NotProposed::Db(fault)) => return Err(fault.into()),
    };
    let mapping = MappingFile { sheet: told.sheet, header_row: told.header_row, ..known.mapping };
    db.write(Lock::default(), async |tx| {
        let import = waiting(tx, importer, id).await?;
        let options = Options { managers: known.managers.clone(), ..import.options.clone() };
        Ok(store::update(tx, &Import { mapping: mapping.clone(), options, state: State::Uploaded, ..import }).await?)
    })
    .await
}

/// Has the import run as a job.
pub async fn request(db: &Db, importer: &Importer, now: DateTime<Utc>, id: ImportId) -> Result<(), Error> {
    db.write(Lock::default(), async |tx| queue(tx, importer, now, id, None).await).await?;
    Ok(())
}

/// Has the import run as a job, with other options than were confirmed when they are given.
pub(super) async fn queue(
    tx: &Tx,
    importer: &Importer,
    now: DateTime<Utc>,
    id: ImportId,
    options: Option<Options>,
) -> Result<Import, Error> {
    let import = waiting(tx, importer, id).await?;
    let options = options.unwrap_or_else(|| import.options.clone());
    let queued = Import { state: State::Queued, at: now, options, ..import };
    store::update(tx, &queued).await?;
    jobs::enqueue(tx, now, KIND, json!({ "import": id, "door": importer.actor().door })).await?;
    journal::record(tx, importer.actor(), now, Entry::new("import", id, "requested")).await?;
    Ok(queued)
}

/// An import that has not been asked to run yet.
async fn waiting(tx: &Tx, importer: &Importer, id: ImportId) -> Result<Import, Error> {
    let import = of_importer(&**tx, importer, id).await?;
    match import.state {
        State::Uploaded | State::Mapped => Ok(import),
        _ => Err(Error::conflict("already_run", t::import::already_run)),
    }
}

impl Import {
    pub(super) fn new(
        importer: &Importer,
        now: DateTime<Utc>,
        file_name: String,
        mapping: MappingFile,
        options: Options,
        state: State,
    ) -> Import {
        Import {
            id: ImportId::new(now),
            file_name,
            by: importer.actor().member,
            by_name: importer.actor().name.clone(),
            at: now,
            state,
            mapping,
            options,
            report: None,
            problem: String::new(),
            finished_at: None,
            undone_at: None,
            undone_by: String::new(),
        }
    }
}
