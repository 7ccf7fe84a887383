//! The ledger as programs walk it: the most urgent first, part by part.

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, MemberId, ObligationId};
use kehu_platform::db::{DbFault, row};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::values;

use super::super::reach::{Naming, Reach};
use super::super::state::State;
use super::super::store::{Obligation, find};

/// Which obligations are walked.
#[derive(Clone, Debug, Default)]
pub(in crate::obligations) struct Walk {
    pub state: Option<State>,
    pub clause: Option<String>,
    pub account: Option<AccountId>,
    pub owner: Option<MemberId>,
    pub due_before: Option<DateTime<Utc>>,
}

/// The place of an obligation in the walk.
pub(in crate::obligations) type Place = (DateTime<Utc>, ObligationId);

impl Walk {
    /// Asking for one person's or one customer's obligations names them.
    fn condition(&self, reach: &Reach) -> (String, Vec<Value>) {
        let mut sql = "1 = 1".to_owned();
        let mut values = Vec::new();
        let mut also = |clause: &str, value: Value| {
            values.push(value);
            sql.push_str(&format!(" and {clause} ${}", values.len()));
        };
        if let Some(state) = self.state {
            also("state =", state.code().into());
        }
        if let Some(clause) = &self.clause {
            also("clause =", clause.clone().into());
        }
        if let Some(account) = self.account {
            also("account_id =", account.uuid().into());
        }
        if let Some(owner) = self.owner {
            also("owner_id =", owner.uuid().into());
        }
        if let Some(due_before) = self.due_before {
            also("due_at <", due_before.into());
        }
        let named = [(self.owner.is_some(), Naming::People), (self.account.is_some(), Naming::Customers)];
        reach.narrow(&named, &mut sql, &mut values);
        (sql, values)
    }
}

/// The next obligations after the place.
pub(in crate::obligations) async fn walked(
    on: &impl ConnectionTrait,
    walk: &Walk,
    reach: &Reach,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<Obligation>, DbFault> {
    let (mut sql, mut values) = walk.condition(reach);
    if let Some((due_at, id)) = after {
        let n = values.len();
        sql.push_str(&format!(" and due_at >= ${} and (due_at > ${} or id > ${})", n + 1, n + 1, n + 2));
        values.extend(values![due_at, id.uuid()]);
    }
    find(on, &format!("{sql} order by due_at, id limit {limit}"), values).await
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

/// How many there are in the whole walk.
pub(in crate::obligations) async fn walk_total(
    on: &impl ConnectionTrait,
    walk: &Walk,
    reach: &Reach,
) -> Result<u64, DbFault> {
    let (sql, values) = walk.condition(reach);
    let found: Option<Count> = row(on, &format!("select count(*) as n from obligations where {sql}"), values).await?;
    Ok(found.map_or(0, |count| count.n.unsigned_abs()))
}
