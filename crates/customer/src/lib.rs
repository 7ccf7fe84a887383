//! Chapter 4 of the rulebook: the customers themselves.

pub mod ledger;
