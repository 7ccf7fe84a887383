//! The product put together: which areas it has, how it is configured and served. The binary and
//! the integration tests both start from here.

pub mod cli;
pub mod compose;
pub mod config;
pub mod demo;
pub mod serve;
