//! `ETag` and `If-Match`: a record's version travels with it, and a change names the version it was
//! made on, so that nobody overwrites what they have not read.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::problem::Problem;
use crate::error::Invalid;
use crate::t;
use crate::web::App;

pub(super) fn tag(version: i64) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("\"{version}\"")).ok()
}

/// A record with its version as `ETag`.
#[derive(Debug)]
pub struct Tagged<T>(pub i64, pub T);

impl<T: serde::Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        let mut response = axum::Json(self.1).into_response();
        if let Some(tag) = tag(self.0) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

/// The version that a change was made on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfMatch {
    /// `*`: whatever it is now.
    Any,
    Version(i64),
}

impl IfMatch {
    /// `"3"`, and `W/"3"`, which a proxy that compresses makes of it.
    fn read(text: &str) -> Option<Self> {
        match text.trim() {
            "*" => Some(Self::Any),
            tag => {
                let quoted = tag.strip_prefix("W/").unwrap_or(tag);
                let digits = quoted.strip_prefix('"')?.strip_suffix('"')?;
                let sound = (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
                digits.parse().ok().filter(|_| sound).map(Self::Version)
            }
        }
    }

    /// The version to change, when the record still is what the writer read.
    pub fn holds(self, version: i64) -> Result<i64, Problem> {
        if self == Self::Any || self == Self::Version(version) { Ok(version) } else { Err(Problem::stale()) }
    }
}

impl FromRequestParts<App> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let value = parts.headers.get(header::IF_MATCH).ok_or_else(Problem::version_missing)?;
        Self::read(value.to_str().unwrap_or_default()).ok_or_else(|| {
            let invalid = Invalid::one("If-Match", "malformed", t::api::if_match_malformed);
            Problem::malformed(invalid.errors().to_vec())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::IfMatch;

    #[test]
    fn only_the_version_that_was_read_may_be_changed() {
        for (sent, version, holds) in [("\"3\"", 3, true), ("\"3\"", 4, false), ("*", 7, true), ("W/\"3\"", 3, true)] {
            let read = IfMatch::read(sent);
            assert_eq!(read.is_some_and(|m| m.holds(version).is_ok()), holds, "{sent} on {version}");
        }
        for sent in ["3", "", "{}", "\"x\"", "\"1\", \"2\""] {
            assert_eq!(IfMatch::read(sent), None, "{sent}");
        }
    }
}
