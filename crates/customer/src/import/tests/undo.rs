//! An import is taken back whole, or not at all.

use kehu_core::Actor;
use kehu_platform::Error;
use kehu_platform::db::{Lock, execute, rows};
use kehu_platform::sea_orm::FromQueryResult;
use kehu_platform::values;
use kehu_testkit::TestDatabase;

use super::world::World;
use crate::import::{Options, State};

kehu_testkit::both_databases!(crate::import::tests::world::migrated =>
    an_import_is_taken_back_whole,
    what_was_written_over_is_as_before,
    once_somebody_has_changed_a_record_nothing_is_taken_back,
);

const LEDGER: &str =
    "客户名称,客户级别,客户经理,联系人\n众云水务有限公司,战略,林小满,钱多\n恒智光电有限公司,核心,郑斌,王建国\n";

async fn count(world: &World, table: &str) -> i64 {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let sql = format!("select cast(count(*) as bigint) as n from {table}");
    rows::<Count>(world.app.db.read(), &sql, vec![]).await.unwrap()[0].n
}

async fn an_import_is_taken_back_whole(database: &TestDatabase) {
    let world = World::new(database).await;
    let import = world.import(LEDGER, Options { create_managers: true, ..Options::default() }).await;
    assert!(count(&world, "obligations").await > 0);
    let undone = world.undo(&import).await.unwrap();
    assert_eq!(undone.state, State::Undone);
    for table in ["accounts", "contacts", "account_members", "account_tenures", "obligations"] {
        assert_eq!(count(&world, table).await, 0, "{table}");
    }
    assert_eq!(count(&world, "members").await, 1, "who was made a member is none any more");
    assert!(matches!(world.undo(&import).await, Err(Error::Conflict { .. })));
    assert_eq!(world.take(LEDGER).await.accounts.created, 1, "and the ledger can be imported again");
}

async fn what_was_written_over_is_as_before(database: &TestDatabase) {
    let world = World::new(database).await;
    world.take(LEDGER).await;
    let before = world.accounts().await;
    let changed = "客户名称,城市,客户经理,联系人,职务\n众云水务有限公司,杭州,林小满,钱多,总工\n";
    let import = world.import(changed, Options { update: true, ..Options::default() }).await;
    world.undo(&import).await.unwrap();
    let after = world.accounts().await;
    assert_eq!(after[0].facts, before[0].facts);
    assert_eq!(world.people(after[0].id).await[0].facts.title, "");
}

async fn once_somebody_has_changed_a_record_nothing_is_taken_back(database: &TestDatabase) {
    let world = World::new(database).await;
    let import = world.import(LEDGER, Options { create_managers: true, ..Options::default() }).await;
    let account = world.accounts().await[0].clone();
    world
        .app
        .db
        .write(Lock::company(), async |tx| {
            let sql = "update contacts set title = 'CTO', version = version + 1 where account_id = $1";
            execute(&**tx, sql, values![account.id.uuid()]).await
        })
        .await
        .unwrap();
    let refused = world.undo(&import).await;
    let Err(Error::Conflict { message, .. }) = refused else { panic!("{refused:?}") };
    assert!(message.text(Actor::system().locale).contains("钱多"));
    assert_eq!(world.accounts().await.len(), 2);
}
