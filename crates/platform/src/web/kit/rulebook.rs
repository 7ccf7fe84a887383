//! The rulebook as a document: number, sentence, and how the clause is kept, line by line.

use maud::{Markup, html};

use super::Tone;

/// A clause in the document.
#[derive(Clone, Debug, Default)]
pub struct ClauseLine<'a> {
    pub number: &'a str,
    /// The anchor other pages point to; empty for a second sentence of the same clause.
    pub id: &'a str,
    /// A short name in bold before the words, if the clause has one.
    pub name: &'a str,
    pub words: Markup,
    /// How it is kept right now, or that it is guidance.
    pub live: Markup,
    pub tone: Tone,
    /// Opens the clause with its parameters, rules and obligations.
    pub href: Option<&'a str>,
}

/// The sheet that the rulebook is written on.
pub fn document(body: Markup) -> Markup {
    html! { article.k-doc { (body) } }
}

pub fn clause_line(line: &ClauseLine<'_>) -> Markup {
    html! {
        div.k-doc-line id=[(!line.id.is_empty()).then_some(line.id)] {
            div.k-doc-number { @match line.href { Some(href) => a href=(href) { (line.number) }, None => (line.number) } }
            div.k-doc-words { @if !line.name.is_empty() { strong { (line.name) } " " } (line.words) }
            div.k-doc-live.(line.tone.class()) { (line.live) }
        }
    }
}

/// A parameter inside a sentence: marked, and opened for editing by those who may.
pub fn parameter(text: &str, href: Option<&str>) -> Markup {
    html! { @match href { Some(href) => a.k-param href=(href) { (text) }, None => span.k-param { (text) } } }
}
