//! A group of companies owes its calls and visits once, through its leading account, or each its own.

use chrono::Duration;
use kehu_core::{AccountGroupId, AccountId, Actor, Position};
use kehu_platform::Error;
use kehu_platform::db::Lock;
use kehu_platform::journal;
use kehu_rulebook::obligations::State;
use kehu_testkit::TestDatabase;

use crate::accounts::{self, GroupDraft, GroupKeeper, Succession, add_group, dissolve_group, edit_group};
use crate::communications::Kind;
use crate::duties::WEEKLY_CALL;
use crate::duties::tests::world::{World, at, system};

kehu_testkit::both_databases!(crate::duties::tests::world::migrated =>
    each_account_of_a_group_owes_its_own_unless_said_otherwise,
    a_group_that_owes_once_owes_through_its_lead,
    who_keeps_groups_and_what_is_refused,
    archiving_the_lead_asks_for_another,
    archiving_the_lead_may_let_each_owe_its_own,
    a_dissolved_group_frees_its_accounts,
);

const WEEK: &str = "2026-11-23";

/// Monday morning, three accounts of two managers, held since the week before.
async fn three(database: &TestDatabase) -> (World, [AccountId; 3]) {
    let mut world = World::new(database, at("2026-11-16", "09:00")).await;
    let [lin, zhou, _] = world.managers();
    let accounts = [
        world.account("远恒电力", lin, "core").await,
        world.account("远恒重工", lin, "core").await,
        world.account("远恒物流", zhou, "key").await,
    ];
    world.set(at("2026-11-23", "09:00"));
    world.tick().await;
    (world, accounts)
}

fn draft(once: bool, lead: Option<AccountId>, accounts: &[AccountId]) -> GroupDraft {
    GroupDraft { name: "远恒集团".to_owned(), once, lead, accounts: accounts.to_vec() }
}

impl World {
    async fn groups(&self, draft: GroupDraft) -> Result<AccountGroupId, Error> {
        let (now, books, system) = (self.now(), self.books().await, system());
        let by = GroupKeeper::of(&system)?;
        self.app.db.write(Lock::company(), async |tx| add_group(tx, by, now, &books, draft).await).await
    }

    async fn regroups(&self, id: AccountGroupId, version: i64, draft: GroupDraft) -> Result<(), Error> {
        let (now, books, system) = (self.now(), self.books().await, system());
        let by = GroupKeeper::of(&system)?;
        self.app.db.write(Lock::company(), async |tx| edit_group(tx, by, now, &books, (id, version), draft).await).await
    }

    async fn archives(&self, id: AccountId, how: Option<Succession>) -> Result<(), Error> {
        let (now, books, system) = (self.now(), self.books().await, system());
        self.app
            .db
            .write(Lock::company(), async |tx| {
                let editor = accounts::editor(&**tx, &system, id).await?;
                accounts::archive(tx, &system, now, &books, &editor, how).await
            })
            .await
    }

    /// How the week's call stands with each of the accounts.
    async fn week(&self, accounts: &[AccountId], window: &str) -> Vec<Option<State>> {
        let mut states = Vec::new();
        for account in accounts {
            states.push(self.owed(WEEKLY_CALL, *account, window).await.map(|o| o.state));
        }
        states
    }
}

fn field<T>(outcome: Result<T, Error>) -> Vec<String> {
    match outcome {
        Err(Error::Invalid(invalid)) => invalid.errors().iter().map(|e| format!("{}:{}", e.field, e.code)).collect(),
        _ => Vec::new(),
    }
}

async fn each_account_of_a_group_owes_its_own_unless_said_otherwise(database: &TestDatabase) {
    let (mut world, all) = three(database).await;
    world.groups(draft(false, None, &all)).await.unwrap();
    let [lin, ..] = world.managers();
    world.log(all[0], Kind::PhoneCall, lin, world.now(), true, true, None).await;
    assert_eq!(world.week(&all, WEEK).await, [Some(State::Met), Some(State::Open), Some(State::Open)]);
}

async fn a_group_that_owes_once_owes_through_its_lead(database: &TestDatabase) {
    let (mut world, all) = three(database).await;
    let id = world.groups(draft(true, Some(all[0]), &all)).await.unwrap();
    assert_eq!(
        world.week(&all, WEEK).await,
        [Some(State::Open), Some(State::Cancelled), Some(State::Cancelled)],
        "what the others had open is withdrawn at once"
    );
    world.set(at("2026-11-30", "09:00"));
    world.tick().await;
    let next = "2026-11-30";
    assert_eq!(world.week(&all, next).await, [Some(State::Open), None, None]);
    let [lin, ..] = world.managers();
    world.log(all[1], Kind::PhoneCall, lin, world.now(), true, true, None).await;
    assert_eq!(world.week(&all, next).await, [Some(State::Met), None, None], "a call with any of them counts");

    world.advance(Duration::hours(1));
    world.regroups(id, 1, draft(false, None, &all)).await.unwrap();
    assert_eq!(world.week(&all[2..], next).await, [Some(State::Open)], "from now on each its own");
    let stale = world.regroups(id, 1, draft(false, None, &all)).await;
    assert!(matches!(stale, Err(Error::Stale)));
    let told = journal::of_record(world.app.db.read(), "account_group", id).await.unwrap();
    assert_eq!(told.iter().map(|entry| entry.verb.as_str()).collect::<Vec<_>>(), ["added", "changed"]);
}

async fn who_keeps_groups_and_what_is_refused(database: &TestDatabase) {
    let (world, all) = three(database).await;
    for (position, keeps) in [
        (Position::CompanyLeadership, true),
        (Position::Administrator, false),
        (Position::AccountManager, false),
        (Position::HumanResources, false),
    ] {
        let member = Some(world.members[0]);
        let actor = Actor { member, positions: [position].into_iter().collect(), ..system() };
        assert_eq!(GroupKeeper::of(&actor).is_ok(), keeps, "{position}");
    }
    assert_eq!(field(world.groups(draft(true, None, &all)).await), ["lead:required"]);
    assert_eq!(field(world.groups(draft(true, Some(all[2]), &all[..2])).await), ["lead:outside"]);
    assert_eq!(
        field(world.groups(GroupDraft { name: " ".into(), ..draft(false, None, &[]) }).await),
        ["name:required"]
    );
    world.groups(draft(false, None, &all[..1])).await.unwrap();
    let again = world.groups(draft(false, None, &all[..1])).await;
    assert_eq!(field(again), ["name:duplicate", "accounts:taken"]);
}

async fn archiving_the_lead_asks_for_another(database: &TestDatabase) {
    let (world, all) = three(database).await;
    let id = world.groups(draft(true, Some(all[0]), &all)).await.unwrap();
    assert_eq!(field(world.archives(all[0], None).await), ["lead:required"]);
    assert_eq!(world.week(&all[..1], WEEK).await, [Some(State::Open)], "nothing has changed");
    world.archives(all[0], Some(Succession::Lead(all[1]))).await.unwrap();
    let group = accounts::group(world.app.db.read(), id).await.unwrap().unwrap();
    assert_eq!((group.lead, group.once), (Some(all[1]), true));
    assert_eq!(world.week(&all, WEEK).await, [Some(State::Cancelled), Some(State::Open), Some(State::Cancelled)]);
    // Whoever does not lead goes without being asked.
    world.archives(all[2], None).await.unwrap();
}

async fn archiving_the_lead_may_let_each_owe_its_own(database: &TestDatabase) {
    let (world, all) = three(database).await;
    let id = world.groups(draft(true, Some(all[0]), &all)).await.unwrap();
    world.archives(all[0], Some(Succession::Each)).await.unwrap();
    let group = accounts::group(world.app.db.read(), id).await.unwrap().unwrap();
    assert_eq!((group.lead, group.once), (None, false));
    assert_eq!(world.week(&all[1..], WEEK).await, [Some(State::Open), Some(State::Open)]);
}

async fn a_dissolved_group_frees_its_accounts(database: &TestDatabase) {
    let (world, all) = three(database).await;
    let id = world.groups(draft(true, Some(all[0]), &all)).await.unwrap();
    let (now, books, system) = (world.now(), world.books().await, system());
    let by = GroupKeeper::of(&system).unwrap();
    let dissolved = world.app.db.write(Lock::company(), async |tx| dissolve_group(tx, by, now, &books, id).await).await;
    dissolved.unwrap();
    assert!(accounts::group(world.app.db.read(), id).await.unwrap().is_none());
    assert_eq!(world.week(&all[1..], WEEK).await, [Some(State::Open), Some(State::Open)]);
    world.groups(draft(false, None, &all)).await.unwrap();
}
