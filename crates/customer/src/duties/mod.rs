//! What chapter 4 makes people owe, and what discharges it. Calls and visits are cadences (4.4.1);
//! minutes and replies are opened by a visit (4.2.3). Every verb that writes a record calls
//! [`cadences`] or [`promises`] in its transaction; the clock calls [`tick`].

mod books;
mod cadences;
mod clock;
mod promises;
mod reassess;
#[cfg(test)]
pub(crate) mod tests;

pub use books::Books;
pub use cadences::{CADENCES, Cadence, MONTHLY_VISIT, WEEKLY_CALL, cadences};
pub use clock::{run, tick};
pub use promises::{MINUTES_SENT, QUESTION_ANSWERED, promises};
pub use reassess::{Directory, account, accounts, reassess};
