//! The vocabulary that every other crate speaks: ids, time, money, members' positions and the
//! languages of the interface. Nothing here does I/O.

mod actor;
pub mod calendar;
mod clock;
mod credit_code;
mod id;
mod locale;
mod money;

pub use actor::{Actor, Administrator, Door, Forbidden, Leadership, Position, Positions, StandsIn};
pub use clock::Clock;
pub use credit_code::{CreditCode, CreditCodeError};
pub use id::*;
pub use locale::{Locale, UnknownLocale};
pub use money::Money;
