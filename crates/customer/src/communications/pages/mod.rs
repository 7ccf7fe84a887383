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
use kehu_core::{Actor, Position};
use kehu_platform::web::kit::Icon;
use kehu_platform::web::{App, NavEntry, NavGroup};

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
            visible: serves_customers,
            count: None,
        },
        NavEntry {
            group: NavGroup::Work,
            href: "/minutes",
            label: t::inbox,
            icon: Icon::Note,
            thumb: true,
            visible: |actor| !serves_customers(actor),
            count: None,
        },
    ]
}

fn serves_customers(actor: &Actor) -> bool {
    [
        Position::TeamLead,
        Position::AccountManager,
        Position::IndustryExpert,
        Position::TechnicalSupport,
        Position::AfterSales,
        Position::CompanyLeadership,
    ]
    .into_iter()
    .any(|position| actor.holds(position))
}

/// Where a form leads back to: only a place of ours.
fn way_back(asked: &str) -> Option<&str> {
    let ours = asked.starts_with('/') && !asked.starts_with("//") && !asked.contains(['\\', '\n', '\r']);
    ours.then_some(asked)
}

#[cfg(test)]
mod tests {
    use super::way_back;

    #[test]
    fn a_form_leads_back_only_to_places_of_ours() {
        assert_eq!(way_back("/accounts/1?tab=log"), Some("/accounts/1?tab=log"));
        for elsewhere in ["https://example.com", "//example.com", "/\\example.com", "accounts", ""] {
            assert_eq!(way_back(elsewhere), None, "{elsewhere}");
        }
    }
}
