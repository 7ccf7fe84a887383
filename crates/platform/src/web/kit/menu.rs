//! A menu behind a button, made of `<details>` so that it opens without JavaScript.

use maud::{Markup, html};

use super::{Icon, icon};

/// One line of a menu.
#[derive(Clone, Debug)]
pub struct MenuItem {
    pub href: String,
    pub label: String,
    pub icon: Option<Icon>,
}

impl MenuItem {
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        MenuItem { href: href.into(), label: label.into(), icon: None }
    }

    pub fn icon(self, icon: Icon) -> Self {
        MenuItem { icon: Some(icon), ..self }
    }
}

/// A menu: `face` is what the button shows, `label` what it is called.
pub fn menu(label: &str, face: Markup, items: &[MenuItem], last: Markup) -> Markup {
    html! {
        details.k-menu data-menu {
            summary aria-label=(label) title=(label) { (face) }
            div.k-menu-list {
                @for item in items {
                    a href=(item.href) { @if let Some(mark) = item.icon { (icon(mark)) } (item.label) }
                }
                (last)
            }
        }
    }
}
