//! Sessions, attempts to sign in and passwords in the database.

use chrono::{DateTime, Duration, Utc};
use kehu_core::{MemberId, SessionId};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::session::Device;
use crate::db::{DbFault, Tx, execute, row, rows};
use crate::values;

/// A session as it is opened.
pub(super) struct NewSession<'a> {
    pub id: SessionId,
    pub token_hash: Vec<u8>,
    pub member: MemberId,
    pub csrf: String,
    pub user_agent: String,
    pub address: &'a str,
}

pub(super) async fn insert(tx: &Tx, new: NewSession<'_>, now: DateTime<Utc>) -> Result<(), DbFault> {
    execute(
        &**tx,
        "insert into sessions (id, token_hash, member_id, csrf, created_at, seen_at, user_agent, address)
         values ($1, $2, $3, $4, $5, $5, $6, $7)",
        values![new.id.uuid(), new.token_hash, new.member.uuid(), new.csrf, now, new.user_agent, new.address],
    )
    .await?;
    Ok(())
}

#[derive(FromQueryResult)]
pub(super) struct SessionRow {
    pub id: Uuid,
    pub member_id: Uuid,
    pub csrf: String,
    pub seen_at: DateTime<Utc>,
    pub viewing_id: Option<Uuid>,
    /// As of which the company's people are known.
    pub revision: i64,
}

pub(super) async fn by_token(on: &impl ConnectionTrait, token_hash: Vec<u8>) -> Result<Option<SessionRow>, DbFault> {
    let sql = "select s.id, s.member_id, s.csrf, s.seen_at, s.viewing_id, r.revision
        from sessions s cross join kept_revision r where s.token_hash = $1";
    row(on, sql, values![token_hash]).await
}

/// Lets the session look through a member's eyes, or no more.
pub(super) async fn look(tx: &Tx, id: SessionId, through: Option<MemberId>) -> Result<(), DbFault> {
    execute(
        &**tx,
        "update sessions set viewing_id = $2 where id = $1",
        values![id.uuid(), through.map(MemberId::uuid)],
    )
    .await?;
    Ok(())
}

/// Notes that the session was used.
pub async fn mark_seen(tx: &Tx, id: SessionId, now: DateTime<Utc>) -> Result<(), DbFault> {
    execute(&**tx, "update sessions set seen_at = $2 where id = $1", values![id.uuid(), now]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct DeviceRow {
    id: Uuid,
    created_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    user_agent: String,
    address: String,
}

/// The devices on which a member is signed in, last used first.
pub async fn devices(on: &impl ConnectionTrait, member: MemberId) -> Result<Vec<Device>, DbFault> {
    let sql =
        "select id, created_at, seen_at, user_agent, address from sessions where member_id = $1 order by seen_at desc";
    let found: Vec<DeviceRow> = rows(on, sql, values![member.uuid()]).await?;
    Ok(found
        .into_iter()
        .map(|r| Device {
            id: SessionId(r.id),
            created_at: r.created_at,
            seen_at: r.seen_at,
            user_agent: r.user_agent,
            address: r.address,
        })
        .collect())
}

/// Signs a device out. A member can only end sessions of their own.
pub async fn revoke(tx: &Tx, member: MemberId, id: SessionId) -> Result<bool, DbFault> {
    let gone =
        execute(&**tx, "delete from sessions where id = $1 and member_id = $2", values![id.uuid(), member.uuid()])
            .await?;
    Ok(gone > 0)
}

/// Signs a member out everywhere, but for the session named.
pub async fn revoke_all(tx: &Tx, member: MemberId, but: Option<SessionId>) -> Result<(), DbFault> {
    execute(
        &**tx,
        "delete from sessions where member_id = $1 and id <> $2",
        values![member.uuid(), but.map_or(Uuid::nil(), SessionId::uuid)],
    )
    .await?;
    Ok(())
}

/// Failed attempts since a moment.
#[derive(FromQueryResult)]
pub(super) struct Attempts {
    pub of_login: i64,
    pub of_address: i64,
}

pub(super) async fn attempts(
    on: &impl ConnectionTrait,
    login: &str,
    address: &str,
    since: DateTime<Utc>,
) -> Result<Attempts, DbFault> {
    let found = row(
        on,
        "select (select count(*) from sign_in_attempts where login = $1 and at > $3) as of_login,
                (select count(*) from sign_in_attempts where address = $2 and at > $3) as of_address",
        values![login, address, since],
    )
    .await?;
    Ok(found.unwrap_or(Attempts { of_login: 0, of_address: 0 }))
}

/// Notes a failed attempt; those of yesterday are forgotten.
pub(super) async fn note_attempt(tx: &Tx, login: &str, address: &str, now: DateTime<Utc>) -> Result<(), DbFault> {
    let sql = "insert into sign_in_attempts (login, address, at) values ($1, $2, $3)";
    execute(&**tx, sql, values![login, address, now]).await?;
    execute(&**tx, "delete from sign_in_attempts where at < $1", values![now - Duration::days(1)]).await?;
    Ok(())
}

pub(super) async fn forget_attempts(tx: &Tx, login: &str) -> Result<(), DbFault> {
    execute(&**tx, "delete from sign_in_attempts where login = $1", values![login]).await?;
    Ok(())
}

/// What a member proves themselves with; without a hash they cannot sign in.
#[derive(FromQueryResult)]
pub(super) struct Credentials {
    pub id: Uuid,
    pub login: String,
    pub password_hash: Option<String>,
}

pub(super) async fn credentials_of_login(
    on: &impl ConnectionTrait,
    login: &str,
) -> Result<Option<Credentials>, DbFault> {
    row(on, "select id, login, password_hash from members where login = $1 and active", values![login]).await
}

pub(super) async fn credentials(on: &impl ConnectionTrait, member: MemberId) -> Result<Option<Credentials>, DbFault> {
    row(on, "select id, login, password_hash from members where id = $1", values![member.uuid()]).await
}

pub(super) async fn put_password(tx: &Tx, member: MemberId, hash: &str) -> Result<(), DbFault> {
    execute(&**tx, "update members set password_hash = $2 where id = $1", values![member.uuid(), hash]).await?;
    Ok(())
}
