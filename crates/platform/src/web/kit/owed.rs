//! The row of Today: about whom, because of which clause, by when, and the action that clears it.

use kehu_core::Locale;
use maud::{Markup, html};

use super::{Icon, Tone, clause_chip, icon};
use crate::t::kit as t;

/// A step of a row that takes several: a visit with its minutes, questions and promises.
#[derive(Clone, Debug)]
pub struct Step {
    pub label: String,
    pub done: bool,
    /// Where the step is done, or its evidence seen.
    pub href: Option<String>,
    /// When it is due, with its tone, for steps that are not done.
    pub due: Option<(Tone, String)>,
}

impl Step {
    pub fn done(label: impl Into<String>, href: Option<String>) -> Self {
        Step { label: label.into(), done: true, href, due: None }
    }

    pub fn open(label: impl Into<String>, href: Option<String>) -> Self {
        Step { label: label.into(), done: false, href, due: None }
    }

    pub fn due(self, tone: Tone, due: impl Into<String>) -> Self {
        Step { due: Some((tone, due.into())), ..self }
    }
}

/// One thing owed.
#[derive(Clone, Debug, Default)]
pub struct Owed {
    /// The element's id, by which a refresh finds the row. Empty for none.
    id: String,
    who: String,
    who_href: Option<String>,
    tags: Markup,
    clause: Option<(String, String)>,
    why: Markup,
    due: Option<(Tone, String)>,
    steps: Vec<Step>,
    actions: Markup,
}

impl Owed {
    pub fn new(who: impl Into<String>) -> Self {
        Owed { who: who.into(), ..Owed::default() }
    }

    pub fn id(self, id: impl Into<String>) -> Self {
        Owed { id: id.into(), ..self }
    }

    pub fn href(self, href: impl Into<String>) -> Self {
        Owed { who_href: Some(href.into()), ..self }
    }

    pub fn tags(self, tags: Markup) -> Self {
        Owed { tags, ..self }
    }

    pub fn clause(self, number: impl Into<String>, href: impl Into<String>) -> Self {
        Owed { clause: Some((number.into(), href.into())), ..self }
    }

    pub fn why(self, why: Markup) -> Self {
        Owed { why, ..self }
    }

    pub fn due(self, tone: Tone, due: impl Into<String>) -> Self {
        Owed { due: Some((tone, due.into())), ..self }
    }

    pub fn steps(self, steps: Vec<Step>) -> Self {
        Owed { steps, ..self }
    }

    pub fn actions(self, actions: Markup) -> Self {
        Owed { actions, ..self }
    }

    fn element_id(&self) -> Option<&str> {
        (!self.id.is_empty()).then_some(self.id.as_str())
    }

    /// The summary of a folded row opens it, so it must hold no links of its own.
    fn summary(&self, locale: Locale) -> Markup {
        html! {
            div.k-owed-words {
                div.k-owed-who { (self.who) (self.tags) }
                div.k-owed-why {
                    @if let Some((number, _)) = &self.clause { (clause_chip(locale, number, None)) }
                    span { (self.why) }
                }
            }
        }
    }

    fn words(&self, locale: Locale) -> Markup {
        html! {
            div.k-owed-words {
                div.k-owed-who {
                    @match &self.who_href { Some(href) => a href=(href) { (self.who) }, None => (self.who) }
                    (self.tags)
                }
                div.k-owed-why {
                    @if let Some((number, href)) = &self.clause { (clause_chip(locale, number, Some(href))) }
                    span { (self.why) }
                }
            }
        }
    }

    fn deadline(&self) -> Markup {
        html! { @if let Some((tone, due)) = &self.due { span.k-due.(tone.class()) { (due) } } }
    }
}

/// A row of its own. Rows stand in a list: wrap them in `.k-owed-list` or use [`group_heading`] above.
pub fn owed(locale: Locale, row: &Owed) -> Markup {
    html! {
        article.k-owed id=[row.element_id()] {
            (row.words(locale))
            div.k-owed-side { (row.deadline()) @if !row.actions.0.is_empty() { div.k-owed-actions { (row.actions) } } }
            @if !row.steps.is_empty() { (steps(locale, &row.steps)) }
        }
    }
}

/// Many rows of one kind folded into one that opens: "3 calls left this week".
pub fn folded(locale: Locale, row: &Owed, open: bool, inside: Markup) -> Markup {
    html! {
        details.k-owed.k-owed-fold id=[row.element_id()] open[open] {
            summary {
                (row.summary(locale))
                div.k-owed-side { (row.deadline()) span.k-owed-toggle { (icon(Icon::ChevronDown)) } }
            }
            div.k-owed-inside { (inside) }
        }
    }
}

fn steps(locale: Locale, steps: &[Step]) -> Markup {
    html! {
        ol.k-steps {
            @for step in steps {
                li.is-done[step.done] {
                    (icon(if step.done { Icon::CircleCheck } else { Icon::Circle }))
                    span.visually-hidden { (if step.done { t::step_done(locale) } else { t::step_open(locale) }) }
                    @match &step.href { Some(href) => a href=(href) { (step.label) }, None => span { (step.label) } }
                    @if let Some((tone, due)) = &step.due { span.k-due.(tone.class()) { (due) } }
                }
            }
        }
    }
}

/// The heading over rows of one urgency, with its dot and how many there are.
pub fn group_heading(tone: Tone, text: &str, count: usize) -> Markup {
    html! {
        h2.k-group.(tone.class()) { span.k-dot {} (text) span.k-count { (count) } }
    }
}
