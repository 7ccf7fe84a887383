//! A browser without a screen: follows the product's cookies and tokens as a browser would.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use kehu_platform::web::{App, encode, kit};
use tower::ServiceExt as _;

/// One browser, signed in or not.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookies: BTreeMap<String, String>,
    token: String,
    part: bool,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub body: String,
}

impl Client {
    pub fn new(app: &App) -> Self {
        Self { router: kehu::compose::router(app), cookies: BTreeMap::new(), token: String::new(), part: false }
    }

    /// A browser in which somebody has signed in.
    pub async fn signed_in(app: &App, login: &str, password: &str) -> Self {
        let mut client = Self::new(app);
        client.get("/sign-in").await;
        let answer = client.post("/sign-in", &[("login", login), ("password", password)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        client.get("/profile").await;
        client
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Submits a form that carries the token of the page seen last.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token.clone();
        let fields = fields.iter().copied().chain([(kit::CSRF_FIELD, token.as_str())]);
        let form: Vec<String> = fields.map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(form.join("&"))).await
    }

    /// Submits a form as htmx does, for a part of the page.
    pub async fn post_part(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.part = true;
        let answer = self.post(path, fields).await;
        self.part = false;
        answer
    }

    /// Submits a form as a page of another site would.
    pub async fn post_without_token(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.token.clear();
        self.post(path, fields).await
    }

    /// Sends a file as the form of a page would.
    pub async fn upload(&mut self, path: &str, name: &str, content: &[u8]) -> Answer {
        const BOUNDARY: &str = "kehu-file-7d1f";
        let mut body = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n--{BOUNDARY}\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n",
            kit::CSRF_FIELD,
            self.token
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send(Request::post(path).header(header::CONTENT_TYPE, kind), Body::from(body)).await
    }

    /// The same browser as it is now, before another running product over the same sessions.
    pub fn before(&self, app: &App) -> Self {
        Self { router: kehu::compose::router(app), ..self.clone() }
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = if self.part { request.header("hx-request", "true") } else { request };
        let request = request
            .header(header::COOKIE, cookies.join("; "))
            .header(header::ACCEPT_LANGUAGE, "en")
            .header(header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64) Firefox/133.0")
            .body(body)
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let status = response.status();
        let location = response.headers().get(header::LOCATION).map_or("", |v| v.to_str().unwrap()).to_owned();
        let body = String::from_utf8_lossy(&to_bytes(response.into_body(), usize::MAX).await.unwrap()).into_owned();
        if let Some((_, rest)) = body.split_once("name=\"csrf\" content=\"") {
            self.token = rest.split('"').next().unwrap().to_owned();
        }
        Answer { status, location, body }
    }
}
