//! Waivers, late confirmations and explanations.

use kehu_testkit::{TestDatabase, both_databases};

use super::{State, World, refusal, unread_answers};

both_databases!(crate::obligations::tests::migrated =>
    a_waiver_is_asked_by_whoever_owes_and_decided_by_the_leader,
    nobody_approves_their_own_waiver,
    a_leaders_waiver_goes_to_leadership,
    without_a_leader_leadership_decides,
    a_decided_waiver_is_not_decided_again,
    a_refusal_needs_words_and_changes_nothing,
    what_is_settled_needs_no_waiver_and_one_request_waits_at_a_time,
    a_leader_waives_unasked_and_gives_the_reason,
    a_late_record_is_confirmed_by_the_leader_once,
    only_whoever_owed_explains_and_no_change_is_lost,
    the_leader_answers_an_explanation_and_whoever_explained_is_told,
    leadership_answers_a_leaders_own_explanation,
);

async fn a_waiver_is_asked_by_whoever_owes_and_decided_by_the_leader(database: &TestDatabase) {
    let world = World::new(database).await;
    let id = world.owes(world.manager, Some(world.team), State::Missed).await;
    assert_eq!(refusal(world.asks(world.colleague, id, "停产检修").await), "forbidden");
    assert_eq!(refusal(world.asks(world.lead, id, "停产检修").await), "forbidden", "the leader owes nothing here");
    let waiver = world.asks(world.manager, id, "停产检修").await.unwrap();
    assert_eq!(world.waiting_for(world.lead).await, (1, 0));
    assert_eq!(world.waiting_for(world.leadership).await, (0, 0));
    assert_eq!(world.waiting_for(world.other_lead).await, (0, 0));
    for stranger in [world.other_lead, world.leadership, world.hr, world.administrator, world.colleague] {
        assert_eq!(refusal(world.decides(stranger, waiver, true, "").await), "forbidden");
    }
    world.decides(world.lead, waiver, true, "").await.unwrap();
    let waived = world.obligation(id).await;
    assert_eq!((waived.state, waived.waived_at), (State::Waived, Some(world.now())));
    assert_eq!(world.verbs("waiver", waiver).await, ["asked", "approved"]);
    assert_eq!(world.waiting_for(world.lead).await, (0, 0));
}

async fn nobody_approves_their_own_waiver(database: &TestDatabase) {
    let world = World::new(database).await;
    let of_lead = world.owes(world.lead, Some(world.team), State::Open).await;
    let waiver = world.asks(world.lead, of_lead, "出差").await.unwrap();
    assert_eq!(refusal(world.decides(world.lead, waiver, true, "").await), "forbidden");
    let of_leadership = world.owes(world.leadership, None, State::Open).await;
    let waiver = world.asks(world.leadership, of_leadership, "出差").await.unwrap();
    assert_eq!(world.waiting_for(world.leadership).await, (1, 0), "the leader's, not their own");
    assert_eq!(refusal(world.decides(world.leadership, waiver, true, "").await), "forbidden");
    world.decides(world.second_leadership, waiver, true, "").await.unwrap();
}

async fn a_leaders_waiver_goes_to_leadership(database: &TestDatabase) {
    let world = World::new(database).await;
    let id = world.owes(world.lead, Some(world.team), State::Open).await;
    let waiver = world.asks(world.lead, id, "客户停产").await.unwrap();
    assert_eq!(world.waiting_for(world.lead).await, (0, 0));
    assert_eq!(world.waiting_for(world.leadership).await, (1, 0));
    world.decides(world.leadership, waiver, true, "同意").await.unwrap();
    assert_eq!(world.obligation(id).await.state, State::Waived);
}

async fn without_a_leader_leadership_decides(database: &TestDatabase) {
    let world = World::new(database).await;
    let id = world.owes(world.manager, None, State::Open).await;
    let waiver = world.asks(world.manager, id, "客户停产").await.unwrap();
    assert_eq!(refusal(world.decides(world.lead, waiver, true, "").await), "forbidden");
    assert_eq!(world.waiting_for(world.leadership).await, (1, 0));
    world.decides(world.leadership, waiver, true, "").await.unwrap();
}

async fn a_decided_waiver_is_not_decided_again(database: &TestDatabase) {
    let world = World::new(database).await;
    let id = world.owes(world.manager, Some(world.team), State::Open).await;
    let waiver = world.asks(world.manager, id, "客户停产").await.unwrap();
    world.decides(world.lead, waiver, false, "客户没有停产").await.unwrap();
    assert_eq!(refusal(world.decides(world.lead, waiver, true, "").await), "decided_already");
    assert_eq!(world.obligation(id).await.state, State::Open);
}

async fn a_refusal_needs_words_and_changes_nothing(database: &TestDatabase) {
    let world = World::new(database).await;
    let id = world.owes(world.manager, Some(world.team), State::Missed).await;
    assert_eq!(refusal(world.asks(world.manager, id, "  ").await), "required");
    assert_eq!(refusal(world.asks(world.manager, id, &"字".repeat(501)).await), "too_long");
    let waiver = world.asks(world.manager, id, "忘了").await.unwrap();
    assert_eq!(refusal(world.decides(world.lead, waiver, false, " ").await), "required");
    world.decides(world.lead, waiver, false, "不是理由").await.unwrap();
    assert_eq!(world.obligation(id).await.state, State::Missed);
    world.asks(world.manager, id, "客户停产").await.unwrap();
}

async fn what_is_settled_needs_no_waiver_and_one_request_waits_at_a_time(database: &TestDatabase) {
    let world = World::new(database).await;
    let met = world.owes(world.manager, Some(world.team), State::Met).await;
    assert_eq!(refusal(world.asks(world.manager, met, "停产").await), "settled");
    let open = world.owes(world.manager, Some(world.team), State::Open).await;
    world.asks(world.manager, open, "停产").await.unwrap();
    assert_eq!(refusal(world.asks(world.manager, open, "停产").await), "asked_already");
}

async fn a_late_record_is_confirmed_by_the_leader_once(database: &TestDatabase) {
    let world = World::new(database).await;
    let mut wanted = world.wanted(world.manager, Some(world.team), State::Missed);
    wanted.to_confirm = true;
    let id = world.enters(wanted).await;
    assert_eq!(world.waiting_for(world.lead).await, (0, 1));
    for stranger in [world.manager, world.other_lead, world.leadership, world.hr] {
        assert_eq!(refusal(world.confirms(stranger, id).await), "forbidden");
    }
    world.confirms(world.lead, id).await.unwrap();
    let confirmed = world.obligation(id).await;
    assert_eq!((confirmed.state, confirmed.confirmed_by), (State::MetLate, Some(world.lead)));
    assert_eq!(refusal(world.confirms(world.lead, id).await), "nothing_to_confirm");
    let own = world.owes(world.lead, Some(world.team), State::Missed).await;
    assert_eq!(refusal(world.confirms(world.lead, own).await), "forbidden");
}

async fn only_whoever_owed_explains_and_no_change_is_lost(database: &TestDatabase) {
    let world = World::new(database).await;
    let id = world.owes(world.manager, Some(world.team), State::Missed).await;
    assert_eq!(refusal(world.explains(world.lead, id, 1, "他忘了").await), "forbidden");
    assert_eq!(refusal(world.explains(world.manager, id, 1, "").await), "required");
    world.explains(world.manager, id, 1, "客户停产检修").await.unwrap();
    assert_eq!(refusal(world.explains(world.manager, id, 1, "另一个说法").await), "stale");
    let explained = world.obligation(id).await;
    assert_eq!(explained.explanation.as_deref(), Some("客户停产检修"));
    assert_eq!(explained.state, State::Missed, "an explanation changes no state");
    assert_eq!(world.verbs("obligation", id).await, ["explained"]);
    let met = world.owes(world.manager, Some(world.team), State::Met).await;
    assert_eq!(refusal(world.explains(world.manager, met, 1, "按时").await), "nothing_to_explain");
}

async fn a_leader_waives_unasked_and_gives_the_reason(database: &TestDatabase) {
    let world = World::new(database).await;
    let id = world.owes(world.manager, Some(world.team), State::Missed).await;
    for stranger in [world.manager, world.colleague, world.other_lead, world.leadership, world.hr, world.administrator]
    {
        assert_eq!(refusal(world.grants(stranger, id, "停产检修").await), "forbidden");
    }
    assert_eq!(refusal(world.grants(world.lead, id, " ").await), "required");
    let waiver = world.grants(world.lead, id, "停产检修").await.unwrap();
    assert_eq!(world.obligation(id).await.state, State::Waived);
    assert_eq!(world.verbs("waiver", waiver).await, ["granted"]);
    assert_eq!(refusal(world.grants(world.lead, id, "停产检修").await), "settled");
    let asked = world.owes(world.manager, Some(world.team), State::Open).await;
    world.asks(world.manager, asked, "客户放假").await.unwrap();
    assert_eq!(refusal(world.grants(world.lead, asked, "客户放假").await), "asked_already");
    let own = world.owes(world.lead, Some(world.team), State::Open).await;
    assert_eq!(refusal(world.grants(world.lead, own, "出差").await), "forbidden");
}

async fn the_leader_answers_an_explanation_and_whoever_explained_is_told(database: &TestDatabase) {
    let world = World::new(database).await;
    let id = world.owes(world.manager, Some(world.team), State::Missed).await;
    assert_eq!(refusal(world.answers(world.lead, id, 1, "下次早说").await), "nothing_to_answer");
    world.explains(world.manager, id, 1, "客户停产检修").await.unwrap();
    assert_eq!(world.to_answer(world.lead).await, 1);
    for stranger in [world.manager, world.colleague, world.other_lead, world.leadership, world.hr, world.administrator]
    {
        assert_eq!(refusal(world.answers(stranger, id, 2, "下次早说").await), "forbidden");
        assert_eq!(world.to_answer(stranger).await, 0);
    }
    assert_eq!(refusal(world.answers(world.lead, id, 1, "下次早说").await), "stale", "not what the leader read");
    assert_eq!(refusal(world.answers(world.lead, id, 2, " ").await), "required");
    world.answers(world.lead, id, 2, " 下次早说 ").await.unwrap();
    assert_eq!(world.to_answer(world.lead).await, 0);
    assert_eq!(world.obligation(id).await.state, State::Missed, "an answer changes no state");
    assert_eq!(world.verbs("obligation", id).await, ["explained", "answered"]);
    let unread = unread_answers(world.app.db.read(), world.manager).await.unwrap();
    assert_eq!((unread.len(), unread[0].words.as_str(), unread[0].answerer.as_str()), (1, "下次早说", "lead"));
    assert_eq!(refusal(world.reads_answer(world.lead, id).await), "forbidden");
    world.reads_answer(world.manager, id).await.unwrap();
    assert!(unread_answers(world.app.db.read(), world.manager).await.unwrap().is_empty());
    world.answers(world.lead, id, 3, "下次早一天说").await.unwrap();
    assert_eq!(
        unread_answers(world.app.db.read(), world.manager).await.unwrap().len(),
        1,
        "another answer is told again"
    );
}

async fn leadership_answers_a_leaders_own_explanation(database: &TestDatabase) {
    let world = World::new(database).await;
    let id = world.owes(world.lead, Some(world.team), State::Missed).await;
    world.explains(world.lead, id, 1, "出差").await.unwrap();
    assert_eq!((world.to_answer(world.lead).await, world.to_answer(world.leadership).await), (0, 1));
    assert_eq!(refusal(world.answers(world.lead, id, 2, "好").await), "forbidden");
    world.answers(world.leadership, id, 2, "请安排人代办").await.unwrap();
    assert_eq!(unread_answers(world.app.db.read(), world.lead).await.unwrap().len(), 1);
}
