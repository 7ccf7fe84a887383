//! How far the rulebook is kept: the report of the page and the command line, as JSON.

use axum::Json;
use axum::response::IntoResponse as _;
use chrono::NaiveDate;
use kehu_core::calendar::{Window, WindowKind};
use kehu_platform::Invalid;
use kehu_platform::web::App;
use kehu_platform::web::api::{Answer, Asked, Caller, day};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::period::{LONGEST, Period, before};
use super::super::queries::{Group, GroupBy, Listing};
use super::super::report::{Names, report};
use super::super::state::Tally;
use super::reach;
use crate::t::obligations as t;
use crate::versions;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(compliance))
}

/// By what compliance is told apart.
#[derive(Clone, Copy, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ComplianceBy {
    #[default]
    Clause,
    Team,
    Member,
    Account,
}

impl From<ComplianceBy> for GroupBy {
    fn from(by: ComplianceBy) -> GroupBy {
        match by {
            ComplianceBy::Clause => GroupBy::Clause,
            ComplianceBy::Team => GroupBy::Team,
            ComplianceBy::Member => GroupBy::Member,
            ComplianceBy::Account => GroupBy::Account,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// One clause alone.
    #[param(example = "4.4.1")]
    clause: Option<String>,
    /// First day on which something falls due; the first of this month unless said otherwise.
    from: Option<NaiveDate>,
    /// Last day, at most 800 days on; the last of this month unless said otherwise.
    to: Option<NaiveDate>,
    /// By what the lines are told apart; by clause unless said otherwise.
    #[param(inline)]
    group_by: Option<ComplianceBy>,
}

/// How many obligations stand how.
#[derive(Serialize, ToSchema)]
#[schema(as = Tally)]
struct TallyView {
    met: u64,
    met_late: u64,
    missed: u64,
    /// All open ones, the overdue among them.
    open: u64,
    overdue: u64,
    waived: u64,
    cancelled: u64,
    /// What the rate is of: met, met late and missed.
    settled: u64,
    /// On time, in whole per cent; null below five settled ones.
    percent: Option<u64>,
}

impl From<Tally> for TallyView {
    fn from(tally: Tally) -> Self {
        Self {
            met: tally.met,
            met_late: tally.met_late,
            missed: tally.missed,
            open: tally.open,
            overdue: tally.overdue,
            waived: tally.waived,
            cancelled: tally.cancelled,
            settled: tally.settled(),
            percent: tally.percent(),
        }
    }
}

/// One line of the report.
#[derive(Serialize, ToSchema)]
struct ComplianceLine {
    /// Number of the clause, or id of the team, member or account; null for what belongs to no team.
    group: Option<String>,
    name: String,
    tally: TallyView,
    /// In the period before.
    previous: TallyView,
}

/// How far the rulebook was kept in a period.
#[derive(Serialize, ToSchema)]
struct Compliance {
    from: NaiveDate,
    to: NaiveDate,
    previous_from: NaiveDate,
    previous_to: NaiveDate,
    group_by: ComplianceBy,
    items: Vec<ComplianceLine>,
    /// Always null: the report comes whole.
    next: Option<String>,
    #[schema(minimum = 0)]
    total: u64,
    /// All lines together.
    all: TallyView,
    previous: TallyView,
}

/// Reckon compliance
///
/// Of the obligations that fall due in the period, how many were met on time; the figures of the page.
#[utoipa::path(get, path = "/api/v1/compliance", tag = "compliance", operation_id = "compliance", params(Wanted),
    responses((status = 200, description = "The report", body = Compliance)))]
async fn compliance(caller: Caller, Asked(wanted): Asked<Wanted>) -> Answer {
    let (on, zone, today) = (caller.app.db.read(), caller.zone, caller.zone.local_date(caller.now));
    let month = Window::containing(WindowKind::Month, today);
    let (from, to) = (wanted.from.map_or(month.start, day), wanted.to.map_or(month.last_day(), day));
    if from > to {
        return Err(Invalid::one("?to", "before_from", t::to_before_from).into());
    }
    if (to - from).num_days() > LONGEST {
        return Err(Invalid::one("?to", "too_long", |l| t::period_too_long(l, LONGEST)).into());
    }
    let period = if (from, to) == (month.start, month.last_day()) { Period::Month } else { Period::Days(from, to) };
    let narrowed = Listing { clause: wanted.clause, ..Listing::due(zone.start_of_day(from), zone.end_of_day(to)) };
    let group_by = wanted.group_by.unwrap_or_default();
    let timeline = caller.kept::<versions::Timeline>().await?;
    let current = timeline.on(today);
    let roster = caller.roster();
    let names = Names { locale: caller.locale, roster, rulebook: &current.rulebook };
    let days = ((from, to), before(period, today, zone));
    let reach = reach(&caller).await?;
    let found = report(on, caller.now, zone, &reach, group_by.into(), &narrowed, days, names).await?;
    let items: Vec<ComplianceLine> = found
        .lines
        .into_iter()
        .map(|line| ComplianceLine {
            group: (line.group != Group::Team(None)).then(|| line.group.key()),
            name: line.name,
            tally: line.now.into(),
            previous: line.before.into(),
        })
        .collect();
    let compliance = Compliance {
        from,
        to,
        previous_from: found.days_before.0,
        previous_to: found.days_before.1,
        group_by,
        total: items.len() as u64,
        items,
        next: None,
        all: found.all.0.into(),
        previous: found.all.1.into(),
    };
    Ok(Json(compliance).into_response())
}
