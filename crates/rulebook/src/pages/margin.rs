//! How a clause is kept, beside the clause: what fell due this month and how much of it was on time.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kehu_core::Locale;
use kehu_core::calendar::{Window, WindowKind};
use kehu_platform::Error;
use kehu_platform::web::Page;
use kehu_platform::web::kit::Tone;
use maud::{Markup, html};

use crate::clauses::Clause;
use crate::obligations::pages::reach;
use crate::obligations::{Tally, tallies_by_clause};
use crate::rules::has_rule;
use crate::t::rulebook as t;

/// From this on-time rate on a clause is well kept, in per cent.
const GOOD: u64 = 90;

/// This month's tallies within what the reader may see.
pub(super) struct Kept(BTreeMap<String, Tally>);

impl Kept {
    pub(super) async fn load(page: &Page) -> Result<Self, Error> {
        let (from, to) = month(page);
        let reach = reach(page).await?;
        Ok(Self(tallies_by_clause(page.app.db.read(), page.now, &reach, from, to).await?))
    }

    /// The clause's badge, or that it is guidance.
    pub(super) fn margin(&self, l: Locale, clause: &Clause) -> (Tone, Markup) {
        if !has_rule(clause.number) {
            return (Tone::Quiet, html! { (t::guidance(l)) });
        }
        let number = clause.number.to_string();
        let tally = self.0.get(&number).copied().unwrap_or_default();
        (tone(&tally), html! { a href={ "/obligations?clause=" (number) } { (badge(l, &tally)) } })
    }
}

fn month(page: &Page) -> (DateTime<Utc>, DateTime<Utc>) {
    Window::containing(WindowKind::Month, page.zone.local_date(page.now)).bounds(page.zone)
}

fn tone(tally: &Tally) -> Tone {
    match tally.percent() {
        _ if tally.overdue > 0 => Tone::Bad,
        Some(percent) if percent < GOOD => Tone::Warn,
        None if tally.met < tally.settled() => Tone::Warn,
        _ if tally.settled() == 0 => Tone::Quiet,
        _ => Tone::Good,
    }
}

fn badge(l: Locale, tally: &Tally) -> Markup {
    let settled = tally.settled();
    html! {
        @if settled > 0 {
            @if let Some(percent) = tally.percent() { b { (percent) "%" } " " }
            (t::on_time(l, tally.met, settled))
        } @else if tally.open == 0 {
            (t::nothing_due(l))
        } @else {
            (t::none_settled(l))
        }
        @if tally.open > 0 {
            span.k-doc-open {
                @if tally.overdue > 0 { b.k-doc-overdue { (t::overdue(l, tally.overdue)) } }
                @if tally.overdue > 0 && tally.open > tally.overdue { " · " }
                @if tally.open > tally.overdue { (t::still_open(l, tally.open - tally.overdue)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kehu_core::Locale;
    use kehu_platform::web::kit::Tone;

    use super::{badge, tone};
    use crate::obligations::Tally;

    #[test]
    fn a_rate_is_shown_from_five_on_and_opens_with_its_numbers() {
        let month = Tally { met: 62, met_late: 1, missed: 3, open: 5, overdue: 3, ..Tally::default() };
        let shown = badge(Locale::En, &month).into_string();
        assert!(shown.contains("93%") && shown.contains("62 of 66"), "{shown}");
        assert_eq!(tone(&month), Tone::Bad);
    }

    #[test]
    fn below_five_the_fraction_stands_alone() {
        let month = Tally { met: 3, missed: 1, ..Tally::default() };
        let shown = badge(Locale::En, &month).into_string();
        assert!(shown.contains("3 of 4") && !shown.contains('%'), "{shown}");
        assert_eq!(tone(&month), Tone::Warn);
    }

    #[test]
    fn a_month_without_anything_due_is_neither_good_nor_bad() {
        assert_eq!(tone(&Tally { open: 2, ..Tally::default() }), Tone::Quiet);
    }
}
