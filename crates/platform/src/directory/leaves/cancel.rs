//! A leave does not take place, or ends early because the member is back.

use chrono::{DateTime, Utc};
use kehu_core::LeaveId;
use serde_json::json;

use super::LeaveKeeper;
use crate::consequence::DirectoryEvent;
use crate::db::Lock;
use crate::directory::{calendar, store};
use crate::error::Error;
use crate::web::App;
use crate::{journal, t};

/// Cancels a leave of the keeper's member. The days that are over stay: the deputy was in charge
/// of them. A leave that is running ends with yesterday.
pub async fn cancel_leave(app: &App, by: LeaveKeeper<'_>, now: DateTime<Utc>, id: LeaveId) -> Result<(), Error> {
    app.db
        .write(Lock::company(), async |tx| {
            let leave = store::leave(&**tx, id).await?.filter(|l| l.member == by.member()).ok_or(Error::NotFound)?;
            let today = calendar(&**tx).await?.zone().local_date(now);
            if leave.ends_on < today {
                return Err(Error::conflict("leave_over", t::directory::leave_over));
            }
            let before =
                json!({ "leave": id, "deputy": leave.deputy, "starts_on": leave.starts_on, "ends_on": leave.ends_on });
            let yesterday = today.pred_opt().filter(|yesterday| leave.starts_on <= *yesterday);
            let entry = match yesterday {
                Some(yesterday) => {
                    store::end_leave(tx, id, yesterday).await?;
                    journal::Entry::new("member", by.member(), "leave_shortened")
                        .before(before)
                        .after(json!({ "ends_on": yesterday }))
                }
                None => {
                    store::cancel_leave(tx, id, now).await?;
                    journal::Entry::new("member", by.member(), "leave_cancelled").before(before)
                }
            };
            journal::record(tx, by.actor, now, entry).await?;
            let event = DirectoryEvent::LeaveChanged {
                member: by.member(),
                first_day: leave.starts_on.max(today),
                last_day: leave.ends_on,
            };
            app.follow(tx, by.actor, now, &event).await
        })
        .await
}
