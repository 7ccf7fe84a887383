//! What Today needs from the ledger: a handful of indexed queries, never one for each row.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use kehu_core::calendar::{Window, WindowKind};
use kehu_core::{AccountId, Actor, Locale, MemberId, Position};
use kehu_platform::db::{Db, DbFault};
use kehu_platform::web::Page;

use super::board::records;
use crate::obligations::{
    self, Approval, Lapse, Moment, Obligation, PendingWaiver, Reach, Sight, State, Tally, ToAnswer, ToConfirm,
    UnreadAnswer, registry,
};
use crate::t::today as t;

/// How long a missed obligation stays on Today.
pub const MISSED_FOR: Duration = Duration::days(14);

/// What is missed for less than that fell due at most so much before: the days for recording it
/// and for missing a promise, over the longest holidays.
pub const MISSED_REACH: Duration = Duration::days(60);

/// How long an explanation waits for an answer on Today.
pub const ANSWERED_WITHIN: Duration = Duration::days(14);

/// How far back customers at risk are looked for.
pub const RISK_REACH: Duration = Duration::days(35);

/// One member's day.
#[derive(Clone, Debug, Default)]
pub struct Day {
    /// Open by the date they are due, then missed.
    pub mine: Vec<Obligation>,
    /// All obligations of the records that some of them are about.
    pub cards: Vec<Obligation>,
    pub last_month: Tally,
    pub this_month: Tally,
    pub waiting: Waiting,
    pub last_contacts: HashMap<AccountId, DateTime<Utc>>,
    /// What leaders answered to the member's explanations, until it is read.
    pub answers: Vec<UnreadAnswer>,
}

/// What waits for approval.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    pub waivers: Vec<PendingWaiver>,
    pub to_confirm: Vec<ToConfirm>,
    /// Explanations of late that have no answer.
    pub to_answer: Vec<ToAnswer>,
    pub elsewhere: Vec<Approval>,
}

impl Waiting {
    pub fn count(&self) -> usize {
        self.waivers.len() + self.to_confirm.len() + self.to_answer.len() + self.elsewhere.len()
    }
}

/// This month and the one before: the bounds of both.
pub fn months(moment: &Moment) -> (DateTime<Utc>, DateTime<Utc>, DateTime<Utc>) {
    let month = Window::containing(WindowKind::Month, moment.today());
    let (start, end) = month.bounds(moment.zone);
    (month.previous().bounds(moment.zone).0, start, end)
}

pub async fn day(db: &Db, member: MemberId, actor: &Actor, l: Locale, moment: &Moment) -> Result<Day, DbFault> {
    let (on, now) = (db.read(), moment.now);
    // What can still be met stands before what is lost.
    let mut mine = obligations::open_of(on, member).await?;
    mine.extend(obligations::missed_of(on, member, now - MISSED_REACH, now - MISSED_FOR).await?);
    let mut cards = obligations::cards(on, &records(&mine)).await?;
    let (last_month, this_month) = obligations::months_of(on, member, months(moment), now).await?;
    let last_contacts = match registry().last_contacts {
        Some(last_contacts) => last_contacts(db.clone(), cadence_accounts(&mine)).await?,
        None => HashMap::new(),
    };
    let waiting = waiting(db, actor, l, now).await?;
    let mut answers = obligations::unread_answers(on, member).await?;
    withhold(l, actor, &mut mine);
    withhold(l, actor, &mut cards);
    if actor.onlooker.is_some() {
        for answer in &mut answers {
            t::withheld(l).clone_into(&mut answer.title);
            answer.words.clear();
        }
    }
    Ok(Day { mine, cards, last_month, this_month, waiting, last_contacts, answers })
}

fn cadence_accounts(mine: &[Obligation]) -> Vec<AccountId> {
    let mut accounts: Vec<AccountId> =
        mine.iter().filter(|o| !o.window_key.is_empty()).filter_map(|o| o.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

/// For an onlooker: the obligations without what they say of customers whom the onlooker does not see.
pub fn withhold(l: Locale, actor: &Actor, obligations: &mut [Obligation]) {
    if actor.onlooker.is_none() {
        return;
    }
    let reach = Reach::of(actor);
    for obligation in obligations {
        if reach.onlookers_sight(obligation) != Some(Sight::Full) {
            t::withheld(l).clone_into(&mut obligation.title);
            obligation.detail.clear();
            obligation.account = None;
            obligation.explanation = None;
        }
    }
}

/// For an onlooker: what waits is counted, not told.
fn withhold_waiting(l: Locale, actor: &Actor, waiting: &mut Waiting) {
    if actor.onlooker.is_none() {
        return;
    }
    for waiver in &mut waiting.waivers {
        t::withheld(l).clone_into(&mut waiver.title);
        waiver.reason.clear();
    }
    for late in &mut waiting.to_confirm {
        t::withheld(l).clone_into(&mut late.title);
    }
    for explained in &mut waiting.to_answer {
        t::withheld(l).clone_into(&mut explained.title);
    }
    for other in &mut waiting.elsewhere {
        t::withheld(l).clone_into(&mut other.label);
    }
}

/// Lapses towards customers; an onlooker who is not of company leadership is told of none by name.
pub async fn lapses(page: &Page, moment: &Moment) -> Result<Vec<Lapse>, DbFault> {
    let mut found = obligations::lapses(page.app.db.read(), moment.now, moment.now - RISK_REACH).await?;
    let sees = |onlooker: &Actor| onlooker.holds(Position::CompanyLeadership);
    if !page.actor.onlooker.as_deref().is_none_or(sees) {
        for lapse in &mut found {
            t::withheld(page.locale).clone_into(&mut lapse.title);
        }
    }
    Ok(found)
}

pub async fn waiting(db: &Db, actor: &Actor, l: Locale, now: DateTime<Utc>) -> Result<Waiting, DbFault> {
    let mut elsewhere = Vec::new();
    for approvals in &registry().approvals {
        elsewhere.extend(approvals(db.clone(), actor.clone(), l).await?);
    }
    elsewhere.sort_by_key(|approval| approval.asked_at);
    let mut waiting = Waiting {
        waivers: obligations::pending_waivers(db.read(), actor).await?,
        to_confirm: obligations::to_confirm(db.read(), actor).await?,
        to_answer: obligations::to_answer(db.read(), actor, now - ANSWERED_WITHIN).await?,
        elsewhere,
    };
    withhold_waiting(l, actor, &mut waiting);
    Ok(waiting)
}

/// What was promised to customers and is still to be kept.
pub fn promises(mine: &[Obligation]) -> Vec<&Obligation> {
    let promised = |o: &&Obligation| {
        matches!(o.state, State::Open | State::Missed)
            && registry().rule(&o.rule).is_some_and(|rule| rule.presenter.promised)
    };
    let mut found: Vec<&Obligation> = mine.iter().filter(promised).collect();
    found.sort_by_key(|o| o.due_at);
    found
}
