//! What a write serialises on. SQLite has one writer and needs no more; PostgreSQL takes
//! transaction advisory locks in a fixed order, so that two writes cannot wait for each other.

use kehu_core::{AccountId, MemberId};
use sea_orm::{ConnectionTrait, DbBackend};

use super::{DbFault, Tx, execute};

/// The company as a whole: whoever needs an account or a member shares it, whoever needs
/// everything has it alone.
const COMPANY: i64 = 0;

/// Names what a transaction must have to itself.
#[derive(Clone, Debug, Default)]
pub struct Lock {
    alone: Vec<i64>,
    shared: bool,
}

impl Lock {
    /// Everything that concerns the whole company: the directory, the rulebook, an import, the
    /// clock that opens obligations.
    pub fn company() -> Self {
        Self { alone: vec![COMPANY], shared: false }
    }

    pub fn account(id: AccountId) -> Self {
        Self { alone: vec![key(id.uuid(), 1)], shared: true }
    }

    pub fn member(id: MemberId) -> Self {
        Self { alone: vec![key(id.uuid(), 2)], shared: true }
    }

    /// All of the given locks at once.
    pub fn several(locks: impl IntoIterator<Item = Lock>) -> Self {
        locks.into_iter().fold(Self::default(), |mut all, lock| {
            all.alone.extend(lock.alone);
            all.shared |= lock.shared;
            all
        })
    }

    pub(super) async fn take(mut self, tx: &Tx) -> Result<(), DbFault> {
        if tx.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        self.alone.sort_unstable();
        self.alone.dedup();
        if self.shared && !self.alone.contains(&COMPANY) {
            execute(&**tx, "select pg_advisory_xact_lock_shared($1)", crate::values![COMPANY]).await?;
        }
        // The company first: everybody takes it before anything smaller.
        self.alone.sort_by_key(|key| (*key != COMPANY, *key));
        for key in self.alone {
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
