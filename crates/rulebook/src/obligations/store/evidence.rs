//! The records that discharged obligations.

use std::collections::HashMap;

use kehu_core::ObligationId;
use kehu_platform::db::{DbFault, Tx, execute, placeholders, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::values;
use uuid::Uuid;

/// The records that discharged it, as (kind, id).
pub async fn evidence(on: &impl ConnectionTrait, id: ObligationId) -> Result<Vec<(String, Uuid)>, DbFault> {
    Ok(evidence_of(on, &[id]).await?.remove(&id.uuid()).unwrap_or_default())
}

/// The records that discharged each of the obligations, as (kind, id).
pub(in crate::obligations) async fn evidence_of(
    on: &impl ConnectionTrait,
    ids: &[ObligationId],
) -> Result<HashMap<Uuid, Vec<(String, Uuid)>>, DbFault> {
    #[derive(FromQueryResult)]
    struct Evidence {
        obligation_id: Uuid,
        record_kind: String,
        record_id: Uuid,
    }
    let mut all: HashMap<Uuid, Vec<(String, Uuid)>> = HashMap::new();
    for chunk in ids.chunks(500) {
        let sql = format!(
            "select obligation_id, record_kind, record_id from obligation_evidence where obligation_id in ({})
             order by record_id",
            placeholders(0, chunk.len())
        );
        for found in rows::<Evidence>(on, &sql, chunk.iter().map(|id| Value::from(id.uuid())).collect()).await? {
            all.entry(found.obligation_id).or_default().push((found.record_kind, found.record_id));
        }
    }
    Ok(all)
}

/// Replaces the evidence of an obligation.
pub(in crate::obligations) async fn put_evidence(
    tx: &Tx,
    id: ObligationId,
    kind: &str,
    records: &[Uuid],
    had: bool,
) -> Result<(), DbFault> {
    if had {
        execute(&**tx, "delete from obligation_evidence where obligation_id = $1", values![id.uuid()]).await?;
    }
    for record in records {
        execute(
            &**tx,
            "insert into obligation_evidence (obligation_id, record_kind, record_id) values ($1, $2, $3)",
            values![id.uuid(), kind, *record],
        )
        .await?;
    }
    Ok(())
}
