//! The directory: departments with their liaison, teams with one leader, members with the
//! positions they hold, and the leaves during which a named deputy owes what falls due.

mod api;
mod archive_unit;
mod calendar;
mod company;
mod departments;
mod leaves;
mod members;
mod migrations;
mod model;
mod names;
mod pages;
pub mod past_store;
mod roster;
mod standing;
mod store;
mod teams;
#[cfg(test)]
pub(crate) mod tests;

pub use api::{routes as api, words as api_words};
pub use archive_unit::{archive_department, archive_team};
pub use calendar::{
    DayDraft, HolidayDraft, NoticeDraft, YEARS as CALENDAR_YEARS, calendar, change_day, enter_notice, reset_day,
};
use calendar::{settled_days, year_id};
pub use company::{COMPANY, CompanyDraft, FirstAdministrator, edit_company, set_up, set_up_company};
pub use departments::{DepartmentDraft, add_department, edit_department};
pub use leaves::{LeaveDraft, LeaveKeeper, announce_leave, cancel_leave};
pub use members::{
    LeadsAndDeputises, MemberDraft, ProfileDraft, add_member, add_member_without_sign_in, edit_member, edit_profile,
    leave_company, propose_login, rejoin, reset_password,
};
pub use migrations::{MIGRATION, VIEWING};
pub use model::{Charge, Company, Department, Leave, Member, Team, behind, charge_of, in_charge};
pub use names::position_name;
pub use pages::{nav, routes as pages};
pub use roster::Roster;
pub use standing::{Standing, actor};
pub use store::{
    company, department, departments, leave, leaves_between, leaves_of, member, member_by_login, members, team, teams,
};
pub use teams::{TeamDraft, add_team, edit_team};
