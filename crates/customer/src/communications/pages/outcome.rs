//! What a logged contact has cleared, or why it does not count: said to whoever logged it.

use chrono::{DateTime, Duration, Utc};
use kehu_core::calendar::{Window, WindowKind};
use kehu_core::{AccountId, Locale};
use kehu_platform::Error;
use kehu_platform::db::Tx;
use kehu_platform::sea_orm::ConnectionTrait;
use kehu_platform::web::{Page, kit, when};
use kehu_rulebook::obligations::{self, Obligation, State};

use super::names::sentences;
use super::show::Record;
use super::store;
use crate::accounts;
use crate::communications::{Communication, Kind};
use crate::duties::{Cadence, MINUTES_SENT};
use crate::t::communications as t;

/// The account's calls and visits that are open or missed.
pub(super) async fn cadences_of(on: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Obligation>, Error> {
    let mut carriers: Vec<AccountId> =
        accounts::tenures_of(on, account).await?.into_iter().map(|tenure| tenure.carrier).collect();
    carriers.push(account);
    carriers.sort_unstable();
    carriers.dedup();
    let mut all = Vec::new();
    for carrier in carriers {
        let unsettled = obligations::unsettled_of_account(on, carrier).await?;
        all.extend(unsettled.into_iter().filter(|o| Cadence::of_rule(&o.rule).is_some()));
    }
    all.sort_by_key(|o| o.due_at);
    Ok(all)
}

/// What became of the obligations that the contact touched.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// Calls and visits as they stood before and stand now, where something has changed.
    moved: Vec<(Obligation, Obligation)>,
    /// Calls and visits of this kind that are owed still.
    still_open: bool,
    pub minutes_due: Option<DateTime<Utc>>,
}

impl Outcome {
    /// Compares the obligations before the record was written with what they are in the
    /// transaction that wrote it.
    pub async fn of(tx: &Tx, before: Vec<Obligation>, record: &Communication) -> Result<Self, Error> {
        let mut outcome = Self::default();
        for earlier in before {
            let Some(later) = obligations::obligation(&**tx, earlier.id).await? else { continue };
            let of_this_kind = match record.kind {
                Kind::Visit => later.rule == "monthly_visit",
                _ => later.rule == "weekly_call",
            };
            outcome.still_open |= later.state == State::Open && of_this_kind && runs_at(&later, record.occurred_at);
            let progressed = later.state != earlier.state || later.done != earlier.done;
            if progressed || later.to_confirm != earlier.to_confirm {
                outcome.moved.push((earlier, later));
            }
        }
        let opened = obligations::about(&**tx, record.id.uuid()).await?;
        outcome.minutes_due =
            opened.into_iter().find(|o| o.rule == MINUTES_SENT && o.state == State::Open).map(|o| o.due_at);
        Ok(outcome)
    }

    /// How many calls and visits are done with it.
    pub fn cleared(&self) -> usize {
        self.moved.iter().filter(|(earlier, later)| earlier.state != State::Met && later.state == State::Met).count()
    }

    /// What to tell whoever has just logged the contact.
    pub fn told(&self, page: &Page, record: &Communication, in_charge: bool) -> String {
        let l = page.locale;
        let mut said = vec![t::logged(l).to_owned()];
        let cleared: Vec<String> = self.moved.iter().filter_map(|(_, later)| told(page, later)).collect();
        if cleared.is_empty()
            && let Some(why) = why_not(l, record, in_charge, self.still_open)
        {
            said.push(why.to_owned());
        }
        said.extend(cleared);
        if let Some(due) = self.minutes_due {
            said.push(t::minutes_due_by(l, when::moment(l, page.zone, page.now, due)));
        }
        sentences(l, &said)
    }
}

fn runs_at(obligation: &Obligation, moment: DateTime<Utc>) -> bool {
    obligation.window_start.is_some_and(|start| start <= moment)
        && obligation.window_end.is_some_and(|end| moment < end)
}

fn told(page: &Page, later: &Obligation) -> Option<String> {
    let l = page.locale;
    let cadence = Cadence::of_rule(&later.rule)?;
    let window = Window::containing(cadence.window, later.window_key.parse().ok()?);
    let current = window.contains(page.zone.local_date(page.now));
    let (done, needed) = (later.done, later.needed);
    Some(match (later.state, cadence.window, current) {
        (State::Met, WindowKind::Week, true) => t::cleared_week(l).to_owned(),
        (State::Met, WindowKind::Week, false) => t::cleared_week_of(l, when::day(l, window.start)),
        (State::Met, _, true) => t::cleared_month(l).to_owned(),
        (State::Met, _, false) => t::cleared_month_of(l, when::month(l, window.start)),
        (State::Missed, ..) if later.to_confirm => t::to_confirm(l).to_owned(),
        (State::Open, WindowKind::Week, _) if done > 0 => t::progressed_calls(l, done, needed),
        (State::Open, ..) if done > 0 => t::progressed_visits(l, done, needed),
        _ => return None,
    })
}

/// Why a contact that was meant to count does not.
fn why_not(l: Locale, record: &Communication, in_charge: bool, still_open: bool) -> Option<&'static str> {
    if !record.connected {
        return Some(t::not_counted_unanswered(l));
    }
    match record.kind {
        Kind::VideoMeeting => Some(t::not_counted_video(l)),
        Kind::Email | Kind::Message => None,
        _ if record.contacts.is_empty() => Some(t::not_counted_nobody(l)),
        _ if still_open && !in_charge => Some(t::not_counted_not_manager(l)),
        Kind::Visit if still_open => Some(t::not_counted_place(l)),
        _ => None,
    }
}

/// An obligation that a record discharged, helped to discharge or opened.
pub(super) struct Discharge {
    pub obligation: Obligation,
}

impl Discharge {
    pub fn state(&self, now: DateTime<Utc>) -> kit::State {
        match self.obligation.state {
            State::Open if self.obligation.is_overdue(now) => kit::State::Overdue,
            State::Open => kit::State::Open,
            State::Met => kit::State::Met,
            State::MetLate => kit::State::MetLate,
            State::Missed => kit::State::Missed,
            State::Waived => kit::State::Waived,
            State::Cancelled => kit::State::Cancelled,
        }
    }

    /// What it was: "call in the week of 23 November", "minutes by tomorrow 14:30".
    pub fn told(&self, page: &Page) -> String {
        let (l, o) = (page.locale, &self.obligation);
        let start = o.window_key.parse().ok();
        match (o.rule.as_str(), start) {
            ("weekly_call", Some(start)) => t::call_of_week(l, when::day(l, start)),
            ("monthly_visit", Some(start)) => t::visit_of_month(l, when::month(l, start)),
            (MINUTES_SENT, _) => t::minutes_owed(l, when::moment(l, page.zone, page.now, o.due_at)),
            _ => {
                let last = page.zone.local_date(o.due_at - Duration::microseconds(1));
                t::question_due(l, when::near_day(l, page.zone, page.now, last), o.detail.as_str())
            }
        }
    }
}

/// What a record discharged and what it opened, the cadences first.
pub(super) async fn discharges(on: &impl ConnectionTrait, record: &Record) -> Result<Vec<Discharge>, Error> {
    let mut found: Vec<Obligation> = Vec::new();
    for id in store::discharged_by(on, &[record.contact.id.uuid()]).await? {
        found.extend(obligations::obligation(on, id).await?);
    }
    found.sort_by_key(|o| (Cadence::of_rule(&o.rule).is_none(), o.due_at));
    for opened in obligations::about(on, record.contact.id.uuid()).await? {
        if opened.state != State::Cancelled && !found.iter().any(|o| o.id == opened.id) {
            found.push(opened);
        }
    }
    Ok(found.into_iter().map(|obligation| Discharge { obligation }).collect())
}

/// By when minutes that are still owed are due.
pub(super) fn minutes_due(discharges: &[Discharge]) -> Option<DateTime<Utc>> {
    discharges
        .iter()
        .map(|d| &d.obligation)
        .find(|o| o.rule == MINUTES_SENT && o.state == State::Open)
        .map(|o| o.due_at)
}
