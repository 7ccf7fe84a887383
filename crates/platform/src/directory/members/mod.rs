//! The verbs on members: who comes, what changes about them, who leaves.

mod add;
mod draft;
mod edit;
mod edit_profile;
mod leave_company;
mod login;
mod reset_password;

pub use add::{add_member, add_member_without_sign_in};
pub use draft::MemberDraft;
pub use edit::edit_member;
pub use edit_profile::{ProfileDraft, edit_profile};
pub use leave_company::{LeadsAndDeputises, leave_company, rejoin};
pub use login::propose_login;
pub use reset_password::reset_password;

pub(super) use add::insert;
pub(super) use draft::{active, limited, required};
