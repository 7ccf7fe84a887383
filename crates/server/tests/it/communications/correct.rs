//! Correcting, deleting and restoring what was logged.

use axum::http::StatusCode;
use kehu_rulebook::obligations::State;
use kehu_testkit::{TestDatabase, both_databases};

use super::cast::Cast;
use crate::client::Client;

both_databases!(crate::people::migrated =>
    a_corrected_record_is_judged_again,
    a_stale_correction_is_refused_with_what_the_record_says_now,
    a_record_of_the_wrong_account_moves,
    deleting_needs_a_reason_and_can_be_undone,
);

/// A call with 远恒; its address.
async fn called(cast: &Cast, lin: &mut Client) -> String {
    let (account, by, wang) = (cast.yuanheng.id.to_string(), cast.lin.to_string(), cast.wang.id.to_string());
    lin.get("/profile").await;
    let call = [
        ("account", account.as_str()),
        ("kind", "phone_call"),
        ("by", &by),
        ("contacts", &wang),
        ("summary", "谈了交期"),
    ];
    lin.post("/record", &call).await.location
}

async fn a_corrected_record_is_judged_again(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let record = called(&cast, &mut lin).await;
    let form = lin.get(&format!("{record}/edit")).await.body;
    assert!(form.contains("谈了交期") && form.contains("2026-11-24T14:30"), "{form}");
    let (by, li) = (cast.lin.to_string(), cast.li.id.to_string());
    let words = [
        ("version", "1"),
        ("kind", "phone_call"),
        ("by", by.as_str()),
        ("contacts", &li),
        ("occurred_at", "2026-11-24T14:30"),
        ("summary", "谈了价格"),
    ];
    let done = lin.post(&format!("{record}/edit"), &words).await;
    assert_eq!(done.location, record, "{}", done.body);
    let corrected = cast.latest(&cast.yuanheng).await;
    assert_eq!((corrected.summary.as_str(), corrected.contacts.as_slice()), ("谈了价格", &[cast.li.id][..]));
    assert_eq!(corrected.established_at, corrected.recorded_at, "nothing that counts has changed");
    assert_eq!(cast.owed(&cast.yuanheng, "weekly_call").await, State::Met);
    let unanswered = words.map(|(n, v)| if n == "version" { (n, "2") } else { (n, v) });
    let unanswered: Vec<_> = unanswered.into_iter().chain([("connected", "no")]).collect();
    lin.post(&format!("{record}/edit"), &unanswered).await;
    assert_eq!(cast.owed(&cast.yuanheng, "weekly_call").await, State::Open);
    let page = lin.get(&record).await.body;
    assert!(page.contains("更正了记录") && page.contains("<del>接通了</del>"), "{page}");
    Ok(())
}

async fn a_stale_correction_is_refused_with_what_the_record_says_now(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let record = called(&cast, &mut lin).await;
    let (by, wang) = (cast.lin.to_string(), cast.wang.id.to_string());
    let with = |summary: &'static str| {
        [
            ("version", "1"),
            ("kind", "phone_call"),
            ("by", by.as_str()),
            ("contacts", wang.as_str()),
            ("occurred_at", "2026-11-24T14:30"),
            ("summary", summary),
        ]
    };
    let mut he = cast.signed_in("hejing").await;
    assert_eq!(he.post(&format!("{record}/edit"), &with("组长补充")).await.location, record);
    let late = lin.post(&format!("{record}/edit"), &with("我的改动")).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    for shown in ["别人改过这条记录", "组长补充", "我的改动"] {
        assert!(late.body.contains(shown), "{shown}: {}", late.body);
    }
    assert_eq!(cast.latest(&cast.yuanheng).await.summary, "组长补充");
    Ok(())
}

async fn a_record_of_the_wrong_account_moves(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let record = called(&cast, &mut lin).await;
    assert!(lin.get(&format!("{record}/move")).await.body.contains("青瑞乳业"));
    let (to, by, zhao) = (cast.qingrui.id.to_string(), cast.lin.to_string(), cast.zhao.id.to_string());
    assert!(lin.get(&format!("{record}/edit?to={to}")).await.body.contains("赵倩"));
    let moved = [
        ("version", "1"),
        ("to", to.as_str()),
        ("kind", "phone_call"),
        ("by", &by),
        ("contacts", &zhao),
        ("occurred_at", "2026-11-24T14:30"),
    ];
    assert_eq!(lin.post(&format!("{record}/edit"), &moved).await.location, record);
    assert_eq!(cast.owed(&cast.yuanheng, "weekly_call").await, State::Open);
    assert_eq!(cast.owed(&cast.qingrui, "weekly_call").await, State::Met);
    let foreign = cast.jiasheng.id.to_string();
    assert_eq!(lin.get(&format!("{record}/edit?to={foreign}")).await.status, StatusCode::NOT_FOUND);
    Ok(())
}

async fn deleting_needs_a_reason_and_can_be_undone(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let record = called(&cast, &mut lin).await;
    let refused = lin.post(&format!("{record}/delete"), &[("version", "1"), ("reason", " ")]).await;
    assert!(refused.body.contains("请写明删除的原因"), "{}", refused.body);
    assert_eq!(cast.owed(&cast.yuanheng, "weekly_call").await, State::Met);
    lin.post(&format!("{record}/delete"), &[("version", "1"), ("reason", "记重了")]).await;
    assert_eq!(cast.owed(&cast.yuanheng, "weekly_call").await, State::Open);
    assert!(lin.get(&record).await.body.contains("这条记录已删除：记重了"));
    assert_eq!(lin.get(&format!("{record}/edit")).await.status, StatusCode::NOT_FOUND);
    lin.post(&format!("{record}/restore"), &[]).await;
    assert_eq!(cast.owed(&cast.yuanheng, "weekly_call").await, State::Met);
    Ok(())
}
