//! Giving up a draft. It stays in the history with what it said.

use chrono::{DateTime, Utc};
use kehu_core::RulebookVersionId;
use kehu_platform::Error;
use kehu_platform::db::Lock;
use kehu_platform::journal::{self, Entry};
use kehu_platform::web::App;
use serde_json::json;

use super::draft::{RECORD, seen};
use super::model::{State, Version};
use super::permission::Drafter;
use super::store;
use crate::t;

pub async fn withdraw(
    app: &App,
    by: Drafter<'_>,
    now: DateTime<Utc>,
    id: RulebookVersionId,
    version: i64,
) -> Result<(), Error> {
    app.db
        .write(Lock::company(), async |tx| {
            let open = seen(tx, id, version).await?;
            if !open.state.is_open() {
                return Err(Error::conflict("not_open", t::rulebook::not_open));
            }
            let was = open.state;
            let withdrawn = Version { state: State::Withdrawn, version: open.version + 1, ..open };
            store::update(tx, &withdrawn).await?;
            let entry = Entry::new(RECORD, id, "withdrawn").before(json!({ "state": was.code() }));
            journal::record(tx, &by, now, entry).await?;
            Ok(())
        })
        .await
}
