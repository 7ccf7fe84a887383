//! By whom and through which door a record came to be.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::caller::Caller;
use crate::db::DbFault;
use crate::journal::{self, Journaled};

/// Who made a record, as the journal has it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MadeBy {
    /// Null for the product itself.
    pub member_id: Option<Uuid>,
    pub name: String,
    /// `web`, `api`, `command_line` or `system`.
    #[schema(example = "api")]
    pub door: String,
    pub at: DateTime<Utc>,
}

impl From<&Journaled> for MadeBy {
    fn from(entry: &Journaled) -> Self {
        Self { member_id: entry.member_id, name: entry.actor_name.clone(), door: entry.door.clone(), at: entry.at }
    }
}

impl MadeBy {
    /// The caller, right now.
    pub fn caller(caller: &Caller) -> Self {
        Self {
            member_id: Some(caller.member.uuid()),
            name: caller.actor.name.clone(),
            door: caller.actor.door.code().to_owned(),
            at: caller.now,
        }
    }

    /// Of each of the records, by its first entry in the journal.
    pub async fn of(on: &impl ConnectionTrait, kind: &str, ids: &[Uuid]) -> Result<HashMap<Uuid, Self>, DbFault> {
        let first = journal::first_of(on, kind, ids).await?;
        Ok(first.iter().map(|entry| (entry.record_id, Self::from(entry))).collect())
    }

    /// Of one record.
    pub async fn of_one(on: &impl ConnectionTrait, kind: &str, id: Uuid) -> Result<Option<Self>, DbFault> {
        Ok(Self::of(on, kind, &[id]).await?.remove(&id))
    }
}
