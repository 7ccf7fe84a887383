//! Chapter 4 of the rulebook: the customers themselves.

use std::sync::Arc;

use kehu_platform::web::{Area, NavEntry};

pub mod accounts;
pub mod board;
pub mod communications;
pub mod duties;
pub mod import;
pub mod ledger;

/// The words of this crate's areas, one function a message.
pub mod t {
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

/// Chapter 4's pages, tables and consequences.
pub fn area() -> Area {
    Area {
        pages: board::pages::routes()
            .merge(accounts::pages::routes())
            .merge(communications::pages::routes())
            .merge(import::pages::routes()),
        api: accounts::api::routes().merge(communications::api::routes()).merge(import::api::routes()),
        api_words: [accounts::api::words(), communications::api::words(), import::api::words()].concat(),
        migrations: vec![
            accounts::MIGRATION,
            accounts::PEOPLE,
            accounts::SPEED,
            accounts::NAMES_IN_ORDER,
            communications::MIGRATION,
            communications::SPEED,
            import::MIGRATION,
        ],
        nav: nav(),
        narrowed_to_onlookers: vec!["/accounts", "/contacts", "/board"],
        consequences: vec![Arc::new(duties::Directory)],
        leaving_checks: vec![Arc::new(accounts::StillHeld)],
        jobs: vec![Arc::new(import::ImportJob)],
        ..Area::default()
    }
}

fn nav() -> Vec<NavEntry> {
    board::pages::nav()
        .into_iter()
        .chain(accounts::pages::nav())
        .chain(communications::pages::nav())
        .chain(import::pages::nav())
        .collect()
}
