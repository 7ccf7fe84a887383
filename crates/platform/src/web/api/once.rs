//! `Idempotency-Key`: a write that is sent again, because its answer got lost, is answered as the
//! first time and does nothing. The answer is kept in the transaction of the write itself.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::Duration;
use sea_orm::FromQueryResult;
use serde_json::Value as Json;

use super::caller::Caller;
use super::problem::Problem;
use crate::db::{DbFault, Migration, Tx, execute, row};
use crate::error::Invalid;
use crate::web::App;
use crate::{t, values};

pub const MIGRATION: Migration = Migration {
    name: "2026_11_24_41_api_answers",
    sql: "
create table api_answers (
  token_id uuid not null references api_tokens (id),
  key text not null,
  request bytes not null,
  status integer not null,
  location text,
  etag bigint,
  body json,
  at timestamp not null,
  primary key (token_id, key)
);
create index api_answers_at on api_answers (at);
",
};

/// How long an answer is kept.
const KEPT: Duration = Duration::hours(24);
const LONGEST_KEY: usize = 200;

/// The digest of a request, made by the door while it reads the body.
#[derive(Clone, Debug)]
pub(super) struct Digest(pub Vec<u8>);

/// The key of a write, when it has one, and what it asks.
#[derive(Clone, Debug)]
pub struct Once {
    key: Option<String>,
    request: Vec<u8>,
}

/// The answer of a write.
#[derive(Clone, Debug)]
pub struct Reply {
    status: StatusCode,
    location: Option<String>,
    version: Option<i64>,
    body: Json,
    replayed: bool,
}

impl FromRequestParts<App> for Once {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let key = parts.headers.get("idempotency-key").map(|value| value.to_str().unwrap_or_default());
        if key.is_some_and(|key| !is_key(key)) {
            let error = Invalid::one("Idempotency-Key", "malformed", t::api::key_malformed);
            return Err(Problem::malformed(error.errors().to_vec()));
        }
        let request = parts.extensions.get::<Digest>().map(|digest| digest.0.clone()).unwrap_or_default();
        Ok(Self { key: key.map(str::to_owned), request })
    }
}

fn is_key(key: &str) -> bool {
    let sound = |b: u8| b.is_ascii_alphanumeric() || b"._:-".contains(&b);
    (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(sound)
}

#[derive(FromQueryResult)]
struct Kept {
    request: Vec<u8>,
    status: i32,
    location: Option<String>,
    etag: Option<i64>,
    body: Option<Json>,
}

impl Once {
    /// Takes the key for this request, or answers what was said under it before. Another request
    /// with the same key waits here until this one is committed.
    pub(super) async fn reserve(&self, tx: &Tx, caller: &Caller) -> Result<Option<Reply>, Problem> {
        let Some(key) = &self.key else { return Ok(None) };
        execute(&**tx, "delete from api_answers where at < $1", values![caller.now - KEPT]).await?;
        let taken = execute(
            &**tx,
            "insert into api_answers (token_id, key, request, status, at) values ($1, $2, $3, 0, $4)
             on conflict (token_id, key) do nothing",
            values![caller.token.uuid(), key.clone(), self.request.clone(), caller.now],
        )
        .await?;
        if taken == 1 { Ok(None) } else { self.said(tx, caller, key).await }
    }

    async fn said(&self, tx: &Tx, caller: &Caller, key: &str) -> Result<Option<Reply>, Problem> {
        let sql = "select request, status, location, etag, body from api_answers where token_id = $1 and key = $2";
        let Some(kept) = row::<Kept>(&**tx, sql, values![caller.token.uuid(), key]).await? else { return Ok(None) };
        if kept.request != self.request {
            return Err(Problem::key_reused());
        }
        let status = u16::try_from(kept.status).ok().and_then(|status| StatusCode::from_u16(status).ok());
        Ok(status.map(|status| Reply {
            status,
            location: kept.location,
            version: kept.etag,
            body: kept.body.unwrap_or_default(),
            replayed: true,
        }))
    }

    pub(super) async fn keep(&self, tx: &Tx, caller: &Caller, reply: &Reply) -> Result<(), DbFault> {
        let Some(key) = &self.key else { return Ok(()) };
        execute(
            &**tx,
            "update api_answers set status = $3, location = $4, etag = $5, body = $6 where token_id = $1 and key = $2",
            values![
                caller.token.uuid(),
                key.clone(),
                i32::from(reply.status.as_u16()),
                reply.location.clone(),
                reply.version,
                reply.body.clone()
            ],
        )
        .await?;
        Ok(())
    }
}

impl Reply {
    fn new(status: StatusCode, body: impl serde::Serialize) -> Result<Self, Problem> {
        let body =
            serde_json::to_value(body).map_err(|error| crate::Error::Broken(format!("writing an answer: {error}")))?;
        Ok(Self { status, location: None, version: None, body, replayed: false })
    }

    /// A record was made; its address is named.
    pub fn created(location: String, body: impl serde::Serialize) -> Result<Self, Problem> {
        Ok(Self { location: Some(location), ..Self::new(StatusCode::CREATED, body)? })
    }

    pub fn ok(body: impl serde::Serialize) -> Result<Self, Problem> {
        Self::new(StatusCode::OK, body)
    }

    /// It was asked for and goes on beside the requests.
    pub fn accepted(body: impl serde::Serialize) -> Result<Self, Problem> {
        Self::new(StatusCode::ACCEPTED, body)
    }

    /// With the record's version as its `ETag`.
    pub fn version(self, version: i64) -> Self {
        Self { version: Some(version), ..self }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = (self.status, axum::Json(self.body)).into_response();
        let headers = response.headers_mut();
        if let Some(location) = self.location.and_then(|location| HeaderValue::from_str(&location).ok()) {
            headers.insert(header::LOCATION, location);
        }
        if let Some(tag) = self.version.and_then(super::versions::tag) {
            headers.insert(header::ETAG, tag);
        }
        if self.replayed {
            headers.insert(HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static("true"));
        }
        response
    }
}
