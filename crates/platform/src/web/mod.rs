//! The web kit: what every page and form of every area goes through. A request is identified by
//! its session cookie, an unsafe one must carry the session's CSRF token and then runs detached
//! from its connection; a refusal comes back as a page in the reader's language.

pub mod api;
mod app;
pub mod assets;
pub mod events;
mod failure;
mod form;
mod guard;
pub mod kit;
mod onlooking;
mod page;
mod paths;
pub mod when;

pub use app::{App, Area, NavEntry, NavGroup, OperationWords};
pub use failure::{Answer, Failure};
pub use form::{File, Form};
pub use guard::{RequestId, protect};
pub(crate) use guard::{SESSION_COOKIE, set_cookie};
pub use onlooking::{END as VIEW_AS_END, Onlooking};
pub use page::{Page, Visitor};
pub use paths::{Query, encode, way_back};
