//! The quiet chip that answers "because of which clause?" and opens it.

use kehu_core::Locale;
use maud::{Markup, html};

use crate::t::kit as t;

/// A clause number that opens the clause, or stands alone where there is nothing to open.
pub fn clause_chip(locale: Locale, number: &str, href: Option<&str>) -> Markup {
    let name = t::clause_name(locale, number);
    html! {
        @match href {
            Some(href) => a.k-clause href=(href) title=(name) { (number) },
            None => span.k-clause title=(name) { (number) },
        }
    }
}

/// Several chips in a row, for records that answer for more than one clause.
pub fn clause_chips(locale: Locale, clauses: &[(&str, &str)]) -> Markup {
    html! { span.k-chips { @for (number, href) in clauses { (clause_chip(locale, number, Some(href))) } } }
}
