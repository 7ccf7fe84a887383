//! The directory: departments with their liaison, teams with one leader, members with the
//! positions they hold, and the leaves during which a named deputy owes what falls due.

mod calendar;
mod migrations;
mod model;
mod names;
mod store;

pub use calendar::calendar;
pub use migrations::MIGRATION;
pub use model::{Company, Department, Leave, Member, Team};
pub use names::position_name;
pub use store::{actor, company, departments, leaves_between, member, member_by_login, members, team, teams};
