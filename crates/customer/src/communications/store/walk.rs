//! The contact log as programs walk it, the latest first.

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, Actor, CommunicationId, MemberId};
use kehu_platform::db::{DbFault, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::values;

use super::{COMMUNICATION, CommunicationRow, with_contacts};
use crate::accounts;
use crate::communications::model::{Communication, Kind};

/// Which contacts are walked.
#[derive(Clone, Debug, Default)]
pub(in crate::communications) struct Walk {
    pub account: Option<AccountId>,
    pub kind: Option<Kind>,
    pub by: Option<MemberId>,
    /// At this moment or later.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub to: Option<DateTime<Utc>>,
}

impl Walk {
    /// The condition on `c` and `a`, for contacts with accounts that the actor may see.
    pub fn condition(&self, actor: &Actor) -> (String, Vec<Value>) {
        let (visible, mut values) = accounts::visible(actor, 0);
        let mut sql = format!("c.deleted_at is null and {visible}");
        let mut also = |clause: &str, value: Value| {
            values.push(value);
            sql.push_str(&format!(" and {clause} ${}", values.len()));
        };
        if let Some(account) = self.account {
            also("c.account_id =", account.uuid().into());
        }
        if let Some(kind) = self.kind {
            also("c.kind =", kind.code().into());
        }
        if let Some(by) = self.by {
            also("c.by_id =", by.uuid().into());
        }
        if let Some(from) = self.from {
            also("c.occurred_at >=", from.into());
        }
        if let Some(to) = self.to {
            also("c.occurred_at <", to.into());
        }
        (sql, values)
    }
}

/// The next contacts after the place.
pub(in crate::communications) async fn walked(
    on: &impl ConnectionTrait,
    actor: &Actor,
    walk: &Walk,
    after: Option<(DateTime<Utc>, CommunicationId)>,
    limit: u64,
) -> Result<Vec<Communication>, DbFault> {
    let (mut sql, mut values) = walk.condition(actor);
    if let Some((at, id)) = after {
        let n = values.len();
        sql.push_str(&format!(
            " and c.occurred_at <= ${} and (c.occurred_at < ${} or c.id < ${})",
            n + 1,
            n + 1,
            n + 2
        ));
        values.extend(values![at, id.uuid()]);
    }
    let sql = format!(
        "{COMMUNICATION} join accounts a on a.id = c.account_id where {sql} order by c.occurred_at desc, c.id desc limit {limit}"
    );
    let found: Vec<CommunicationRow> = rows(on, &sql, values).await?;
    with_contacts(on, found).await
}

/// How many there are in the whole walk.
pub(in crate::communications) async fn walk_total(
    on: &impl ConnectionTrait,
    actor: &Actor,
    walk: &Walk,
) -> Result<u64, DbFault> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let (sql, values) = walk.condition(actor);
    let sql = format!("select count(*) as n from communications c join accounts a on a.id = c.account_id where {sql}");
    Ok(row::<Count>(on, &sql, values).await?.map_or(0, |count| count.n.unsigned_abs()))
}
