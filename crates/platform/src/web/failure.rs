//! Refusals and faults on their way out: a status, and a page in the reader's language that says
//! what happened and where to go from here.

use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::guard::{Identity, RequestId};
use super::{App, page, paths};
use crate::db::DbFault;
use crate::error::Error;
use crate::i18n::Message;

/// What a page handler answers with.
pub type Answer = Result<Response, Failure>;

/// A verb's refusal or fault that the handler does not put next to a field.
#[derive(Debug)]
pub struct Failure(pub Error);

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// Travels with a response until the guard, which knows the reader, makes it a page.
#[derive(Clone)]
struct Undressed(Option<Message>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, message) = match self.0 {
            Error::NotFound => (StatusCode::NOT_FOUND, None),
            Error::Forbidden => (StatusCode::FORBIDDEN, None),
            Error::Invalid(invalid) => {
                (StatusCode::UNPROCESSABLE_ENTITY, invalid.errors().first().map(|e| e.message.clone()))
            }
            Error::Stale => (StatusCode::CONFLICT, Some(Message::new(crate::t::app::stale))),
            Error::Conflict { message, .. } => (StatusCode::CONFLICT, Some(message)),
            Error::Db(DbFault::ReadOnly) => (StatusCode::CONFLICT, Some(Message::new(crate::t::app::viewing_reads))),
            Error::Db(fault) => {
                tracing::error!(%fault, "database fault");
                (StatusCode::INTERNAL_SERVER_ERROR, None)
            }
            Error::Broken(what) => {
                tracing::error!(what, "fault");
                (StatusCode::INTERNAL_SERVER_ERROR, None)
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Undressed(message));
        response
    }
}

/// Turns bare refusals into pages; sends visitors to the sign-in page.
pub(super) async fn dress(app: &App, identity: &Identity, uri: &Uri, id: &RequestId, response: Response) -> Response {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let message = response.extensions().get::<Undressed>().map(|u| u.0.clone());
    let has_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|v| {
        let kind = v.as_bytes();
        kind.starts_with(b"text/html") || kind.starts_with(b"application/")
    });
    if message.is_none() && has_page {
        return response;
    }
    if status == StatusCode::UNAUTHORIZED {
        let back = uri.path_and_query().map_or("/", |p| p.as_str());
        return Redirect::to(&format!("/sign-in?next={}", paths::encode(back))).into_response();
    }
    let text = message.flatten().map(|m| m.text(identity.locale));
    page::error(app, identity, status, text.as_deref(), id)
}

impl Failure {
    pub fn not_found() -> Self {
        Self(Error::NotFound)
    }
}
