//! Tabs are links between parts of one record; each has an address of its own.

use maud::{Markup, html};

#[derive(Clone, Debug)]
pub struct Tab {
    pub href: String,
    pub label: String,
    pub count: Option<u64>,
    pub current: bool,
}

impl Tab {
    pub fn new(href: impl Into<String>, label: impl Into<String>, current: bool) -> Self {
        Tab { href: href.into(), label: label.into(), count: None, current }
    }

    pub fn count(self, count: u64) -> Self {
        Tab { count: Some(count), ..self }
    }
}

pub fn tabs(label: &str, tabs: &[Tab]) -> Markup {
    html! {
        nav.k-tabs aria-label=(label) {
            @for tab in tabs {
                a href=(tab.href) aria-current=[tab.current.then_some("page")] {
                    (tab.label) @if let Some(count) = tab.count { span.k-count { (count) } }
                }
            }
        }
    }
}
