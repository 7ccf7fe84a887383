//! The journal shows when somebody tampered with it.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use chrono::{DateTime, TimeDelta, Utc};
use kehu_core::Actor;
use kehu_testkit::{TestDatabase, both_databases};
use serde_json::json;
use uuid::Uuid;

use super::{Entry, Inspection, inspect, record_all, seal};
use crate::db::{Db, DbFault, Lock, execute};

both_databases!(crate::directory::tests::migrated =>
    what_has_settled_is_sealed_once,
    a_changed_entry_breaks_the_seal,
    a_removed_entry_breaks_the_seal,
    a_seal_that_was_made_up_anew_breaks_the_next);

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn morning() -> DateTime<Utc> {
    at("2026-11-24T01:00:00Z")
}

async fn written(database: &TestDatabase, times: usize) -> Db {
    let db = Db::connect(database.url()).await.unwrap();
    for n in 0..times {
        note(&db, n).await;
    }
    db
}

/// Three entries, `n` hours into the morning.
async fn note(db: &Db, n: usize) {
    let now = morning() + TimeDelta::hours(n as i64);
    let entries: Vec<Entry> = (0..3)
        .map(|k| Entry::new("account", Uuid::from_u128(k), "changed").after(json!({ "b": n, "a": [k as u64, 1] })))
        .collect();
    db.write(Lock::company(), async |tx| record_all(tx, &Actor::system(), now, entries).await).await.unwrap();
    seal(db, now + TimeDelta::hours(1)).await.unwrap();
}

async fn tamper(db: &Db, sql: &str) {
    db.write(Lock::company(), async |tx| -> Result<u64, DbFault> { execute(&**tx, sql, vec![]).await }).await.unwrap();
}

async fn what_has_settled_is_sealed_once(database: &TestDatabase) {
    let db = written(database, 2).await;
    assert_eq!(seal(&db, morning() + TimeDelta::hours(9)).await.unwrap(), 0);
    let entries = vec![Entry::new("account", Uuid::from_u128(9), "created")];
    let now = morning() + TimeDelta::hours(10);
    db.write(Lock::company(), async |tx| record_all(tx, &Actor::system(), now, entries).await).await.unwrap();
    assert_eq!(seal(&db, now + TimeDelta::minutes(59)).await.unwrap(), 0);
    let Inspection::Whole { newest, unsealed } = inspect(db.read()).await.unwrap() else { panic!("broken") };
    assert_eq!((newest.unwrap().entries, unsealed), (3, 1));
}

async fn a_changed_entry_breaks_the_seal(database: &TestDatabase) {
    let db = written(database, 3).await;
    tamper(
        &db,
        "update journal set actor_name = 'Somebody' where seq = (select first_seq + 1 from journal_seals
        where entries = 3 order by last_seq limit 1 offset 1)",
    )
    .await;
    let Inspection::Broken(seal) = inspect(db.read()).await.unwrap() else { panic!("unnoticed") };
    assert_eq!(seal.sealed_at, morning() + TimeDelta::hours(2));
}

async fn a_removed_entry_breaks_the_seal(database: &TestDatabase) {
    let db = written(database, 2).await;
    tamper(&db, "delete from journal where seq = (select last_seq from journal_seals order by last_seq limit 1)").await;
    assert!(
        matches!(inspect(db.read()).await.unwrap(), Inspection::Broken(seal) if seal.sealed_at == morning() + TimeDelta::hours(1))
    );
}

async fn a_seal_that_was_made_up_anew_breaks_the_next(database: &TestDatabase) {
    let db = written(database, 2).await;
    tamper(&db, "update journal_seals set digest = '00' where first_seq = 1").await;
    assert!(matches!(inspect(db.read()).await.unwrap(), Inspection::Broken(seal) if seal.first_seq == 1));
}
