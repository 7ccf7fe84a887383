//! The ledger's pages: one obligation with all that belongs to it, and the list behind a number.

mod decide;
mod explanation;
mod filters;
mod history;
mod list;
mod list_export;
mod report;
mod report_export;
mod show;

pub use show::Seen;

use axum::Router;
use kehu_platform::Error;
use kehu_platform::web::kit::Icon;
use kehu_platform::web::{App, NavEntry, NavGroup, Page};

use super::reach::Reach;
use super::registry::{Moment, registry};
use crate::t::obligations as t;

pub fn routes() -> Router<App> {
    Router::new().merge(show::routes()).merge(decide::routes()).merge(list::routes()).merge(report::routes())
}

pub fn nav() -> Vec<NavEntry> {
    vec![NavEntry {
        group: NavGroup::Work,
        href: "/compliance",
        label: t::nav_compliance,
        icon: Icon::ClipboardCheck,
        thumb: false,
        visible: |_| true,
        count: None,
    }]
}

fn moment(page: &Page) -> Moment {
    Moment { now: page.now, zone: page.zone }
}

/// What the reader of a page may see, their account teams included.
pub async fn reach(page: &Page) -> Result<Reach, Error> {
    let reach = Reach::of(&page.actor);
    match registry().accounts_of {
        Some(accounts_of) => Ok(reach.with_accounts(accounts_of(page.app.db.clone(), page.actor.clone()).await?)),
        None => Ok(reach),
    }
}
