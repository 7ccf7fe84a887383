//! The rulebook as a document: numbered clauses in the company's own words, the positions they bind and the typed
//! parameters that the company sets ("calls per week: 1"). Pure values: reading and writing files,
//! checking, comparing and editing, with a built-in rulebook to start from. Where versions are stored and which
//! one is in force is not known here.

mod builtin;
mod check;
mod difference;
mod edit;
mod entered;
pub mod known;
mod model;
mod number;
mod parameter;
mod problem;
mod read_toml;
mod sentence;
mod toml_entry;
#[cfg(test)]
mod toml_tests;
mod words;
mod write_toml;

pub use builtin::builtin;
pub use difference::{Change, ChangedPlace, Difference, difference};
pub use edit::WordsError;
pub use model::{Chapter, ChapterOutline, Clause, Responsible, Rulebook, Section, SectionOutline};
pub use number::{BadNumber, ClauseNumber, SectionNumber};
pub use parameter::{Choice, Kind, Parameter, ParameterError, Unit, Value};
pub use problem::{Fault, Problem};
pub use sentence::{Paragraph, Segment};
pub use words::Words;
