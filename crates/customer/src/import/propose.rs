//! What a person has confirmed about ledgers with the same headings is offered again.

use kehu_platform::db::DbFault;
use kehu_platform::sea_orm::ConnectionTrait;

use super::reading::Draft;
use super::store::{self, Remembered};
use crate::ledger::{MappingFile, ReadError};

/// A file with the proposal of how to read it, and what was remembered for it.
#[derive(Clone, Debug)]
pub struct Proposed {
    pub draft: Draft,
    pub remembered: Remembered,
}

/// Why nothing can be proposed.
#[derive(Debug, thiserror::Error)]
pub enum NotProposed {
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    #[error(transparent)]
    Db(#[from] DbFault),
}

/// Reads a file; of what was confirmed before, sheet and header row are always told anew.
pub async fn propose(on: &impl ConnectionTrait, content: Vec<u8>, told: MappingFile) -> Result<Proposed, NotProposed> {
    let (content, draft) = read(content, told.clone()).await?;
    let remembered = store::remembered(on, &draft.fingerprint()).await?.unwrap_or_default();
    let again = MappingFile { sheet: told.sheet, header_row: told.header_row, ..remembered.mapping.clone() };
    let (_, draft) = read(content, again).await?;
    Ok(Proposed { draft, remembered })
}

/// Large files take a second or two, which no other request shall wait for.
pub(super) async fn read(content: Vec<u8>, told: MappingFile) -> Result<(Vec<u8>, Draft), ReadError> {
    let reading = tokio::task::spawn_blocking(move || {
        let draft = Draft::of(&content, Some(&told));
        draft.map(|draft| (content, draft))
    });
    reading.await.unwrap_or(Err(ReadError::Damaged))
}
