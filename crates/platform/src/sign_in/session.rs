//! Sessions: the browser holds a random token, the database only its hash.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use kehu_core::calendar::Zone;
use kehu_core::{Actor, Door, MemberId, Position, SessionId};
use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};

use super::store::{self, NewSession};
use crate::db::{DbFault, Tx};
use crate::directory::Standing;
use crate::error::Error;
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
    /// Who is who in the company.
    pub standing: Arc<Standing>,
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
    let new = NewSession {
        id: SessionId::new(now),
        token_hash: hashed(&token),
        member,
        csrf: secret()?,
        user_agent: user_agent.chars().take(300).collect(),
        address,
    };
    store::insert(tx, new, now).await?;
    Ok(token)
}

/// The session that a browser's token opens, if it still stands and its member is active.
pub async fn identify(app: &App, token: &str, now: DateTime<Utc>) -> Result<Option<Session>, DbFault> {
    let on = app.db.read();
    let Some(found) = store::by_token(on, hashed(token)).await? else { return Ok(None) };
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
        seen_at: found.seen_at,
    }))
}

/// Whether the last use is so long ago that it should be written down again.
pub fn touch(session: &Session, now: DateTime<Utc>) -> bool {
    now - session.seen_at > TOUCH
}
