//! 4.4.1 at a glance: whether each customer was called each week and visited each month. The leader
//! sees the teams' accounts week by week and opens a cell to its evidence, company leadership the
//! teams' rates and the customers at risk, everybody else the accounts they work on.

mod model;
pub mod pages;
mod store;

pub use model::{Board, Line, Order, Weeks};
