//! What an import is asked to do, and what it answers.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, ImportId, MemberId};
use serde::{Deserialize, Serialize};

use super::managers::Manager;
use crate::ledger::{MappingFile, RowIssue};

/// What the importing member decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Managers who are no members become members without sign-in.
    pub create_managers: bool,
    /// What the ledger says is written over what is known.
    pub update: bool,
    /// Managers as the ledger writes them and who they are; the empty name stands for companies
    /// without one.
    pub managers: BTreeMap<String, MemberId>,
}

/// What became of records of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
}

/// What became of one company of the ledger, or would.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The rows that name it.
    pub rows: Vec<u32>,
    pub name: String,
    pub account: Option<AccountId>,
    pub fate: Fate,
    /// Its manager as the ledger writes it.
    pub manager: String,
    pub contacts: Tally,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    Created,
    Updated,
    Unchanged,
    /// Kept out; the errors say why.
    Skipped,
}

/// What an import has done, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Rows that hold data.
    pub rows: usize,
    pub accounts: Tally,
    pub contacts: Tally,
    /// Rows that repeat a company which an earlier row names.
    pub duplicates: usize,
    pub managers: Vec<Manager>,
    /// New accounts without a tier of ours, entered under the lowest.
    pub tiers_assumed: usize,
    pub errors: Vec<RowIssue>,
    pub notes: Vec<RowIssue>,
    pub lines: Vec<Line>,
}

impl Report {
    /// How many rows are kept out.
    pub fn bad_rows(&self) -> usize {
        self.errors.iter().map(|error| error.row).collect::<std::collections::BTreeSet<_>>().len()
    }

    pub fn changes_anything(&self) -> bool {
        let changes = |tally: Tally| tally.created + tally.updated > 0;
        changes(self.accounts) || changes(self.contacts)
    }
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The file is here; its columns are being looked at.
    Uploaded,
    /// Columns and options are decided; it waits for a look at what it would do.
    Mapped,
    Queued,
    Done,
    /// It could not run; nothing was written.
    Failed,
    Undone,
}

impl State {
    pub const fn code(self) -> &'static str {
        match self {
            State::Uploaded => "uploaded",
            State::Mapped => "mapped",
            State::Queued => "queued",
            State::Done => "done",
            State::Failed => "failed",
            State::Undone => "undone",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [State::Uploaded, State::Mapped, State::Queued, State::Done, State::Failed, State::Undone]
            .into_iter()
            .find(|state| state.code() == code)
    }
}

/// One import as it is kept.
#[derive(Clone, Debug)]
pub struct Import {
    pub id: ImportId,
    pub file_name: String,
    /// None for the command line without a member.
    pub by: Option<MemberId>,
    pub by_name: String,
    pub at: DateTime<Utc>,
    pub state: State,
    pub mapping: MappingFile,
    pub options: Options,
    pub report: Option<Report>,
    /// Why it failed.
    pub problem: String,
    pub finished_at: Option<DateTime<Utc>>,
    pub undone_at: Option<DateTime<Utc>>,
    pub undone_by: String,
}

/// What was changed, so that it can be undone.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub kind: RecordKind,
    pub record: uuid::Uuid,
    /// The facts before; none for a record that was created.
    pub before: Option<serde_json::Value>,
    /// The record's version when the import had written it.
    pub version: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RecordKind {
    Account,
    Contact,
    Member,
}

impl RecordKind {
    pub const fn code(self) -> &'static str {
        match self {
            RecordKind::Account => "account",
            RecordKind::Contact => "contact",
            RecordKind::Member => "member",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [RecordKind::Account, RecordKind::Contact, RecordKind::Member].into_iter().find(|kind| kind.code() == code)
    }
}
