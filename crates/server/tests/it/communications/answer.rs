//! Questions that were left open (4.2.3).

use axum::http::StatusCode;
use kehu_customer::communications::{self as log, Question};
use kehu_rulebook::obligations::{self, State};
use kehu_testkit::{TestDatabase, both_databases};

use super::cast::Cast;
use crate::client::Client;

both_databases!(crate::people::migrated =>
    a_question_is_answered_only_by_telling_the_customer,
    a_solution_is_not_written_over_unseen,
);

async fn asked(cast: &Cast, lin: &mut Client) -> Question {
    let (account, by, wang) = (cast.yuanheng.id.to_string(), cast.lin.to_string(), cast.wang.id.to_string());
    lin.get("/profile").await;
    let call = [
        ("account", account.as_str()),
        ("kind", "phone_call"),
        ("by", &by),
        ("contacts", &wang),
        ("question-0", "交期能否缩短到两周"),
        ("reply-by-0", "2026-11-27"),
    ];
    lin.post("/record", &call).await;
    log::open_questions(cast.app.db.read(), cast.yuanheng.id).await.unwrap().remove(0)
}

async fn state(cast: &Cast, question: &Question) -> State {
    obligations::about(cast.app.db.read(), question.communication.uuid()).await.unwrap()[0].state
}

async fn a_question_is_answered_only_by_telling_the_customer(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let question = asked(&cast, &mut lin).await;
    let solution = format!("/questions/{}/solution", question.id);
    assert!(lin.get(&solution).await.body.contains("交期能否缩短到两周"));
    let saved = lin.post(&solution, &[("solution", "调用安全库存"), ("version", "1")]).await;
    assert_eq!(saved.location, format!("/communications/{}", question.communication));
    assert_eq!(state(&cast, &question).await, State::Open, "a solution alone answers nobody");

    let answer = format!("/questions/{}/answer", question.id);
    let form = lin.get(&answer).await.body;
    assert!(form.contains("调用安全库存") && form.contains("王建国"), "{form}");
    let wang = cast.wang.id.to_string();
    let nobody = lin.post(&answer, &[("solution", "调用安全库存"), ("how", "phone_call")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.body.contains("请选择答复了哪位联系人") && nobody.body.contains("href=\"#f-to\""));
    let nothing = lin.post(&answer, &[("solution", ""), ("to", &wang), ("text", "说明")]).await;
    assert!(nothing.body.contains("请写明解决方案") && nothing.body.contains("说明"));
    let before = [("solution", "x"), ("to", wang.as_str()), ("when", "at"), ("at", "2026-11-20T10:00")];
    assert!(lin.post(&answer, &before).await.body.contains("答复时间不能早于提问的那次沟通"));
    let told = [("solution", "调用安全库存"), ("to", wang.as_str()), ("how", "message"), ("back", "/communications")];
    assert_eq!(lin.post(&answer, &told).await.location, "/communications");
    assert_eq!(state(&cast, &question).await, State::Met);
    let record = lin.get(&format!("/communications/{}", question.communication)).await.body;
    assert!(record.contains("林晓于今天 14:30答复王建国（消息）"), "{record}");
    assert_eq!(lin.get(&answer).await.status, StatusCode::CONFLICT);
    Ok(())
}

async fn a_solution_is_not_written_over_unseen(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let question = asked(&cast, &mut lin).await;
    let path = format!("/questions/{}/solution", question.id);
    let mut chen = cast.signed_in("chenbo").await;
    chen.post(&path, &[("solution", "改用国产件"), ("version", "1")]).await;
    let late = lin.post(&path, &[("solution", "调用安全库存"), ("version", "1")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("别人改成了：改用国产件") && late.body.contains("调用安全库存"), "{}", late.body);
    Ok(())
}
