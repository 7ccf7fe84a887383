//! Each rule as the clause says it.

use chrono::{Duration, NaiveDate};
use kehu_rulebook::obligations::State;
use kehu_testkit::TestDatabase;

use super::world::{World, at};
use crate::communications::Kind;

kehu_testkit::both_databases!(crate::duties::tests::world::migrated =>
    a_weekly_call_is_met_by_a_connected_call_of_the_manager,
    an_unanswered_call_is_logged_but_does_not_count,
    a_video_meeting_is_neither_a_call_nor_face_to_face,
    a_call_entered_within_two_working_days_of_the_week_is_met_and_marked,
    a_call_entered_later_is_met_late_once_the_leader_confirms,
    the_week_in_which_an_account_is_made_can_be_met_but_never_missed,
    a_week_of_fewer_than_three_working_days_owes_no_call,
    an_account_that_is_not_key_owes_nothing,
    the_deputy_owes_what_falls_due_in_a_leave_and_may_meet_it,
    a_handover_moves_what_is_open_and_leaves_history,
    minutes_due_on_a_day_off_roll_to_noon_of_the_next_working_day,
    deleting_the_evidence_opens_the_obligation_again,
    the_clock_catches_up_after_a_standstill_and_asking_twice_changes_nothing,
);

const MONDAY: &str = "2026-03-02";

/// A key account since the month before, so that March's windows are whole.
async fn settled(database: &TestDatabase) -> (World, kehu_core::AccountId) {
    let mut world = World::new(database, at("2026-02-02", "09:00")).await;
    let manager = world.members[0];
    let account = world.account("远恒电力设备有限公司", manager, "core").await;
    world.set(at(MONDAY, "09:00"));
    world.tick().await;
    (world, account)
}

async fn a_weekly_call_is_met_by_a_connected_call_of_the_manager(database: &TestDatabase) {
    let (mut world, account) = settled(database).await;
    let open = world.owed("weekly_call", account, MONDAY).await.unwrap();
    assert_eq!((open.state, open.due_at), (State::Open, at("2026-03-07", "00:00")));
    let colleague = world.members[1];
    world.log(account, Kind::PhoneCall, colleague, world.now(), true, true, None).await;
    assert_eq!(world.owed("weekly_call", account, MONDAY).await.unwrap().state, State::Open);
    world.log(account, Kind::MessengerCall, world.members[0], world.now(), true, true, None).await;
    let met = world.owed("weekly_call", account, MONDAY).await.unwrap();
    assert_eq!((met.state, met.done, met.recorded_late), (State::Met, 1, false));
}

async fn an_unanswered_call_is_logged_but_does_not_count(database: &TestDatabase) {
    let (mut world, account) = settled(database).await;
    world.log(account, Kind::PhoneCall, world.members[0], world.now(), false, true, None).await;
    assert_eq!(world.owed("weekly_call", account, MONDAY).await.unwrap().state, State::Open);
}

async fn a_video_meeting_is_neither_a_call_nor_face_to_face(database: &TestDatabase) {
    let (mut world, account) = settled(database).await;
    world.log(account, Kind::VideoMeeting, world.members[0], world.now(), true, true, None).await;
    assert_eq!(world.owed("weekly_call", account, MONDAY).await.unwrap().state, State::Open);
    assert_eq!(world.owed("monthly_visit", account, "2026-03-01").await.unwrap().state, State::Open);
    world.log(account, Kind::Visit, world.members[0], world.now(), true, true, None).await;
    assert_eq!(world.owed("monthly_visit", account, "2026-03-01").await.unwrap().state, State::Met);
}

async fn a_call_entered_within_two_working_days_of_the_week_is_met_and_marked(database: &TestDatabase) {
    let (mut world, account) = settled(database).await;
    world.set(at("2026-03-10", "17:00"));
    world.tick().await;
    world.log(account, Kind::PhoneCall, world.members[0], at("2026-03-05", "10:00"), true, true, None).await;
    let met = world.owed("weekly_call", account, MONDAY).await.unwrap();
    assert_eq!((met.state, met.recorded_late), (State::Met, true));
}

async fn a_call_entered_later_is_met_late_once_the_leader_confirms(database: &TestDatabase) {
    let (mut world, account) = settled(database).await;
    world.set(at("2026-03-11", "00:00"));
    world.tick().await;
    assert_eq!(world.owed("weekly_call", account, MONDAY).await.unwrap().state, State::Missed);
    world.log(account, Kind::PhoneCall, world.members[0], at("2026-03-05", "10:00"), true, true, None).await;
    let waiting = world.owed("weekly_call", account, MONDAY).await.unwrap();
    assert_eq!((waiting.state, waiting.to_confirm), (State::Missed, true));
    world.mark(&waiting, "confirmed_at").await;
    let late = world.owed("weekly_call", account, MONDAY).await.unwrap();
    assert_eq!((late.state, late.to_confirm), (State::MetLate, false));
}

async fn the_week_in_which_an_account_is_made_can_be_met_but_never_missed(database: &TestDatabase) {
    let (mut world, _) = settled(database).await;
    world.set(at("2026-03-04", "10:00"));
    let manager = world.members[0];
    let missed = world.account("青瑞乳业股份有限公司", manager, "key").await;
    let met = world.account("中鼎医药集团有限公司", manager, "key").await;
    world.log(met, Kind::PhoneCall, manager, at("2026-03-03", "10:00"), true, true, None).await;
    world.set(at("2026-03-20", "10:00"));
    world.tick().await;
    assert_eq!(world.owed("weekly_call", missed, MONDAY).await.unwrap().state, State::Cancelled);
    assert_eq!(world.owed("weekly_call", met, MONDAY).await.unwrap().state, State::Met);
    assert_eq!(world.owed("weekly_call", missed, "2026-03-09").await.unwrap().state, State::Missed);
}

async fn a_week_of_fewer_than_three_working_days_owes_no_call(database: &TestDatabase) {
    let (mut world, account) = settled(database).await;
    for day in ["2026-03-10", "2026-03-11", "2026-03-12"] {
        world.change_day(day.parse().unwrap(), false).await;
    }
    world.set(at("2026-03-16", "10:00"));
    world.tick().await;
    assert_eq!(world.owed("weekly_call", account, "2026-03-09").await, None);
    assert!(world.owed("weekly_call", account, "2026-03-16").await.is_some());
}

async fn an_account_that_is_not_key_owes_nothing(database: &TestDatabase) {
    let (mut world, account) = settled(database).await;
    let general = world.account("安信水务有限公司", world.members[0], "general").await;
    assert_eq!(world.owed("weekly_call", general, MONDAY).await, None);
    world.set_tier(account, "general").await;
    assert_eq!(world.owed("weekly_call", account, MONDAY).await.unwrap().state, State::Cancelled);
}

async fn the_deputy_owes_what_falls_due_in_a_leave_and_may_meet_it(database: &TestDatabase) {
    let (mut world, account) = settled(database).await;
    let (manager, deputy) = (world.members[0], world.members[1]);
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    assert!(world.leave(manager, deputy, day("2026-03-04"), day("2026-03-13")).await);
    assert_eq!(world.owed("weekly_call", account, MONDAY).await.unwrap().owner, deputy);
    world.set(at("2026-03-05", "15:00"));
    world.log(account, Kind::PhoneCall, deputy, world.now(), true, true, None).await;
    let met = world.owed("weekly_call", account, MONDAY).await.unwrap();
    assert_eq!((met.state, met.owner), (State::Met, deputy));
}

async fn a_handover_moves_what_is_open_and_leaves_history(database: &TestDatabase) {
    let (mut world, account) = settled(database).await;
    let (before, after) = (world.members[0], world.members[1]);
    world.set(at("2026-03-11", "09:00"));
    world.tick().await;
    let reply_by = Some("2026-03-20".parse().unwrap());
    world.log(account, Kind::Visit, before, world.now(), true, true, reply_by).await;
    world.advance(Duration::hours(1));
    world.hand_over(account, after).await;
    let missed = world.owed("weekly_call", account, MONDAY).await.unwrap();
    assert_eq!((missed.state, missed.owner), (State::Missed, before));
    assert_eq!(world.owed("weekly_call", account, "2026-03-09").await.unwrap().owner, after);
    let question = world.ledger().await.into_iter().find(|o| o.rule == "question_answered").unwrap();
    assert_eq!((question.owner, question.acting), (after, after));
}

async fn minutes_due_on_a_day_off_roll_to_noon_of_the_next_working_day(database: &TestDatabase) {
    let (mut world, account) = settled(database).await;
    world.set(at("2026-03-06", "16:00"));
    let visit = world.log(account, Kind::Visit, world.members[0], world.now(), true, true, None).await;
    let due = |ledger: Vec<kehu_rulebook::obligations::Obligation>| {
        ledger.into_iter().find(|o| o.rule == "minutes_sent").unwrap()
    };
    let minutes = due(world.ledger().await);
    assert_eq!((minutes.state, minutes.due_at), (State::Open, at("2026-03-09", "12:00")));
    world.advance(Duration::hours(20));
    world.send_minutes(visit).await;
    assert_eq!(due(world.ledger().await).state, State::Met);
}

async fn deleting_the_evidence_opens_the_obligation_again(database: &TestDatabase) {
    let (mut world, account) = settled(database).await;
    let call = world.log(account, Kind::PhoneCall, world.members[0], world.now(), true, true, None).await;
    assert_eq!(world.owed("weekly_call", account, MONDAY).await.unwrap().state, State::Met);
    world.delete_or_restore(call).await;
    let open = world.owed("weekly_call", account, MONDAY).await.unwrap();
    assert_eq!((open.state, open.done), (State::Open, 0));
    world.delete_or_restore(call).await;
    assert_eq!(world.owed("weekly_call", account, MONDAY).await.unwrap().state, State::Met);
}

async fn the_clock_catches_up_after_a_standstill_and_asking_twice_changes_nothing(database: &TestDatabase) {
    let (world, account) = settled(database).await;
    world.set(at("2026-04-02", "09:00"));
    world.tick().await;
    for week in ["2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23"] {
        assert_eq!(world.owed("weekly_call", account, week).await.unwrap().state, State::Missed, "{week}");
    }
    assert_eq!(world.owed("monthly_visit", account, "2026-03-01").await.unwrap().state, State::Open);
    let once = world.ledger().await;
    world.tick().await;
    assert_eq!(once, world.ledger().await);
}
