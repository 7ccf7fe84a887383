//! What every page asks for and seldom changes: the company, its members and teams, the calendar and the rulebook. It
//! is kept in memory with the revision at which it was read, and read again when the revision has moved on.
//!
//! The journal moves the revision with every entry that belongs to no account, in the transaction of the change. A
//! request learns the revision from the row that identifies it, so it costs no query, and what another node or the
//! command line has changed is seen by the very next request.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::db::{DbFault, Migration, Tx, execute, row};

pub const MIGRATION: Migration = Migration {
    name: "2026_11_24_30_kept_revision",
    sql: "
create table kept_revision (
  id integer primary key check (id = 1),
  revision bigint not null
);
insert into kept_revision (id, revision) values (1, 0);
",
};

/// What can be kept: read as a whole, and journaled without an account whenever it changes.
pub trait Settled: Sized + Send + Sync + 'static {
    /// Reads it under the revision that has just been asked for.
    fn read(on: &impl ConnectionTrait, revision: i64) -> impl Future<Output = Result<Self, DbFault>> + Send;
}

/// What this process has kept, one of each type.
#[derive(Clone, Debug, Default)]
pub struct Kept(Arc<Mutex<HashMap<TypeId, Held>>>);

#[derive(Debug)]
struct Held {
    revision: i64,
    value: Arc<dyn Any + Send + Sync>,
}

impl Kept {
    /// As it stood at the revision or later.
    pub async fn at<T: Settled>(&self, on: &impl ConnectionTrait, revision: i64) -> Result<Arc<T>, DbFault> {
        if let Some(kept) = self.found(revision) {
            return Ok(kept);
        }
        let read = Arc::new(T::read(on, revision).await?);
        if let Ok(mut all) = self.0.lock() {
            let newer = all.get(&TypeId::of::<T>()).is_some_and(|held| held.revision > revision);
            if !newer {
                all.insert(TypeId::of::<T>(), Held { revision, value: read.clone() });
            }
        }
        Ok(read)
    }

    /// As the running transaction sees it. What it reads anew is not kept: it may yet be rolled back.
    pub async fn within<T: Settled>(&self, tx: &Tx) -> Result<Arc<T>, DbFault> {
        let revision = revision(&**tx).await?;
        match self.found(revision) {
            Some(kept) => Ok(kept),
            None => Ok(Arc::new(T::read(&**tx, revision).await?)),
        }
    }

    fn found<T: Settled>(&self, revision: i64) -> Option<Arc<T>> {
        let all = self.0.lock().ok()?;
        let held = all.get(&TypeId::of::<T>()).filter(|held| held.revision == revision)?;
        held.value.clone().downcast().ok()
    }
}

/// The revision at this moment.
pub async fn revision(on: &impl ConnectionTrait) -> Result<i64, DbFault> {
    #[derive(FromQueryResult)]
    struct Revision {
        revision: i64,
    }
    let found: Option<Revision> = row(on, "select revision from kept_revision where id = 1", vec![]).await?;
    Ok(found.map_or(0, |r| r.revision))
}

/// Moves the revision on, so that whoever keeps something reads it again.
pub async fn move_on(tx: &Tx) -> Result<(), DbFault> {
    execute(&**tx, "update kept_revision set revision = revision + 1 where id = 1", vec![]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::sync::Arc;

    use kehu_core::TeamId;
    use kehu_testkit::{TestDatabase, both_databases};

    use super::{Kept, move_on, revision};
    use crate::db::{Lock, execute};
    use crate::directory::tests::Company;
    use crate::directory::{Standing, TeamDraft, add_team};
    use crate::error::Error;
    use crate::values;

    both_databases!(
        crate::directory::tests::migrated => what_is_kept_is_read_again_after_any_change_and_only_then,
        what_a_transaction_reads_of_its_own_changes_is_not_kept
    );

    async fn what_is_kept_is_read_again_after_any_change_and_only_then(database: &TestDatabase) {
        let company = Company::set_up(database).await;
        let (on, kept) = (company.app.db.read(), Kept::default());
        let at = revision(on).await.unwrap();
        let first = kept.at::<Standing>(on, at).await.unwrap();
        assert!(Arc::ptr_eq(&first, &kept.at::<Standing>(on, at).await.unwrap()), "nothing has changed");
        let admin = company.actor(company.administrator).await;
        let draft = TeamDraft { name: "华东大客户组".to_owned(), ..TeamDraft::default() };
        add_team(&company.app, admin.administrator().unwrap(), company.now(), draft).await.unwrap();
        let moved = revision(on).await.unwrap();
        assert!(moved > at);
        let names: Vec<_> =
            kept.at::<Standing>(on, moved).await.unwrap().roster.teams.iter().map(|t| t.name.clone()).collect();
        assert_eq!(names, ["华东大客户组"]);
    }

    async fn what_a_transaction_reads_of_its_own_changes_is_not_kept(database: &TestDatabase) {
        let company = Company::set_up(database).await;
        let (app, now) = (&company.app, company.now());
        let found = async |name: &str, stay: bool| {
            app.db
                .write(Lock::company(), async |tx| {
                    let sql = "insert into teams (id, name, version) values ($1, $2, 1)";
                    execute(&**tx, sql, values![TeamId::new(now).uuid(), name]).await?;
                    move_on(tx).await?;
                    let seen = app.kept.within::<Standing>(tx).await?.roster.teams.len();
                    if stay { Ok(seen) } else { Err(Error::NotFound) }
                })
                .await
        };
        assert!(found("不会成立", false).await.is_err());
        assert_eq!(found("华南大客户组", true).await.unwrap(), 1);
        let kept = app.kept.at::<Standing>(app.db.read(), revision(app.db.read()).await.unwrap()).await.unwrap();
        assert_eq!(kept.roster.teams.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(), ["华南大客户组"]);
    }
}
