//! What the database can answer besides data.

use sea_orm::{DbErr, SqlErr};

/// A fault of the database or of its use; never a business refusal.
#[derive(Debug, thiserror::Error)]
pub enum DbFault {
    /// `Db::write` was called inside `Db::write`.
    #[error("a write was started inside a write")]
    Nested,
    /// `Db::write` was called where nothing may be written: an administrator looks through a member's eyes.
    #[error("a write was started where only reading is allowed")]
    ReadOnly,
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl DbFault {
    /// Whether a unique index refused the row: two people did the same thing at once.
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Database(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))))
    }
}
