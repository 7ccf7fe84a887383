//! From obligations to the rows of Today. Everything about one visit is one card with its steps,
//! many obligations of one cadence fold into one row, and the rows stand in groups by urgency, so
//! that a manager of many accounts sees a dozen rows and not a hundred.

use chrono::NaiveDate;
use uuid::Uuid;

use super::due::{last_day, monday_after};
use crate::obligations::{Moment, Obligation, State};

/// So many obligations of one cadence fold into one row.
pub const FOLDED_FROM: usize = 3;

/// How soon something is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    Overdue,
    Today,
    ThisWeek,
    Later,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    One(Obligation),
    /// All obligations about one record; the first is the most urgent of the reader's own.
    Card(Obligation, Vec<Obligation>),
    /// Obligations of one cadence.
    Fold(Vec<Obligation>),
}

/// The rows of one urgency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub urgency: Urgency,
    pub rows: Vec<Row>,
}

impl Row {
    /// The obligation by which the row is placed and worded.
    pub fn lead(&self) -> Option<&Obligation> {
        match self {
            Row::One(lead) | Row::Card(lead, _) => Some(lead),
            Row::Fold(all) => all.first(),
        }
    }

    /// How many things are owed here.
    pub fn count(&self) -> usize {
        match self {
            Row::One(_) | Row::Card(..) => 1,
            Row::Fold(all) => all.len(),
        }
    }
}

impl Row {
    /// A few of a kind are as easily read one by one.
    fn unless_small(self) -> Vec<Row> {
        match self {
            Row::Fold(few) if few.len() < FOLDED_FROM => few.into_iter().map(Row::One).collect(),
            row => vec![row],
        }
    }
}

impl Group {
    pub fn count(&self) -> usize {
        self.rows.iter().map(Row::count).sum()
    }
}

pub fn urgency(obligation: &Obligation, moment: &Moment) -> Urgency {
    let today = moment.today();
    let day: NaiveDate = last_day(moment, obligation.due_at);
    if obligation.state == State::Missed || obligation.due_at <= moment.now {
        Urgency::Overdue
    } else if day <= today {
        Urgency::Today
    } else if day < monday_after(today) {
        Urgency::ThisWeek
    } else {
        Urgency::Later
    }
}

/// `mine` are the reader's open and missed obligations in the order of their dates; `cards` all
/// obligations about the records that some of them belong to; `folds` says which rules fold.
pub fn board(
    mine: &[Obligation],
    cards: &[Obligation],
    folds: impl Fn(&Obligation) -> bool,
    moment: &Moment,
) -> Vec<Group> {
    let mut rows: Vec<(Urgency, Row)> = Vec::new();
    let mut carded: Vec<Uuid> = Vec::new();
    for obligation in mine {
        let urgency = urgency(obligation, moment);
        if obligation.window_key.is_empty() {
            if carded.contains(&obligation.about) {
                continue;
            }
            carded.push(obligation.about);
            let steps: Vec<Obligation> =
                cards.iter().filter(|o| o.about == obligation.about && o.state != State::Cancelled).cloned().collect();
            let row = if steps.len() > 1 { Row::Card(obligation.clone(), steps) } else { Row::One(obligation.clone()) };
            rows.push((urgency, row));
        } else {
            let one_row = |(other, row): &&mut (Urgency, Row)| {
                *other == urgency && row.lead().is_some_and(|lead| alike(lead, obligation))
            };
            match rows.iter_mut().find(one_row).filter(|_| folds(obligation)) {
                Some((_, Row::Fold(all))) => all.push(obligation.clone()),
                Some((_, row)) => {
                    if let Row::One(first) = row {
                        *row = Row::Fold(vec![first.clone(), obligation.clone()]);
                    }
                }
                None => rows.push((urgency, Row::One(obligation.clone()))),
            }
        }
    }
    [Urgency::Overdue, Urgency::Today, Urgency::ThisWeek, Urgency::Later]
        .into_iter()
        .map(|urgency| Group {
            urgency,
            rows: rows
                .iter()
                .filter(|(other, _)| *other == urgency)
                .flat_map(|(_, row)| row.clone().unless_small())
                .collect(),
        })
        .filter(|group| !group.rows.is_empty())
        .collect()
}

/// Cadences fold when they are of one rule, one window and equally lost.
fn alike(one: &Obligation, other: &Obligation) -> bool {
    one.rule == other.rule && one.window_key == other.window_key && one.state == other.state
}

/// The records about which something is owed that may have more to it.
pub fn records(mine: &[Obligation]) -> Vec<Uuid> {
    let mut abouts: Vec<Uuid> = mine.iter().filter(|o| o.window_key.is_empty()).map(|o| o.about).collect();
    abouts.sort_unstable();
    abouts.dedup();
    abouts
}
