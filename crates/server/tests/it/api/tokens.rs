//! Who gets in.

use axum::http::StatusCode;
use kehu_core::Actor;
use kehu_platform::db::{Lock, execute};
use kehu_platform::sign_in::DEMO_PASSWORD;
use kehu_platform::web::App;
use kehu_platform::web::api::Rates;
use kehu_platform::{tokens, values};
use kehu_testkit::{TestDatabase, both_databases};
use serde_json::json;

use super::caller::{Program, member, token};
use crate::client::Client;
use crate::demo::company;

both_databases!(crate::demo::migrated =>
    a_token_acts_for_its_owner_until_it_is_revoked_or_they_leave,
    a_read_only_token_writes_nothing,
    a_cookie_opens_nothing_here,
    a_token_that_asks_too_much_is_held_back,
    a_token_is_made_and_revoked_on_the_profile_page,
);

async fn a_token_acts_for_its_owner_until_it_is_revoked_or_they_leave(database: &TestDatabase) {
    let app = company(database).await;
    let (made, secret) = token(&app, "linxiao", false).await;
    assert!(secret.starts_with("kehu_") && secret.len() == 5 + 64, "256 bits");
    let program = Program::with(&app, &secret);
    let me = program.get("/api/v1/me").await;
    assert_eq!(me.status, StatusCode::OK, "{}", me.body);
    assert_eq!(
        (me.body["member"]["login"].as_str(), me.body["token"]["read_only"].as_bool()),
        (Some("linxiao"), Some(false))
    );
    assert!(tokens::of_member(app.db.read(), made.member).await.unwrap()[0].used_at.is_some());

    let now = app.clock.now();
    let revoked = app.db.write(Lock::default(), async |tx| tokens::revoke(tx, &Actor::system(), now, made.id).await);
    revoked.await.unwrap();
    assert_eq!(program.get("/api/v1/me").await.code(), "unauthorized");

    let (_, secret) = token(&app, "linxiao", false).await;
    let left = app.db.write(Lock::default(), async |tx| {
        execute(&**tx, "update members set active = false where login = $1", values!["linxiao"]).await
    });
    left.await.unwrap();
    let gone = Program::with(&app, &secret).get("/api/v1/me").await;
    assert_eq!((gone.status, gone.header("www-authenticate")), (StatusCode::UNAUTHORIZED, "Bearer realm=\"kehu\""));
}

async fn a_read_only_token_writes_nothing(database: &TestDatabase) {
    let app = company(database).await;
    let (_, secret) = token(&app, "linxiao", true).await;
    let program = Program::with(&app, &secret);
    assert_eq!(program.get("/api/v1/accounts").await.status, StatusCode::OK);
    let refused = program.post("/api/v1/accounts", &json!({ "name": "A", "tier": "key", "stage": "active" })).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::FORBIDDEN, "read_only_token"));
}

async fn a_cookie_opens_nothing_here(database: &TestDatabase) {
    let app = company(database).await;
    let mut browser = Client::signed_in(&app, "linxiao", DEMO_PASSWORD).await;
    assert_eq!(browser.get("/api/v1/me").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(browser.post("/api/v1/communications", &[]).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(Program::with(&app, "kehu_wrong").get("/api/v1/me").await.code(), "unauthorized");
    assert_eq!(Program::with(&app, "").get("/api/v1/me").await.code(), "unauthorized");
}

async fn a_token_that_asks_too_much_is_held_back(database: &TestDatabase) {
    let app = App { rates: Rates::a_minute(2), ..company(database).await };
    let program = Program::of(&app, "linxiao").await;
    let first = program.get("/api/v1/me").await;
    assert_eq!((first.header("ratelimit-limit"), first.header("ratelimit-remaining")), ("2", "1"));
    program.get("/api/v1/me").await;
    let held = program.get("/api/v1/me").await;
    assert_eq!(
        (held.status, held.code(), held.header("retry-after")),
        (StatusCode::TOO_MANY_REQUESTS, "rate_limited", "60")
    );
}

async fn a_token_is_made_and_revoked_on_the_profile_page(database: &TestDatabase) {
    let app = company(database).await;
    let mut browser = Client::signed_in(&app, "linxiao", DEMO_PASSWORD).await;
    let nameless = browser.post("/profile/tokens", &[("name", "")]).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shown = browser.post("/profile/tokens", &[("name", "呼叫中心"), ("read_only", "yes")]).await;
    assert_eq!(shown.status, StatusCode::OK);
    let secret = shown.body.split("kehu_").nth(1).unwrap().split('<').next().unwrap();
    let program = Program::with(&app, &format!("kehu_{secret}"));
    assert_eq!(program.get("/api/v1/me").await.body["token"]["name"], "呼叫中心");
    let profile = browser.get("/profile").await.body;
    assert!(profile.contains("呼叫中心") && !profile.contains(secret), "shown once");

    let id = tokens::of_member(app.db.read(), member(&app, "linxiao").await).await.unwrap()[0].id;
    let mut other = Client::signed_in(&app, "huangsiyuan", DEMO_PASSWORD).await;
    let meddled = other.post(&format!("/profile/tokens/{id}/revoke"), &[]).await;
    assert_eq!(meddled.status, StatusCode::NOT_FOUND);
    let revoked = browser.post(&format!("/profile/tokens/{id}/revoke"), &[]).await;
    assert_eq!(revoked.status, StatusCode::SEE_OTHER);
    assert_eq!(program.get("/api/v1/me").await.status, StatusCode::UNAUTHORIZED);
}
