//! A program that holds a token.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use kehu::compose;
use kehu_core::{Actor, MemberId};
use kehu_platform::db::{Lock, rows};
use kehu_platform::sea_orm::FromQueryResult;
use kehu_platform::tokens::{self, Token, TokenDraft};
use kehu_platform::web::App;
use kehu_platform::{directory, values};
use serde_json::Value;
use tower::ServiceExt as _;
use uuid::Uuid;

pub async fn member(app: &App, login: &str) -> MemberId {
    directory::member_by_login(app.db.read(), login).await.unwrap().unwrap().id
}

/// A token of the member.
pub async fn token(app: &App, login: &str, read_only: bool) -> (Token, String) {
    let (owner, now) = (member(app, login).await, app.clock.now());
    let draft = TokenDraft { name: "test".to_owned(), read_only };
    let made =
        app.db.write(Lock::member(owner), async |tx| tokens::make(tx, &Actor::system(), now, owner, draft).await);
    made.await.unwrap()
}

/// The ids that a query answers.
pub async fn ids(app: &App, sql: &str, login: &str) -> Vec<Uuid> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
    }
    rows::<Found>(app.db.read(), sql, values![login]).await.unwrap().into_iter().map(|found| found.id).collect()
}

#[derive(Clone)]
pub struct Program {
    router: Router,
    token: String,
}

pub struct Said {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Said {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn code(&self) -> &str {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.body);
        self.body["code"].as_str().unwrap()
    }
}

impl Program {
    pub async fn of(app: &App, login: &str) -> Self {
        let (_, secret) = token(app, login, false).await;
        Self::with(app, &secret)
    }

    pub fn with(app: &App, token: &str) -> Self {
        Self { router: compose::router(app), token: token.to_owned() }
    }

    pub async fn get(&self, path: &str) -> Said {
        self.send("GET", path, &[], "").await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Said {
        self.send("POST", path, &[("content-type", "application/json")], &body.to_string()).await
    }

    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Said {
        let mut request = Request::builder().method(method).uri(path);
        if !headers.iter().any(|(name, _)| *name == "accept-language") {
            request = request.header(header::ACCEPT_LANGUAGE, "en");
        }
        if !self.token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Said { status, headers, body: serde_json::from_slice(&bytes).unwrap_or_default() }
    }
}
