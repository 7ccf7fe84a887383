//! What tests stand on: the same test body on both databases, and a real browser.
//! A dev-dependency only; nothing of it is in the product.

#![expect(clippy::print_stdout, reason = "a test prints what the person who runs it should read")]

pub mod accessibility;
pub mod browser;
pub mod database;
mod postgres;
pub mod servers;

pub use database::{Backend, TestDatabase};
