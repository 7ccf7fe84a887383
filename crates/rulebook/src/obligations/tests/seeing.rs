//! How far into the ledger each position sees.

use chrono::Duration;
use kehu_core::{AccountId, MemberId};
use kehu_testkit::{TestDatabase, both_databases};

use super::super::queries::{self, Listing, listed};
use super::{
    GroupBy, Reach, Sight, State, Wanted, World, tallies_by_account, tallies_by_clause, tallies_by_member,
    tallies_by_team,
};

both_databases!(crate::obligations::tests::migrated =>
    a_member_sees_their_own_and_their_accounts,
    a_leader_sees_the_team_and_no_other,
    leadership_does_not_see_peoples_cells,
    hr_sees_people_and_no_customers,
    an_administrator_sees_nothing,
    the_company_counted_along_an_index_is_the_company_counted_one_by_one,
    what_is_due_by_the_end_of_a_month_belongs_to_it,
);

impl World {
    async fn counts(&self, reach: &Reach) -> [u64; 4] {
        let (on, now) = (self.app.db.read(), self.now());
        let (from, to) = (now - Duration::days(30), now);
        let total = |tallies: Vec<super::Tally>| tallies.iter().map(super::Tally::total).sum();
        [
            total(tallies_by_clause(on, now, reach, from, to).await.unwrap().into_values().collect()),
            total(tallies_by_team(on, now, reach, from, to).await.unwrap().into_values().collect()),
            total(tallies_by_member(on, now, reach, from, to).await.unwrap().into_values().collect()),
            total(tallies_by_account(on, now, reach, from, to).await.unwrap().into_values().collect()),
        ]
    }

    async fn listed(&self, reach: &Reach, owner: Option<MemberId>, account: Option<AccountId>) -> usize {
        let now = self.now();
        let listing = Listing {
            from: now - Duration::days(30),
            to: now,
            clause: Some("4.4.1".to_owned()),
            rule: None,
            settled: false,
            teamless: false,
            state: None,
            overdue: false,
            to_confirm: false,
            to_answer: false,
            owner,
            team: None,
            account,
        };
        listed(self.app.db.read(), &listing, now, reach, 0, 50).await.unwrap().len()
    }
}

async fn a_member_sees_their_own_and_their_accounts(database: &TestDatabase) {
    let world = World::new(database).await;
    let own = world.owes(world.manager, Some(world.team), State::Missed).await;
    let colleagues = world.owes(world.colleague, Some(world.team), State::Met).await;
    let reach = world.reach(world.manager).await;
    assert_eq!(world.counts(&reach).await, [1, 1, 1, 1]);
    assert_eq!(reach.sight(&world.obligation(own).await), Some(Sight::Full));
    assert_eq!(reach.sight(&world.obligation(colleagues).await), None);
    let account = world.obligation(colleagues).await.account.unwrap();
    let reach = reach.with_accounts(vec![account]);
    assert_eq!(world.counts(&reach).await, [2, 2, 2, 2]);
    assert_eq!(reach.sight(&world.obligation(colleagues).await), Some(Sight::Full));
}

async fn a_leader_sees_the_team_and_no_other(database: &TestDatabase) {
    let world = World::new(database).await;
    world.owes(world.manager, Some(world.team), State::Missed).await;
    world.owes(world.colleague, Some(world.team), State::Met).await;
    let other = world.owes(world.other_lead, Some(world.other_team), State::Met).await;
    let reach = world.reach(world.lead).await;
    assert_eq!(world.counts(&reach).await, [2, 2, 2, 2]);
    assert_eq!(reach.sight(&world.obligation(other).await), None);
    assert_eq!(world.listed(&reach, Some(world.other_lead), None).await, 0);
}

async fn leadership_does_not_see_peoples_cells(database: &TestDatabase) {
    let world = World::new(database).await;
    let id = world.owes(world.manager, Some(world.team), State::Missed).await;
    let account = world.obligation(id).await.account;
    let reach = world.reach(world.leadership).await;
    assert_eq!(world.counts(&reach).await, [1, 1, 0, 1], "by clause, team and account, but not by member");
    assert_eq!(reach.sight(&world.obligation(id).await), Some(Sight::WithoutPeople));
    assert_eq!(world.listed(&reach, None, None).await, 1);
    assert_eq!(world.listed(&reach, None, account).await, 1);
    assert_eq!(world.listed(&reach, Some(world.manager), None).await, 0, "nor by asking for one person's");
}

async fn hr_sees_people_and_no_customers(database: &TestDatabase) {
    let world = World::new(database).await;
    let id = world.owes(world.manager, Some(world.team), State::Missed).await;
    let account = world.obligation(id).await.account;
    let reach = world.reach(world.hr).await;
    assert_eq!(world.counts(&reach).await, [1, 1, 1, 0]);
    assert_eq!(reach.sight(&world.obligation(id).await), Some(Sight::WithoutCustomers));
    assert_eq!(world.listed(&reach, Some(world.manager), None).await, 1);
    assert_eq!(world.listed(&reach, None, account).await, 0);
}

async fn an_administrator_sees_nothing(database: &TestDatabase) {
    let world = World::new(database).await;
    let id = world.owes(world.manager, Some(world.team), State::Missed).await;
    let reach = world.reach(world.administrator).await;
    assert_eq!(world.counts(&reach).await, [0; 4]);
    assert_eq!(reach.sight(&world.obligation(id).await), None);
    assert_eq!(world.counts(&Reach::default()).await, [0; 4], "nobody in particular sees nothing");
}

async fn what_is_due_by_the_end_of_a_month_belongs_to_it(database: &TestDatabase) {
    let world = World::new(database).await;
    let mut wanted = world.wanted(world.manager, Some(world.team), State::Met);
    let midnight = "2026-10-31T16:00:00Z".parse().unwrap();
    wanted.due_at = midnight;
    world.enters(wanted).await;
    let reach = world.reach(world.manager).await;
    let (on, now, month) = (world.app.db.read(), world.now(), Duration::days(30));
    let october = tallies_by_clause(on, now, &reach, midnight - month, midnight).await.unwrap();
    let november = tallies_by_clause(on, now, &reach, midnight, midnight + month).await.unwrap();
    assert_eq!((october.len(), november.len()), (1, 0));
}

async fn the_company_counted_along_an_index_is_the_company_counted_one_by_one(database: &TestDatabase) {
    let world = World::new(database).await;
    let now = world.now();
    let people = [(world.manager, Some(world.team)), (world.other_lead, Some(world.other_team)), (world.hr, None)];
    for (n, state) in State::ALL.into_iter().chain(State::ALL).enumerate() {
        for (place, (owner, team)) in people.into_iter().enumerate() {
            for days in [-40, -9, -1, 3] {
                let due_at = now + Duration::days(days) + Duration::minutes(i64::try_from(n).unwrap());
                let clause = if (n + place) % 2 == 0 { "4.4.1" } else { "4.2.3" };
                world.enters(Wanted { due_at, clause, ..world.wanted(owner, team, state) }).await;
            }
        }
    }
    let listing = Listing::due(now - Duration::days(60), now + Duration::days(5));
    let split = now - Duration::days(9) + Duration::minutes(4);
    let told = |mut found: Vec<queries::Grouped>| {
        found.sort_by_key(|g| (g.group.clone(), g.later, g.state, g.overdue));
        found.into_iter().map(|g| (g.group, g.later, g.state, g.overdue, g.count)).collect::<Vec<_>>()
    };
    let on = world.app.db.read();
    for who in [world.leadership, world.hr, world.lead, world.manager, world.administrator] {
        let reach = world.reach(who).await;
        for by in GroupBy::ALL {
            let along = told(queries::grouped(on, now, &reach, by, &listing, split).await.unwrap());
            let one_by_one = told(queries::grouped_general(on, now, &reach, by, &listing, split).await.unwrap());
            assert_eq!(along, one_by_one, "{by:?}");
        }
    }
    let all =
        told(queries::grouped(on, now, &world.reach(world.hr).await, GroupBy::Member, &listing, split).await.unwrap());
    assert_eq!(all.iter().map(|(.., count)| count).sum::<u64>(), 12 * 3 * 4);
}
