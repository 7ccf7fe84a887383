//! Tokens of the API: a program that holds one acts for the member who made it. It is shown once and
//! kept as its hash; its owner can see when it was last used and revoke it; it is dead as soon as
//! its owner leaves.

mod make;
mod store;

pub use make::{LONGEST_NAME, TokenDraft, make, revoke};
pub use store::{Bearer, MIGRATION, Token, every, identify, mark_used, of_member, revoke_all};
