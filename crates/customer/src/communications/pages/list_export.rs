//! The contact log as a file, under the log's filter.

use chrono::{DateTime, Utc};
use kehu_core::Locale;
use kehu_core::calendar::Zone;
use kehu_platform::Error;
use kehu_platform::export::{Cell, Column, List, MOST};
use kehu_platform::t::app;
use kehu_platform::web::{Page, Query};

use super::list::wanted;
use super::{names, store};
use crate::t::communications as t;

/// The contact log.
pub(super) struct Log;

pub(super) struct Told {
    account: String,
    occurred_at: DateTime<Utc>,
    kind: &'static str,
    connected: &'static str,
    persons: String,
    by: String,
    summary: String,
    minutes_sent_at: Option<DateTime<Utc>>,
    open_questions: i64,
    zone: Zone,
}

impl List for Log {
    type Row = Told;

    const NAME: &'static str = "communications";
    const PATH: &'static str = "/communications";

    fn title(l: Locale) -> &'static str {
        t::communications(l)
    }

    fn columns() -> Vec<Column<Told>> {
        vec![
            Column::new("account", t::account, |c| c.account.as_str().into()),
            Column::new("occurred_at", t::when, |c| Cell::Moment(c.occurred_at, c.zone)),
            Column::new("kind", t::kind, |c| c.kind.into()),
            Column::new("connected", t::connected, |c| c.connected.into()),
            Column::new("persons", t::with_whom, |c| c.persons.as_str().into()),
            Column::new("by", t::by, |c| c.by.as_str().into()),
            Column::new("summary", t::summary, |c| c.summary.as_str().into()),
            Column::new("minutes_sent_at", t::minutes_sent_at, |c| {
                c.minutes_sent_at.map_or(Cell::Empty, |at| Cell::Moment(at, c.zone))
            }),
            Column::new("open_questions", t::questions_left, |c| Cell::Number(c.open_questions)),
        ]
    }

    async fn rows(page: &Page, query: &Query) -> Result<Vec<Told>, Error> {
        let (l, on) = (page.locale, page.app.db.read());
        let roster = page.roster();
        let found = store::logged(on, &page.actor, &wanted(page, query), 0, MOST as u64 + 1).await?;
        Ok(found
            .iter()
            .map(|contact| Told {
                account: contact.called().to_owned(),
                occurred_at: contact.occurred_at,
                kind: names::kind(l, contact.kind()),
                connected: if contact.connected { t::connected_yes(l) } else { t::connected_no(l) },
                persons: contact.persons.join(app::list_comma(l)),
                by: roster.name(contact.by()).to_owned(),
                summary: contact.summary.clone(),
                minutes_sent_at: contact.minutes_sent_at,
                open_questions: contact.open_questions,
                zone: page.zone,
            })
            .collect())
    }
}
