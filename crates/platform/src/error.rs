//! What a verb answers when it does not do what was asked. Doors turn it into a page with the
//! message next to the field, or into a problem document.

use kehu_core::{Forbidden, Locale};

use crate::db::DbFault;
use crate::i18n::Message;

/// One field that cannot be accepted as typed.
#[derive(Clone, Debug)]
pub struct FieldError {
    /// The field's name in the form and in the API.
    pub field: String,
    /// Stable, for programs: `required`, `too_long`, `not_a_date`, …
    pub code: &'static str,
    pub message: Message,
}

/// All fields that cannot be accepted; empty while everything is fine.
#[derive(Clone, Debug, Default)]
pub struct Invalid(Vec<FieldError>);

impl Invalid {
    pub fn add<S: Into<String>>(
        &mut self,
        field: impl Into<String>,
        code: &'static str,
        message: impl Fn(Locale) -> S + Send + Sync + 'static,
    ) {
        self.0.push(FieldError { field: field.into(), code, message: Message::new(message) });
    }

    /// A single refused field.
    pub fn one<S: Into<String>>(
        field: impl Into<String>,
        code: &'static str,
        message: impl Fn(Locale) -> S + Send + Sync + 'static,
    ) -> Self {
        let mut invalid = Self::default();
        invalid.add(field, code, message);
        invalid
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn errors(&self) -> &[FieldError] {
        &self.0
    }

    /// The message next to a field, in the reader's language.
    pub fn of(&self, field: &str, locale: Locale) -> Option<String> {
        self.0.iter().find(|e| e.field == field).map(|e| e.message.text(locale))
    }

    /// `Err` when anything was refused.
    pub fn check(self) -> Result<(), Error> {
        if self.is_empty() { Ok(()) } else { Err(Error::Invalid(self)) }
    }
}

/// Why a verb refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no such record")]
    NotFound,
    #[error("not permitted")]
    Forbidden,
    #[error("{0:?}")]
    Invalid(Invalid),
    /// Somebody else changed the record since the writer read it.
    #[error("changed by somebody else in the meantime")]
    Stale,
    /// The record's state does not allow this; the code is stable for programs.
    #[error("{message:?}")]
    Conflict { code: &'static str, message: Message },
    #[error(transparent)]
    Db(#[from] DbFault),
    /// A file, a password hash or another part of the machine failed.
    #[error("{0}")]
    Broken(String),
}

impl Error {
    pub fn conflict<S: Into<String>>(
        code: &'static str,
        message: impl Fn(Locale) -> S + Send + Sync + 'static,
    ) -> Self {
        Self::Conflict { code, message: Message::new(message) }
    }
}

impl From<Forbidden> for Error {
    fn from(_: Forbidden) -> Self {
        Self::Forbidden
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Db(error.into())
    }
}
