//! Tiers of the company's own, and which of them may go.

use kehu_platform::Error;
use kehu_platform::db::Lock;
use kehu_testkit::TestDatabase;

use crate::accounts::{self, Grade, GradeKind, add_grade, grades, set_grade};
use crate::communications::presenters::registry;
use crate::duties::tests::world::{World, at, system};

kehu_testkit::both_databases!(crate::duties::tests::world::migrated =>
    a_tier_of_the_companys_own_stands_after_the_others_and_may_be_key,
    a_tier_that_accounts_carry_is_not_archived,
    a_tier_that_the_rulebook_names_as_key_is_not_archived,
    an_archived_tier_is_given_to_no_account,
);

fn tier(code: &str, name: &str) -> Grade {
    Grade { kind: GradeKind::Tier, code: code.to_owned(), name: name.to_owned(), position: 9, archived: false }
}

impl World {
    async fn adds(&self, grade: Grade) -> Vec<&'static str> {
        let (now, books, system) = (self.now(), self.books().await, system());
        let by = system.administrator().unwrap();
        refused(self.app.db.write(Lock::company(), async |tx| add_grade(tx, by, now, &books, grade).await).await)
    }

    async fn sets(&self, grade: Grade) -> Vec<&'static str> {
        let (now, books, system) = (self.now(), self.books().await, system());
        let by = system.administrator().unwrap();
        refused(self.app.db.write(Lock::company(), async |tx| set_grade(tx, by, now, &books, grade).await).await)
    }
}

/// The codes of what was refused; none when it was done.
fn refused(outcome: Result<(), Error>) -> Vec<&'static str> {
    match outcome {
        Ok(()) => Vec::new(),
        Err(Error::Invalid(invalid)) => invalid.errors().iter().map(|problem| problem.code).collect(),
        Err(other) => panic!("{other}"),
    }
}

async fn a_tier_of_the_companys_own_stands_after_the_others_and_may_be_key(database: &TestDatabase) {
    let world = World::new(database, at("2026-11-23", "09:00")).await;
    assert_eq!(world.adds(tier("gold", "金牌")).await, Vec::<&str>::new());
    assert_eq!(world.adds(tier("gold", "又一块")).await, ["duplicate"]);
    let all = grades(world.app.db.read(), GradeKind::Tier).await.unwrap();
    assert_eq!(all.last().map(|last| (last.code.as_str(), last.position)), Some(("gold", 4)));

    let offered = registry().codes[0].1(world.app.db.clone()).await.unwrap();
    let codes: Vec<&str> = offered.iter().map(|choice| choice.code.as_str()).collect();
    assert_eq!(codes, ["strategic", "core", "key", "general", "gold"]);
    assert_eq!(offered.last().map(|gold| gold.label.get(kehu_core::Locale::En)), Some("金牌"));
}

async fn a_tier_that_accounts_carry_is_not_archived(database: &TestDatabase) {
    let mut world = World::new(database, at("2026-11-23", "09:00")).await;
    world.adds(tier("gold", "金牌")).await;
    let [lin, ..] = world.managers();
    let account = world.account("远恒电力", lin, "gold").await;
    let gone = Grade { archived: true, ..tier("gold", "金牌") };
    assert_eq!(world.sets(gone.clone()).await, ["in_use"]);
    world.set_tier(account, "core").await;
    assert_eq!(world.sets(gone).await, Vec::<&str>::new());
}

async fn a_tier_that_the_rulebook_names_as_key_is_not_archived(database: &TestDatabase) {
    let world = World::new(database, at("2026-11-23", "09:00")).await;
    assert_eq!(world.sets(Grade { archived: true, ..tier("key", "") }).await, ["key_tier"]);
    assert_eq!(world.sets(Grade { archived: true, ..tier("general", "") }).await, Vec::<&str>::new());
}

async fn an_archived_tier_is_given_to_no_account(database: &TestDatabase) {
    let mut world = World::new(database, at("2026-11-23", "09:00")).await;
    let [lin, ..] = world.managers();
    let account = world.account("远恒电力", lin, "core").await;
    world.sets(Grade { archived: true, ..tier("general", "") }).await;
    let (now, books, system) = (world.now(), world.books().await, system());
    let outcome = world
        .app
        .db
        .write(Lock::account(account), async |tx| {
            let editor = accounts::editor(&**tx, &system, account).await?;
            let facts = accounts::AccountFacts { tier: "general".into(), ..editor.account().facts.clone() };
            accounts::edit(tx, &system, now, &books, &editor, 1, facts).await.map(|_| ())
        })
        .await;
    assert_eq!(refused(outcome), ["unknown"]);
}
