//! The company's business calendar: the public holidays as published, with the yearly notices and
//! the single days that the company has entered on top.

mod store;

pub use store::calendar;
