//! The directory's pages. Everybody signed in may read who is who; what changes something asks
//! for the permission in its verb, and is not offered to those who lack it.

mod asked;
mod calendar;
mod calendar_forms;
mod company;
mod departments;
mod departure;
mod history;
mod leaves;
mod member;
mod member_form;
mod members;
mod members_export;
mod profile;
mod teams;
mod tokens;
mod units;

use axum::Router;
use kehu_core::{Actor, Locale, Position};
use maud::Markup;

use crate::t::directory as t;
use crate::web::kit::{self, Icon, Tab};
use crate::web::{App, NavEntry, NavGroup};

pub fn routes() -> Router<App> {
    Router::new()
        .merge(members::routes())
        .merge(member_form::routes())
        .merge(member::routes())
        .merge(departure::routes())
        .merge(leaves::routes())
        .merge(teams::routes())
        .merge(departments::routes())
        .merge(calendar::routes())
        .merge(calendar_forms::routes())
        .merge(company::routes())
        .merge(profile::routes())
        .merge(tokens::routes())
}

pub fn nav() -> Vec<NavEntry> {
    let entry =
        |group, href, label, icon, visible| NavEntry { group, href, label, icon, thumb: false, visible, count: None };
    vec![
        entry(NavGroup::Team, "/members", t::nav_members, Icon::Users, |_| true),
        entry(NavGroup::Team, "/calendar", t::nav_calendar, Icon::Calendar, |_| true),
        entry(NavGroup::Administration, "/company", t::nav_company, Icon::Settings, is_administrator),
    ]
}

fn is_administrator(actor: &Actor) -> bool {
    actor.holds(Position::Administrator)
}

/// The three lists of the directory.
fn directory_tabs(l: Locale, current: &str) -> Markup {
    let tab = |href: &str, label: &str| Tab::new(href, label, href == current);
    kit::tabs(
        t::tabs(l),
        &[tab("/members", t::members(l)), tab("/teams", t::teams(l)), tab("/departments", t::departments(l))],
    )
}
