//! What is measured: who asks for which page or makes which call, and the statements that it runs.

use std::sync::Mutex;

use anyhow::{Context as _, ensure};
use axum::body::Body;
use axum::http::{Request, header};
use chrono::{DateTime, Utc};
use http_body_util::BodyExt as _;
use kehu_core::Clock;
use kehu_platform::db::{Db, watch};
use kehu_platform::sea_orm::Statement;
use kehu_platform::sign_in;
use tower::ServiceExt as _;

use crate::company::{Company, LEADER, LEADER_OF_MANY, LEADERSHIP, MANAGER, PASSWORD};

static STATEMENTS: Mutex<Vec<Statement>> = Mutex::new(Vec::new());

/// One line of the table.
pub struct Asked {
    pub name: &'static str,
    pub who: &'static str,
    pub path: String,
    /// The form that is posted, when it is a call that writes.
    pub form: Option<String>,
    /// The session of whoever asks; nobody's for the constant page.
    pub cookie: Option<String>,
    /// What runs against the database, in order.
    pub statements: Vec<Statement>,
    pub bytes: usize,
}

/// All lines, each asked once of the product in this process to learn its statements.
pub async fn recorded(db: &Db, company: &Company, now: DateTime<Utc>) -> anyhow::Result<Vec<Asked>> {
    watch(|statement| {
        if let Ok(mut statements) = STATEMENTS.lock() {
            statements.push(statement.clone());
        }
    });
    let app = kehu::compose::app(db.clone(), Clock::system(), false);
    let router = kehu::compose::router(&app);
    let mut lines = Vec::new();
    let session = async |login: &str| -> anyhow::Result<String> {
        let token = sign_in::sign_in(db, now, login, PASSWORD, "kehu-bench", "127.0.0.1").await;
        Ok(format!("kehu_session={}", token.map_err(|error| anyhow::anyhow!("{login}: {error}"))?))
    };
    let (manager, leader) = (session(MANAGER).await?, session(LEADER).await?);
    let (of_many, chief) = (session(LEADER_OF_MANY).await?, session(LEADERSHIP).await?);
    let account = company.account;
    let mut line = |name, who, path: String, cookie: &str| {
        let cookie = (!cookie.is_empty()).then(|| cookie.to_owned());
        lines.push(Asked { name, who, path, form: None, cookie, statements: Vec::new(), bytes: 0 });
    };
    line("a constant page", "nobody", "/healthz".to_owned(), "");
    line("Today", "account manager", "/".to_owned(), &manager);
    line("Today", "leader of 60 key accounts", "/".to_owned(), &leader);
    line("Today", "company leadership", "/".to_owned(), &chief);
    line("accounts, 50 of 80", "account manager", "/accounts".to_owned(), &manager);
    let filtered = "/accounts?tier=general&sort=amount&down=yes";
    line("accounts, 50 of all, filtered, sorted", "company leadership", filtered.to_owned(), &chief);
    line("search by one name", "company leadership", "/accounts?q=%E6%81%92%E6%BA%90".to_owned(), &chief);
    line("search by pinyin initials", "company leadership", "/accounts?q=hyd".to_owned(), &chief);
    line("account page", "account manager", format!("/accounts/{account}"), &manager);
    line("log form", "account manager", format!("/record/quick?account={account}"), &manager);
    line("log a call", "account manager", "/record/quick".to_owned(), &manager);
    line("board, 60 accounts × 16 weeks", "leader", "/board".to_owned(), &leader);
    line("board, 2,000 accounts × 16 weeks", "leader of 125 managers", "/board".to_owned(), &of_many);
    line("compliance of a year", "company leadership", "/compliance?period=year".to_owned(), &chief);
    line("rulebook with badges", "account manager", "/rulebook".to_owned(), &manager);
    for line in &mut lines {
        if line.name == "log a call" {
            let (page, _) = ask(&router, line).await?;
            let csrf = page.split_once("name=\"csrf\" content=\"").context("the page has a token")?.1;
            let csrf = csrf.split('"').next().unwrap_or_default();
            line.form = Some(serde_urlencoded::to_string([
                ("_csrf", csrf),
                ("account", &account.to_string()),
                ("kind", "phone_call"),
                ("connected", "yes"),
                ("when", "now"),
                ("by", &company.manager.to_string()),
                ("contacts", &company.contact.to_string()),
                ("summary", "确认下季度备件计划。"),
            ])?);
        }
        if let Ok(mut statements) = STATEMENTS.lock() {
            statements.clear();
        }
        let (body, status) = ask(&router, line).await?;
        ensure!(status < 400, "{} answers {status}: {body}", line.path);
        line.bytes = body.len();
        if let Ok(mut statements) = STATEMENTS.lock() {
            line.statements = std::mem::take(&mut statements);
        }
    }
    Ok(lines)
}

async fn ask(router: &axum::Router, line: &Asked) -> anyhow::Result<(String, u16)> {
    let mut request = match &line.form {
        Some(_) => Request::post(&line.path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
        None => Request::get(if line.name == "log a call" { "/profile" } else { &line.path }),
    };
    if let Some(cookie) = &line.cookie {
        request = request.header(header::COOKIE, cookie);
    }
    let request = request.body(Body::from(line.form.clone().unwrap_or_default()))?;
    let response = router.clone().oneshot(request).await?;
    let status = response.status().as_u16();
    let body = response.into_body().collect().await?.to_bytes();
    Ok((String::from_utf8_lossy(&body).into_owned(), status))
}
