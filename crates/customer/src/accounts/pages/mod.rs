//! The HTML door of accounts.

mod contact_form;
mod entry_form;
mod filters;
mod grade_settings;
mod group_form;
mod group_settings;
mod hand_over_form;
mod index;
mod index_export;
mod names;
mod people;
mod people_export;
mod show;
mod team;

pub(super) use names::masked;

use axum::Router;
use kehu_core::{Actor, Position};
use kehu_platform::web::kit::Icon;
use kehu_platform::web::{App, NavEntry, NavGroup};

use crate::accounts::GroupKeeper;
use crate::t::accounts as t;

pub fn routes() -> Router<App> {
    Router::new()
        .merge(index::routes())
        .merge(entry_form::routes())
        .merge(show::routes())
        .merge(people::routes())
        .merge(contact_form::routes())
        .merge(hand_over_form::routes())
        .merge(team::routes())
        .merge(grade_settings::routes())
        .merge(group_settings::routes())
        .merge(group_form::routes())
}

pub fn nav() -> Vec<NavEntry> {
    let entry =
        |group, href, label, icon, thumb, visible| NavEntry { group, href, label, icon, thumb, visible, count: None };
    vec![
        entry(
            NavGroup::Customers,
            "/accounts",
            t::accounts,
            Icon::BuildingCommunity,
            true,
            reads_customers as fn(&Actor) -> bool,
        ),
        entry(NavGroup::Customers, "/contacts", t::contacts, Icon::User, false, reads_customers),
        entry(NavGroup::Administration, "/settings/grades", t::grades, Icon::Flag, false, configures),
        entry(NavGroup::Administration, "/settings/groups", t::groups, Icon::BuildingCommunity, false, keeps_groups),
    ]
}

/// Whoever reads no customers may still stand in for somebody who does.
fn reads_customers(actor: &Actor) -> bool {
    !actor.stands_in.is_empty() || actor.reads_customers()
}

fn configures(actor: &Actor) -> bool {
    actor.holds(Position::Administrator)
}

fn keeps_groups(actor: &Actor) -> bool {
    GroupKeeper::of(actor).is_ok()
}
