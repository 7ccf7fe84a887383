//! Buttons: links that go somewhere, and submits that change something.

use maud::{Markup, html};

use super::{Icon, csrf_field, icon};

/// How much a button asks for attention. A page has at most one `Primary`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    Primary,
    /// The one action of a row: outlined in the accent.
    Row,
    #[default]
    Plain,
    /// Words without a border, for the lesser of two actions.
    Quiet,
    /// Withdraws or ends something.
    Danger,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Look::Primary => "btn btn-primary",
            Look::Row => "btn btn-sm btn-outline-primary",
            Look::Plain => "btn",
            Look::Quiet => "btn btn-sm btn-ghost-secondary",
            Look::Danger => "btn btn-outline-danger",
        }
    }
}

/// A link that looks like a button.
pub fn button_link(look: Look, href: &str, label: &str, mark: Option<Icon>) -> Markup {
    html! { a class=(look.class()) href=(href) { @if let Some(mark) = mark { (icon(mark)) } (label) } }
}

/// An icon alone, with its words for screen readers and as a tooltip.
pub fn icon_link(href: &str, label: &str, mark: Icon) -> Markup {
    html! { a.k-iconlink href=(href) aria-label=(label) title=(label) { (icon(mark)) } }
}

/// The button that sends the form it stands in.
pub fn submit(look: Look, label: &str) -> Markup {
    html! { button class=(look.class()) type="submit" { (label) } }
}

/// A submit that says which of several buttons was pressed.
pub fn button(look: Look, name: &str, value: &str, label: &str, mark: Option<Icon>) -> Markup {
    html! {
        button class=(look.class()) type="submit" name=(name) value=(value) {
            @if let Some(mark) = mark { (icon(mark)) } (label)
        }
    }
}

/// A form that is nothing but its button: confirm, withdraw, sign out.
pub fn post_button(csrf: &str, action: &str, look: Look, label: &str) -> Markup {
    html! {
        form.k-inline method="post" action=(action) { (csrf_field(csrf)) (submit(look, label)) }
    }
}
