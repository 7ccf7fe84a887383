use kehu_testkit::{TestDatabase, both_databases};

use super::*;

both_databases!(crate::directory::tests::migrated =>
    a_leader_holds_the_position,
    placing_somebody_takes_them_out_of_their_old_team,
    a_team_is_archived_when_nobody_is_in_it,
    a_department_names_an_active_liaison,
);

async fn a_leader_holds_the_position(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let manager = company.joins("manager", &[Position::AccountManager]).await;
    let admin = company.actor(company.administrator).await;
    let admin = admin.administrator().unwrap();
    let draft = TeamDraft { name: "华东".to_owned(), leader: Some(manager), members: vec![] };
    assert_eq!(refused(add_team(&company.app, admin, company.now(), draft).await), field("leader", "not_a_leader"));

    let lead = company.joins("lead", &[Position::TeamLead]).await;
    let draft = TeamDraft { name: "华东".to_owned(), leader: Some(lead), members: vec![manager] };
    let team = add_team(&company.app, admin, company.now(), draft.clone()).await.unwrap();
    assert_eq!(refused(add_team(&company.app, admin, company.now(), draft).await), field("name", "taken"));
    assert!(company.actor(lead).await.leads(team));
    assert_eq!(company.member(lead).await.team, Some(team), "the leader belongs to the team");

    let known = company.member(lead).await;
    let draft = MemberDraft { positions: [Position::AccountManager].into_iter().collect(), ..(&known).into() };
    let outcome = edit_member(&company.app, admin, company.now(), lead, known.version, draft).await;
    assert_eq!(refused(outcome), field("positions", "leads_a_team"));
}

async fn placing_somebody_takes_them_out_of_their_old_team(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let manager = company.joins("manager", &[Position::AccountManager]).await;
    let admin = company.actor(company.administrator).await;
    let admin = admin.administrator().unwrap();
    let draft = |name: &str| TeamDraft { name: name.to_owned(), leader: None, members: vec![manager] };
    let east = add_team(&company.app, admin, company.now(), draft("华东")).await.unwrap();
    let south = add_team(&company.app, admin, company.now(), draft("华南")).await.unwrap();
    assert_eq!(company.member(manager).await.team, Some(south));
    assert_eq!(company.verbs("member", manager).await, ["added", "edited", "edited"]);
    let empty = TeamDraft { name: "华南".to_owned(), ..TeamDraft::default() };
    edit_team(&company.app, admin, company.now(), south, 1, empty.clone()).await.unwrap();
    assert_eq!(company.member(manager).await.team, None);
    let late = edit_team(&company.app, admin, company.now(), south, 1, empty).await;
    assert!(matches!(late, Err(Error::Stale)));
    assert_ne!(east, south);
}

async fn a_team_is_archived_when_nobody_is_in_it(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let manager = company.joins("manager", &[Position::AccountManager]).await;
    let admin = company.actor(company.administrator).await;
    let admin = admin.administrator().unwrap();
    let draft = TeamDraft { name: "华东".to_owned(), leader: None, members: vec![manager] };
    let team = add_team(&company.app, admin, company.now(), draft).await.unwrap();
    let outcome = archive_team(&company.app, admin, company.now(), team, 1, true).await;
    assert_eq!(conflict(outcome), Some("team_not_empty"));
    let draft = TeamDraft { name: "华东".to_owned(), ..TeamDraft::default() };
    edit_team(&company.app, admin, company.now(), team, 1, draft).await.unwrap();
    archive_team(&company.app, admin, company.now(), team, 2, true).await.unwrap();

    let draft = MemberDraft { team: Some(team), ..company.draft("new", "新", &[Position::AccountManager]).await };
    let outcome = add_member(&company.app, admin, company.now(), draft, None).await;
    assert_eq!(refused(outcome), field("team", "unknown"));
    archive_team(&company.app, admin, company.now(), team, 3, false).await.unwrap();
    assert_eq!(company.verbs("team", team).await, ["added", "archived", "restored"]);
}

async fn a_department_names_an_active_liaison(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let liaison = company.joins("liaison", &[Position::DepartmentStaff]).await;
    let admin = company.actor(company.administrator).await;
    let admin = admin.administrator().unwrap();
    let nobody = Some(MemberId::new(company.now()));
    let draft = DepartmentDraft { name: "研发部".to_owned(), liaison: nobody };
    let outcome = add_department(&company.app, admin, company.now(), draft).await;
    assert_eq!(refused(outcome), field("liaison", "unknown"));
    let draft = DepartmentDraft { name: "研发部".to_owned(), liaison: Some(liaison) };
    let id = add_department(&company.app, admin, company.now(), draft).await.unwrap();
    let today = date("2026-11-24");
    let outcome = leave_company(&company.app, admin, company.now(), liaison, 1, today).await;
    assert_eq!(conflict(outcome), Some("still_holds"));
    let draft = DepartmentDraft { name: "研发中心".to_owned(), liaison: None };
    edit_department(&company.app, admin, company.now(), id, 1, draft).await.unwrap();
    leave_company(&company.app, admin, company.now(), liaison, 1, today).await.unwrap();
}
