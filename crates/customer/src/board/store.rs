//! What the board asks besides the ledger: names, which accounts are of a tier or region, and the
//! weeks in which the visits took place.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use kehu_core::AccountId;
use kehu_platform::db::{DbFault, placeholders, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

/// How an account is named on the board.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    pub label: String,
    pub called: String,
}

#[derive(FromQueryResult)]
struct NamedRow {
    id: Uuid,
    number: i64,
    name: String,
    short_name: String,
}

pub(super) async fn names(
    on: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, Named>, DbFault> {
    let mut names = HashMap::new();
    for chunk in accounts.chunks(500) {
        let sql =
            format!("select id, number, name, short_name from accounts where id in ({})", placeholders(0, chunk.len()));
        let found: Vec<NamedRow> = rows(on, &sql, chunk.iter().map(|id| Value::from(id.uuid())).collect()).await?;
        names.extend(found.into_iter().map(|r| {
            let called = if r.short_name.is_empty() { r.name } else { r.short_name };
            (AccountId(r.id), Named { label: crate::accounts::label(r.number), called })
        }));
    }
    Ok(names)
}

/// The accounts of a tier and a province, either of which may be left open; `None` when both are.
pub(super) async fn of_kind(
    on: &impl ConnectionTrait,
    tier: &str,
    region: &str,
) -> Result<Option<HashSet<AccountId>>, DbFault> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
    }
    let asked: Vec<(&str, &str)> =
        [("tier", tier), ("province", region)].into_iter().filter(|(_, value)| !value.is_empty()).collect();
    if asked.is_empty() {
        return Ok(None);
    }
    let conditions: Vec<String> =
        asked.iter().enumerate().map(|(n, (column, _))| format!("{column} = ${}", n + 1)).collect();
    let sql = format!("select id from accounts where {}", conditions.join(" and "));
    let found: Vec<Found> = rows(on, &sql, asked.iter().map(|(_, value)| Value::from(*value)).collect()).await?;
    Ok(Some(found.into_iter().map(|f| AccountId(f.id)).collect()))
}

/// When contacts took place that were not deleted, by their ids.
pub(super) async fn occurred(
    on: &impl ConnectionTrait,
    contacts: &[Uuid],
) -> Result<HashMap<Uuid, DateTime<Utc>>, DbFault> {
    #[derive(FromQueryResult)]
    struct Occurred {
        id: Uuid,
        occurred_at: DateTime<Utc>,
    }
    let mut all = HashMap::new();
    for chunk in contacts.chunks(500) {
        let sql = format!("select id, occurred_at from communications where id in ({})", placeholders(0, chunk.len()));
        let found: Vec<Occurred> = rows(on, &sql, chunk.iter().map(|id| Value::from(*id)).collect()).await?;
        all.extend(found.into_iter().map(|o| (o.id, o.occurred_at)));
    }
    Ok(all)
}
