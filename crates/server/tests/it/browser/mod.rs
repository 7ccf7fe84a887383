//! The demo company in a real browser: every page that somebody in it can reach, at both sizes.

mod board;
mod call_through_the_api;
mod demo_site;
mod every_page;
mod log_a_contact;
mod weight;
