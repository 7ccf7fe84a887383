//! What is wrong with a rulebook that someone wrote or changed, with the place, so that it can be shown beside the
//! field or with the line of the file.

use std::fmt;

use super::parameter::ParameterError;

/// One mistake. `Display` is for logs and the command line; pages translate by [`Fault::code`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The clause as written in the file, which may itself be malformed.
    pub clause: Option<String>,
    /// `title`, `text.en`, `calls_per_week.value`, `section 4.4` …
    pub field: String,
    /// Counted from 1; `None` when the rulebook was not read from a file.
    pub line: Option<usize>,
    pub fault: Fault,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not TOML; the message is the parser's, in English.
    #[error("not valid TOML: {message}")]
    Syntax { message: String },
    #[error("missing")]
    Missing,
    #[error("unknown field")]
    UnknownField,
    #[error("must be {expected}")]
    WrongType { expected: &'static str },
    #[error("not a number of the kind 4.4.1")]
    BadNumber,
    #[error("not a name: small letters, digits and _")]
    BadName,
    #[error("stands in the rulebook twice")]
    Duplicate,
    #[error("the chapter has no heading")]
    NoChapter,
    #[error("the section has no heading")]
    NoSection,
    #[error("unknown position {code:?}")]
    UnknownPosition { code: String },
    #[error("unknown kind {code:?}")]
    UnknownKind { code: String },
    #[error("unknown unit {code:?}")]
    UnknownUnit { code: String },
    #[error("{{{name}}} is no parameter of this clause")]
    UnknownMarker { name: String },
    #[error("the smallest value is above the largest")]
    EmptyBounds,
    #[error("a parameter of the built-in rulebook keeps its kind, and its bounds may only be narrowed")]
    UnfitForRule,
    #[error("{0}")]
    Value(#[from] ParameterError),
    #[error("the weights must total 100, they total {total}")]
    WeightsTotal { total: i64 },
    #[error("each grade must begin below the one above it")]
    GradesOrder,
}

impl Fault {
    /// The stable name of the fault, for messages and the API.
    pub fn code(&self) -> &'static str {
        match self {
            Fault::Syntax { .. } => "syntax",
            Fault::Missing => "missing",
            Fault::UnknownField => "unknown-field",
            Fault::WrongType { .. } => "wrong-type",
            Fault::BadNumber => "bad-number",
            Fault::BadName => "bad-name",
            Fault::Duplicate => "duplicate",
            Fault::NoChapter => "no-chapter",
            Fault::NoSection => "no-section",
            Fault::UnknownPosition { .. } => "unknown-position",
            Fault::UnknownKind { .. } => "unknown-kind",
            Fault::UnknownUnit { .. } => "unknown-unit",
            Fault::UnknownMarker { .. } => "unknown-marker",
            Fault::EmptyBounds => "empty-bounds",
            Fault::UnfitForRule => "unfit-for-rule",
            Fault::Value(error) => error.code(),
            Fault::WeightsTotal { .. } => "weights-total",
            Fault::GradesOrder => "grades-order",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if let Some(clause) = &self.clause {
            write!(f, "{clause} ")?;
        }
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        self.fault.fmt(f)
    }
}
