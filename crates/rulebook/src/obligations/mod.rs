//! What people owe because of a clause: who, about what record, for which account, by when. The
//! rules are pure functions over facts that the areas read from their records; the ledger keeps
//! what they answer. Ends are met, met late, missed, waived and cancelled.

mod answer;
pub mod api;
mod approver;
mod cadence;
mod compliance;
mod confirm;
mod explain;
mod facts;
mod ledger;
mod migrations;
pub mod pages;
mod period;
mod presenter;
mod promise;
mod queries;
mod reach;
mod registry;
mod report;
mod state;
mod store;
#[cfg(test)]
mod tests;
mod waive;

pub use answer::{answer, read_answer};
pub use approver::{Approver, approver};
pub use cadence::{CadenceDue, CadenceFacts, CadenceTerms, cadence};
pub use compliance::{tallies_by_account, tallies_by_clause, tallies_by_member, tallies_by_team, together};
pub use confirm::confirm_late;
pub use explain::{explain, explainable};
pub use facts::{Deed, Holding};
pub use ledger::{Wanted, settle};
pub use migrations::{ANSWERS, GRID, MIGRATION, SPEED};
pub use period::{Period, before};
pub use presenter::{clause_href, due_words, rule_name, shown_state, window_words};
pub use promise::{Kept, PromiseDue, PromiseTerms, promise};
pub use queries::{
    Decision, Grid, GridCell, GridRow, Group, GroupBy, Lapse, Listing, PendingWaiver, Said, ToAnswer, ToConfirm,
    UnreadAnswer, Waiver, Whose, answers_of, by_team_and_window, grid, open_of, proofs,
};
pub(crate) use queries::{
    cards, count_overdue, lapses, missed_of, months_of, overdue_of_teams, pending_waivers, to_answer, to_confirm,
    unread_answers,
};
pub use reach::{Condition, Naming, Reach, Sight};
pub use registry::{
    AccountsOf, Action, Approval, Approvals, Codes, Evidence, Fold, LastContacts, Later, Moment, Presenter, Proves,
    Reassess, RecordKind, Registry, Rule, register, registry,
};
pub use report::{Line, Names, Report, change, report};
pub use state::{SMALLEST_PERCENTAGE, State, Tally};
pub use store::{
    Obligation, OpenCount, about, due_between, evidence, expired, obligation, of_window, open_by_account,
    opened_through, overdue_accounts, set_opened_through, unsettled_of_account,
};
pub use waive::{LEADERSHIP, LONGEST, ask_waiver, decide_waiver, grant_waiver};
