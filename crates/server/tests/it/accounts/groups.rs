//! Groups of companies in the settings and on the account's page.

use axum::http::StatusCode;
use kehu_core::{Actor, Locale, Position};
use kehu_customer::accounts::{self, AccountFacts, NewAccount};
use kehu_customer::duties::Books;
use kehu_platform::db::Lock;
use kehu_rulebook::obligations::State;
use kehu_testkit::{TestDatabase, both_databases};

use crate::client::Client;
use crate::communications::cast::Cast;
use crate::people;

both_databases!(crate::people::migrated =>
    a_leader_makes_a_group_that_is_called_once,
    an_account_manager_keeps_no_groups,
    archiving_the_lead_asks_who_follows,
    an_administrator_learns_of_no_customer_by_way_of_groups,
    a_leader_learns_of_no_group_with_customers_of_another_team,
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

async fn an_administrator_learns_of_no_customer_by_way_of_groups(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let path = grouped(&cast).await;
    people::joins_as(&cast.app, "songjie", "宋洁", Position::Administrator, Locale::ZhHans).await;
    let mut admin = Client::signed_in(&cast.app, "songjie", people::PASSWORD).await;
    let (one, other) = (cast.yuanheng.id.to_string(), cast.jiasheng.id.to_string());
    let named = |body: &str| ["远恒", "青瑞", "嘉盛", "长三角"].into_iter().find(|name| body.contains(name));
    for path in ["/settings/groups", "/settings/groups/new", &path, &format!("/accounts/{one}/group")] {
        let answer = admin.get(path).await;
        assert!(!answer.status.is_success(), "{path}");
        assert_eq!(named(&answer.body), None, "{path}");
    }
    admin.get("/profile").await;
    for path in ["/settings/groups/new", &path, &format!("{path}/dissolve")] {
        let answer = admin.post(path, &[("cadence", "once"), ("accounts", &one), ("accounts", &other)]).await;
        assert_eq!((answer.status, named(&answer.body)), (StatusCode::FORBIDDEN, None), "{path}");
    }
    let settings = admin.get("/settings/grades").await.body;
    assert_eq!((named(&settings), settings.contains("/settings/groups")), (None, false), "nor is the place offered");

    let leadership = cast.signed_in("luo").await.get("/settings/groups").await;
    assert!(leadership.body.contains("长三角集团"), "company leadership reads every customer: {}", leadership.body);
    Ok(())
}

/// A customer of nobody's team.
async fn elsewhere(cast: &Cast) -> anyhow::Result<String> {
    let facts = AccountFacts {
        name: "天津锦程港机有限公司".to_owned(),
        tier: "core".to_owned(),
        stage: "active".to_owned(),
        ..AccountFacts::default()
    };
    let (now, owner, system) = (cast.app.clock.now(), cast.wu, Actor::system());
    let account = cast
        .app
        .db
        .write(Lock::company(), async |tx| {
            let books = Books::load(&**tx).await?;
            accounts::create(tx, &system, now, &books, NewAccount { facts, owner }).await
        })
        .await?;
    Ok(account.id.to_string())
}

async fn a_leader_learns_of_no_group_with_customers_of_another_team(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let path = grouped(&cast).await;
    let (own, other) = (cast.yuanheng.id.to_string(), elsewhere(&cast).await?);
    let across = [
        ("name", "长三角集团"),
        ("cadence", "once"),
        ("lead", own.as_str()),
        ("accounts", own.as_str()),
        ("accounts", other.as_str()),
        ("version", "1"),
    ];
    let done = cast.signed_in("luo").await.post(&path, &across).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);

    let mut leader = cast.signed_in("hejing").await;
    assert!(!leader.get("/settings/groups").await.body.contains("长三角集团"));
    assert_eq!(leader.get(&path).await.status, StatusCode::NOT_FOUND);
    let account = format!("/accounts/{}/group", cast.jiasheng.id);
    assert!(!leader.get(&account).await.body.contains("长三角集团"));
    let group = path.rsplit('/').next().unwrap();
    let refused = leader.post(&account, &[("group", group)]).await;
    assert!(refused.body.contains("没有这个集团") && !refused.body.contains("长三角集团"), "{}", refused.body);
    Ok(())
}
