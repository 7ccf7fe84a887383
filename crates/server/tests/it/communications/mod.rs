//! The contact log (4.4.1, 4.2.3), from the form on a phone to what the rulebook makes of it.

mod answer;
pub(crate) mod cast;
mod correct;
mod log;
mod minutes;
