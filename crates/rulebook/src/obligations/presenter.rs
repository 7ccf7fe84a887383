//! Words that every page uses for an obligation, whichever area its rule belongs to.

use chrono::{DateTime, Utc};
use kehu_core::Locale;
use kehu_core::calendar::WindowKind;
use kehu_platform::web::{kit, when};

use super::registry::{Moment, registry};
use super::state::State;
use super::store::Obligation;
use crate::t::obligations as t;

/// Where the rulebook shows a clause.
pub fn clause_href(clause: &str) -> String {
    format!("/rulebook#c{clause}")
}

/// The rule in a few words.
pub fn rule_name(l: Locale, obligation: &Obligation) -> String {
    registry()
        .rule(&obligation.rule)
        .map_or_else(|| t::neutral_why(l, obligation.clause.as_str()), |rule| (rule.presenter.name)(l).to_owned())
}

/// The state as its badge shows it: open splits into due soon and overdue.
pub fn shown_state(obligation: &Obligation, moment: &Moment) -> kit::State {
    match obligation.state {
        State::Open if obligation.due_at <= moment.now => kit::State::Overdue,
        State::Open if moment.zone.local_date(obligation.due_at) <= moment.today() => kit::State::Due,
        State::Open => kit::State::Open,
        State::Met => kit::State::Met,
        State::MetLate => kit::State::MetLate,
        State::Missed => kit::State::Missed,
        State::Waived => kit::State::Waived,
        State::Cancelled => kit::State::Cancelled,
    }
}

/// A due moment: the day alone when it is the end of the day.
pub fn due_words(l: Locale, moment: &Moment, due_at: DateTime<Utc>) -> String {
    let last = due_at - chrono::Duration::microseconds(1);
    let day = when::near_day(l, moment.zone, moment.now, moment.zone.local_date(last));
    if moment.zone.local_date(last) == moment.zone.local_date(due_at) {
        format!("{day} {}", when::clock(moment.zone, due_at))
    } else {
        day
    }
}

/// The window that it was owed for: "16–22 Nov", "November".
pub fn window_words(l: Locale, moment: &Moment, obligation: &Obligation) -> Option<String> {
    let (start, end) = obligation.window_start.zip(obligation.window_end)?;
    let first = moment.zone.local_date(start);
    let last = moment.zone.local_date(end - chrono::Duration::microseconds(1));
    let month = kehu_core::calendar::Window::containing(WindowKind::Month, first);
    if first == month.start && last == month.last_day() {
        return Some(when::month(l, first));
    }
    Some(t::days(l, when::day(l, first), when::day(l, last)))
}
