//! Signing in, staying signed in and signing out, on both databases.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use chrono::Duration;
use kehu_testkit::{TestDatabase, both_databases};

use super::*;
use crate::directory::reset_password;
use crate::directory::tests::{Company, refused};
use crate::error::Error;

both_databases!(crate::directory::tests::migrated =>
    the_right_password_opens_a_session,
    too_many_attempts_are_refused_for_a_while,
    a_session_that_is_not_used_ends,
    a_device_is_signed_out_by_its_owner,
    a_new_password_signs_the_other_devices_out,
    a_reset_password_is_shown_once_and_works,
);

impl Company {
    async fn signs_in(&self, login: &str, password: &str) -> Result<String, SignInRefusal> {
        sign_in(&self.app.db, self.now(), login, password, "Firefox", "10.0.0.1").await
    }

    async fn session(&self, token: &str) -> Option<Session> {
        identify(&self.app, token, self.now()).await.unwrap()
    }
}

async fn the_right_password_opens_a_session(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    assert!(matches!(company.signs_in("admin", "wrong").await, Err(SignInRefusal::Wrong)));
    assert!(matches!(company.signs_in("nobody", "wrong").await, Err(SignInRefusal::Wrong)));
    let token = company.signs_in(" ADMIN ", "sehr-geheim").await.unwrap();
    let session = company.session(&token).await.unwrap();
    assert_eq!((session.member, session.zone.name()), (company.administrator, "Asia/Shanghai"));
    sign_out(&company.app.db, company.now(), &session).await.unwrap();
    assert!(company.session(&token).await.is_none());
}

async fn too_many_attempts_are_refused_for_a_while(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    for _ in 0..8 {
        assert!(matches!(company.signs_in("admin", "wrong").await, Err(SignInRefusal::Wrong)));
    }
    assert!(matches!(company.signs_in("admin", "sehr-geheim").await, Err(SignInRefusal::TooMany)));
    company.app.clock.advance(Duration::minutes(16));
    company.signs_in("admin", "sehr-geheim").await.unwrap();
}

async fn a_session_that_is_not_used_ends(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let token = company.signs_in("admin", "sehr-geheim").await.unwrap();
    company.app.clock.advance(Duration::days(14));
    assert!(company.session(&token).await.is_some());
    company.app.clock.advance(Duration::minutes(1));
    assert!(company.session(&token).await.is_none());
}

async fn a_device_is_signed_out_by_its_owner(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let (first, second) = (
        company.signs_in("admin", "sehr-geheim").await.unwrap(),
        company.signs_in("admin", "sehr-geheim").await.unwrap(),
    );
    let (here, there) = (company.session(&first).await.unwrap(), company.session(&second).await.unwrap());
    assert_eq!(devices(company.app.db.read(), company.administrator).await.unwrap().len(), 2);
    let stranger = crate::directory::Member {
        id: kehu_core::MemberId::new(company.now()),
        ..company.member(company.administrator).await
    };
    let other = kehu_core::Actor { member: Some(stranger.id), ..here.actor.clone() };
    let outcome = revoke_device(&company.app.db, company.now(), &other, there.id).await;
    assert!(matches!(outcome, Err(Error::NotFound)), "only one's own");
    revoke_other_devices(&company.app.db, company.now(), &here.actor, here.id).await.unwrap();
    assert!(company.session(&first).await.is_some() && company.session(&second).await.is_none());
}

async fn a_new_password_signs_the_other_devices_out(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let (first, second) = (
        company.signs_in("admin", "sehr-geheim").await.unwrap(),
        company.signs_in("admin", "sehr-geheim").await.unwrap(),
    );
    let here = company.session(&first).await.unwrap();
    let change = async |old: &str, new: &str| {
        change_password(&company.app.db, company.now(), &here.actor, here.id, old, new).await
    };
    assert_eq!(refused(change("falsch", "ganz-neu-1").await), [("old_password".to_owned(), "wrong")]);
    assert_eq!(refused(change("sehr-geheim", "kurz").await), [("new_password".to_owned(), "too_short")]);
    assert_eq!(refused(change("sehr-geheim", "Admin12345").await), [("new_password".to_owned(), "contains_login")]);
    change("sehr-geheim", "ganz-neu-1").await.unwrap();
    assert!(company.session(&first).await.is_some() && company.session(&second).await.is_none());
    company.signs_in("admin", "ganz-neu-1").await.unwrap();
}

async fn a_reset_password_is_shown_once_and_works(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let token = company.signs_in("admin", "sehr-geheim").await.unwrap();
    let admin = company.actor(company.administrator).await;
    let admin = admin.administrator().unwrap();
    let random =
        reset_password(&company.app, admin, company.now(), company.administrator, None).await.unwrap().unwrap();
    assert!(company.session(&token).await.is_none());
    company.signs_in("admin", &random).await.unwrap();
    let given = Some("von-hand-1".to_owned());
    let shown = reset_password(&company.app, admin, company.now(), company.administrator, given).await.unwrap();
    assert_eq!(shown, None);
    company.signs_in("admin", "von-hand-1").await.unwrap();
}
