//! The top of a page: where it lies, what it is, and what can be done there.

use maud::{Markup, html};

use super::{Icon, icon};

/// A step on the way to this page.
#[derive(Clone, Debug)]
pub struct Crumb {
    pub href: String,
    pub label: String,
}

impl Crumb {
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Crumb { href: href.into(), label: label.into() }
    }
}

/// Title, the line under it, the way here and the page's actions.
#[derive(Clone, Debug, Default)]
pub struct PageHead<'a> {
    pub title: &'a str,
    /// Behind the title: tier, state.
    pub tags: Markup,
    pub sub: Markup,
    pub crumbs: &'a [Crumb],
    pub actions: Markup,
}

pub fn page_head(head: &PageHead<'_>) -> Markup {
    html! {
        header.k-head {
            (breadcrumb(head.crumbs))
            div.k-head-line {
                div.k-head-words {
                    h1 { (head.title) @if !head.tags.0.is_empty() { span.k-head-tags { (head.tags) } } }
                    @if !head.sub.0.is_empty() { div.k-sub { (head.sub) } }
                }
                @if !head.actions.0.is_empty() { div.k-head-actions { (head.actions) } }
            }
        }
    }
}

pub fn breadcrumb(crumbs: &[Crumb]) -> Markup {
    html! {
        @if !crumbs.is_empty() {
            nav.k-crumbs aria-label="breadcrumb" {
                ol { @for crumb in crumbs { li { a href=(crumb.href) { (crumb.label) } (icon(Icon::ChevronRight)) } } }
            }
        }
    }
}

/// Small actions above a list or a record.
pub fn toolbar(body: Markup) -> Markup {
    html! { div.k-toolbar { (body) } }
}

/// Shown on paper only: whose document this is, and when it was printed.
pub fn print_head(company: &str, title: &str, printed: &str) -> Markup {
    html! { div.k-printhead { strong { (company) } span { (title) } span { (printed) } } }
}
