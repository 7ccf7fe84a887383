//! Cadences: what is owed once a window ("a call a week"). A pure function from the facts to the
//! obligation, so that an early, late, corrected, moved or deleted record, a handover, a leave or a
//! change of the calendar all come to the same answer by asking it again.

use chrono::{DateTime, Utc};
use kehu_core::calendar::{Calendar, Window, WindowKind};
use kehu_core::{MemberId, TeamId};
use kehu_platform::directory::{Leave, in_charge};
use uuid::Uuid;

use super::facts::{Deed, Holding};
use super::state::State;

/// The parameters of a cadence in the rulebook version in force when the window began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CadenceTerms {
    /// Deeds owed per window.
    pub needed: usize,
    /// A window with fewer working days asks for nothing.
    pub least_working_days: u32,
    /// Working days after the window in which a deed may still be entered.
    pub record_within: u32,
}

/// The facts about one account that bear on one window.
#[derive(Clone, Copy, Debug)]
pub struct CadenceFacts<'a> {
    /// The account's holdings in order of time.
    pub holdings: &'a [Holding],
    /// Deeds of the kind that counts, of any time and by anybody.
    pub deeds: &'a [(Deed, &'a [Holding])],
    pub leaves: &'a [Leave],
    /// The leader has approved a waiver.
    pub waived: bool,
    /// The leader has confirmed what was entered too late.
    pub confirmed: bool,
}

/// What one account owes, or owed, for one window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CadenceDue {
    pub opened_at: DateTime<Utc>,
    /// End of the window's last working day.
    pub due_at: DateTime<Utc>,
    /// Until when a deed of the window may be entered as if in time.
    pub record_by: DateTime<Utc>,
    pub owner: MemberId,
    pub team: Option<TeamId>,
    pub state: State,
    /// It can be met, but not missed: the account was new to it, or to its owner, in this window.
    pub excused: bool,
    pub settled_at: Option<DateTime<Utc>>,
    /// The deeds that count, in the order in which they were recorded, as many as are needed.
    pub evidence: Vec<Uuid>,
    /// Met by an entry made after the window had closed (补录).
    pub recorded_late: bool,
    /// Deeds entered too late are there, waiting for the leader to confirm them.
    pub to_confirm: bool,
}

/// What the account owes for the window as of `now`; `None` when nothing.
pub fn cadence(
    window: Window,
    terms: CadenceTerms,
    facts: CadenceFacts<'_>,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Option<CadenceDue> {
    let zone = calendar.zone();
    let (start, end) = window.bounds(zone);
    if now < start || (window.kind == WindowKind::Week && window.working_days(calendar) < terms.least_working_days) {
        return None;
    }
    let last_working_day = calendar.last_working_day(window.start..window.end)?;
    let due_at = zone.end_of_day(last_working_day);
    let record_by = calendar.end_of_working_day_after_date(window.last_day(), terms.record_within);

    let key: Vec<&Holding> =
        facts.holdings.iter().filter(|h| h.key && h.from <= now && h.overlaps(start, end)).collect();
    let first = key.first()?;
    // Who owes: the last to hold the account as a key account up to the due date.
    let holder = key.iter().rev().find(|h| h.from < due_at).or(key.first())?;
    let one_owner = key.iter().all(|h| h.owner == holder.owner || h.from >= due_at);
    let held_throughout = first.from <= start && unbroken(&key, due_at);
    let excused = !(one_owner && held_throughout);
    let ended = holder.to.filter(|to| *to < due_at && *to <= now && !key.iter().any(|h| h.from >= *to));

    let mut counting: Vec<Deed> = facts
        .deeds
        .iter()
        .filter(|(deed, holdings)| {
            start <= deed.occurred_at
                && deed.occurred_at < end
                && deed.recorded_at <= now
                && by_the_manager(deed, holdings, facts.leaves, calendar)
        })
        .map(|(deed, _)| *deed)
        .collect();
    counting.sort_by_key(|deed| (deed.recorded_at, deed.record));
    let in_time = counting.iter().filter(|deed| deed.recorded_at < record_by).count();
    let decisive = counting.get(terms.needed.saturating_sub(1)).copied();

    let mut due = CadenceDue {
        opened_at: start.max(first.from),
        due_at,
        record_by,
        owner: in_charge(facts.leaves, holder.owner, last_working_day),
        team: holder.team,
        state: State::Open,
        excused,
        settled_at: None,
        evidence: counting.iter().take(terms.needed).map(|deed| deed.record).collect(),
        recorded_late: false,
        to_confirm: false,
    };
    if in_time >= terms.needed {
        due.state = State::Met;
        due.settled_at = decisive.map(|deed| deed.recorded_at);
        due.recorded_late = decisive.is_some_and(|deed| deed.recorded_at >= end);
    } else if facts.waived {
        due.state = State::Waived;
    } else if let Some(ended) = ended {
        due.state = State::Cancelled;
        due.settled_at = Some(ended);
    } else if now >= record_by {
        due.settled_at = Some(record_by);
        due.state = if excused { State::Cancelled } else { State::Missed };
        if !excused && let Some(deed) = decisive {
            if facts.confirmed {
                due.state = State::MetLate;
                due.settled_at = Some(deed.recorded_at);
                due.recorded_late = true;
            } else {
                due.to_confirm = true;
            }
        }
    }
    Some(due)
}

/// Whether the key holdings leave no gap up to the moment.
fn unbroken(key: &[&Holding], until: DateTime<Utc>) -> bool {
    let mut covered: Option<DateTime<Utc>> = None;
    for holding in key.iter().filter(|h| h.from < until) {
        if covered.is_some_and(|to| holding.from > to) {
            return false;
        }
        match holding.to {
            None => return true,
            Some(to) => covered = Some(to),
        }
    }
    covered.is_some_and(|to| to >= until)
}

/// 4.4.1 is the account manager's duty: the deed counts when done by whoever was the account's
/// manager on that day, or by the deputy then in charge.
fn by_the_manager(deed: &Deed, holdings: &[Holding], leaves: &[Leave], calendar: &Calendar) -> bool {
    let zone = calendar.zone();
    let day = zone.local_date(deed.occurred_at);
    let (from, to) = (zone.start_of_day(day), zone.end_of_day(day));
    // A contact from before the account was entered here counts as its first owner's.
    let first = holdings.first().filter(|h| h.from >= to);
    holdings
        .iter()
        .filter(|h| h.overlaps(from, to))
        .chain(first)
        .any(|h| h.owner == deed.by || in_charge(leaves, h.owner, day) == deed.by)
}
