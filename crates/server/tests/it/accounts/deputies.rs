//! Standing in for an account's manager, as the deputy meets it.

use axum::http::StatusCode;
use chrono::Duration;
use kehu_core::Actor;
use kehu_platform::directory::{self, LeaveDraft, LeaveKeeper};
use kehu_rulebook::obligations::State;
use kehu_testkit::{TestDatabase, both_databases};

use crate::communications::cast::{Cast, at};

both_databases!(crate::people::migrated => the_deputy_logs_for_the_account_and_sees_until_when);

async fn the_deputy_logs_for_the_account_and_sees_until_when(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let (account, zhou, wang) = (cast.yuanheng.id.to_string(), cast.zhou.to_string(), cast.wang.id.to_string());
    let mut deputy = cast.signed_in("zhouyi").await;
    assert!(!deputy.get("/accounts").await.body.contains("远恒电力设备"));

    let system = Actor::system();
    let lin = directory::member(cast.app.db.read(), cast.lin).await?.unwrap();
    let first = at("2026-11-24T12:00:00+08:00").date_naive();
    let draft = LeaveDraft {
        deputy: Some(cast.zhou),
        starts_on: Some(first),
        ends_on: Some(first + Duration::days(3)),
        reason: String::new(),
    };
    directory::announce_leave(&cast.app, LeaveKeeper::of(&system, &lin)?, cast.app.clock.now(), draft).await?;

    let list = deputy.get("/accounts").await.body;
    assert!(list.contains("远恒电力设备") && list.contains("代管 · 至 11月27日"), "{list}");
    let page = deputy.get(&format!("/accounts/{account}")).await;
    assert!(page.status == StatusCode::OK && page.body.contains("代管 · 至 11月27日"), "{}", page.body);
    assert_eq!(deputy.get(&format!("/accounts/{account}/edit")).await.status, StatusCode::OK);
    assert!(deputy.get("/record/accounts?find=%E8%BF%9C%E6%81%92").await.body.contains("远恒电力设备"));
    let told = cast.signed_in("hejing").await.get(&format!("/accounts/{account}")).await.body;
    assert!(told.contains("休假中，由 周毅 代管至 11月27日"), "{told}");

    deputy.get("/profile").await;
    let call = [("account", account.as_str()), ("kind", "phone_call"), ("by", &zhou), ("contacts", &wang)];
    assert_eq!(deputy.post("/record", &call).await.status, StatusCode::SEE_OTHER);
    assert_eq!(cast.owed(&cast.yuanheng, "weekly_call").await, State::Met);

    cast.app.clock.set(at("2026-11-28T09:00:00+08:00"));
    assert_eq!(deputy.get(&format!("/accounts/{account}")).await.status, StatusCode::NOT_FOUND);
    assert!(!deputy.get("/accounts").await.body.contains("远恒电力设备"));
    Ok(())
}
