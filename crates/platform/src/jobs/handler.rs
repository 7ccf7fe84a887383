//! What an area does with its jobs.

use async_trait::async_trait;
use kehu_core::Locale;
use serde_json::Value as Json;

use crate::db::DbFault;
use crate::error::Error;
use crate::web::App;

/// Does the jobs of one kind. A job may run again after a crash, so doing it twice must end like
/// doing it once.
#[async_trait]
pub trait JobHandler: Send + Sync {
    /// The kind under which its jobs are written.
    fn kind(&self) -> &'static str;

    /// What administrators call them.
    fn label(&self, l: Locale) -> &'static str;

    async fn run(&self, app: &App, payload: &Json) -> Result<(), JobFailure>;
}

/// Why a job was not done.
#[derive(Debug, thiserror::Error)]
pub enum JobFailure {
    /// May work later: the database was away, a server did not answer.
    #[error("{0}")]
    Retry(String),
    /// Trying again cannot help.
    #[error("{0}")]
    GiveUp(String),
}

impl From<Error> for JobFailure {
    fn from(error: Error) -> Self {
        match error {
            Error::Db(_) | Error::Broken(_) | Error::Stale => JobFailure::Retry(error.to_string()),
            refusal => JobFailure::GiveUp(refusal.to_string()),
        }
    }
}

impl From<DbFault> for JobFailure {
    fn from(fault: DbFault) -> Self {
        JobFailure::Retry(fault.to_string())
    }
}
