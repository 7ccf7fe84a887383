//! The account team: who serves the account in which role.

use axum::Router;
use axum::extract::Path;
use axum::routing::post;
use kehu_core::{AccountId, MemberId};
use kehu_platform::db::Lock;
use kehu_platform::web::{Answer, App, Form, Page};
use kehu_platform::{Error, Invalid};

use crate::accounts::{self, AccountRole, editor};
use crate::t::accounts as t;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/accounts/{id}/team", post(give)).route("/accounts/{id}/team/{member}/remove", post(take))
}

async fn give(page: Page, Path(id): Path<AccountId>, form: Form) -> Answer {
    // Who may not change it learns nothing about its fields either.
    editor(page.app.db.read(), &page.actor, id).await?;
    let mut invalid = Invalid::default();
    let member: Option<MemberId> = form.parsed("member", &mut invalid);
    let (Some(member), Some(role)) = (member, AccountRole::from_code(form.text("role"))) else {
        return Err(Error::from(Invalid::one("member", "required", t::choose_member)).into());
    };
    let (now, actor) = (page.now, page.actor.clone());
    page.app
        .db
        .write(Lock::account(id), async |tx| {
            let editor = editor(&**tx, &actor, id).await?;
            accounts::set_role(tx, &actor, now, &editor, member, role).await
        })
        .await?;
    Ok(page.done(&format!("/accounts/{id}#team"), t::changed(page.locale)))
}

async fn take(page: Page, Path((id, member)): Path<(AccountId, MemberId)>) -> Answer {
    let (now, actor) = (page.now, page.actor.clone());
    page.app
        .db
        .write(Lock::account(id), async |tx| {
            let editor = editor(&**tx, &actor, id).await?;
            accounts::unset_role(tx, &actor, now, &editor, member).await
        })
        .await?;
    Ok(page.done(&format!("/accounts/{id}#team"), t::changed(page.locale)))
}
