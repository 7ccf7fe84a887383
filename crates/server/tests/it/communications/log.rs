//! Logging a contact.

use axum::http::StatusCode;
use kehu_core::{Locale, Position};
use kehu_customer::accounts;
use kehu_customer::communications as log;
use kehu_rulebook::obligations::{self, State};
use kehu_testkit::{TestDatabase, both_databases};

use super::cast::Cast;
use crate::client::Client;
use crate::people;

both_databases!(crate::people::migrated =>
    logging_is_offered_to_those_who_may_log,
    history_and_evidence_say_who_did_what_when_with_whom,
    a_connected_call_by_the_manager_clears_the_week,
    an_unanswered_call_is_logged_but_does_not_count,
    a_video_meeting_never_counts_as_face_to_face,
    a_visit_clears_the_month_and_asks_for_minutes,
    a_contact_by_somebody_else_of_the_team_does_not_count,
    a_question_not_answered_on_the_spot_needs_a_reply_date,
    a_refused_form_keeps_all_that_was_typed,
    one_more_row_is_given_without_scripts,
    somebody_new_is_put_on_record_with_the_call,
    a_seminar_is_one_contact_for_each_account,
    the_short_form_answers_in_place,
    nobody_logs_for_an_account_that_is_not_theirs,
    the_log_shows_what_one_may_see,
);

async fn a_connected_call_by_the_manager_clears_the_week(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let (account, by, wang) = (cast.yuanheng.id.to_string(), cast.lin.to_string(), cast.wang.id.to_string());
    let form = lin.get(&format!("/record?account={account}&kind=phone_call")).await;
    assert!(form.body.contains("王建国") && form.body.contains("周五前要通话"), "{}", form.body);
    let call = [
        ("account", account.as_str()),
        ("kind", "phone_call"),
        ("by", &by),
        ("contacts", &wang),
        ("summary", "谈了交期"),
        ("back", "/communications"),
    ];
    let done = lin.post("/record", &call).await;
    assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/communications"), "{}", done.body);
    let next = lin.get("/communications").await;
    assert!(next.body.contains("已记录。本周通话已完成。"), "{}", next.body);
    assert_eq!(cast.owed(&cast.yuanheng, "weekly_call").await, State::Met);
    Ok(())
}

async fn an_unanswered_call_is_logged_but_does_not_count(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let (account, by) = (cast.yuanheng.id.to_string(), cast.lin.to_string());
    let call = [("account", account.as_str()), ("kind", "phone_call"), ("connected", "no"), ("by", by.as_str())];
    let done = lin.post("/record", &call).await;
    let record = lin.get(&done.location).await;
    assert!(record.body.contains("未接通，不计入每周通话。") && record.body.contains("没接通"), "{}", record.body);
    assert!(!cast.latest(&cast.yuanheng).await.connected);
    assert_eq!(cast.owed(&cast.yuanheng, "weekly_call").await, State::Open);
    Ok(())
}

async fn a_video_meeting_never_counts_as_face_to_face(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let (account, by, wang) = (cast.yuanheng.id.to_string(), cast.lin.to_string(), cast.wang.id.to_string());
    let meeting = [("account", account.as_str()), ("kind", "video_meeting"), ("by", &by), ("contacts", &wang)];
    let done = lin.post("/record", &meeting).await;
    assert!(lin.get(&done.location).await.body.contains("视频会议不计入拜访或通话。"));
    for rule in ["weekly_call", "monthly_visit"] {
        assert_eq!(cast.owed(&cast.yuanheng, rule).await, State::Open, "{rule}");
    }
    Ok(())
}

async fn a_visit_clears_the_month_and_asks_for_minutes(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let (account, by, wang) = (cast.yuanheng.id.to_string(), cast.lin.to_string(), cast.wang.id.to_string());
    let visit = [
        ("account", account.as_str()),
        ("kind", "visit"),
        ("place", "visit_at_customer"),
        ("by", &by),
        ("contacts", &wang),
        ("when", "morning"),
        ("ended_at", "11:30"),
    ];
    let done = lin.post("/record", &visit).await;
    let record = lin.get(&done.location).await.body;
    assert!(record.contains("本月拜访已完成。纪要请在明天 11:30前发出。"), "{record}");
    assert!(record.contains(&format!("{}/minutes\">写纪要", done.location)), "{record}");
    assert_eq!(cast.owed(&cast.yuanheng, "monthly_visit").await, State::Met);
    // Whoever wants to write them at once is led there.
    let then = visit.iter().copied().chain([("then", "minutes")]).collect::<Vec<_>>();
    assert!(lin.post("/record", &then).await.location.ends_with("/minutes"));
    Ok(())
}

async fn a_contact_by_somebody_else_of_the_team_does_not_count(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut chen = cast.signed_in("chenbo").await;
    let (account, by, wang) = (cast.yuanheng.id.to_string(), cast.chen.to_string(), cast.wang.id.to_string());
    let form = chen.get(&format!("/record/quick?account={account}&kind=phone_call")).await.body;
    assert!(form.contains("4.4.1 是客户经理林晓的职责"), "{form}");
    let call = [("account", account.as_str()), ("kind", "phone_call"), ("by", &by), ("contacts", &wang)];
    let done = chen.post("/record", &call).await;
    assert!(chen.get(&done.location).await.body.contains("不是由客户经理或代理人联系"));
    assert_eq!(cast.owed(&cast.yuanheng, "weekly_call").await, State::Open);
    Ok(())
}

async fn a_question_not_answered_on_the_spot_needs_a_reply_date(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let (account, by, wang) = (cast.yuanheng.id.to_string(), cast.lin.to_string(), cast.wang.id.to_string());
    let call = [("account", account.as_str()), ("kind", "phone_call"), ("by", &by), ("contacts", &wang)];
    let with = |more: &[(&'static str, &'static str)]| call.iter().copied().chain(more.to_vec()).collect::<Vec<_>>();
    let refused = lin.post("/record", &with(&[("question-0", "备件交期能否缩短"), ("spot-0", "no")])).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("没有当场答复，请约定答复日期") && refused.body.contains("备件交期能否缩短"));
    let early = with(&[("question-0", "备件交期"), ("spot-0", "no"), ("reply-by-0", "2026-11-20")]);
    assert!(lin.post("/record", &early).await.body.contains("答复日期不能早于沟通当天"));
    let answered = with(&[("question-0", "备件交期"), ("spot-0", "yes"), ("answer-0", "两周")]);
    assert_eq!(lin.post("/record", &answered).await.status, StatusCode::SEE_OTHER);
    let promised = with(&[("question-3", "备件交期"), ("spot-3", "no"), ("reply-by-3", "2026-11-27")]);
    assert_eq!(lin.post("/record", &promised).await.status, StatusCode::SEE_OTHER);
    let open = log::open_questions(cast.app.db.read(), cast.yuanheng.id).await?;
    assert_eq!(open.len(), 1);
    let owed = obligations::about(cast.app.db.read(), open[0].communication.uuid()).await?;
    assert_eq!((owed[0].rule.as_str(), owed[0].owner, owed[0].state), ("question_answered", cast.lin, State::Open));
    Ok(())
}

async fn a_refused_form_keeps_all_that_was_typed(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let (account, by, department) = (cast.yuanheng.id.to_string(), cast.chen.to_string(), cast.research.to_string());
    let visit = [
        ("account", account.as_str()),
        ("kind", "visit"),
        ("place", "event_meeting"),
        ("by", &by),
        ("when", "at"),
        ("occurred_at", "2026-11-30T09:00"),
        ("ended_at", "09:45"),
        ("summary", "看了产线"),
        ("new-title", "厂长"),
        ("question-0", "能否提前发货"),
        ("reply-by-0", "2026-12-02"),
        ("department-0", &department),
        ("question-1", "保修多久"),
        ("spot-1", "yes"),
        ("answer-1", "三年"),
        ("agreement-0", ""),
        ("agreed-by-0", "2026-12-15"),
    ];
    let refused = lin.post("/record", &visit).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in [
        "看了产线",
        "能否提前发货",
        "保修多久",
        "三年",
        "2026-11-30T09:00",
        "09:45",
        "2026-12-02",
        "2026-12-15",
        "厂长",
    ] {
        assert!(refused.body.contains(kept), "{kept}: {}", refused.body);
    }
    for chosen in [
        "value=\"event_meeting\" checked",
        "value=\"visit\" checked",
        &format!("value=\"{by}\" selected"),
        &format!("value=\"{department}\" selected"),
    ] {
        assert!(refused.body.contains(chosen), "{chosen}: {}", refused.body);
    }
    assert!(refused.body.contains("href=\"#f-new-name\""), "{}", refused.body);
    // The rest is said once the person has a name.
    let named = visit.iter().copied().chain([("new-name", "胡勇")]).collect::<Vec<_>>();
    let refused = lin.post("/record", &named).await.body;
    for field in ["f-occurred_at", "f-agreement-0"] {
        assert!(
            refused.contains(&format!("href=\"#{field}\"")) && refused.contains(&format!("id=\"{field}\"")),
            "{field}"
        );
    }
    let people = accounts::contacts_of(cast.app.db.read(), cast.yuanheng.id).await?;
    assert!(people.iter().all(|p| p.facts.name != "胡勇"), "a refused form writes nothing");
    Ok(())
}

async fn one_more_row_is_given_without_scripts(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let account = cast.yuanheng.id.to_string();
    let typed =
        [("account", account.as_str()), ("question-0", "第一个问题"), ("summary", "还没写完"), ("more", "question")];
    let form = lin.post("/record", &typed).await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(form.body.contains("第一个问题") && form.body.contains("还没写完") && form.body.contains("question-1"));
    Ok(())
}

async fn somebody_new_is_put_on_record_with_the_call(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let (account, by) = (cast.qingrui.id.to_string(), cast.lin.to_string());
    let call = [
        ("account", account.as_str()),
        ("kind", "messenger_call"),
        ("by", &by),
        ("new-name", "孙倩"),
        ("new-title", "质量经理"),
    ];
    assert_eq!(lin.post("/record", &call).await.status, StatusCode::SEE_OTHER);
    let people = accounts::contacts_of(cast.app.db.read(), cast.qingrui.id).await?;
    let added = people.iter().find(|p| p.facts.name == "孙倩").unwrap();
    assert_eq!(cast.latest(&cast.qingrui).await.contacts, [added.id]);
    assert_eq!(cast.owed(&cast.qingrui, "weekly_call").await, State::Met);
    Ok(())
}

async fn a_seminar_is_one_contact_for_each_account(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let ids = [cast.yuanheng.id.to_string(), cast.qingrui.id.to_string(), cast.haihong.id.to_string()];
    let zhao = cast.zhao.id.to_string();
    let seminar = [
        ("accounts", ids[0].as_str()),
        ("accounts", &ids[1]),
        ("accounts", &ids[2]),
        ("persons", &zhao),
        ("kind", "visit"),
        ("place", "event_meeting"),
        ("summary", "年度座谈会"),
    ];
    assert!(lin.get("/record/several").await.body.contains("青瑞乳业"));
    let done = lin.post("/record/several", &seminar).await;
    assert_eq!(done.location, "/communications", "{}", done.body);
    let page = lin.get("/communications").await.body;
    assert!(page.contains("已为 3 家客户记录。完成了 1 项沟通要求。2 家没有选联系人，补上之后才计入。"), "{page}");
    assert_eq!(cast.owed(&cast.qingrui, "monthly_visit").await, State::Met);
    assert_eq!(cast.owed(&cast.yuanheng, "monthly_visit").await, State::Open);
    let record = cast.latest(&cast.haihong).await;
    assert!(lin.get(&format!("/communications/{}", record.id)).await.body.contains("另有 2 家客户"));
    // All of them or none.
    let foreign = cast.jiasheng.id.to_string();
    let mixed = [("accounts", ids[0].as_str()), ("accounts", &foreign), ("kind", "email"), ("summary", "不该留下")];
    assert_eq!(lin.post("/record/several", &mixed).await.status, StatusCode::NOT_FOUND);
    assert_ne!(cast.latest(&cast.yuanheng).await.summary, "不该留下");
    let nobody = lin.post("/record/several", &[("kind", "email"), ("summary", "x")]).await;
    assert!(nobody.body.contains("请至少选择一家客户"));
    Ok(())
}

async fn the_short_form_answers_in_place(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let (account, by, wang) = (cast.yuanheng.id.to_string(), cast.lin.to_string(), cast.wang.id.to_string());
    let call = [("account", account.as_str()), ("kind", "phone_call"), ("by", &by), ("summary", "催交期")];
    let refused = lin.post_part("/record/quick", &call).await;
    assert!(refused.body.starts_with("<form") && refused.body.contains("请选择和谁联系的"), "{}", refused.body);
    assert!(refused.body.contains("催交期"));
    let call = call.iter().copied().chain([("contacts", wang.as_str())]).collect::<Vec<_>>();
    let done = lin.post_part("/record/quick", &call).await;
    assert!(done.body.starts_with("<div") && done.body.contains("本周通话已完成。"), "{}", done.body);
    let again = lin.post("/record/quick", &call).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "without scripts it is a page like any other");
    Ok(())
}

async fn nobody_logs_for_an_account_that_is_not_theirs(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let account = cast.yuanheng.id.to_string();
    let by = cast.lin.to_string();
    let call = [("account", account.as_str()), ("kind", "email"), ("by", &by), ("summary", "x")];
    for (login, refusal) in
        [("zhouyi", StatusCode::NOT_FOUND), ("wumin", StatusCode::NOT_FOUND), ("luo", StatusCode::FORBIDDEN)]
    {
        let mut client = cast.signed_in(login).await;
        for path in [format!("/record?account={account}"), format!("/record/quick?account={account}")] {
            assert_eq!(client.get(&path).await.status, refusal, "{login} {path}");
        }
        client.get("/profile").await;
        assert_eq!(client.post("/record", &call).await.status, refusal, "{login}");
        assert_eq!(client.post("/record/quick", &call).await.status, refusal, "{login}");
    }
    // The leader may, and the account is not offered to others.
    assert_eq!(cast.signed_in("hejing").await.get(&format!("/record?account={account}")).await.status, StatusCode::OK);
    let found = cast.signed_in("zhouyi").await.get("/record/accounts?find=%E8%BF%9C%E6%81%92").await.body;
    assert!(!found.contains("远恒电力设备"), "{found}");
    let found = cast.signed_in("linxiao").await.get("/record/accounts?find=yh").await.body;
    assert!(found.contains("远恒电力设备") && !found.contains("青瑞"), "{found}");
    Ok(())
}

async fn the_log_shows_what_one_may_see(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let (account, by, wang) = (cast.yuanheng.id.to_string(), cast.lin.to_string(), cast.wang.id.to_string());
    for (kind, summary) in [("phone_call", "谈了交期"), ("email", "发了报价")] {
        let contact =
            [("account", account.as_str()), ("kind", kind), ("by", &by), ("contacts", &wang), ("summary", summary)];
        lin.post("/record", &contact).await;
    }
    let sees = async |login: &str, path: &str| {
        let body = cast.signed_in(login).await.get(path).await.body;
        (body.contains("谈了交期"), body.contains("发了报价"))
    };
    assert_eq!(sees("linxiao", "/communications").await, (true, true));
    assert_eq!(sees("linxiao", "/communications?kind=email&period=week").await, (false, true));
    assert_eq!(sees("linxiao", "/communications?period=last-month").await, (false, false));
    assert_eq!(sees("hejing", "/communications").await, (false, false));
    assert_eq!(sees("hejing", "/communications?who=all&find=yhdl").await, (true, true));
    assert_eq!(sees("luo", "/communications?who=all").await, (true, true));
    assert_eq!(sees("zhouyi", "/communications?who=all").await, (false, false));
    assert_eq!(sees("wumin", "/communications?who=all").await, (false, false));
    Ok(())
}

async fn logging_is_offered_to_those_who_may_log(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    for (login, position) in [("admin", Position::Administrator), ("renshi", Position::HumanResources)] {
        people::joins_as(&cast.app, login, login, position, Locale::ZhHans).await;
        let page = Client::signed_in(&cast.app, login, people::PASSWORD).await.get("/profile").await.body;
        assert!(!page.contains("href=\"/record"), "{login}");
    }
    assert!(!cast.signed_in("luo").await.get("/").await.body.contains("href=\"/record\""), "leadership only reads");
    for login in ["linxiao", "hejing", "chenbo"] {
        assert!(cast.signed_in(login).await.get("/profile").await.body.contains("href=\"/record\""), "{login}");
    }
    let several = cast.signed_in("linxiao").await.get("/record/several").await.body;
    assert!(several.contains("记在您本人名下") && !several.contains("嘉盛"), "{several}");
    Ok(())
}

async fn history_and_evidence_say_who_did_what_when_with_whom(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut lin = cast.signed_in("linxiao").await;
    let (account, by, wang) = (cast.yuanheng.id.to_string(), cast.lin.to_string(), cast.wang.id.to_string());
    let call = [("account", account.as_str()), ("kind", "phone_call"), ("by", &by), ("contacts", &wang)];
    assert_eq!(lin.post("/record", &call).await.status, StatusCode::SEE_OTHER);
    let record = cast.latest(&cast.yuanheng).await.id;
    let history = lin.get(&format!("/communications/{record}")).await.body;
    assert!(history.contains("<strong>林晓</strong> 记录了这次沟通"), "{history}");

    let window = obligations::of_window(cast.app.db.read(), "weekly_call", "2026-11-23", None).await?;
    let met = window.iter().find(|owed| owed.subject == cast.yuanheng.id.uuid()).unwrap();
    let page = format!("/obligations/{}", met.id);
    let told = lin.get(&page).await.body;
    assert!(told.contains("电话 · 今天 14:30 · 与王建国 · 林晓记录"), "{told}");
    // Company leadership sees the customer and not who owed the call.
    let told = cast.signed_in("luo").await.get(&page).await.body;
    assert!(told.contains("电话 · 今天 14:30 · 与王建国") && !told.contains("林晓记录"), "{told}");
    Ok(())
}
