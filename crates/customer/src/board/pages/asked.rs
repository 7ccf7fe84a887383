//! Which board the address asks for, and which boards are open to its reader.

use kehu_core::{Actor, Locale, MemberId, Position, TeamId};
use kehu_platform::web::{Page, Query};
use kehu_rulebook::obligations::Whose;

use crate::board::{Order, Weeks};
use crate::duties::WEEKLY_CALL;
use crate::t::board as t;

/// One of the three boards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    Teams,
    Company,
    Own,
}

impl View {
    /// The boards open to the actor, the one they start with first.
    pub fn of(actor: &Actor) -> Vec<View> {
        let serves =
            [Position::AccountManager, Position::IndustryExpert, Position::TechnicalSupport, Position::AfterSales];
        let leads = !actor.leads.is_empty();
        let waits = actor.holds(Position::TeamLead) && !leads;
        [
            (View::Teams, leads),
            (View::Company, actor.holds(Position::CompanyLeadership)),
            (View::Own, waits || serves.into_iter().any(|position| actor.holds(position))),
        ]
        .into_iter()
        .filter_map(|(view, open)| open.then_some(view))
        .collect()
    }

    pub const fn code(self) -> &'static str {
        match self {
            View::Teams => "team",
            View::Company => "company",
            View::Own => "mine",
        }
    }

    pub fn name(self, l: Locale) -> &'static str {
        match self {
            View::Teams => t::view_team(l),
            View::Company => t::view_company(l),
            View::Own => t::view_own(l),
        }
    }
}

pub(super) struct Asked {
    pub query: Query,
    pub view: View,
    pub views: Vec<View>,
    pub weeks: Weeks,
    pub team: Option<TeamId>,
    pub owner: Option<MemberId>,
    pub tier: String,
    pub region: String,
    pub order: Order,
    /// Words in the cells in place of colours.
    pub words: bool,
}

impl Asked {
    /// `None` when no board is open to the reader.
    pub fn of(page: &Page) -> Option<Self> {
        let query = page.query();
        let views = View::of(&page.actor);
        let view = views.iter().copied().find(|view| view.code() == query.get("view")).or(views.first().copied())?;
        let count = query.get("weeks").parse().ok().filter(|count| Weeks::CHOICES.contains(count));
        Some(Asked {
            view,
            views,
            weeks: Weeks::until(page.zone.local_date(page.now), count.unwrap_or(Weeks::CHOICES[0])),
            team: query.get("team").parse().ok(),
            owner: query.get("owner").parse().ok(),
            tier: query.get("tier").to_owned(),
            region: query.get("region").to_owned(),
            order: if query.get("sort") == "rate" { Order::Rate } else { Order::Members },
            words: query.get("as") == "words",
            query,
        })
    }

    pub fn whose(&self) -> Whose {
        if self.view == View::Teams { Whose::Teams(self.team) } else { Whose::OwnAccounts }
    }

    /// The list of the calls behind a figure of the whole time.
    pub fn behind(&self, state: &str, more: &str) -> String {
        let (from, to) = self.weeks.days();
        let team = self.team.map_or_else(String::new, |team| format!("&team={team}"));
        format!("/obligations?rule={WEEKLY_CALL}&from={from}&to={to}&state={state}{team}{more}")
    }
}
