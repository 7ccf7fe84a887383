//! Who is on the team of an account, and in which role.

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, MemberId};
use kehu_platform::db::{DbFault, Tx, execute, insert_all, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult};
use kehu_platform::values;
use uuid::Uuid;

use crate::accounts::{Account, AccountRole};

pub async fn is_on_account_team(
    on: &impl ConnectionTrait,
    account: AccountId,
    member: MemberId,
) -> Result<bool, DbFault> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let sql = "select count(*) as n from account_members where account_id = $1 and member_id = $2";
    Ok(row::<Count>(on, sql, values![account.uuid(), member.uuid()]).await?.is_some_and(|c| c.n > 0))
}

/// The account team as (member, role), the owner first.
pub async fn account_team(
    on: &impl ConnectionTrait,
    account: AccountId,
) -> Result<Vec<(MemberId, AccountRole)>, DbFault> {
    #[derive(FromQueryResult)]
    struct Seat {
        member_id: Uuid,
        role: String,
    }
    let sql = "select member_id, role from account_members where account_id = $1 order by since, member_id";
    let found: Vec<Seat> = rows(on, sql, values![account.uuid()]).await?;
    let mut seats: Vec<_> = found
        .into_iter()
        .map(|s| (MemberId(s.member_id), AccountRole::from_code(&s.role).unwrap_or(AccountRole::Member)))
        .collect();
    seats.sort_by_key(|(_, role)| *role != AccountRole::Owner);
    Ok(seats)
}

/// Gives a member a role on the account team, in place of the one they had.
pub(in crate::accounts) async fn seat(
    tx: &Tx,
    account: AccountId,
    member: MemberId,
    role: AccountRole,
    now: DateTime<Utc>,
) -> Result<(), DbFault> {
    execute(
        &**tx,
        "insert into account_members (account_id, member_id, role, since) values ($1, $2, $3, $4)
         on conflict (account_id, member_id) do update set role = excluded.role",
        values![account.uuid(), member.uuid(), role.code(), now],
    )
    .await?;
    Ok(())
}

pub(in crate::accounts) async fn unseat(tx: &Tx, account: AccountId, member: MemberId) -> Result<(), DbFault> {
    execute(
        &**tx,
        "delete from account_members where account_id = $1 and member_id = $2",
        values![account.uuid(), member.uuid()],
    )
    .await?;
    Ok(())
}

/// Seats the owners of new accounts, many to a statement.
pub(crate) async fn seat_owners(tx: &Tx, accounts: &[Account]) -> Result<(), DbFault> {
    let seats = accounts
        .iter()
        .map(|account| values![account.id.uuid(), account.owner.uuid(), AccountRole::Owner.code(), account.created_at]);
    insert_all(&**tx, "account_members", &["account_id", "member_id", "role", "since"], seats.collect()).await
}
