//! What Today needs from the ledger: a handful of indexed queries, never one for each row.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use kehu_core::calendar::{Window, WindowKind};
use kehu_core::{AccountId, Actor, Locale, MemberId};
use kehu_platform::db::{Db, DbFault};

use super::board::records;
use crate::obligations::{self, Approval, Moment, Obligation, PendingWaiver, State, Tally, ToConfirm, registry};

/// How long a missed obligation stays on Today.
pub const MISSED_FOR: Duration = Duration::days(14);

/// What is missed for less than that fell due at most so much before: the days for recording it
/// and for missing a promise, over the longest holidays.
pub const MISSED_REACH: Duration = Duration::days(60);

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
}

/// What waits for approval.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    pub waivers: Vec<PendingWaiver>,
    pub to_confirm: Vec<ToConfirm>,
    pub elsewhere: Vec<Approval>,
}

impl Waiting {
    pub fn count(&self) -> usize {
        self.waivers.len() + self.to_confirm.len() + self.elsewhere.len()
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
    let cards = obligations::cards(on, &records(&mine)).await?;
    let (last_month, this_month) = obligations::months_of(on, member, months(moment), now).await?;
    let last_contacts = match registry().last_contacts {
        Some(last_contacts) => last_contacts(db.clone(), cadence_accounts(&mine)).await?,
        None => HashMap::new(),
    };
    let waiting = waiting(db, actor, l).await?;
    Ok(Day { mine, cards, last_month, this_month, waiting, last_contacts })
}

fn cadence_accounts(mine: &[Obligation]) -> Vec<AccountId> {
    let mut accounts: Vec<AccountId> =
        mine.iter().filter(|o| !o.window_key.is_empty()).filter_map(|o| o.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

pub async fn waiting(db: &Db, actor: &Actor, l: Locale) -> Result<Waiting, DbFault> {
    let mut elsewhere = Vec::new();
    for approvals in &registry().approvals {
        elsewhere.extend(approvals(db.clone(), actor.clone(), l).await?);
    }
    elsewhere.sort_by_key(|approval| approval.asked_at);
    Ok(Waiting {
        waivers: obligations::pending_waivers(db.read(), actor).await?,
        to_confirm: obligations::to_confirm(db.read(), actor).await?,
        elsewhere,
    })
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
