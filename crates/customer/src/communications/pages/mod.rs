//! The HTML door of communications: logging a contact with one thumb, reading what was logged,
//! sending the minutes of a visit and answering what was left open.

mod answer;
mod choose;
mod desk;
mod draft;
mod edit;
mod groups;
mod history;
mod inbox;
mod lately;
mod list;
mod list_export;
mod log_form;
mod minutes;
mod moments;
mod names;
mod outcome;
mod quick;
mod reader;
mod record;
mod several;
mod show;
mod store;

pub use names::{icon, kind};

use axum::Router;
use kehu_core::Actor;
use kehu_platform::web::kit::Icon;
use kehu_platform::web::{App, NavEntry, NavGroup, way_back};

use crate::t::communications as t;

pub fn routes() -> Router<App> {
    [
        record::routes(),
        choose::routes(),
        quick::routes(),
        several::routes(),
        list::routes(),
        show::routes(),
        edit::routes(),
        minutes::routes(),
        inbox::routes(),
        answer::routes(),
    ]
    .into_iter()
    .fold(Router::new(), Router::merge)
}

/// The contact log for those who serve customers or lead them; for everybody else the minutes that
/// are sent to them as a department's liaison.
pub fn nav() -> Vec<NavEntry> {
    vec![
        NavEntry {
            group: NavGroup::Customers,
            href: "/communications",
            label: t::communications,
            icon: Icon::PhoneCall,
            thumb: true,
            visible: Actor::reads_customers,
            count: None,
        },
        NavEntry {
            group: NavGroup::Work,
            href: "/minutes",
            label: t::inbox,
            icon: Icon::Note,
            thumb: true,
            visible: |actor| !actor.reads_customers(),
            count: None,
        },
    ]
}
