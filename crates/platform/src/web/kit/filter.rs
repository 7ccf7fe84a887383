//! The head and the foot of a list: what is shown, and how to see the rest. Both work as plain GET.

use kehu_core::Locale;
use maud::{Markup, html};

use super::{Choice, Icon, hidden, icon, search_box};
use crate::t::kit as t;

/// A filter in force, with the address that drops it.
#[derive(Clone, Debug)]
pub struct ActiveFilter {
    pub label: String,
    pub without: String,
}

/// Search, choices and what is in force.
#[derive(Clone, Debug, Default)]
pub struct FilterBar<'a> {
    pub action: &'a str,
    /// The name, value and label of the search box, if the list has one.
    pub search: Option<(&'a str, &'a str, &'a str)>,
    pub controls: Markup,
    pub active: &'a [ActiveFilter],
    /// What the list shall remember when a filter changes: the sort, say.
    pub keep: &'a [(&'a str, &'a str)],
}

pub fn filter_bar(locale: Locale, bar: &FilterBar<'_>) -> Markup {
    html! {
        form.k-filter method="get" action=(bar.action) data-autosubmit {
            @for (name, value) in bar.keep { (hidden(name, value)) }
            @if let Some((name, value, label)) = bar.search { (search_box(name, value, label)) }
            @if !bar.controls.0.is_empty() { div.k-filter-controls { (bar.controls) } }
            button.btn.k-filter-apply type="submit" { (t::filter_apply(locale)) }
        }
        @if !bar.active.is_empty() {
            div.k-active {
                @for filter in bar.active {
                    a href=(filter.without) title=(t::filter_drop(locale, filter.label.as_str())) {
                        (filter.label) (icon(Icon::X))
                    }
                }
                a.k-active-all href=(bar.action) { (t::filter_clear(locale)) }
            }
        }
    }
}

/// A choice in the filter bar; its first line means "all".
pub fn filter_select(name: &str, label: &str, choices: &[Choice], value: &str) -> Markup {
    html! {
        select.form-select.is-chosen[!value.is_empty()] name=(name) aria-label=(label) {
            option value="" { (label) }
            @for choice in choices {
                option value=(choice.value) selected[choice.value == value] { (choice.label) }
            }
        }
    }
}

/// Which part of a list is on the page.
#[derive(Clone, Debug, Default)]
pub struct Pager<'a> {
    pub first: u64,
    pub last: u64,
    pub total: u64,
    pub previous: Option<&'a str>,
    pub next: Option<&'a str>,
}

pub fn pager(locale: Locale, page: &Pager<'_>) -> Markup {
    html! {
        nav.k-pager aria-label=(t::pages(locale)) {
            span { (t::shown(locale, page.first, page.last, page.total)) }
            @if page.previous.is_some() || page.next.is_some() {
                div {
                    (turn(page.previous, "prev", t::previous_page(locale), Icon::ChevronLeft))
                    (turn(page.next, "next", t::next_page(locale), Icon::ChevronRight))
                }
            }
        }
    }
}

fn turn(href: Option<&str>, rel: &str, label: &str, mark: Icon) -> Markup {
    html! {
        @match href {
            Some(href) => a.btn rel=(rel) href=(href) aria-label=(label) title=(label) { (icon(mark)) },
            None => span.btn.disabled aria-hidden="true" { (icon(mark)) },
        }
    }
}
