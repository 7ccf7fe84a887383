use kehu_core::LeaveId;
use kehu_testkit::{TestDatabase, both_databases};

use super::*;

both_databases!(crate::directory::tests::migrated =>
    the_deputy_is_somebody_else_who_is_there,
    leaves_of_one_member_do_not_overlap,
    own_leaves_begin_today_at_the_earliest,
    only_those_concerned_keep_a_leave,
    other_areas_are_told_of_a_leave_in_its_transaction,
    a_running_leave_ends_early_and_keeps_its_past,
    a_colleague_who_stands_in_hands_that_over_before_leaving,
);

fn draft(deputy: MemberId, first: &str, last: &str) -> LeaveDraft {
    LeaveDraft { deputy: Some(deputy), starts_on: Some(date(first)), ends_on: Some(date(last)), reason: String::new() }
}

impl Company {
    async fn announces(&self, who: MemberId, of: MemberId, draft: LeaveDraft) -> Result<LeaveId, Error> {
        let actor = self.actor(who).await;
        let keeper = LeaveKeeper::of(&actor, &self.member(of).await)?;
        announce_leave(&self.app, keeper, self.now(), draft).await
    }

    async fn cancels(&self, who: MemberId, of: MemberId, leave: LeaveId) -> Result<(), Error> {
        let actor = self.actor(who).await;
        let keeper = LeaveKeeper::of(&actor, &self.member(of).await)?;
        cancel_leave(&self.app, keeper, self.now(), leave).await
    }
}

async fn the_deputy_is_somebody_else_who_is_there(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let [a, b, c] = [
        company.joins("aa", &[Position::AccountManager]).await,
        company.joins("bb", &[Position::AccountManager]).await,
        company.joins("cc", &[Position::AccountManager]).await,
    ];
    let own = company.announces(a, a, draft(a, "2026-12-01", "2026-12-03")).await;
    assert_eq!(refused(own), field("deputy", "own"));
    company.announces(b, b, draft(c, "2026-12-03", "2026-12-04")).await.unwrap();
    let away = company.announces(a, a, draft(b, "2026-12-01", "2026-12-03")).await;
    assert_eq!(refused(away), field("deputy", "away"));
    company.announces(a, a, draft(b, "2026-12-01", "2026-12-02")).await.unwrap();
    let nobody = LeaveDraft { deputy: None, ..draft(b, "2026-12-21", "2026-12-20") };
    let fields: Vec<String> =
        refused(company.announces(a, a, nobody).await).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["ends_on", "deputy"]);
}

async fn leaves_of_one_member_do_not_overlap(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let [a, b] = [
        company.joins("aa", &[Position::AccountManager]).await,
        company.joins("bb", &[Position::AccountManager]).await,
    ];
    company.announces(a, a, draft(b, "2026-12-01", "2026-12-03")).await.unwrap();
    let again = company.announces(a, a, draft(b, "2026-12-03", "2026-12-05")).await;
    assert_eq!(refused(again), field("starts_on", "overlaps"));
    company.announces(a, a, draft(b, "2026-12-04", "2026-12-05")).await.unwrap();
}

async fn own_leaves_begin_today_at_the_earliest(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let [a, b] = [
        company.joins("aa", &[Position::AccountManager]).await,
        company.joins("bb", &[Position::AccountManager]).await,
    ];
    let yesterday = company.announces(a, a, draft(b, "2026-11-23", "2026-11-25")).await;
    assert_eq!(refused(yesterday), field("starts_on", "past"));
    let long_ago = company.announces(company.administrator, a, draft(b, "2026-10-01", "2026-10-02")).await;
    assert_eq!(refused(long_ago), field("starts_on", "past"));
    company.announces(company.administrator, a, draft(b, "2026-11-20", "2026-11-25")).await.unwrap();
}

async fn only_those_concerned_keep_a_leave(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let lead = company.joins("lead", &[Position::TeamLead]).await;
    let hr = company.joins("hr", &[Position::HumanResources]).await;
    let [a, b] = [
        company.joins("aa", &[Position::AccountManager]).await,
        company.joins("bb", &[Position::AccountManager]).await,
    ];
    let admin = company.actor(company.administrator).await;
    let team = TeamDraft { name: "华东".to_owned(), leader: Some(lead), members: vec![a] };
    add_team(&company.app, admin.administrator().unwrap(), company.now(), team).await.unwrap();
    let outcome = company.announces(b, a, draft(b, "2026-12-01", "2026-12-01")).await;
    assert!(matches!(outcome, Err(Error::Forbidden)), "a colleague does not");
    company.announces(lead, a, draft(b, "2026-12-01", "2026-12-01")).await.unwrap();
    company.announces(hr, a, draft(b, "2026-12-02", "2026-12-02")).await.unwrap();
    let outcome = company.announces(lead, b, draft(a, "2026-12-07", "2026-12-07")).await;
    assert!(matches!(outcome, Err(Error::Forbidden)), "nor the leader of another team");
}

async fn other_areas_are_told_of_a_leave_in_its_transaction(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let [a, b] = [
        company.joins("aa", &[Position::AccountManager]).await,
        company.joins("bb", &[Position::AccountManager]).await,
    ];
    let event = DirectoryEvent::LeaveChanged { member: a, first_day: date("2026-12-01"), last_day: date("2026-12-03") };
    let leave = company.announces(a, a, draft(b, "2026-12-01", "2026-12-03")).await.unwrap();
    assert_eq!(company.told(), std::slice::from_ref(&event));
    let leaves = leaves_between(company.app.db.read(), date("2026-12-02"), date("2026-12-02")).await.unwrap();
    assert_eq!(in_charge(&leaves, a, date("2026-12-02")), b);
    assert_eq!(in_charge(&leaves, a, date("2026-12-04")), a);
    company.cancels(a, a, leave).await.unwrap();
    assert_eq!(company.told(), [event]);
    assert!(leaves_of(company.app.db.read(), a).await.unwrap().is_empty());
    assert_eq!(company.verbs("member", a).await, ["added", "leave_announced", "leave_cancelled"]);
}

async fn a_running_leave_ends_early_and_keeps_its_past(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let [a, b] = [
        company.joins("aa", &[Position::AccountManager]).await,
        company.joins("bb", &[Position::AccountManager]).await,
    ];
    let leave = company.announces(a, a, draft(b, "2026-11-24", "2026-11-30")).await.unwrap();
    company.app.clock.advance(chrono::Duration::days(2));
    company.told();
    company.cancels(a, a, leave).await.unwrap();
    let left = leaves_of(company.app.db.read(), a).await.unwrap();
    assert_eq!((left[0].starts_on, left[0].ends_on), (date("2026-11-24"), date("2026-11-25")));
    let event = DirectoryEvent::LeaveChanged { member: a, first_day: date("2026-11-26"), last_day: date("2026-11-30") };
    assert_eq!(company.told(), [event]);
    assert_eq!(conflict(company.cancels(a, a, leave).await), Some("leave_over"));
}

async fn a_colleague_who_stands_in_hands_that_over_before_leaving(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let [a, b] = [
        company.joins("aa", &[Position::AccountManager]).await,
        company.joins("bb", &[Position::AccountManager]).await,
    ];
    let leave = company.announces(a, a, draft(b, "2026-12-01", "2026-12-03")).await.unwrap();
    let admin = company.actor(company.administrator).await;
    let admin = admin.administrator().unwrap();
    let outcome = leave_company(&company.app, admin, company.now(), b, 1, date("2026-11-24")).await;
    assert_eq!(conflict(outcome), Some("still_holds"));
    company.cancels(a, a, leave).await.unwrap();
    leave_company(&company.app, admin, company.now(), b, 1, date("2026-11-24")).await.unwrap();
    let outcome = company.announces(a, a, draft(b, "2026-12-01", "2026-12-03")).await;
    assert_eq!(refused(outcome), field("deputy", "unknown"), "who left stands in for nobody");
}
