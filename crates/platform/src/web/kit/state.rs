//! How an obligation stands: a word, a shape and a tone, always together.

use kehu_core::Locale;
use maud::{Markup, html};

use super::{Icon, Tone, icon};
use crate::t::kit as t;

/// How an obligation stands as a reader sees it: `Due` and `Overdue` are both still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Open,
    Due,
    Overdue,
    Met,
    MetLate,
    Missed,
    Waived,
    Cancelled,
}

impl State {
    pub fn word(self, locale: Locale) -> &'static str {
        match self {
            State::Open => t::state_open(locale),
            State::Due => t::state_due(locale),
            State::Overdue => t::state_overdue(locale),
            State::Met => t::state_met(locale),
            State::MetLate => t::state_met_late(locale),
            State::Missed => t::state_missed(locale),
            State::Waived => t::state_waived(locale),
            State::Cancelled => t::state_cancelled(locale),
        }
    }

    pub const fn tone(self) -> Tone {
        match self {
            State::Met => Tone::Good,
            State::Due | State::MetLate => Tone::Warn,
            State::Overdue | State::Missed => Tone::Bad,
            State::Open | State::Waived | State::Cancelled => Tone::Quiet,
        }
    }

    const fn shape(self) -> Icon {
        match self {
            State::Open => Icon::CircleDashed,
            State::Due => Icon::Clock,
            State::Overdue => Icon::ClockExclamation,
            State::Met => Icon::Check,
            State::MetLate => Icon::ClockCheck,
            State::Missed => Icon::X,
            State::Waived => Icon::HandStop,
            State::Cancelled => Icon::Minus,
        }
    }

    /// Waived is hatched wherever it is drawn, so that it is not taken for open.
    const fn hatch(self) -> &'static str {
        match self {
            State::Waived => "is-hatched",
            _ => "is-plain",
        }
    }
}

/// The state with its word, as in tables and on the page of one obligation.
pub fn state_badge(locale: Locale, state: State) -> Markup {
    html! {
        span.k-state.(state.tone().class()).(state.hatch()) { (icon(state.shape())) (state.word(locale)) }
    }
}

/// The state as its shape alone, where the word would repeat on every line; readers still hear the word.
pub fn state_mark(locale: Locale, state: State) -> Markup {
    let word = state.word(locale);
    html! {
        span.k-mark.(state.tone().class()).(state.hatch()) title=(word) {
            (icon(state.shape())) span.visually-hidden { (word) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{State, state_badge, state_mark};
    use kehu_core::Locale;

    #[test]
    fn a_state_is_never_colour_alone() {
        for state in [State::Open, State::Due, State::Overdue, State::Met, State::MetLate, State::Missed, State::Waived]
        {
            for locale in Locale::ALL {
                assert!(state_badge(locale, state).into_string().contains(state.word(locale)));
                assert!(state_mark(locale, state).into_string().contains(state.word(locale)));
            }
        }
    }

    #[test]
    fn a_waived_obligation_is_hatched() {
        assert!(state_badge(Locale::En, State::Waived).into_string().contains("is-hatched"));
        assert!(!state_badge(Locale::En, State::Open).into_string().contains("is-hatched"));
    }
}
