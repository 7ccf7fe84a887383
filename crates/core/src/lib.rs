//! The vocabulary that every other crate speaks: ids, time, money, members' positions and the
//! languages of the interface. Nothing here does I/O.

pub mod calendar;
mod locale;

pub use locale::Locale;
