//! Bringing a ledger in: from the rows that `ledger` has read to accounts and contacts. A file is
//! read, its columns and managers are confirmed, a dry run shows what would happen, the run does
//! it in one transaction, and as long as nobody has changed those records it can be undone whole.

pub mod api;
mod bulk;
mod existing;
mod facts;
mod importer;
mod job;
mod managers;
mod migrations;
mod model;
pub mod pages;
mod plan;
mod progress;
mod propose;
mod reading;
mod recognise;
mod run;
mod store;
mod undo;
mod upload;

#[cfg(test)]
mod tests;

pub use importer::Importer;
pub use job::ImportJob;
pub use managers::{Known, Manager};
pub use migrations::MIGRATION;
pub use model::{Fate, Import, Line, Options, Report, State, Tally};
pub use propose::{NotProposed, Proposed, propose};
pub use reading::{Draft, Reading, Unreadable};
pub use run::{NewImport, dry_run, run};
pub use store::{Remembered, imports};
pub use undo::undo;
pub use upload::{confirm, of_importer, request, upload};
