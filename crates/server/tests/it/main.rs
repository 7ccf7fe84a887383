//! The product as its users meet it: through the command line, through HTTP, in a browser.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod accounts;
mod api;
mod board;
mod browser;
mod cli;
mod client;
mod communications;
mod compliance;
mod contacts;
mod demo;
mod exports;
mod import;
mod invariants;
mod people;
mod plans;
mod rulebook;
mod today;
mod view_as;
