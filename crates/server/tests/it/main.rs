//! The product as a whole, on both databases and in a real browser.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod browser;
mod demo;
