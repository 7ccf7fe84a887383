//! Tiers in the settings and in the rulebook's parameter that says which of them are key.

use axum::http::StatusCode;
use kehu_core::{Locale, Position};
use kehu_testkit::{TestDatabase, both_databases};

use crate::client::Client;
use crate::communications::cast::Cast;
use crate::people;

both_databases!(crate::people::migrated =>
    a_tier_of_the_company_is_offered_where_the_rulebook_names_the_key_ones,
    a_tier_in_use_is_not_archived_and_the_settings_say_why,
);

async fn administrator(cast: &Cast) -> Client {
    people::joins_as(&cast.app, "songjie", "宋洁", Position::Administrator, Locale::ZhHans).await;
    Client::signed_in(&cast.app, "songjie", people::PASSWORD).await
}

async fn a_tier_of_the_company_is_offered_where_the_rulebook_names_the_key_ones(
    database: &TestDatabase,
) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut admin = administrator(&cast).await;
    let done = admin.post("/settings/grades", &[("kind", "tier"), ("new", "yes"), ("code", "gold"), ("name", "金牌")]);
    assert_eq!(done.await.status, StatusCode::SEE_OTHER);
    assert!(admin.get("/settings/grades").await.body.contains("金牌 · gold · 未列为大客户 · 0 家客户"));

    let mut leader = cast.signed_in("hejing").await;
    let page = leader.get("/rulebook").await.body;
    let choice = page.split("value=\"gold\"").nth(1).and_then(|rest| rest.split("</label>").next());
    assert!(choice.is_some_and(|choice| choice.contains("金牌")), "{page}");
    let named = [
        ("clause", "4.4.1"),
        ("parameter", "key_tiers"),
        ("seen", "strategic, core, key"),
        ("p-key_tiers", "strategic"),
        ("p-key_tiers", "gold"),
    ];
    let done = leader.post("/rulebook/parameters", &named).await;
    assert_eq!(done.location, "/rulebook#c4.4.1", "{}", done.body);
    assert!(leader.get("/rulebook").await.body.contains("战略、金牌"));
    let clause = leader.get("/rulebook/draft/clauses/4.4.1").await.body;
    assert!(clause.contains("value=\"gold\"") && clause.contains("金牌"), "{clause}");
    Ok(())
}

async fn a_tier_in_use_is_not_archived_and_the_settings_say_why(database: &TestDatabase) -> anyhow::Result<()> {
    let cast = Cast::gather(database).await?;
    let mut admin = administrator(&cast).await;
    let fields = [("kind", "tier"), ("code", "core"), ("name", "核心"), ("position", "1"), ("archived", "yes")];
    let refused = admin.post("/settings/grades", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["家客户是这个级别，请先给它们换一个级别", "现行管理办法把这个级别列为大客户"]
    {
        assert!(refused.body.contains(words), "{words}: {}", refused.body);
    }
    Ok(())
}
