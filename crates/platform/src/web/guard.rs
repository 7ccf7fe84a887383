//! What stands before every handler: security headers, the session, the CSRF token, and the
//! detaching of unsafe requests, so that a client that hangs up cannot leave a commit without its
//! answer.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use kehu_core::{Locale, SessionId};
use subtle::ConstantTimeEq;

use super::onlooking::Verdict;
use super::{App, api, failure, form, page};
use crate::db::{self, DbFault};
use crate::directory::Standing;
use crate::kept;
use crate::sign_in::{self, Session};

/// The largest body accepted: an upload of a large ledger.
pub(super) const LARGEST_BODY: usize = 64 * 1024 * 1024;

pub(crate) const SESSION_COOKIE: &str = "kehu_session";
/// Holds the token of visitors who have not signed in yet.
pub(super) const VISITOR_COOKIE: &str = "kehu_visitor";

const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

/// The request's number, in logs and on error pages.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// What the guard found out about a request.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    pub session: Option<Session>,
    pub locale: Locale,
    pub csrf: String,
    pub address: IpAddr,
    pub standing: Arc<Standing>,
}

/// Puts the guard before the routes.
pub fn protect(routes: Router<App>, app: &App) -> Router<App> {
    routes.layer(from_fn_with_state(app.clone(), guard))
}

pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

pub(crate) fn set_cookie(name: &str, value: &str, age: i64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}")
}

async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = RequestId(kehu_core::JournalId::new(app.clock.now()).to_string());
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let started = std::time::Instant::now();
    let mut response = serve(&app, request, next, id.clone()).await;
    secure(response.headers_mut());
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    if !path.starts_with("/assets/") {
        let status = response.status().as_u16();
        tracing::info!(request_id = %id.0, %method, %path, status, micros = started.elapsed().as_micros() as u64, "request");
    }
    response
}

async fn serve(app: &App, mut request: Request, next: Next, id: RequestId) -> Response {
    let path = request.uri().path();
    if path.starts_with("/assets/") || path == "/healthz" || path == "/readyz" {
        return next.run(request).await;
    }
    if api::is_here(path) {
        return api::enter(app, request, next, &id).await;
    }
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let identity = match identify(app, request.headers(), address).await {
        Ok(identity) => identity,
        Err(fault) => {
            tracing::error!(request_id = %id.0, %fault, "identifying a request");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    request.extensions_mut().insert(identity.clone());
    request.extensions_mut().insert(id.clone());
    let uri = request.uri().clone();
    let onlooker = identity.session.as_ref().and_then(|session| session.actor.onlooker.as_deref());
    let verdict = onlooker.map(|onlooker| app.onlooking.judge(onlooker, request.method(), uri.path()));
    match verdict {
        Some(Verdict::Withheld) => return page::withheld(app, &identity),
        Some(Verdict::Refused) => {
            let refusal = failure::Failure(crate::Error::Db(DbFault::ReadOnly)).into_response();
            return failure::dress(app, &identity, &uri, &id, refusal).await;
        }
        Some(Verdict::Read) => {
            let response = db::read_only(next.run(request)).await;
            return failure::dress(app, &identity, &uri, &id, response).await;
        }
        Some(Verdict::Out) | None => {}
    }
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let response = if safe {
        next.run(request).await
    } else {
        match with_token(request, &identity).await {
            Ok(request) => detached(app, request, next).await,
            Err(refusal) => refusal.into_response(),
        }
    };
    failure::dress(app, &identity, &uri, &id, response).await
}

pub(super) async fn detached(app: &App, request: Request, next: Next) -> Response {
    match app.tasks.spawn(next.run(request)).await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, "a request's task ended early");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn identify(app: &App, headers: &HeaderMap, address: Option<IpAddr>) -> Result<Identity, crate::Error> {
    let now = app.clock.now();
    let session = match cookie(headers, SESSION_COOKIE) {
        Some(token) => sign_in::identify(app, token, now).await?,
        None => None,
    };
    if let Some(session) = session.as_ref().filter(|s| sign_in::touch(s, now)) {
        let id: SessionId = session.id;
        app.db.write(crate::db::Lock::default(), async |tx| sign_in::mark_seen(tx, id, now).await).await?;
    }
    let locale = match &session {
        Some(session) => session.actor.locale,
        None => Locale::from_accept_language(
            headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default(),
        ),
    };
    let csrf = match &session {
        Some(session) => session.csrf.clone(),
        None => cookie(headers, VISITOR_COOKIE).map_or_else(sign_in::secret, |token| Ok(token.to_owned()))?,
    };
    let on = app.db.read();
    let standing = match &session {
        Some(session) => session.standing.clone(),
        None => app.kept.at(on, kept::revision(on).await?).await?,
    };
    let address = address.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    Ok(Identity { standing, session, locale, csrf, address })
}

/// Reads the body and lets the request pass when it carries the right token.
async fn with_token(request: Request, identity: &Identity) -> Result<Request, StatusCode> {
    let (mut parts, body) = request.into_parts();
    let content_type =
        parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let bytes = to_bytes(body, LARGEST_BODY).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    let form = form::read(&content_type, bytes.clone()).await.ok_or(StatusCode::BAD_REQUEST)?;
    let sent = parts.headers.get("x-csrf-token").and_then(|v| v.to_str().ok()).unwrap_or_else(|| form.text("_csrf"));
    // A visitor without the cookie has been given no token yet.
    let known = identity.session.is_some() || cookie(&parts.headers, VISITOR_COOKIE).is_some();
    if !known || !bool::from(sent.as_bytes().ct_eq(identity.csrf.as_bytes())) {
        return Err(StatusCode::FORBIDDEN);
    }
    parts.extensions.insert(form);
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

fn secure(headers: &mut HeaderMap) {
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}
