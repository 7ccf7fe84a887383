//! Sign-in: passwords hashed with argon2id, sessions that their owner can list and revoke, and a
//! limit on attempts per login and per address.

mod password;
mod session;
mod verbs;

pub use password::{check_strength, hash};
pub use session::{Device, Session, devices, identify, mark_seen, revoke, revoke_all, secret, touch};
pub use verbs::{SignInRefusal, change_password, sign_in};
