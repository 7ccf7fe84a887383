//! The JSON door of accounts and of the people there. Numbers of people are masked for whoever is not
//! on the account team, as on the pages.

mod change;
mod contacts;
mod view;

use axum::Json;
use axum::response::IntoResponse as _;
use kehu_core::{AccountId, MemberId, TeamId};
use kehu_platform::db::Lock;
use kehu_platform::web::App;
use kehu_platform::web::api::{
    Answer, Asked, Caller, Cursor, Id, IfMatch, Json as Body, Limit, List, MadeBy, Once, Reply, Tagged,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use self::change::{AccountChange, NewAccountBody};
use self::view::AccountView;
use super::{Wanted, editor, list_after, viewer};
use crate::accounts;
use crate::duties::Books;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(one, change)).merge(contacts::routes())
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AccountsWanted {
    /// Part of a name, in either script or by its first letters in pinyin; the credit code or number.
    #[serde(default)]
    search: String,
    /// Code of a tier.
    #[serde(default)]
    #[param(example = "strategic")]
    tier: String,
    /// Code of a stage.
    #[serde(default)]
    #[param(example = "active")]
    stage: String,
    /// The account manager.
    owner: Option<Uuid>,
    /// The account manager's team.
    team: Option<Uuid>,
    /// Those that were archived instead of those that were not.
    #[serde(default)]
    archived: bool,
    /// How many at once.
    #[serde(default)]
    #[param(value_type = Option<u16>, minimum = 1, maximum = 200, default = 50)]
    limit: Limit,
    /// `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// List accounts
///
/// Those that the member may see, in the order of their numbers.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "accounts", operation_id = "list_accounts", params(AccountsWanted),
    responses((status = 200, description = "A part of the list", body = List<AccountView>)))]
async fn list(caller: Caller, Asked(asked): Asked<AccountsWanted>) -> Answer {
    let after = Cursor::read(asked.cursor.as_ref(), |place| place.parse::<i64>().ok())?;
    let on = caller.app.db.read();
    let wanted = Wanted {
        search: asked.search,
        tier: asked.tier,
        stage: asked.stage,
        owner: asked.owner.map(MemberId),
        team: asked.team.map(TeamId),
        archived: asked.archived,
        ..Wanted::default()
    };
    let listed = list_after(on, &caller.actor, caller.now, &wanted, after.unwrap_or(0), asked.limit.get() + 1).await?;
    let ids: Vec<Uuid> = listed.accounts.iter().map(|a| a.id.uuid()).collect();
    let mut makers = MadeBy::of(on, "account", &ids).await?;
    let views = listed.accounts.into_iter().map(|a| {
        let made_by = makers.remove(&a.id.uuid());
        AccountView::of(a, made_by)
    });
    Ok(Json(List::part(views.collect(), asked.limit, listed.total, |a| a.place.to_string())).into_response())
}

/// Read an account
#[utoipa::path(get, path = "/api/v1/accounts/{id}", tag = "accounts", operation_id = "read_account",
    params(("id" = Uuid, Path, description = "The account")),
    responses((status = 200, description = "The account; `ETag` is its version", body = AccountView)))]
async fn one(caller: Caller, Id(id): Id<AccountId>) -> Answer {
    let on = caller.app.db.read();
    let account = viewer(on, &caller.actor, id).await?.account().clone();
    let made_by = MadeBy::of_one(on, "account", id.uuid()).await?;
    Ok(Tagged(account.version, AccountView::of(account, made_by)).into_response())
}

/// Make an account
///
/// Managers make accounts for themselves, leaders for the managers of their team.
#[utoipa::path(post, path = "/api/v1/accounts", tag = "accounts", operation_id = "create_account", request_body = NewAccountBody,
    responses((status = 201, description = "The account", body = AccountView)))]
async fn create(caller: Caller, once: Once, Body(body): Body<NewAccountBody>) -> Answer {
    let reply = caller
        .write(&once, Lock::company(), async |tx| {
            let books = caller.app.kept.within::<Books>(tx).await?;
            let new = body.clone().entered(caller.member)?;
            let account = accounts::create(tx, &caller.actor, caller.now, &books, new).await?;
            let (id, version) = (account.id, account.version);
            let view = AccountView::of(account, Some(MadeBy::caller(&caller)));
            Ok(Reply::created(format!("/api/v1/accounts/{id}"), view)?.version(version))
        })
        .await?;
    Ok(reply.into_response())
}

/// Change an account
///
/// A merge patch: what is not sent stays, `null` empties.
#[utoipa::path(patch, path = "/api/v1/accounts/{id}", tag = "accounts", operation_id = "change_account", request_body = AccountChange,
    params(("id" = Uuid, Path, description = "The account"),
        ("If-Match" = String, Header, description = "The version that the change was made on, as `ETag` gave it, or `*`", pattern = "^([*]|(W/)?\"[0-9]{1,9}\")$", example = "\"3\"")),
    responses((status = 200, description = "The account as it is now", body = AccountView)))]
async fn change(
    caller: Caller,
    Id(id): Id<AccountId>,
    expected: IfMatch,
    once: Once,
    Body(body): Body<AccountChange>,
) -> Answer {
    let reply = caller
        .write(&once, Lock::account(id), async |tx| {
            let editor = editor(&**tx, &caller.actor, id).await?;
            let version = expected.holds(editor.account().version)?;
            let facts = body.clone().onto(editor.account().facts.clone())?;
            let books = caller.app.kept.within::<Books>(tx).await?;
            let account = accounts::edit(tx, &caller.actor, caller.now, &books, &editor, version, facts).await?;
            let made_by = MadeBy::of_one(&**tx, "account", id.uuid()).await?;
            let version = account.version;
            Ok(Reply::ok(AccountView::of(account, made_by))?.version(version))
        })
        .await?;
    Ok(reply.into_response())
}
