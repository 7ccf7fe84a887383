//! The account team: who serves the account in which role.

use axum::Router;
use axum::extract::Path;
use axum::routing::post;
use kehu_core::{AccountId, MemberId};
use kehu_platform::Invalid;
use kehu_platform::db::Lock;
use kehu_platform::web::{Answer, App, Form, Page};

use crate::accounts::{self, AccountRole, editor};
use crate::t::accounts as t;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/accounts/{id}/team", post(give)).route("/accounts/{id}/team/{member}/remove", post(take))
}

async fn give(page: Page, Path(id): Path<AccountId>, form: Form) -> Answer {
    let member: Option<MemberId> = form.parsed("member", &mut Invalid::default());
    let role = AccountRole::from_code(form.text("role"));
    let (now, actor) = (page.now, page.actor.clone());
    page.app
        .db
        .write(Lock::account(id), async |tx| {
            // Who may not change it learns nothing about its fields either.
            let editor = editor(&**tx, &actor, id).await?;
            let (Some(member), Some(role)) = (member, role) else {
                return Err(Invalid::one("member", "required", t::choose_member).into());
            };
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
