//! What members change about themselves: how they read the product and how they are reached.

use chrono::{DateTime, Utc};
use kehu_core::{Actor, Locale};
use serde_json::json;

use super::draft::check_reach;
use super::edit::current;
use crate::db::Lock;
use crate::directory::store;
use crate::error::{Error, Invalid};
use crate::journal;
use crate::web::App;

/// The part of a member that is their own to change.
#[derive(Clone, Debug, Default)]
pub struct ProfileDraft {
    pub email: String,
    pub mobile: String,
    pub locale: Locale,
    pub zone: String,
}

/// Changes the actor's own profile.
pub async fn edit_profile(
    app: &App,
    actor: &Actor,
    now: DateTime<Utc>,
    version: i64,
    draft: ProfileDraft,
) -> Result<(), Error> {
    let id = actor.member.ok_or(Error::Forbidden)?;
    let mut invalid = Invalid::default();
    check_reach(&mut invalid, &draft.email, &draft.mobile, &draft.zone);
    invalid.check()?;
    app.db
        .write(Lock::company(), async |tx| {
            let member = current(tx, id, version).await?;
            let (before, after) = journal::changed(
                json!({ "email": member.email, "mobile": member.mobile, "locale": member.locale, "zone": member.zone }),
                json!({ "email": draft.email, "mobile": draft.mobile, "locale": draft.locale.tag(), "zone": draft.zone }),
            );
            if after.as_object().is_none_or(|changes| changes.is_empty()) {
                return Ok(());
            }
            store::update_profile(tx, id, &draft).await?;
            let entry = journal::Entry::new("member", id, "edited").before(before).after(after);
            journal::record(tx, actor, now, entry).await?;
            Ok(())
        })
        .await
}
