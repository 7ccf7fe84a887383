//! The people at an account.

use axum::Json;
use axum::response::IntoResponse as _;
use kehu_core::{AccountId, ContactId};
use kehu_platform::web::App;
use kehu_platform::web::api::{Answer, Asked, Caller, Cursor, Id, Limit, List, MadeBy, Problem, Tagged, page_of};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::view::ContactView;
use crate::accounts::{self, Contact, viewer};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ContactsWanted {
    /// The account whose people are asked for.
    account_id: Uuid,
    /// How many at once.
    #[serde(default)]
    #[param(value_type = Option<u16>, minimum = 1, maximum = 200, default = 50)]
    limit: Limit,
    /// `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// List contacts
///
/// The people at an account, those who are gone among them.
#[utoipa::path(get, path = "/api/v1/contacts", tag = "contacts", operation_id = "list_contacts", params(ContactsWanted),
    responses((status = 200, description = "A part of the list", body = List<ContactView>), (status = 404, description = "No such account")))]
async fn list(caller: Caller, Asked(wanted): Asked<ContactsWanted>) -> Answer {
    let after = Cursor::read(wanted.cursor.as_ref(), |place| place.parse::<ContactId>().ok())?;
    let on = caller.app.db.read();
    let account = AccountId(wanted.account_id);
    let seen = viewer(on, &caller.actor, account).await?;
    let people: Vec<Contact> = accounts::contacts_of(on, account).await?;
    let part = page_of(people, wanted.limit, after.as_ref(), |c| c.id, |c| c.id.to_string());
    let ids: Vec<Uuid> = part.items.iter().map(|c| c.id.uuid()).collect();
    let mut makers = MadeBy::of(on, "contact", &ids).await?;
    let view = |c: Contact| {
        let made_by = makers.remove(&c.id.uuid());
        ContactView::of(c, seen.inside, made_by)
    };
    let items = part.items.into_iter().map(view).collect();
    Ok(Json(List { items, next: part.next, total: part.total }).into_response())
}

/// Read a contact
#[utoipa::path(get, path = "/api/v1/contacts/{id}", tag = "contacts", operation_id = "read_contact",
    params(("id" = Uuid, Path, description = "The contact")),
    responses((status = 200, description = "The contact; `ETag` is its version", body = ContactView)))]
async fn one(caller: Caller, Id(id): Id<ContactId>) -> Answer {
    let on = caller.app.db.read();
    let contact = accounts::contact(on, id).await?.ok_or_else(Problem::not_found)?;
    let seen = viewer(on, &caller.actor, contact.account).await?;
    let made_by = MadeBy::of_one(on, "contact", id.uuid()).await?;
    Ok(Tagged(contact.version, ContactView::of(contact, seen.inside, made_by)).into_response())
}
