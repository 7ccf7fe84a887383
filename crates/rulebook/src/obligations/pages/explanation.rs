//! What whoever owed it says about it, and what the leader answers.

use kehu_core::Locale;
use kehu_platform::web::Page;
use kehu_platform::web::kit::{self, Look};
use maud::{Markup, html};

use super::super::explain::explainable;
use super::super::presenter::due_words;
use super::show::{Refused, Seen};
use crate::t::obligations as t;

impl Seen {
    pub(super) fn explanation(&self, l: Locale, page: &Page, refused: &Refused) -> Markup {
        let o = &self.obligation;
        let writes = self.owes && explainable(o, self.moment.now);
        if !writes && o.explanation.is_none() {
            return Markup::default();
        }
        let text = if refused.scope == "explain" {
            refused.form.text("words")
        } else {
            o.explanation.as_deref().unwrap_or_default()
        };
        let label = (t::explanation_label(l), t::explanation_hint(l));
        let form = self.form(
            page,
            "explanation",
            html! {
                (kit::hidden("version", &o.version.to_string()))
                (self.words(l, label, "explain", text, refused))
                (kit::form_actions(kit::submit(Look::Plain, t::explanation_save(l))))
            },
        );
        html! {
            section.k-panel id=(self.scope("explain")) {
                div.k-panel-head { h2 { (t::explanation(l)) } }
                @if let Some(explanation) = &o.explanation {
                    blockquote.k-said {
                        p { (explanation) }
                        @if let Some(at) = o.explained_at {
                            footer { (self.roster.name(o.owner)) " · " (due_words(l, &self.moment, at)) }
                        }
                    }
                    (self.answer(l, page, refused))
                    @if writes {
                        (kit::disclosure(t::explanation_change(l), refused.scope == "explain", form))
                    }
                } @else { (form) }
            }
        }
    }

    /// The leader's answer, with the form for whoever may give it. An explanation that was changed
    /// since waits for an answer again.
    fn answer(&self, l: Locale, page: &Page, refused: &Refused) -> Markup {
        let o = &self.obligation;
        let outdated = self.said.as_ref().is_some_and(|said| o.explained_at.is_some_and(|at| said.at < at));
        let waits = self.said.is_none() || outdated;
        let text = match &self.said {
            _ if refused.scope == "answer" => refused.form.text("words"),
            Some(said) if !outdated => said.words.as_str(),
            _ => "",
        };
        let label = (t::answer_label(l), t::answer_hint(l));
        let form = self.form(
            page,
            "answer",
            html! {
                (kit::hidden("version", &o.version.to_string()))
                (self.words(l, label, "answer", text, refused))
                (kit::form_actions(kit::submit(Look::Plain, t::answer_save(l))))
            },
        );
        let open = refused.scope == "answer" || (waits && self.back.is_empty());
        html! {
            div.k-answer id=(self.scope("answer")) {
                @if let Some(said) = &self.said {
                    blockquote.k-said {
                        p { (said.words) }
                        footer { (self.roster.name(said.by)) " · " (due_words(l, &self.moment, said.at)) }
                    }
                    @if self.unread {
                        (self.form(page, "answer/read", kit::form_actions(kit::submit(Look::Plain, t::answer_read(l)))))
                    }
                }
                @if self.answers {
                    (kit::disclosure(if waits { t::answer(l) } else { t::answer_change(l) }, open, form))
                }
            }
        }
    }
}
