//! Today in its three views: one's own, the teams one leads, and the customers at risk.

mod company;
mod mine;
mod rows;
mod side;
mod team;

pub use company::customers_at_risk;

use axum::Router;
use axum::routing::get;
use chrono::{DateTime, Utc};
use kehu_core::{Actor, Locale, Position};
use kehu_platform::db::DbFault;
use kehu_platform::web::kit::{self, Icon, Tab};
use kehu_platform::web::{Answer, App, NavEntry, NavGroup, Page};
use maud::{Markup, html};

use crate::obligations::{self, Moment};
use crate::t::today as t;

pub fn routes() -> Router<App> {
    Router::new().route("/", get(show))
}

pub fn nav() -> Vec<NavEntry> {
    vec![NavEntry {
        group: NavGroup::Work,
        href: "/",
        label: t::nav_today,
        icon: Icon::ListCheck,
        thumb: true,
        visible: |_| true,
        count: Some(|app, actor, now| Box::pin(overdue(app, actor, now))),
    }]
}

async fn overdue(app: &App, actor: &Actor, now: DateTime<Utc>) -> Result<i64, DbFault> {
    match actor.member {
        Some(member) => obligations::count_overdue(app.db.read(), member, now).await,
        None => Ok(0),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Mine,
    Team,
    Company,
}

impl View {
    /// The views open to the actor, the one they start with first.
    fn of(actor: &Actor) -> Vec<View> {
        let leadership = actor.holds(Position::CompanyLeadership);
        // Whoever has accounts of their own starts with these, everybody else with whom they lead.
        let own_first = actor.holds(Position::AccountManager);
        let mut views = vec![View::Mine];
        for (view, theirs) in [(View::Team, !actor.leads.is_empty()), (View::Company, leadership)] {
            if theirs {
                views.insert(if own_first { views.len() } else { views.len() - 1 }, view);
            }
        }
        views
    }

    const fn code(self) -> &'static str {
        match self {
            View::Mine => "mine",
            View::Team => "team",
            View::Company => "company",
        }
    }

    fn name(self, l: Locale) -> &'static str {
        match self {
            View::Mine => t::view_mine(l),
            View::Team => t::view_team(l),
            View::Company => t::view_company(l),
        }
    }
}

async fn show(page: Page) -> Answer {
    let moment = Moment { now: page.now, zone: page.zone };
    let views = View::of(&page.actor);
    let asked = page.query();
    let view = views.iter().copied().find(|view| view.code() == asked.get("view")).unwrap_or(views[0]);
    match view {
        View::Mine => mine::show(&page, &moment, tabs(page.locale, &views, view)).await,
        View::Team => team::show(&page, &moment, tabs(page.locale, &views, view)).await,
        View::Company => company::show(&page, &moment, tabs(page.locale, &views, view)).await,
    }
}

fn tabs(l: Locale, views: &[View], current: View) -> Markup {
    let tabs: Vec<Tab> =
        views.iter().map(|view| Tab::new(format!("/?view={}", view.code()), view.name(l), *view == current)).collect();
    html! { @if tabs.len() > 1 { (kit::tabs(t::views(l), &tabs)) } }
}
