//! Whoever stands in for an account's manager does the manager's work as long as the leave lasts.

use chrono::Duration;
use kehu_core::{AccountId, Actor, Door, MemberId};
use kehu_platform::{Error, directory};
use kehu_rulebook::obligations::State;
use kehu_testkit::TestDatabase;

use crate::accounts::{Wanted, editor, list_accounts, viewer};
use crate::communications::Kind;
use crate::duties::WEEKLY_CALL;
use crate::duties::tests::world::{World, at};

kehu_testkit::both_databases!(crate::duties::tests::world::migrated =>
    a_colleague_does_not_see_the_account,
    the_deputy_reads_edits_and_finds_the_account_while_the_leave_lasts,
    a_deputy_who_is_away_passes_the_account_on,
    a_call_by_the_deputys_deputy_counts,
);

impl World {
    async fn actor(&self, member: MemberId) -> Actor {
        directory::actor(self.app.db.read(), member, self.now(), Door::Web).await.unwrap().unwrap()
    }

    /// Whether the member reads the account, changes it, and finds it in the list.
    async fn may(&self, member: MemberId, account: AccountId) -> [bool; 3] {
        let (on, actor) = (self.app.db.read(), self.actor(member).await);
        let listed = list_accounts(on, &actor, self.now(), &Wanted::default()).await.unwrap();
        let reads = viewer(on, &actor, account).await;
        assert!(reads.is_ok() || matches!(reads, Err(Error::NotFound)));
        [
            reads.is_ok_and(|viewer| viewer.inside),
            editor(on, &actor, account).await.is_ok(),
            listed.accounts.iter().any(|a| a.id == account),
        ]
    }
}

const ALL: [bool; 3] = [true; 3];
const NOTHING: [bool; 3] = [false; 3];

async fn a_colleague_does_not_see_the_account(database: &TestDatabase) {
    let mut world = World::new(database, at("2026-11-24", "09:00")).await;
    let [lin, zhou, _] = world.managers();
    let account = world.account("远恒电力", lin, "core").await;
    assert_eq!(world.may(lin, account).await, ALL);
    assert_eq!(world.may(zhou, account).await, NOTHING);
}

async fn the_deputy_reads_edits_and_finds_the_account_while_the_leave_lasts(database: &TestDatabase) {
    let mut world = World::new(database, at("2026-11-24", "09:00")).await;
    let [lin, zhou, _] = world.managers();
    let account = world.account("远恒电力", lin, "core").await;
    let today = at("2026-11-24", "09:00").date_naive();
    let (first, last) = (today + Duration::days(1), today + Duration::days(3));
    assert!(world.leave(lin, zhou, first, last).await);
    assert_eq!(world.may(zhou, account).await, NOTHING, "the leave has not begun");
    world.set(at("2026-11-25", "00:00"));
    assert_eq!(world.may(zhou, account).await, ALL);
    assert_eq!(world.actor(zhou).await.stands_in_for(lin), Some(last));
    world.set(at("2026-11-27", "23:59"));
    assert_eq!(world.may(zhou, account).await, ALL);
    assert_eq!(world.may(lin, account).await, ALL, "the manager keeps the account");
    world.set(at("2026-11-28", "00:00"));
    assert_eq!(world.may(zhou, account).await, NOTHING, "the leave is over");
}

async fn a_deputy_who_is_away_passes_the_account_on(database: &TestDatabase) {
    let mut world = World::new(database, at("2026-11-24", "09:00")).await;
    let [lin, zhou, xu] = world.managers();
    let account = world.account("远恒电力", lin, "core").await;
    let today = at("2026-11-24", "09:00").date_naive();
    assert!(world.leave(lin, zhou, today, today + Duration::days(9)).await);
    assert!(world.leave(zhou, xu, today + Duration::days(1), today + Duration::days(1)).await);
    assert_eq!(world.may(xu, account).await, NOTHING);
    world.advance(Duration::days(1));
    assert_eq!(world.may(xu, account).await, ALL);
    assert_eq!(world.may(zhou, account).await, NOTHING, "one deputy at a time");
    assert_eq!(world.actor(xu).await.stands_in_for(lin), Some(today + Duration::days(1)));
    world.advance(Duration::days(1));
    assert_eq!(world.may(xu, account).await, NOTHING);
    assert_eq!(world.may(zhou, account).await, ALL);
}

async fn a_call_by_the_deputys_deputy_counts(database: &TestDatabase) {
    let mut world = World::new(database, at("2026-11-20", "09:00")).await;
    let [lin, zhou, xu] = world.managers();
    let account = world.account("远恒电力", lin, "core").await;
    world.set(at("2026-11-23", "09:00"));
    world.tick().await;
    let monday = at("2026-11-23", "09:00").date_naive();
    let friday = monday + Duration::days(4);
    assert!(world.leave(lin, zhou, monday, friday).await);
    assert!(world.leave(zhou, xu, friday, friday).await);
    let owed = world.owed(WEEKLY_CALL, account, "2026-11-23").await.unwrap();
    assert_eq!(owed.owner, xu, "the week falls due when only the second deputy is there");
    world.set(at("2026-11-27", "10:00"));
    world.log(account, Kind::PhoneCall, zhou, world.now(), true, true, None).await;
    let owed = world.owed(WEEKLY_CALL, account, "2026-11-23").await.unwrap();
    assert_eq!(owed.state, State::Open, "the first deputy is away himself");
    world.log(account, Kind::PhoneCall, xu, world.now(), true, true, None).await;
    let owed = world.owed(WEEKLY_CALL, account, "2026-11-23").await.unwrap();
    assert_eq!(owed.state, State::Met);
}
