use kehu_testkit::{TestDatabase, both_databases};
use serde_json::json;

use super::*;
use crate::db::Lock;

both_databases!(crate::directory::tests::migrated =>
    a_company_is_set_up_once,
    a_login_belongs_to_one_member,
    only_an_administrator_gets_the_key_to_change_members,
    a_change_is_journaled_with_what_was_before,
    a_change_on_an_old_reading_is_refused,
    the_last_administrator_stays,
    who_leads_a_team_hands_it_over_before_leaving,
    a_ledger_adds_managers_who_cannot_sign_in,
    members_change_their_own_language_and_zone,
);

async fn a_company_is_set_up_once(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let again = FirstAdministrator {
        login: "second".to_owned(),
        name: "李".to_owned(),
        password: "sehr-geheim".to_owned(),
        locale: Locale::En,
    };
    let draft = CompanyDraft { name: "B".to_owned(), zone: "Asia/Shanghai".to_owned() };
    let outcome = set_up(&company.app, company.now(), draft, again).await;
    assert_eq!(conflict(outcome), Some("already_set_up"));
    let admin = company.member(company.administrator).await;
    assert_eq!((admin.login.as_str(), admin.can_sign_in), ("admin", true));
}

async fn a_login_belongs_to_one_member(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    company.joins("linxiao", &[Position::AccountManager]).await;
    let admin = company.actor(company.administrator).await;
    let draft = company.draft(" LinXiao ", "林晓", &[Position::AccountManager]).await;
    let outcome = add_member(&company.app, admin.administrator().unwrap(), company.now(), draft, None).await;
    assert_eq!(refused(outcome), field("login", "taken"));
    let draft = company.draft("林", "", &[]).await;
    let outcome = add_member(&company.app, admin.administrator().unwrap(), company.now(), draft, None).await;
    let fields: Vec<String> = refused(outcome).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["login", "name", "positions"]);
}

async fn only_an_administrator_gets_the_key_to_change_members(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    for (login, position) in
        [("a1", Position::TeamLead), ("a2", Position::HumanResources), ("a3", Position::CompanyLeadership)]
    {
        let id = company.joins(login, &[position]).await;
        assert!(company.actor(id).await.administrator().is_err());
    }
}

async fn a_change_is_journaled_with_what_was_before(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let id = company.joins("linxiao", &[Position::AccountManager]).await;
    let admin = company.actor(company.administrator).await;
    let draft = MemberDraft { specialties: "电网".to_owned(), ..MemberDraft::from(&company.member(id).await) };
    edit_member(&company.app, admin.administrator().unwrap(), company.now(), id, 1, draft).await.unwrap();
    assert_eq!(company.verbs("member", id).await, ["added", "edited"]);
    let change = company.last_change("member", id).await;
    assert_eq!(change, (Some(json!({ "specialties": "" })), Some(json!({ "specialties": "电网" }))));
    let same = MemberDraft::from(&company.member(id).await);
    edit_member(&company.app, admin.administrator().unwrap(), company.now(), id, 2, same).await.unwrap();
    assert_eq!(company.member(id).await.version, 2, "saving without a change changes nothing");
}

async fn a_change_on_an_old_reading_is_refused(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let id = company.joins("linxiao", &[Position::AccountManager]).await;
    let admin = company.actor(company.administrator).await;
    let draft = |mobile: &str, known: &Member| MemberDraft { mobile: mobile.to_owned(), ..MemberDraft::from(known) };
    let read = company.member(id).await;
    let admin = admin.administrator().unwrap();
    edit_member(&company.app, admin, company.now(), id, 1, draft("138", &read)).await.unwrap();
    let late = edit_member(&company.app, admin, company.now(), id, 1, draft("139", &read)).await;
    assert!(matches!(late, Err(Error::Stale)));
    assert_eq!(company.member(id).await.mobile, "138");
}

async fn the_last_administrator_stays(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    // Somebody who could not sign in does not count.
    company.joins("second", &[Position::Administrator]).await;
    let admin = company.actor(company.administrator).await;
    let admin = admin.administrator().unwrap();
    let known = company.member(company.administrator).await;
    let draft = MemberDraft { positions: [Position::AccountManager].into_iter().collect(), ..(&known).into() };
    let outcome = edit_member(&company.app, admin, company.now(), company.administrator, known.version, draft).await;
    assert_eq!(refused(outcome), field("positions", "last_administrator"));
    let today = date("2026-11-24");
    let outcome = leave_company(&company.app, admin, company.now(), company.administrator, known.version, today).await;
    assert_eq!(conflict(outcome), Some("last_administrator"));
}

async fn who_leads_a_team_hands_it_over_before_leaving(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let lead = company.joins("lead", &[Position::TeamLead]).await;
    let admin = company.actor(company.administrator).await;
    let admin = admin.administrator().unwrap();
    let draft = TeamDraft { name: "华东".to_owned(), leader: Some(lead), members: vec![] };
    let team = add_team(&company.app, admin, company.now(), draft).await.unwrap();
    let today = date("2026-11-24");
    let version = company.member(lead).await.version;
    let outcome = leave_company(&company.app, admin, company.now(), lead, version, today).await;
    assert_eq!(conflict(outcome), Some("still_holds"));
    let held = company.app.held_by(&company.app.db.read().into(), lead, company.now()).await.unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].href, format!("/teams/{team}/edit"));

    let draft = TeamDraft { name: "华东".to_owned(), ..TeamDraft::default() };
    edit_team(&company.app, admin, company.now(), team, 1, draft).await.unwrap();
    let version = company.member(lead).await.version;
    let tomorrow = leave_company(&company.app, admin, company.now(), lead, version, date("2026-11-25")).await;
    assert_eq!(refused(tomorrow), field("left_on", "in_future"));
    leave_company(&company.app, admin, company.now(), lead, version, today).await.unwrap();
    assert_eq!(company.told(), [DirectoryEvent::MemberLeft { member: lead, left_on: today }]);
    assert!(
        actor(company.app.db.read(), lead, company.now(), Door::Web).await.unwrap().is_none(),
        "nobody acts who left"
    );

    let version = company.member(lead).await.version;
    rejoin(&company.app, admin, company.now(), lead, version).await.unwrap();
    assert!(company.member(lead).await.active);
}

async fn a_ledger_adds_managers_who_cannot_sign_in(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let actor = company.actor(company.administrator).await;
    let now = company.now();
    let ids = company
        .app
        .db
        .write(Lock::company(), async |tx| {
            let first = add_member_without_sign_in(tx, &actor, now, "王芳", None).await?;
            let second = add_member_without_sign_in(tx, &actor, now, "王芳", None).await?;
            Ok::<_, Error>([first, second])
        })
        .await
        .unwrap();
    let logins = [company.member(ids[0]).await.login, company.member(ids[1]).await.login];
    assert_eq!(logins, ["wangfang", "wangfang2"]);
    let added = company.member(ids[0]).await;
    assert!(added.positions.holds(Position::AccountManager) && !added.can_sign_in);
}

async fn members_change_their_own_language_and_zone(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let id = company.joins("linxiao", &[Position::AccountManager]).await;
    let actor = company.actor(id).await;
    let draft = ProfileDraft { locale: Locale::En, zone: "Mars/Olympus".to_owned(), ..ProfileDraft::default() };
    let outcome = edit_profile(&company.app, &actor, company.now(), 1, draft.clone()).await;
    assert_eq!(refused(outcome), field("zone", "unknown"));
    let draft = ProfileDraft { zone: "Asia/Taipei".to_owned(), ..draft };
    edit_profile(&company.app, &actor, company.now(), 1, draft).await.unwrap();
    let member = company.member(id).await;
    assert_eq!((member.locale.as_str(), member.zone.as_str()), ("en", "Asia/Taipei"));
    assert_eq!(company.verbs("member", id).await, ["added", "edited"]);
}
