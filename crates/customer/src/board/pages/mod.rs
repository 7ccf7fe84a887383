//! The HTML door of the board.

mod asked;
mod cell;
mod company;
mod figures;
mod filters;
mod index;
mod sheet;

use axum::Router;
use axum::routing::get;
use kehu_core::Actor;
use kehu_platform::web::kit::Icon;
use kehu_platform::web::{App, NavEntry, NavGroup};

use crate::t::board as t;

pub fn routes() -> Router<App> {
    Router::new().route("/board", get(index::show)).merge(cell::routes())
}

pub fn nav() -> Vec<NavEntry> {
    vec![NavEntry {
        group: NavGroup::Work,
        href: "/board",
        label: t::nav,
        icon: Icon::LayoutGrid,
        thumb: false,
        visible: Actor::reads_customers,
        count: None,
    }]
}
