//! Random histories: whatever happens in whatever order, the ledger holds what a naive reckoning
//! from the raw records says.

use std::collections::BTreeMap;

use chrono::Duration;
use kehu_rulebook::obligations::State;
use kehu_testkit::{Backend, TestDatabase};

use super::naive::{Should, reckon};
use super::world::{Key, World, at};
use crate::communications::Kind;

kehu_testkit::both_databases!(crate::duties::tests::world::migrated => the_ledger_equals_a_naive_recomputation);

/// SplitMix64: the same histories on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(n.max(1)).unwrap()).unwrap()
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

async fn the_ledger_equals_a_naive_recomputation(database: &TestDatabase) {
    // PostgreSQL repeats what SQLite has shown, at a round trip a statement.
    let steps = if database.backend() == Backend::Sqlite { 700 } else { 200 };
    // Over the New Year of 2026, whose holidays and make-up days are published.
    let start = at("2025-12-08", "09:00");
    let mut world = World::new(database, start).await;
    let mut dice = Dice(20_251_208);
    let managers = world.members.clone();
    for (n, tier) in ["strategic", "core", "general"].into_iter().enumerate() {
        world.account(&format!("第{n}客户"), managers[n % managers.len()], tier).await;
        world.advance(Duration::hours(7));
    }
    for step in 0..steps {
        happen(&mut world, &mut dice).await;
        world.advance(Duration::minutes(15 * i64::try_from(1 + dice.below(40)).unwrap()));
        if dice.below(9) == 0 {
            // The process was down meanwhile.
            world.advance(Duration::days(i64::try_from(dice.below(9)).unwrap()));
        }
        if step % 25 == 24 {
            compare(&world, start, step).await;
        }
    }
    compare(&world, start, steps).await;
}

async fn happen(world: &mut World, dice: &mut Dice) {
    let account = dice.pick(&world.accounts.clone());
    let member = dice.pick(&world.members.clone());
    let owner = world.turn(account).owner;
    let now = world.now();
    let back = Duration::minutes(15 * i64::try_from(dice.below(4 * 24 * 12)).unwrap());
    let contacts: Vec<_> = world.contacts.keys().copied().collect();
    let questions: Vec<_> = world.questions.keys().copied().collect();
    let today = (now + Duration::hours(8)).date_naive();
    match dice.below(20) {
        0..=6 => {
            let by = if dice.below(4) == 0 { member } else { owner };
            let kind = dice.pick(&[Kind::PhoneCall, Kind::PhoneCall, Kind::Visit, Kind::VideoMeeting, Kind::Email]);
            let when = if dice.below(2) == 0 { now } else { now - back };
            let reply_by = (kind == Kind::Visit && dice.below(2) == 0)
                .then(|| today + Duration::days(i64::try_from(dice.below(6)).unwrap()));
            let (connected, named) = (dice.below(6) != 0, dice.below(8) != 0);
            world.log(account, kind, by, when, connected, named, reply_by).await;
        }
        7 | 8 if !contacts.is_empty() => {
            let id = dice.pick(&contacts);
            let mut after = world.contacts[&id].clone();
            if after.deleted {
                return;
            }
            match dice.below(4) {
                0 => after.occurred_at = now - back,
                1 => after.connected = !after.connected,
                2 => after.account = account,
                _ => after.kind = dice.pick(&[Kind::PhoneCall, Kind::Visit]),
            }
            world.correct(id, after).await;
        }
        9 if !contacts.is_empty() => world.delete_or_restore(dice.pick(&contacts)).await,
        10 | 11 if !contacts.is_empty() => {
            let id = dice.pick(&contacts);
            if world.contacts[&id].kind == Kind::Visit {
                world.send_minutes(id).await;
            }
        }
        12 | 13 if !questions.is_empty() => {
            let told_at = if dice.below(2) == 0 { now } else { now - back };
            world.tell(dice.pick(&questions), told_at).await;
        }
        14 => world.hand_over(account, member).await,
        15 => {
            let tier = dice.pick(&["strategic", "general", "core", "core"]);
            world.set_tier(account, tier).await;
        }
        16 => {
            let deputy = dice.pick(&world.members.clone());
            if deputy != member {
                let first = today + Duration::days(i64::try_from(dice.below(10)).unwrap());
                world.leave(member, deputy, first, first + Duration::days(i64::try_from(dice.below(8)).unwrap())).await;
            }
        }
        17 if !world.leaves.is_empty() => {
            let n = dice.below(world.leaves.len());
            world.cancel_leave(n).await;
        }
        18 => {
            let day = today + Duration::days(i64::try_from(dice.below(24)).unwrap() - 12);
            let working = dice.below(2) == 0;
            world.change_day(day, working).await;
        }
        _ => {
            let ledger = world.ledger().await;
            let waivable: Vec<_> = ledger.iter().filter(|o| matches!(o.state, State::Open | State::Missed)).collect();
            let late: Vec<_> = ledger.iter().filter(|o| o.to_confirm).collect();
            if !late.is_empty() && dice.below(2) == 0 {
                world.mark(dice.pick(&late), "confirmed_at").await;
            } else if !waivable.is_empty() {
                world.mark(dice.pick(&waivable), "waived_at").await;
            }
        }
    }
}

async fn compare(world: &World, start: chrono::DateTime<chrono::Utc>, step: usize) {
    world.tick().await;
    let mut should = reckon(world, start);
    for o in world.ledger().await {
        let key: Key = (o.rule.clone(), o.subject, o.window_key.clone());
        let holds = Should { state: o.state, owner: o.owner, acting: o.acting };
        match should.remove(&key) {
            // A cancelled obligation owes nothing: whose it was does not matter.
            Some(naive) if naive.state == State::Cancelled && holds.state == State::Cancelled => {}
            Some(naive) => assert_eq!(holds, naive, "step {step}: {key:?} at {}\n{o:#?}", world.now()),
            None => assert_eq!(o.state, State::Cancelled, "step {step}: {key:?} is owed by nobody\n{o:#?}"),
        }
    }
    should.retain(|_, naive| naive.state != State::Cancelled);
    assert_eq!(should, BTreeMap::new(), "step {step}: missing from the ledger at {}", world.now());
}
