use chrono::{DateTime, Utc};
use kehu_core::{AccountId, MemberId, TeamId};
use kehu_platform::db::{DbFault, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::values;

use super::super::reach::{Naming, Reach};
use super::super::state::{State, Tally};
use super::super::store::{Obligation, find};
use super::answers::UNANSWERED;

/// Which obligations a list shows.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Due in `(from, to]`: what is due by the end of a day belongs to that day.
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    pub clause: Option<String>,
    pub rule: Option<String>,
    pub state: Option<State>,
    /// Only those that count in the rate: met, met late and missed.
    pub settled: bool,
    /// Only those past their date, with `State::Open`.
    pub overdue: bool,
    /// Only those whose late record waits for confirmation.
    pub to_confirm: bool,
    /// Only those whose explanation has no answer.
    pub to_answer: bool,
    pub owner: Option<MemberId>,
    pub team: Option<TeamId>,
    /// Only those of no team.
    pub teamless: bool,
    pub account: Option<AccountId>,
}

impl Listing {
    /// Everything that falls due in `(from, to]`.
    pub fn due(from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        Self {
            from,
            to,
            clause: None,
            rule: None,
            state: None,
            settled: false,
            overdue: false,
            to_confirm: false,
            to_answer: false,
            owner: None,
            team: None,
            teamless: false,
            account: None,
        }
    }

    /// Asking for one person's or one customer's obligations names them.
    /// Whether it is everything that falls due.
    pub(super) fn is_whole(&self) -> bool {
        let Listing {
            from: _,
            to: _,
            clause,
            rule,
            state,
            settled,
            overdue,
            to_confirm,
            to_answer,
            owner,
            team,
            teamless,
            account,
        } = self;
        clause.is_none()
            && rule.is_none()
            && state.is_none()
            && owner.is_none()
            && team.is_none()
            && account.is_none()
            && ![settled, overdue, to_confirm, to_answer, teamless].into_iter().any(|only| *only)
    }

    pub(super) fn condition(&self, now: DateTime<Utc>, reach: &Reach) -> (String, Vec<Value>) {
        let mut sql = "due_at > $1 and due_at <= $2".to_owned();
        let mut values = values![self.from, self.to];
        let mut also = |column: &str, value: Value| {
            values.push(value);
            sql.push_str(&format!(" and {column} ${}", values.len()));
        };
        if let Some(clause) = &self.clause {
            also("clause =", clause.clone().into());
        }
        if let Some(rule) = &self.rule {
            also("rule =", rule.clone().into());
        }
        if let Some(state) = self.state {
            also("state =", state.code().into());
        }
        if self.overdue {
            also("due_at <=", now.into());
        }
        if self.to_confirm {
            also("to_confirm =", true.into());
        }
        if let Some(owner) = self.owner {
            also("owner_id =", owner.uuid().into());
        }
        if let Some(team) = self.team {
            also("team_id =", team.uuid().into());
        }
        if let Some(account) = self.account {
            also("account_id =", account.uuid().into());
        }
        if self.settled {
            sql.push_str(" and state in ('met', 'met_late', 'missed')");
        }
        if self.to_answer {
            sql.push_str(" and ");
            sql.push_str(UNANSWERED);
        }
        if self.teamless {
            sql.push_str(" and team_id is null");
        }
        let named = [(self.owner.is_some(), Naming::People), (self.account.is_some(), Naming::Customers)];
        reach.narrow(&named, &mut sql, &mut values);
        (sql, values)
    }
}

#[derive(FromQueryResult)]
struct Standing {
    state: String,
    overdue: i32,
    count: i64,
}

/// One page of the list, latest due first.
pub(in crate::obligations) async fn listed(
    on: &impl ConnectionTrait,
    listing: &Listing,
    now: DateTime<Utc>,
    reach: &Reach,
    offset: u64,
    limit: u64,
) -> Result<Vec<Obligation>, DbFault> {
    let (sql, values) = listing.condition(now, reach);
    find(on, &format!("{sql} order by due_at desc, id limit {limit} offset {offset}"), values).await
}

/// The tally over the whole list.
pub(in crate::obligations) async fn listing_tally(
    on: &impl ConnectionTrait,
    listing: &Listing,
    now: DateTime<Utc>,
    reach: &Reach,
) -> Result<Tally, DbFault> {
    let (condition, mut values) = listing.condition(now, reach);
    values.push(now.into());
    let sql = format!(
        "select state, case when state = 'open' and due_at <= ${} then 1 else 0 end as overdue, count(*) as count
         from obligations where {condition} group by 1, 2",
        values.len()
    );
    let found: Vec<Standing> = rows(on, &sql, values).await?;
    Ok(found.into_iter().fold(Tally::default(), |mut tally, row| {
        if let Some(state) = State::from_code(&row.state) {
            tally.add(state, row.overdue == 1, u64::try_from(row.count).unwrap_or_default());
        }
        tally
    }))
}
