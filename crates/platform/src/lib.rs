//! What every area stands on: the database and its two dialects, the web kit, sign-in, the
//! directory of members, the journal, jobs, search and the words of the interface.

use std::sync::Arc;

pub mod consequence;
pub mod db;
pub mod directory;
mod error;
pub mod export;
pub mod i18n;
pub mod jobs;
pub mod journal;
pub mod kept;
pub mod search;
pub mod sign_in;
pub mod tokens;
pub mod web;

pub use error::{Error, FieldError, Invalid};
pub use sea_orm;

/// The words of this crate's areas, one function a message.
pub mod t {
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

/// The platform's own pages and tables.
pub fn area() -> web::Area {
    web::Area {
        pages: directory::pages().merge(jobs::pages()).merge(sign_in::pages()),
        api: directory::api(),
        api_words: directory::api_words(),
        migrations: vec![
            directory::MIGRATION,
            directory::VIEWING,
            journal::MIGRATION,
            search::MIGRATION,
            jobs::MIGRATION,
            journal::SEALS,
            tokens::MIGRATION,
            web::api::MIGRATION,
            kept::MIGRATION,
        ],
        nav: directory::nav().into_iter().chain(jobs::nav()).collect(),
        beside: vec![("/teams", "/members"), ("/departments", "/members")],
        shown_to_onlookers: vec!["/members", "/teams", "/departments", "/calendar", "/api"],
        leaving_checks: vec![Arc::new(directory::LeadsAndDeputises)],
        ..web::Area::default()
    }
}
