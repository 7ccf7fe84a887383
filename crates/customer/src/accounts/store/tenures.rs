//! What has become of accounts over time: whose they were from when to when.

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, MemberId, TeamId, TenureId};
use kehu_platform::db::{DbFault, Tx, execute, insert_all, placeholders, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::values;
use uuid::Uuid;

use kehu_rulebook::obligations::Holding;

/// A stretch of an account's history with the account that its cadences are owed by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    pub account: AccountId,
    pub carrier: AccountId,
    pub holding: Holding,
}

#[derive(FromQueryResult)]
struct TenureRow {
    account_id: Uuid,
    carrier_id: Uuid,
    from_at: DateTime<Utc>,
    to_at: Option<DateTime<Utc>>,
    owner_id: Uuid,
    team_id: Option<Uuid>,
    key: bool,
}

impl From<TenureRow> for Tenure {
    fn from(r: TenureRow) -> Self {
        Self {
            account: r.account_id.into(),
            carrier: r.carrier_id.into(),
            holding: Holding {
                from: r.from_at,
                to: r.to_at,
                owner: r.owner_id.into(),
                team: r.team_id.map(TeamId),
                key: r.key,
            },
        }
    }
}

const TENURE: &str = "select account_id, carrier_id, from_at, to_at, owner_id, team_id, key from account_tenures";

/// All tenures of one account, oldest first.
pub async fn tenures_of(on: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Tenure>, DbFault> {
    let sql = format!("{TENURE} where account_id = $1 order by from_at");
    let found: Vec<TenureRow> = rows(on, &sql, values![account.uuid()]).await?;
    Ok(found.into_iter().map(Tenure::from).collect())
}

/// The running tenures of several accounts.
pub(in crate::accounts) async fn running_tenures(
    on: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<Vec<Tenure>, DbFault> {
    let mut all = Vec::new();
    for chunk in accounts.chunks(500) {
        let sql = format!("{TENURE} where to_at is null and account_id in ({})", placeholders(0, chunk.len()));
        let found: Vec<TenureRow> = rows(on, &sql, chunk.iter().map(|id| Value::from(id.uuid())).collect()).await?;
        all.extend(found.into_iter().map(Tenure::from));
    }
    Ok(all)
}

/// Every tenure of the accounts for which the given carriers owe, or of all accounts.
pub async fn tenures_carried(
    on: &impl ConnectionTrait,
    carriers: Option<&[AccountId]>,
) -> Result<Vec<Tenure>, DbFault> {
    let Some(carriers) = carriers else {
        let found: Vec<TenureRow> = rows(on, &format!("{TENURE} order by from_at"), vec![]).await?;
        return Ok(found.into_iter().map(Tenure::from).collect());
    };
    let mut all = Vec::new();
    for chunk in carriers.chunks(500) {
        let sql = format!(
            "{TENURE} where account_id in (select t.account_id from account_tenures t where t.carrier_id in ({})) order by from_at",
            placeholders(0, chunk.len())
        );
        let found: Vec<TenureRow> = rows(on, &sql, chunk.iter().map(|id| Value::from(id.uuid())).collect()).await?;
        all.extend(found.into_iter().map(Tenure::from));
    }
    Ok(all)
}

/// When the first account came to the team.
pub async fn first_tenure(on: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>, DbFault> {
    #[derive(FromQueryResult)]
    struct First {
        from_at: DateTime<Utc>,
    }
    let found: Option<First> = row(on, "select from_at from account_tenures order by from_at limit 1", vec![]).await?;
    Ok(found.map(|f| f.from_at))
}

/// The carriers whose accounts any of the members held at any time.
pub async fn carriers_held_by(on: &impl ConnectionTrait, members: &[MemberId]) -> Result<Vec<AccountId>, DbFault> {
    #[derive(FromQueryResult)]
    struct Carrier {
        carrier_id: Uuid,
    }
    let sql = format!(
        "select distinct carrier_id from account_tenures where owner_id in ({})",
        placeholders(0, members.len())
    );
    let found: Vec<Carrier> = rows(on, &sql, members.iter().map(|id| Value::from(id.uuid())).collect()).await?;
    Ok(found.into_iter().map(|c| c.carrier_id.into()).collect())
}

/// Accounts whose running tenure says otherwise than these tiers whether they are key.
pub(in crate::accounts) async fn of_moved_tiers(
    on: &impl ConnectionTrait,
    key_tiers: &[String],
    limit: Option<u64>,
) -> Result<Vec<AccountId>, DbFault> {
    #[derive(FromQueryResult)]
    struct Moved {
        id: Uuid,
    }
    let tiers = if key_tiers.is_empty() { "''".to_owned() } else { placeholders(0, key_tiers.len()) };
    let limit = limit.map(|limit| format!(" limit {limit}")).unwrap_or_default();
    let sql = format!(
        "select a.id from accounts a join account_tenures t on t.account_id = a.id and t.to_at is null
         where t.key <> (a.archived_at is null and a.tier in ({tiers})){limit}"
    );
    let found: Vec<Moved> = rows(on, &sql, key_tiers.iter().map(|tier| Value::from(tier.clone())).collect()).await?;
    Ok(found.into_iter().map(|moved| moved.id.into()).collect())
}

/// Ends the running tenure and begins the next.
pub(in crate::accounts) async fn turn_tenure(tx: &Tx, now: DateTime<Utc>, next: &Tenure) -> Result<(), DbFault> {
    end_tenure(tx, next.account, now).await?;
    insert_tenures(tx, std::slice::from_ref(next)).await
}

async fn end_tenure(tx: &Tx, account: AccountId, now: DateTime<Utc>) -> Result<(), DbFault> {
    execute(
        &**tx,
        "update account_tenures set to_at = $2 where account_id = $1 and to_at is null",
        values![account.uuid(), now],
    )
    .await?;
    Ok(())
}

pub(crate) async fn insert_tenures(tx: &Tx, tenures: &[Tenure]) -> Result<(), DbFault> {
    let columns = ["id", "account_id", "from_at", "to_at", "owner_id", "team_id", "key", "carrier_id"];
    let rows = tenures.iter().map(|tenure| {
        let h = &tenure.holding;
        values![
            TenureId::new(h.from).uuid(),
            tenure.account.uuid(),
            h.from,
            h.to,
            h.owner.uuid(),
            h.team.map(TeamId::uuid),
            h.key,
            tenure.carrier.uuid()
        ]
    });
    insert_all(&**tx, "account_tenures", &columns, rows.collect()).await
}
