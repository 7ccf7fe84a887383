//! The product as its users meet it: through the command line, through HTTP, in a browser.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod accounts;
mod browser;
mod cli;
mod client;
mod communications;
mod demo;
mod invariants;
mod people;
mod rulebook;
mod today;
