//! Today: everything that somebody owes right now and the one action that clears each of it, what
//! waits for their approval and what they promised to customers. Leaders also see what is overdue
//! in their teams, company leadership the customers at risk.

mod board;
#[cfg(test)]
mod board_tests;
mod due;
mod gather;
mod pages;
mod risk;

pub use due::{due, lateness};
pub use pages::{customers_at_risk, nav, routes};
