//! The five tones that state may take, and the small label that carries one.

use maud::{Markup, html};

/// What a colour means. Good is met, warn is due or late, bad is overdue or missed, quiet is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Quiet,
    Good,
    Warn,
    Bad,
    Accent,
}

impl Tone {
    /// The class that sets the tone's colours for whatever lies inside.
    pub const fn class(self) -> &'static str {
        match self {
            Tone::Quiet => "is-quiet",
            Tone::Good => "is-good",
            Tone::Warn => "is-warn",
            Tone::Bad => "is-bad",
            Tone::Accent => "is-accent",
        }
    }
}

/// A short label beside a name: a tier, a stage, "recorded late".
pub fn tag(tone: Tone, text: &str) -> Markup {
    html! { span.k-tag.(tone.class()) { (text) } }
}
