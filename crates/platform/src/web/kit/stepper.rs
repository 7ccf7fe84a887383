//! Where a reader is in a task of several pages.

use kehu_core::Locale;
use maud::{Markup, html};

use super::{Icon, icon};
use crate::t::kit as t;

/// The steps of a task; `current` counts from zero.
pub fn stepper(locale: Locale, labels: &[&str], current: usize) -> Markup {
    html! {
        ol.k-stepper {
            @for (place, label) in labels.iter().enumerate() {
                li.is-done[place < current] aria-current=[(place == current).then_some("step")] {
                    span.k-stepper-mark { @if place < current { (icon(Icon::Check)) } @else { (place + 1) } }
                    @if place < current { span.visually-hidden { (t::step_done(locale)) } }
                    span { (label) }
                }
            }
        }
    }
}
