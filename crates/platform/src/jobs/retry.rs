//! An administrator decides about dead jobs: once more from the start, or never again.

use chrono::{DateTime, Utc};
use kehu_core::{Administrator, JobId};

use super::store;
use crate::db::{Db, Lock};
use crate::error::Error;
use crate::journal::{self, Entry};

pub async fn retry_dead(db: &Db, by: Administrator<'_>, now: DateTime<Utc>, id: JobId) -> Result<(), Error> {
    let actor = (*by).clone();
    db.write(Lock::default(), async |tx| {
        if !store::revive(tx, id, now).await? {
            return Err(Error::NotFound);
        }
        Ok(journal::record(tx, &actor, now, Entry::new("job", id, "retried")).await?)
    })
    .await
}

pub async fn drop_dead(db: &Db, by: Administrator<'_>, now: DateTime<Utc>, id: JobId) -> Result<(), Error> {
    let actor = (*by).clone();
    db.write(Lock::default(), async |tx| {
        if !store::drop_dead(tx, id).await? {
            return Err(Error::NotFound);
        }
        Ok(journal::record(tx, &actor, now, Entry::new("job", id, "dropped")).await?)
    })
    .await
}
