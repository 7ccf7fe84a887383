//! What an import promises, on both databases.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod companies;
mod managers;
mod undo;
mod world;
