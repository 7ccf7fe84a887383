//! Refusals and faults as problem documents (RFC 9457): a status, a code that stays the same for
//! programs, words in the reader's language, and the places in what was sent that were refused.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kehu_core::Locale;
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::{Error, FieldError};
use crate::i18n::Message;
use crate::t::api as t;

/// Why a request was not done.
#[derive(Clone, Debug)]
pub struct Problem {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    title: fn(Locale) -> &'static str,
    detail: Option<Message>,
    errors: Vec<FieldError>,
    /// Asks for a token in the way that programs understand.
    challenge: bool,
}

/// A problem document as it is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// Always `about:blank`: the code says what happened.
    #[schema(example = "about:blank")]
    r#type: &'static str,
    title: String,
    #[schema(minimum = 400, maximum = 599, example = 422)]
    status: u16,
    /// Stable, for programs.
    #[schema(example = "invalid")]
    code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// The number of the request, as in the server's log.
    request_id: String,
    /// Every place that was refused; empty when the request as a whole was.
    errors: Vec<ProblemPlace>,
}

/// One place in the request that cannot be accepted.
#[derive(Debug, Serialize, ToSchema)]
struct ProblemPlace {
    /// JSON pointer into the body, or the name of a query parameter after `?`.
    #[schema(example = "/occurred_at")]
    pointer: String,
    #[schema(example = "in_future")]
    code: String,
    /// In the language of `Accept-Language`.
    message: String,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, title: fn(Locale) -> &'static str) -> Self {
        Self { status, code, title, detail: None, errors: Vec::new(), challenge: false }
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", t::not_found)
    }

    pub(super) fn unauthorized() -> Self {
        Self { challenge: true, ..Self::new(StatusCode::UNAUTHORIZED, "unauthorized", t::unauthorized) }
    }

    pub(super) fn read_only() -> Self {
        Self::new(StatusCode::FORBIDDEN, "read_only_token", t::read_only_token)
    }

    pub(super) fn too_many() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", t::rate_limited)
    }

    pub(super) fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", t::too_large)
    }

    pub(super) fn media_type() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", t::media_type)
    }

    pub(super) fn broken_json(detail: String) -> Self {
        let detail = Some(Message::new(move |_| detail.clone()));
        Self { detail, ..Self::new(StatusCode::BAD_REQUEST, "malformed_json", t::malformed_json) }
    }

    /// What was sent has not the documented form.
    pub(super) fn malformed(errors: Vec<FieldError>) -> Self {
        Self { errors, ..Self::new(StatusCode::BAD_REQUEST, "malformed", t::malformed) }
    }

    pub(super) fn cursor() -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "unknown_cursor", t::unknown_cursor)
    }

    pub(super) fn key_reused() -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused", t::key_reused)
    }

    pub(super) fn version_missing() -> Self {
        Self::new(StatusCode::PRECONDITION_REQUIRED, "if_match_required", t::if_match_required)
    }

    pub fn stale() -> Self {
        Self::new(StatusCode::PRECONDITION_FAILED, "stale", t::stale)
    }

    /// Names the refused places as the API does, where the verb calls its fields otherwise.
    pub fn renamed(mut self, name: impl Fn(&str) -> Option<String>) -> Self {
        for error in &mut self.errors {
            if let Some(other) = name(&error.field) {
                error.field = other;
            }
        }
        self
    }

    /// What the router or an extractor answered without words.
    fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => Self::new(status, "method_not_allowed", t::method_not_allowed),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::media_type(),
            StatusCode::PAYLOAD_TOO_LARGE => Self::too_large(),
            status if status.is_server_error() => Self::new(status, "fault", t::fault),
            status => Self::new(status, "malformed", t::malformed),
        }
    }

    fn document(&self, l: Locale, request_id: &str) -> ProblemDocument {
        let place = |error: &FieldError| ProblemPlace {
            pointer: match error.field.as_bytes().first() {
                Some(b'/' | b'?') => error.field.clone(),
                None => String::new(),
                Some(_) => format!("/{}", error.field),
            },
            code: error.code.to_owned(),
            message: error.message.text(l),
        };
        ProblemDocument {
            r#type: "about:blank",
            title: (self.title)(l).to_owned(),
            status: self.status.as_u16(),
            code: self.code.to_owned(),
            detail: self.detail.as_ref().map(|detail| detail.text(l)),
            request_id: request_id.to_owned(),
            errors: self.errors.iter().map(place).collect(),
        }
    }
}

impl<E: Into<Error>> From<E> for Problem {
    fn from(error: E) -> Self {
        let fault = |what: &dyn std::fmt::Display| {
            tracing::error!(%what, "fault");
            Self::of_status(StatusCode::INTERNAL_SERVER_ERROR)
        };
        match error.into() {
            Error::NotFound => Self::not_found(),
            Error::Forbidden => Self::new(StatusCode::FORBIDDEN, "forbidden", t::forbidden),
            Error::Invalid(invalid) => Self {
                errors: invalid.errors().to_vec(),
                ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", t::invalid)
            },
            Error::Stale => Self::stale(),
            Error::Conflict { code, message } => {
                Self { detail: Some(message), ..Self::new(StatusCode::CONFLICT, code, t::conflict) }
            }
            Error::Db(error) => fault(&error),
            Error::Broken(what) => fault(&what),
        }
    }
}

/// Travels with a response until the door, which knows the reader, puts it into words.
#[derive(Clone)]
struct Unworded(Problem);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if self.challenge {
            let challenge = HeaderValue::from_static("Bearer realm=\"kehu\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response.extensions_mut().insert(Unworded(self));
        response
    }
}

/// Puts refusals into words; whatever refuses without a document gets one.
pub(super) fn worded(response: Response, l: Locale, request_id: &str) -> Response {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    let problem = parts.extensions.remove::<Unworded>().map_or_else(|| Problem::of_status(status), |u| u.0);
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    let body = serde_json::to_string(&problem.document(l, request_id)).unwrap_or_default();
    Response::from_parts(parts, body.into())
}
