//! Chapter 4 of the rulebook: the customers themselves.

pub mod ledger;

/// The words of this crate's areas, one function a message.
pub mod t {
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}
