//! 4.1: the customers and the people there, who on our side serves them, and since when.

mod access;
pub mod api;
mod check;
mod contacts;
mod create;
mod edit;
mod grades;
mod groups;
mod hand_over;
mod leaving;
mod migrations;
mod model;
pub mod pages;
pub mod past;
mod store;
mod tenure;
#[cfg(test)]
mod tests;

pub use access::{AccountEditor, AccountViewer, editable, editor, may_create, seen_among, served_by, viewer, visible};
pub use contacts::{add_contact, archive_contact, edit_contact, indexed_contact};
pub use create::{NewAccount, create, indexed};
pub use edit::{archive, edit, restore, set_role, unset_role};
pub use grades::{add_grade, grade_name, grades, set_grade};
pub use groups::{
    AccountGroup, GroupDraft, GroupKeeper, Succession, accounts_in_group, add_group, candidates, dissolve_group,
    edit_group, group, kept_groups, place_in_group,
};
pub use hand_over::hand_over;
pub use leaving::StillHeld;
pub use migrations::{MIGRATION, NAMES_IN_ORDER, PEOPLE, SPEED};
pub use model::{Account, AccountFacts, AccountRole, Contact, ContactFacts, Grade, GradeKind, label};
pub(crate) use store::{
    CONTACT_FACTS, FACTS, contact_fact_values, fact_values, insert_accounts, insert_contacts, insert_tenures,
    next_number, seat_owners,
};
pub use store::{
    Listed, Order, PAGE, Tenure, Wanted, account, account_team, accounts, carriers_held_by, contact,
    contacts as contacts_of, contacts_of_accounts, first_tenure, holders, list as list_accounts, list_after, regions,
    tenures_carried, tenures_of, twin,
};
pub use store::{People, PeopleWanted, Person, few_accounts, list_people};
pub use tenure::{follow_key_tiers, key_tiers_moved, renew_all};
