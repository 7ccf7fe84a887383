//! Content that waits behind a button. Without JavaScript it unfolds in place.

use kehu_core::Locale;
use maud::{Markup, html};

use super::{Icon, Look, icon};
use crate::t::kit as t;

/// A dialog over the page. `:target` shows it when the opener's link is followed without JavaScript.
pub fn dialog(locale: Locale, id: &str, title: &str, body: Markup) -> Markup {
    html! {
        dialog.k-dialog id=(id) aria-labelledby={ (id) "-title" } {
            div.k-dialog-head {
                h2 id={ (id) "-title" } { (title) }
                a.k-iconlink href="#" data-close aria-label=(t::close(locale)) { (icon(Icon::X)) }
            }
            div.k-dialog-body { (body) }
        }
    }
}

/// The link that opens a [`dialog`] by its id.
pub fn dialog_opener(look: Look, id: &str, label: &str, mark: Option<Icon>) -> Markup {
    super::button_link(look, &format!("#{id}"), label, mark)
}

/// A line that unfolds: details that most readers do not need.
pub fn disclosure(summary: &str, open: bool, body: Markup) -> Markup {
    html! {
        details.k-fold open[open] {
            summary { (icon(Icon::ChevronRight)) span { (summary) } }
            div.k-fold-body { (body) }
        }
    }
}
