//! The rulebook over time. A version is drafted from the one before, submitted, and approved by company
//! leadership; from its date on it is what everything is judged by. Old versions stay, each obligation names
//! the version that made it, and every member confirms having read a new one (阅知).

mod adopt;
mod awaiting;
mod change;
mod confirm_reading;
mod decide;
mod documents;
mod draft;
mod migrations;
mod model;
mod permission;
mod store;
mod submit;
#[cfg(test)]
mod tests;
mod timeline;
mod withdraw;
mod wording;

pub use adopt::adopt_builtin;
pub use awaiting::awaiting;
pub use change::{ClauseDraft, change_clause, change_parameter, mark, parameter_field, text_field, title_field};
pub use confirm_reading::{Reading, confirm_reading, readings};
pub use decide::{approve, is_author, send_back};
pub use documents::document;
pub use draft::{begin_draft, import_draft, newest};
pub use migrations::MIGRATION;
pub use model::{State, Version};
pub use permission::{Drafter, ReadingObserver};
pub use store::{all, approved, has_read, numbered, open, version};
pub use submit::{LONGEST, Submission, submit};
pub use timeline::{InForce, Timeline, in_force, timeline};
pub use withdraw::withdraw;
pub use wording::{problem, responsible_name};
