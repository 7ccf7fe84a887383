//! The list of obligations as a file, under the list's filter. What the reader may not tell apart is
//! left out of the row, as it is on the page.

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::Locale;
use kehu_core::calendar::Zone;
use kehu_platform::Error;
use kehu_platform::export::{Cell, Column, List, MOST};
use kehu_platform::web::{Page, Query};

use super::super::presenter::{rule_name, shown_state};
use super::super::queries::listed;
use super::super::reach::Sight;
use super::filters::Asked;
use super::list::LIST;
use super::{moment, reach};
use crate::t::obligations as t;

/// The obligations behind a number.
pub(super) struct Obligations;

pub(super) struct Told {
    account: String,
    rule: String,
    clause: String,
    first_day: Option<NaiveDate>,
    due_at: DateTime<Utc>,
    owner: String,
    team: String,
    state: &'static str,
    recorded_late: bool,
    settled_at: Option<DateTime<Utc>>,
    explanation: String,
    yes: &'static str,
    zone: Zone,
}

impl List for Obligations {
    type Row = Told;

    const NAME: &'static str = "obligations";
    const PATH: &'static str = "/obligations";

    fn title(l: Locale) -> &'static str {
        t::obligations(l)
    }

    fn columns() -> Vec<Column<Told>> {
        vec![
            Column::new("account", t::fact_account, |o| o.account.as_str().into()),
            Column::new("rule", t::column_what, |o| o.rule.as_str().into()),
            Column::new("clause", t::column_clause, |o| o.clause.as_str().into()),
            Column::new("window", t::column_window, |o| o.first_day.into()),
            Column::new("due_at", t::column_due, |o| Cell::Moment(o.due_at, o.zone)),
            Column::new("owner", t::column_owner, |o| o.owner.as_str().into()),
            Column::new("team", t::fact_team, |o| o.team.as_str().into()),
            Column::new("state", t::column_state, |o| o.state.into()),
            Column::new(
                "recorded_late",
                t::recorded_late,
                |o| if o.recorded_late { o.yes.into() } else { Cell::Empty },
            ),
            Column::new("settled_at", t::fact_settled, |o| {
                o.settled_at.map_or(Cell::Empty, |at| Cell::Moment(at, o.zone))
            }),
            Column::new("explanation", t::explanation, |o: &Told| o.explanation.as_str().into()).unusual(),
        ]
    }

    async fn rows(page: &Page, query: &Query) -> Result<Vec<Told>, Error> {
        let (l, on, moment) = (page.locale, page.app.db.read(), moment(page));
        let reach = reach(page).await?;
        let asked = Asked::read(query.clone(), LIST, &moment);
        let roster = page.roster();
        let found = listed(on, &asked.listing, moment.now, &reach, 0, MOST as u64 + 1).await?;
        Ok(found
            .into_iter()
            .map(|o| {
                let sight = reach.sight(&o).unwrap_or(Sight::WithoutCustomers);
                let customer = |text: &str| if sight == Sight::WithoutCustomers { "" } else { text }.to_owned();
                let person = |text: &str| if sight == Sight::WithoutPeople { "" } else { text }.to_owned();
                let explanation = o.explanation.as_deref().filter(|_| sight == Sight::Full);
                Told {
                    account: customer(&o.title),
                    rule: rule_name(l, &o),
                    first_day: o.window_start.map(|start| moment.zone.local_date(start)),
                    due_at: o.due_at,
                    owner: person(roster.name(o.owner)),
                    team: roster.team_name(o.team).to_owned(),
                    state: shown_state(&o, &moment).word(l),
                    recorded_late: o.recorded_late,
                    settled_at: o.settled_at,
                    explanation: explanation.unwrap_or_default().to_owned(),
                    yes: t::yes(l),
                    zone: moment.zone,
                    clause: o.clause,
                }
            })
            .collect())
    }
}
