//! The tokens' rows.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use kehu_core::{Actor, Door, MemberId, TokenId};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::db::{DbFault, Migration, Tx, execute, row, rows};
use crate::directory::Standing;
use crate::sign_in::hashed;
use crate::web::App;
use crate::{kept, values};

pub const MIGRATION: Migration = Migration {
    name: "2026_11_24_40_api_tokens",
    sql: "
create table api_tokens (
  id uuid primary key,
  member_id uuid not null references members (id),
  name text not null,
  token_hash bytes not null unique,
  read_only boolean not null,
  created_at timestamp not null,
  used_at timestamp,
  revoked_at timestamp
);
create index api_tokens_member on api_tokens (member_id, created_at);
",
};

/// How often the last use is written down.
const NOTED: Duration = Duration::minutes(1);

/// A live token as its owner sees it.
#[derive(Clone, Debug)]
pub struct Token {
    pub id: TokenId,
    pub member: MemberId,
    pub name: String,
    pub read_only: bool,
    pub created_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
}

/// A token that came with a request, and the member who acts through it.
#[derive(Clone, Debug)]
pub struct Bearer {
    pub id: TokenId,
    pub name: String,
    pub read_only: bool,
    pub member: MemberId,
    pub actor: Actor,
    /// Who is who in the company.
    pub standing: Arc<Standing>,
    used_at: Option<DateTime<Utc>>,
}

impl Bearer {
    pub fn is_due_for_noting(&self, now: DateTime<Utc>) -> bool {
        self.used_at.is_none_or(|used| now - used >= NOTED)
    }
}

#[derive(FromQueryResult)]
struct TokenRow {
    id: Uuid,
    member_id: Uuid,
    name: String,
    read_only: bool,
    created_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
}

impl From<TokenRow> for Token {
    fn from(r: TokenRow) -> Self {
        Self {
            id: r.id.into(),
            member: r.member_id.into(),
            name: r.name,
            read_only: r.read_only,
            created_at: r.created_at,
            used_at: r.used_at,
        }
    }
}

const LIVE: &str =
    "select id, member_id, name, read_only, created_at, used_at from api_tokens where revoked_at is null";

/// The live token of that secret, if its owner is still here.
pub async fn identify(app: &App, secret: &str, now: DateTime<Utc>) -> Result<Option<Bearer>, DbFault> {
    let on = app.db.read();
    let found: Option<TokenRow> = row(on, &format!("{LIVE} and token_hash = $1"), values![hashed(secret)]).await?;
    let Some(token) = found.map(Token::from) else { return Ok(None) };
    let standing = app.kept.at::<Standing>(on, kept::revision(on).await?).await?;
    Ok(standing.actor(token.member, now, Door::Api).map(|actor| Bearer {
        id: token.id,
        name: token.name,
        read_only: token.read_only,
        member: token.member,
        actor,
        standing,
        used_at: token.used_at,
    }))
}

/// Notes that the token was used.
pub async fn mark_used(tx: &Tx, id: TokenId, now: DateTime<Utc>) -> Result<(), DbFault> {
    execute(&**tx, "update api_tokens set used_at = $2 where id = $1", values![id.uuid(), now]).await?;
    Ok(())
}

/// The live tokens of a member, the newest first.
pub async fn of_member(on: &impl ConnectionTrait, member: MemberId) -> Result<Vec<Token>, DbFault> {
    let sql = format!("{LIVE} and member_id = $1 order by created_at desc, id desc");
    Ok(rows::<TokenRow>(on, &sql, values![member.uuid()]).await?.into_iter().map(Token::from).collect())
}

/// Every live token, the oldest first.
pub async fn every(on: &impl ConnectionTrait) -> Result<Vec<Token>, DbFault> {
    let sql = format!("{LIVE} order by created_at, id");
    Ok(rows::<TokenRow>(on, &sql, values![]).await?.into_iter().map(Token::from).collect())
}

pub(super) async fn live(on: &impl ConnectionTrait, id: TokenId) -> Result<Option<Token>, DbFault> {
    Ok(row::<TokenRow>(on, &format!("{LIVE} and id = $1"), values![id.uuid()]).await?.map(Token::from))
}

pub(super) async fn insert(tx: &Tx, token: &Token, secret: &str) -> Result<(), DbFault> {
    execute(
        &**tx,
        "insert into api_tokens (id, member_id, name, token_hash, read_only, created_at) values ($1, $2, $3, $4, $5, $6)",
        values![
            token.id.uuid(),
            token.member.uuid(),
            token.name.clone(),
            hashed(secret),
            token.read_only,
            token.created_at
        ],
    )
    .await?;
    Ok(())
}

pub(super) async fn revoke(tx: &Tx, id: TokenId, now: DateTime<Utc>) -> Result<(), DbFault> {
    execute(&**tx, "update api_tokens set revoked_at = $2 where id = $1", values![id.uuid(), now]).await?;
    Ok(())
}

/// Ends every token of a member who leaves, so that none comes back with them.
pub async fn revoke_all(tx: &Tx, member: MemberId, now: DateTime<Utc>) -> Result<(), DbFault> {
    let sql = "update api_tokens set revoked_at = $2 where member_id = $1 and revoked_at is null";
    execute(&**tx, sql, values![member.uuid(), now]).await?;
    Ok(())
}
