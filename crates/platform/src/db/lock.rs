//! What a write serialises on. SQLite has one writer and needs no more; PostgreSQL takes
//! transaction advisory locks in a fixed order, so that two writes cannot wait for each other.

use kehu_core::{AccountId, MemberId};
use sea_orm::{ConnectionTrait, DbBackend};

use super::{DbFault, Tx, execute};

/// Names what a transaction must have to itself.
#[derive(Clone, Debug, Default)]
pub struct Lock(Vec<i64>);

impl Lock {
    /// Everything that concerns the whole company: the directory, the rulebook, an import.
    pub fn company() -> Self {
        Self(vec![0])
    }

    pub fn account(id: AccountId) -> Self {
        Self(vec![key(id.uuid(), 1)])
    }

    pub fn member(id: MemberId) -> Self {
        Self(vec![key(id.uuid(), 2)])
    }

    /// All of the given locks at once.
    pub fn several(locks: impl IntoIterator<Item = Lock>) -> Self {
        Self(locks.into_iter().flat_map(|lock| lock.0).collect())
    }

    pub(super) async fn take(mut self, tx: &Tx) -> Result<(), DbFault> {
        if tx.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        self.0.sort_unstable();
        self.0.dedup();
        for key in self.0 {
            execute(&**tx, "select pg_advisory_xact_lock($1)", crate::values![key]).await?;
        }
        Ok(())
    }
}

/// The random half of a UUID v7 with the kind mixed in.
fn key(id: uuid::Uuid, kind: i64) -> i64 {
    let (_, low) = id.as_u64_pair();
    i64::from_ne_bytes(low.to_ne_bytes()).wrapping_mul(31).wrapping_add(kind)
}
