//! What pages ask the ledger: counts, lists and waivers. One query each, on an index.

mod answers;
mod company;
mod grid;
mod listing;
mod standing;
mod tally;
mod waivers;
mod walk;

pub(super) use answers::{mark_read, said, say};
pub(super) use company::grouped;
pub(super) use listing::{listed, listing_tally};
#[cfg(test)]
pub(super) use tally::Grouped;
#[cfg(test)]
pub(super) use tally::grouped_general;
pub(super) use tally::{By, Counted, by_clause, by_id, titles};
pub(super) use waivers::{decide, insert_waiver, waiver, waivers};
pub(super) use walk::{Walk, walk_total, walked};

pub use answers::{Said, ToAnswer, UnreadAnswer, answers_of, to_answer, unread_answers};
pub use grid::{Grid, GridCell, GridRow, Whose, by_team_and_window, grid, proofs};
pub use listing::Listing;
pub use standing::{Lapse, cards, count_overdue, lapses, missed_of, months_of, open_of, overdue_of_teams};
pub use tally::{Group, GroupBy};
pub use waivers::{Decision, PendingWaiver, ToConfirm, Waiver, pending_waivers, to_confirm};

/// The queries of Today as they are asked.
#[cfg(test)]
pub(super) fn plans() -> Vec<String> {
    let of = |condition: &str| format!("select * from obligations where {condition}");
    let ids = |column: &str| super::reach::Condition::any_of(column, vec![Default::default(); 3], 4);
    vec![
        grid::sql(&[ids("team_id")]),
        grid::sql(&[ids("subject_id"), ids("team_id")]),
        grid::proofs_sql(&ids("o.subject_id")),
        grid::by_team_sql(&super::reach::Condition { sql: "1 = 1".to_owned(), values: Vec::new() }),
        of(standing::OPEN_OF),
        of(standing::MISSED_OF),
        of(&standing::about_condition(3)),
        of(&standing::overdue_of_teams_condition(2)),
        standing::MONTHS_OF.to_owned(),
        standing::COUNT_OVERDUE.to_owned(),
        standing::LAPSES.to_owned(),
        waivers::PENDING_WAIVERS.to_owned(),
        waivers::TO_CONFIRM.to_owned(),
        answers::TO_ANSWER.to_owned(),
        answers::UNREAD_ANSWERS.to_owned(),
    ]
}
