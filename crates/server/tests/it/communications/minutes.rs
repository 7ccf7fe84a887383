//! The minutes of a visit (4.2.3).

use axum::http::StatusCode;
use kehu_customer::communications as log;
use kehu_rulebook::obligations::{self, State};
use kehu_testkit::{TestDatabase, both_databases};

use super::cast::Cast;
use crate::client::Client;

both_databases!(crate::people::migrated =>
    minutes_go_to_the_account_team_and_the_liaison_of_each_department_that_owes_something,
    removing_a_recipient_needs_a_reason,
    a_draft_is_kept_and_sent_to_nobody,
    a_liaison_reads_the_minutes_and_nothing_else,
);

/// A visit of 远恒 at which a question for research and development was left open; its address.
async fn visited(cast: &Cast, lin: &mut Client) -> String {
    let (account, by, wang) = (cast.yuanheng.id.to_string(), cast.lin.to_string(), cast.wang.id.to_string());
    let department = cast.research.to_string();
    lin.get("/profile").await;
    let visit = [
        ("account", account.as_str()),
        ("kind", "visit"),
        ("place", "visit_at_customer"),
        ("by", &by),
        ("contacts", &wang),
        ("summary", "看了二号产线"),
        ("question-0", "低温下能否稳定运行"),
        ("reply-by-0", "2026-11-27"),
        ("department-0", &department),
        ("agreement-0", "十二月中旬试装一台"),
    ];
    lin.post("/record", &visit).await.location
}

async fn minutes_go_to_the_account_team_and_the_liaison_of_each_department_that_owes_something(
    database: &TestDatabase,
) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let record = visited(&cast, &mut lin).await;
    let form = lin.get(&format!("{record}/minutes")).await.body;
    for shown in [
        "看了二号产线",
        "低温下能否稳定运行",
        "十二月中旬试装一台",
        "陈博",
        "何静",
        "研发部接口人",
        "请在明天 14:30前发出",
    ] {
        assert!(form.contains(shown), "{shown}: {form}");
    }
    let all = [cast.chen.to_string(), cast.he.to_string(), cast.wu.to_string()];
    let sent = [("text", "会议纪要"), ("to", all[0].as_str()), ("to", &all[1]), ("to", &all[2]), ("then", "send")];
    let done = lin.post(&format!("{record}/minutes"), &sent).await;
    assert_eq!(done.location, record, "{}", done.body);
    let contact = cast.latest(&cast.yuanheng).await;
    let minutes = log::minutes(cast.app.db.read(), contact.id).await?.unwrap();
    let mut to: Vec<_> = minutes.recipients.iter().map(|r| r.member).collect();
    let mut wanted = vec![cast.chen, cast.he, cast.wu];
    to.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(to, wanted);
    let owed = obligations::about(cast.app.db.read(), contact.id.uuid()).await?;
    assert_eq!(owed.iter().find(|o| o.rule == "minutes_sent").unwrap().state, State::Met);
    let page = lin.get(&record).await.body;
    assert!(page.contains("纪要已发给 3 人。") && page.contains("未读"), "{page}");
    // What was sent stays as it was sent.
    assert_eq!(lin.get(&format!("{record}/minutes")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(lin.post(&format!("{record}/minutes"), &sent).await.status, StatusCode::CONFLICT);
    Ok(())
}

async fn removing_a_recipient_needs_a_reason(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let record = visited(&cast, &mut lin).await;
    let (chen, he, reason) = (cast.chen.to_string(), cast.he.to_string(), format!("reason-{}", cast.wu));
    let without = [("text", "内部纪要"), ("to", chen.as_str()), ("to", &he), ("then", "send")];
    let refused = lin.post(&format!("{record}/minutes"), &without).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("请写明为什么不发给这位成员") && refused.body.contains("内部纪要"));
    let with = without.iter().copied().chain([(reason.as_str(), "涉及报价")]).collect::<Vec<_>>();
    assert_eq!(lin.post(&format!("{record}/minutes"), &with).await.status, StatusCode::SEE_OTHER);
    assert!(lin.get(&record).await.body.contains("未发送：涉及报价"));
    let mut wu = cast.signed_in("wumin").await;
    assert_eq!(wu.get(&record).await.status, StatusCode::NOT_FOUND, "who was taken off does not see it");
    Ok(())
}

async fn a_draft_is_kept_and_sent_to_nobody(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let record = visited(&cast, &mut lin).await;
    assert_eq!(
        lin.post(&format!("{record}/minutes/draft"), &[("text", "写了一半")]).await.status,
        StatusCode::NO_CONTENT
    );
    assert!(lin.get(&format!("{record}/minutes")).await.body.contains("写了一半"));
    assert!(lin.get(&record).await.body.contains("草稿"));
    assert!(cast.signed_in("wumin").await.get("/minutes").await.body.contains("还没有收到纪要"));
    let empty = lin.post(&format!("{record}/minutes"), &[("text", " "), ("then", "send")]).await;
    assert!(empty.body.contains("请写下纪要内容"), "{}", empty.body);
    Ok(())
}

async fn a_liaison_reads_the_minutes_and_nothing_else(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let record = visited(&cast, &mut lin).await;
    let mut wu = cast.signed_in("wumin").await;
    assert_eq!(wu.get(&record).await.status, StatusCode::NOT_FOUND);
    let all = [cast.chen.to_string(), cast.he.to_string(), cast.wu.to_string()];
    let sent = [("text", "请研发部复核低温数据"), ("to", all[0].as_str()), ("to", &all[1]), ("to", &all[2])];
    lin.post(&format!("{record}/minutes"), &sent).await;
    let inbox = wu.get("/minutes").await.body;
    assert!(inbox.contains("1 份未读") && inbox.contains("远恒电力设备"), "{inbox}");
    let page = wu.get(&record).await.body;
    assert!(page.contains("请研发部复核低温数据"), "{page}");
    for hidden in ["看了二号产线", "十二月中旬试装一台", "王建国", "更正"] {
        assert!(!page.contains(hidden), "{hidden}: {page}");
    }
    for path in ["/edit", "/minutes", "/move"] {
        assert_eq!(wu.get(&format!("{record}{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(wu.get("/minutes").await.body.contains("都已读过"));
    assert!(lin.get(&record).await.body.contains("已读 今天 14:30"), "the sender sees who has read them");
    Ok(())
}
