//! The list in the order of names: Chinese ones by their pinyin, whatever language the database was made for.

use kehu_core::Actor;
use kehu_platform::db::{Lock, rows};
use kehu_platform::sea_orm::FromQueryResult;
use kehu_platform::values;
use kehu_testkit::{Backend, TestDatabase};

use crate::accounts::{self, AccountFacts, Order, Wanted, list_accounts};
use crate::duties::tests::world::{World, at};

kehu_testkit::both_databases!(crate::duties::tests::world::migrated =>
    names_stand_in_the_order_of_their_pinyin,
    a_page_of_names_walks_the_index,
);

impl World {
    async fn by_name(&self, descending: bool) -> Vec<String> {
        let wanted = Wanted { order: Order::Name, descending, ..Wanted::default() };
        let listed = list_accounts(self.app.db.read(), &Actor::system(), self.now(), &wanted).await.unwrap();
        listed.accounts.into_iter().map(|account| account.facts.name).collect()
    }
}

async fn names_stand_in_the_order_of_their_pinyin(database: &TestDatabase) {
    let mut world = World::new(database, at("2026-11-23", "09:00")).await;
    let [lin, ..] = world.managers();
    let mut last = None;
    for name in ["中鼎医药", "重庆长安", "ABB（中国）", "青瑞乳业", "第10机床厂", "第2机床厂", "安信水务"]
    {
        last = Some(world.account(name, lin, "core").await);
    }
    let ordered = ["ABB（中国）", "安信水务", "重庆长安", "第2机床厂", "第10机床厂", "青瑞乳业", "中鼎医药"];
    assert_eq!(world.by_name(false).await, ordered);
    assert_eq!(world.by_name(true).await, ordered.into_iter().rev().collect::<Vec<_>>());

    let (now, books, system, id) = (world.now(), world.books().await, Actor::system(), last.unwrap());
    let renamed = world.app.db.write(Lock::account(id), async |tx| {
        let editor = accounts::editor(&**tx, &system, id).await?;
        let facts = AccountFacts { name: "卓信水务".into(), ..editor.account().facts.clone() };
        accounts::edit(tx, &system, now, &books, &editor, 1, facts).await
    });
    renamed.await.unwrap();
    assert_eq!(world.by_name(false).await.last().map(String::as_str), Some("卓信水务"), "a new name, a new place");
}

#[derive(FromQueryResult)]
struct Step {
    detail: String,
}

async fn a_page_of_names_walks_the_index(database: &TestDatabase) {
    if database.backend() != Backend::Sqlite {
        // Over a handful of rows the planner of PostgreSQL rightly reads the table.
        return;
    }
    let world = World::new(database, at("2026-11-23", "09:00")).await;
    for direction in ["asc", "desc"] {
        let sql = format!(
            "explain query plan select a.id from accounts a where a.archived_at is null
             order by a.name_sort {direction}, a.number {direction} limit 50 offset 100"
        );
        let plan: Vec<Step> = rows(world.app.db.read(), &sql, values![]).await.unwrap();
        let told: Vec<&str> = plan.iter().map(|step| step.detail.as_str()).collect();
        assert!(told.len() == 1 && told[0].contains("USING INDEX accounts_name_sort"), "{told:?}");
    }
}
