//! What stands before every operation: the token, its rate, and the reading of unsafe requests,
//! which then run detached like those of the pages.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kehu_core::Locale;
use sha2::{Digest as _, Sha256};

use super::caller::Caller;
use super::once::Digest;
use super::problem::{Problem, worded};
use crate::tokens;
use crate::web::App;
use crate::web::guard::{LARGEST_BODY, RequestId, detached};

/// Whether the request is one to the API.
pub(in crate::web) fn is_here(path: &str) -> bool {
    path == "/api/v1" || path.starts_with("/api/v1/")
}

/// Answers a request to the API.
pub(in crate::web) async fn enter(app: &App, request: Request, next: Next, id: &RequestId) -> Response {
    let asked = language(request.headers());
    let caller = match authenticate(app, request.headers(), asked).await {
        Ok(caller) => caller,
        Err(problem) => return worded(problem.into_response(), asked.unwrap_or_default(), &id.0),
    };
    let standing = app.rates.count(caller.token, caller.now);
    let locale = caller.locale;
    let answer = if standing.exceeded { Err(Problem::too_many()) } else { serve(app, caller, request, next).await };
    let mut response = worded(answer.into_response(), locale, &id.0);
    standing.write(response.headers_mut());
    response
}

fn language(headers: &HeaderMap) -> Option<Locale> {
    let named = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    (named.trim() != "*").then(|| Locale::from_accept_language(named))
}

/// The member behind the bearer token. Cookies are not looked at.
async fn authenticate(app: &App, headers: &HeaderMap, asked: Option<Locale>) -> Result<Caller, Problem> {
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (scheme, token) = sent.split_once(' ').unwrap_or_default();
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Problem::unauthorized());
    }
    let now = app.clock.now();
    let bearer = tokens::identify(app, token.trim(), now).await?.ok_or_else(Problem::unauthorized)?;
    if bearer.is_due_for_noting(now) {
        let id = bearer.id;
        app.db.write(crate::db::Lock::default(), async |tx| tokens::mark_used(tx, id, now).await).await?;
    }
    Ok(Caller {
        app: app.clone(),
        member: bearer.member,
        token: bearer.id,
        token_name: bearer.name,
        read_only: bearer.read_only,
        locale: asked.unwrap_or(bearer.actor.locale),
        actor: bearer.actor,
        zone: bearer.standing.zone(),
        standing: bearer.standing,
        now,
    })
}

async fn serve(app: &App, caller: Caller, mut request: Request, next: Next) -> Result<Response, Problem> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        request.extensions_mut().insert(caller);
        return Ok(next.run(request).await);
    }
    if caller.read_only && matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH | Method::DELETE) {
        return Err(Problem::read_only());
    }
    let (mut parts, body) = request.into_parts();
    let bytes = to_bytes(body, LARGEST_BODY).await.map_err(|_| Problem::too_large())?;
    let mut digest = Sha256::new();
    for part in [parts.method.as_str().as_bytes(), parts.uri.to_string().as_bytes(), &bytes] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    parts.extensions.insert(Digest(digest.finalize().to_vec()));
    parts.extensions.insert(caller);
    Ok(detached(app, Request::from_parts(parts, Body::from(bytes)), next).await)
}
