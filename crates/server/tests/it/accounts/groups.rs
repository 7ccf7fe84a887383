//! Groups of companies in the settings and on the account's page.

use axum::http::StatusCode;
use kehu_rulebook::obligations::State;
use kehu_testkit::{TestDatabase, both_databases};

use crate::communications::cast::Cast;

both_databases!(crate::people::migrated =>
    a_leader_makes_a_group_that_is_called_once,
    an_account_manager_keeps_no_groups,
    archiving_the_lead_asks_who_follows,
);

/// 远恒 leads a group with 青瑞, made by the team's leader.
async fn grouped(cast: &Cast) -> String {
    let mut leader = cast.signed_in("hejing").await;
    let (lead, other) = (cast.yuanheng.id.to_string(), cast.qingrui.id.to_string());
    let form = leader.get("/settings/groups/new").await;
    assert!(form.body.contains("远恒电力设备") && form.body.contains("嘉盛汽车零部件"), "{}", form.body);
    let fields =
        [("name", "长三角集团"), ("accounts", &lead), ("accounts", &other), ("cadence", "once"), ("lead", &lead)];
    let done = leader.post("/settings/groups/new", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let list = leader.get("/settings/groups").await.body;
    assert!(list.contains("长三角集团") && list.contains("整个集团做一份"), "{list}");
    let link = list.split("/settings/groups/").find_map(|rest| rest.split('"').next().filter(|id| id.len() == 36));
    format!("/settings/groups/{}", link.unwrap())
}

async fn a_leader_makes_a_group_that_is_called_once(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let path = grouped(&cast).await;
    assert_eq!(cast.owed(&cast.qingrui, "weekly_call").await, State::Cancelled);
    let page = cast.signed_in("linxiao").await.get(&format!("/accounts/{}", cast.qingrui.id)).await.body;
    assert!(page.contains("长三角集团") && page.contains("由 远恒电力设备 替整个集团承担"), "{page}");

    let mut leader = cast.signed_in("hejing").await;
    let form = leader.get(&path).await;
    assert_eq!(form.status, StatusCode::OK);
    let refused = leader.post(&path, &[("name", "长三角集团"), ("cadence", "once"), ("version", "1")]).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "a group may be empty: {}", refused.body);
    let lead = cast.qingrui.id.to_string();
    let fields = [("name", "长三角集团"), ("cadence", "once"), ("accounts", lead.as_str()), ("version", "2")];
    let refused = leader.post(&path, &fields).await;
    assert!(refused.body.contains("请选择牵头客户") && refused.body.contains("长三角集团"), "{}", refused.body);
    assert_eq!(leader.post(&format!("{path}/dissolve"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(leader.get(&path).await.status, StatusCode::NOT_FOUND);
    Ok(())
}

async fn an_account_manager_keeps_no_groups(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let path = grouped(&cast).await;
    let mut lin = cast.signed_in("linxiao").await;
    let own = format!("/accounts/{}/group", cast.yuanheng.id);
    for path in ["/settings/groups", "/settings/groups/new", &path, &own] {
        assert_eq!(lin.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    lin.get("/profile").await;
    for path in [format!("{path}/dissolve"), path, own] {
        assert_eq!(lin.post(&path, &[("name", "x")]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    Ok(())
}

async fn archiving_the_lead_asks_who_follows(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    grouped(&cast).await;
    let mut lin = cast.signed_in("linxiao").await;
    let path = format!("/accounts/{}/archive", cast.yuanheng.id);
    let asked = lin.get(&path).await.body;
    assert!(asked.contains("由 青瑞乳业 牵头") && asked.contains("每家各做"), "{asked}");
    let refused = lin.post(&path, &[]).await;
    assert!(refused.body.contains("请选择新的牵头客户"), "{}", refused.body);
    let heir = cast.qingrui.id.to_string();
    assert_eq!(lin.post(&path, &[("lead", heir.as_str())]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(cast.owed(&cast.qingrui, "weekly_call").await, State::Open);
    assert_eq!(cast.owed(&cast.yuanheng, "weekly_call").await, State::Cancelled);
    Ok(())
}
