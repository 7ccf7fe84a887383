//! Sheets of paper beside and under the main matter.

use maud::{Markup, html};

/// A titled sheet. `actions` stand at the right of its title.
pub fn panel(title: &str, actions: Markup, body: Markup) -> Markup {
    html! {
        section.k-panel {
            @if !title.is_empty() || !actions.0.is_empty() {
                div.k-panel-head { h2 { (title) } div.k-panel-actions { (actions) } }
            }
            (body)
        }
    }
}

/// A small sheet in the side column, with its number, leading to the whole list.
pub fn side_card(title: &str, count: Option<usize>, href: Option<&str>, body: Markup) -> Markup {
    html! {
        section.k-panel.k-sidecard {
            @if !title.is_empty() {
                h2 {
                    @match href { Some(href) => a href=(href) { (title) }, None => (title) }
                    @if let Some(count) = count { " " span.k-count { (count) } }
                }
            }
            (body)
        }
    }
}

/// One line of a side card.
pub fn side_line(href: &str, lead: Markup, text: &str) -> Markup {
    html! { a.k-sideline href=(href) { (lead) span { (text) } } }
}

/// Facts of a record: what it is called, and what it is. A fact not known shows a dash.
pub fn facts(list: &[(&str, Markup)]) -> Markup {
    html! {
        dl.k-facts {
            @for (name, value) in list {
                div { dt { (name) } dd { @if value.0.is_empty() { span.k-none { "—" } } @else { (value) } } }
            }
        }
    }
}
