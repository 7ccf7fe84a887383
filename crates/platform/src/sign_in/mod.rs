//! Sign-in: passwords hashed with argon2id, sessions that their owner can list and revoke, and a
//! limit on attempts per login and per address.

mod pages;
mod password;
mod session;
mod store;
#[cfg(test)]
mod tests;
mod verbs;
mod view_as;

pub use pages::routes as pages;
pub use password::{Weakness, check_strength, hash, random_password};
pub(crate) use session::hashed;
pub use session::{Device, Session, identify, secret, touch};
pub use store::{devices, mark_seen, revoke, revoke_all};
pub use verbs::{SignInRefusal, change_password, revoke_device, revoke_other_devices, sign_in, sign_out};
pub use view_as::{end_view, view_as};

/// The password of everybody in the demo company, shown on its sign-in page.
pub const DEMO_PASSWORD: &str = "kehu-demo";
