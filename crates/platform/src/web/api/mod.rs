//! The JSON door, `/api/v1`, beside the pages: programs come in with a bearer token, on behalf of the
//! member who made it, and reach the same verbs. Refusals are problem documents with a stable code;
//! lists are walked by a cursor; a write can name the version it read and be sent again without harm.
//! Cookies open nothing here, so there is no token against forged forms either.

mod asked;
mod caller;
mod document;
mod door;
mod json;
mod list;
mod made_by;
mod once;
mod problem;
mod rates;
mod reference;
mod upload;
mod versions;

pub use asked::{Asked, Id, day, moment, tidy};
pub use caller::Caller;
pub use document::{document, routes};
pub use json::{Json, given};
pub use list::{Cursor, LONGEST, Limit, List, page_of};
pub use made_by::MadeBy;
pub use once::{MIGRATION, Once, Reply};
pub use problem::{Problem, ProblemDocument};
pub use rates::Rates;
pub use upload::{FileBody, Upload};
pub use versions::{IfMatch, Tagged};

pub(super) use door::{enter, is_here};

/// What an operation answers with.
pub type Answer = Result<axum::response::Response, Problem>;
