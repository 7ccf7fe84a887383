//! Sessions: the browser holds a random token, the database only its hash.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use kehu_core::calendar::Zone;
use kehu_core::{Actor, Door, MemberId, Position, SessionId};
use rand::TryRngCore;
use rand::rngs::OsRng;
use sea_orm::{ConnectionTrait, FromQueryResult};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::db::{DbFault, Tx, execute, row, rows};
use crate::directory::Standing;
use crate::error::Error;
use crate::values;
use crate::web::App;

/// A session ends when it has not been used for this long.
const IDLE: Duration = Duration::days(14);
/// How often the last use is written down.
const TOUCH: Duration = Duration::minutes(5);

/// The session of a request, with the member who acts.
#[derive(Clone, Debug)]
pub struct Session {
    pub id: SessionId,
    pub csrf: String,
    /// Whoever is signed in, or whom they look through the eyes of.
    pub actor: Actor,
    pub member: MemberId,
    /// The zone in which the member reads times.
    pub zone: Zone,
    /// Who is who in the company, as of the revision.
    pub standing: Arc<Standing>,
    pub revision: i64,
    pub seen_at: DateTime<Utc>,
}

/// A signed-in device, as its owner sees it on the profile page.
#[derive(Clone, Debug)]
pub struct Device {
    pub id: SessionId,
    pub created_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
    pub user_agent: String,
    pub address: String,
}

/// 256 random bits in hexadecimal.
pub fn secret() -> Result<String, Error> {
    let mut bytes = [0_u8; 32];
    OsRng.try_fill_bytes(&mut bytes).map_err(|e| Error::Broken(format!("the system gives no randomness: {e}")))?;
    Ok(hex::encode(bytes))
}

/// How a secret is kept: whoever reads the database cannot use it.
pub(crate) fn hashed(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Opens a session; the token goes to the browser and is kept nowhere else.
pub(super) async fn open(
    tx: &Tx,
    now: DateTime<Utc>,
    member: MemberId,
    user_agent: &str,
    address: &str,
) -> Result<String, Error> {
    let token = secret()?;
    execute(
        &**tx,
        "insert into sessions (id, token_hash, member_id, csrf, created_at, seen_at, user_agent, address)
         values ($1, $2, $3, $4, $5, $5, $6, $7)",
        values![
            SessionId::new(now).uuid(),
            hashed(&token),
            member.uuid(),
            secret()?,
            now,
            user_agent.chars().take(300).collect::<String>(),
            address
        ],
    )
    .await?;
    Ok(token)
}

#[derive(FromQueryResult)]
struct SessionRow {
    id: Uuid,
    member_id: Uuid,
    csrf: String,
    seen_at: DateTime<Utc>,
    viewing_id: Option<Uuid>,
    revision: i64,
}

/// The session that a browser's token opens, if it still stands and its member is active.
pub async fn identify(app: &App, token: &str, now: DateTime<Utc>) -> Result<Option<Session>, DbFault> {
    let on = app.db.read();
    let sql = "select s.id, s.member_id, s.csrf, s.seen_at, s.viewing_id, r.revision
        from sessions s cross join kept_revision r where s.token_hash = $1";
    let Some(found) = row::<SessionRow>(on, sql, values![hashed(token)]).await? else { return Ok(None) };
    if now - found.seen_at > IDLE {
        return Ok(None);
    }
    let standing = app.kept.at::<Standing>(on, found.revision).await?;
    let mut member = MemberId(found.member_id);
    let Some(mut actor) = standing.actor(member, now, Door::Web) else { return Ok(None) };
    let zone = standing.roster.member(member).and_then(|member| member.zone.parse().ok()).unwrap_or_default();
    // Only while the one is an administrator and the other is here.
    if let Some(viewing) = found.viewing_id.map(MemberId).filter(|_| actor.holds(Position::Administrator))
        && let Some(seen) = standing.actor(viewing, now, Door::Web)
    {
        member = viewing;
        actor = Actor { locale: actor.locale, onlooker: Some(Arc::new(actor)), ..seen };
    }
    Ok(Some(Session {
        id: SessionId(found.id),
        csrf: found.csrf,
        actor,
        member,
        zone,
        standing,
        revision: found.revision,
        seen_at: found.seen_at,
    }))
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

/// Whether the last use is so long ago that it should be written down again.
pub fn touch(session: &Session, now: DateTime<Utc>) -> bool {
    now - session.seen_at > TOUCH
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
