//! Pages and lists with nothing on them say why, and what to do next.

use kehu_core::Locale;
use maud::{Markup, html};

use super::{Icon, Look, button_link, icon};
use crate::t::kit as t;

/// An empty list: what would be here, and the action that puts it here.
pub fn empty(mark: Icon, title: &str, text: &str, action: Markup) -> Markup {
    blank(mark, title, text, action)
}

/// Not for this reader. It names whom to ask, never what is hidden.
pub fn forbidden(locale: Locale, home: &str) -> Markup {
    blank(Icon::Lock, t::forbidden_title(locale), t::forbidden_text(locale), home_link(locale, home))
}

pub fn not_found(locale: Locale, home: &str) -> Markup {
    blank(Icon::HelpCircle, t::not_found_title(locale), t::not_found_text(locale), home_link(locale, home))
}

/// Something broke on our side. The request id lets an administrator find it in the log.
pub fn fault(locale: Locale, home: &str, request_id: &str) -> Markup {
    let text = t::fault_text(locale, request_id);
    blank(Icon::AlertTriangle, t::fault_title(locale), &text, home_link(locale, home))
}

fn home_link(locale: Locale, home: &str) -> Markup {
    button_link(Look::Plain, home, t::back_home(locale), Some(Icon::ArrowLeft))
}

fn blank(mark: Icon, title: &str, text: &str, action: Markup) -> Markup {
    html! {
        div.k-blank {
            span.k-blank-mark { (icon(mark)) }
            h2 { (title) }
            @if !text.is_empty() { p { (text) } }
            @if !action.0.is_empty() { div.k-blank-action { (action) } }
        }
    }
}
