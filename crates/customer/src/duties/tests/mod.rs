//! The ledger against its clauses, and against a naive recomputation from the raw records.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod clauses;
mod history;
mod naive;
pub(crate) mod world;
