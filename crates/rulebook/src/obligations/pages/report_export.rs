//! The report as a file: what its page shows, and the counts that stand behind its rates.

use kehu_core::Locale;
use kehu_platform::Error;
use kehu_platform::export::{Cell, Column, List};
use kehu_platform::web::{Page, Query, kit};

use super::super::state::Tally;
use super::filters::Asked;
use super::moment;
use super::report::{REPORT, reckoned};
use crate::t::obligations as t;

/// Compliance by whatever the page groups by.
pub(super) struct Compliance;

/// One line of the report, the last of them all together.
pub(super) struct Told {
    name: String,
    now: Tally,
    before: Tally,
}

impl List for Compliance {
    type Row = Told;

    const NAME: &'static str = "compliance";
    const PATH: &'static str = "/compliance";

    fn title(l: Locale) -> &'static str {
        t::compliance(l)
    }

    fn columns() -> Vec<Column<Told>> {
        vec![
            Column::new("group", t::column_group, |line| line.name.as_str().into()),
            Column::new("rate", t::column_rate, |line| percent(&line.now)),
            Column::new("before", t::column_before, |line| percent(&line.before)),
            Column::new("met", |l| kit::State::Met.word(l), |line| line.now.met.into()),
            Column::new("met_late", |l| kit::State::MetLate.word(l), |line| line.now.met_late.into()),
            Column::new("missed", |l| kit::State::Missed.word(l), |line| line.now.missed.into()),
            Column::new("settled", t::settled, |line| line.now.settled().into()),
            Column::new("open", |l| kit::State::Open.word(l), |line| line.now.open.into()),
            Column::new("overdue", |l| kit::State::Overdue.word(l), |line| line.now.overdue.into()),
            Column::new("waived", |l| kit::State::Waived.word(l), |line| line.now.waived.into()),
            Column::new("before_met", t::column_before_met, |line| line.before.met.into()),
            Column::new("before_settled", t::column_before_settled, |line| line.before.settled().into()),
        ]
    }

    async fn rows(page: &Page, query: &Query) -> Result<Vec<Told>, Error> {
        let asked = Asked::read(query.with("state", ""), REPORT, &moment(page));
        let (report, ..) = reckoned(page, &asked).await?;
        let (now, before) = report.all;
        let together = Told { name: t::together(page.locale).to_owned(), now, before };
        let lines = report.lines.into_iter().map(|line| Told { name: line.name, now: line.now, before: line.before });
        Ok(lines.chain([together]).collect())
    }
}

/// Below five there is no percentage, in the file as on the page; the counts stand beside it.
fn percent(tally: &Tally) -> Cell {
    tally.percent().map_or(Cell::Empty, Cell::Percent)
}
