//! What people owe because of a clause: who, about what record, for which account, by when. The
//! rules are pure functions over facts that the areas read from their records; the ledger keeps
//! what they answer. Ends are met, met late, missed, waived and cancelled.

mod cadence;
mod compliance;
mod facts;
mod ledger;
mod migrations;
mod promise;
mod queries;
mod reach;
mod state;
mod store;

pub use cadence::{CadenceDue, CadenceFacts, CadenceTerms, cadence};
pub use compliance::{tallies_by_account, tallies_by_clause, tallies_by_member, tallies_by_team, together};
pub use facts::{Deed, Holding, on_duty, on_duty_on};
pub use ledger::{Wanted, settle};
pub use migrations::MIGRATION;
pub use promise::{Kept, PromiseDue, PromiseTerms, promise};
pub use reach::{Condition, Naming, Reach, Sight};
pub use state::{SMALLEST_PERCENTAGE, State, Tally};
pub use store::{
    Obligation, OpenCount, about, due_between, evidence, expired, obligation, of_window, open_by_account,
    open_of_member, opened_through, overdue_accounts, set_opened_through, unsettled_of_account,
};
