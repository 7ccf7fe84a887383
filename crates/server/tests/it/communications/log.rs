//! Logging a contact.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use axum::http::StatusCode;
use kehu_testkit::{TestDatabase, both_databases};

use super::cast::{Cast, migrate};

both_databases!(super::migrate =>
    a_connected_call_clears_the_week,
    an_unanswered_call_is_logged_but_does_not_count,
);

async fn a_connected_call_clears_the_week(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let lin = cast.signed_in("linxiao").await?;
    let (account, wang) = (cast.yuanheng.id.to_string(), cast.wang.id.to_string());
    let form = lin.get(&format!("/record?account={account}&kind=phone_call")).await?;
    assert!(form.shows("王建国") && form.shows("前要通话"), "{}", form.body);
    let call = [
        ("account", account.as_str()),
        ("kind", "phone_call"),
        ("contacts", &wang),
        ("summary", "谈了交期"),
        ("by", ""),
    ];
    let by = cast.lin.to_string();
    let mut call = call.to_vec();
    call[4].1 = &by;
    let done = lin.post("/record", &call).await?;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(done.flash, "已记录。本周通话已完成。");
    Ok(())
}

async fn an_unanswered_call_is_logged_but_does_not_count(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let lin = cast.signed_in("linxiao").await?;
    let (account, by) = (cast.yuanheng.id.to_string(), cast.lin.to_string());
    let call = [("account", account.as_str()), ("kind", "phone_call"), ("connected", "no"), ("by", by.as_str())];
    let done = lin.post("/record", &call).await?;
    assert_eq!(done.flash, "已记录。未接通，不计入每周通话。");
    Ok(())
}
