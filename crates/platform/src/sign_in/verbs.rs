//! Signing in and changing the password.

use chrono::{DateTime, Duration, Utc};
use kehu_core::{Actor, MemberId, SessionId};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{Session, end_view, password, session};
use crate::db::{Db, Lock, execute, row};
use crate::error::{Error, Invalid};
use crate::{journal, t, values};

/// Failed attempts allowed per login within the window, and four times as many per address.
const ATTEMPTS: i64 = 8;
const WINDOW: Duration = Duration::minutes(15);

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInRefusal {
    /// Login or password is wrong; which of them is not said.
    #[error("wrong login or password")]
    Wrong,
    #[error("too many attempts")]
    TooMany,
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<crate::db::DbFault> for SignInRefusal {
    fn from(fault: crate::db::DbFault) -> Self {
        Self::Failed(fault.into())
    }
}

#[derive(FromQueryResult)]
struct Attempts {
    of_login: i64,
    of_address: i64,
}

#[derive(FromQueryResult)]
struct Credentials {
    id: Uuid,
    password_hash: Option<String>,
}

/// Signs a member in; answers the token for the browser's cookie.
pub async fn sign_in(
    db: &Db,
    now: DateTime<Utc>,
    login: &str,
    password: &str,
    user_agent: &str,
    address: &str,
) -> Result<String, SignInRefusal> {
    let login = login.trim().to_lowercase();
    let since = now - WINDOW;
    let attempts: Option<Attempts> = row(
        db.read(),
        "select (select count(*) from sign_in_attempts where login = $1 and at > $3) as of_login,
                (select count(*) from sign_in_attempts where address = $2 and at > $3) as of_address",
        values![login.clone(), address, since],
    )
    .await?;
    if attempts.is_some_and(|a| a.of_login >= ATTEMPTS || a.of_address >= 4 * ATTEMPTS) {
        tracing::warn!(%login, %address, "sign-in refused: too many attempts");
        return Err(SignInRefusal::TooMany);
    }
    let found: Option<Credentials> =
        row(db.read(), "select id, password_hash from members where login = $1 and active", values![login.clone()])
            .await?;
    let (id, hash) = found.map_or((None, None), |c| (Some(MemberId(c.id)), c.password_hash));
    let right = password::verify(password.to_owned(), hash).await?;
    db.write(Lock::default(), async |tx| match id.filter(|_| right) {
        Some(member) => {
            execute(&**tx, "delete from sign_in_attempts where login = $1", values![login.clone()]).await?;
            Ok(Ok(session::open(tx, now, member, user_agent, address).await?))
        }
        None => {
            execute(
                &**tx,
                "insert into sign_in_attempts (login, address, at) values ($1, $2, $3)",
                values![login.clone(), address, now],
            )
            .await?;
            execute(&**tx, "delete from sign_in_attempts where at < $1", values![now - Duration::days(1)]).await?;
            Ok(Err(SignInRefusal::Wrong))
        }
    })
    .await
    .map_err(|e: Error| SignInRefusal::Failed(e))?
}

/// Changes the actor's own password and signs their other devices out.
pub async fn change_password(
    db: &Db,
    now: DateTime<Utc>,
    actor: &Actor,
    keep: SessionId,
    old: &str,
    new: &str,
) -> Result<(), Error> {
    let member = actor.member.ok_or(Error::Forbidden)?;
    #[derive(FromQueryResult)]
    struct Known {
        login: String,
        password_hash: Option<String>,
    }
    let known: Known = row(db.read(), "select login, password_hash from members where id = $1", values![member.uuid()])
        .await?
        .ok_or(Error::NotFound)?;
    if !password::verify(old.to_owned(), known.password_hash).await? {
        return Err(Invalid::one("old_password", "wrong", t::sign_in::old_password_wrong).into());
    }
    if let Some((code, words)) = password::check_strength(new, &known.login) {
        return Err(Invalid::one("new_password", code, words).into());
    }
    let hash = password::hash(new.to_owned()).await?;
    db.write(Lock::member(member), async |tx| {
        execute(&**tx, "update members set password_hash = $2 where id = $1", values![member.uuid(), hash]).await?;
        session::revoke_all(tx, member, Some(keep)).await?;
        journal::record(tx, actor, now, journal::Entry::new("member", member, "password_changed")).await?;
        Ok(())
    })
    .await
}

/// Ends the session of a browser that signs out.
pub async fn sign_out(db: &Db, now: DateTime<Utc>, session: &Session) -> Result<(), Error> {
    if session.actor.onlooker.is_some() {
        end_view(db, now, session).await?;
    }
    revoke_device(db, now, session.actor.in_person(), session.id).await
}

/// Signs one of the actor's own devices out.
pub async fn revoke_device(db: &Db, now: DateTime<Utc>, actor: &Actor, id: SessionId) -> Result<(), Error> {
    let member = actor.member.ok_or(Error::Forbidden)?;
    db.write(Lock::member(member), async |tx| {
        if !session::revoke(tx, member, id).await? {
            return Err(Error::NotFound);
        }
        journal::record(tx, actor, now, journal::Entry::new("member", member, "device_signed_out")).await?;
        Ok(())
    })
    .await
}

/// Signs the actor out everywhere but on the device at hand.
pub async fn revoke_other_devices(db: &Db, now: DateTime<Utc>, actor: &Actor, keep: SessionId) -> Result<(), Error> {
    let member = actor.member.ok_or(Error::Forbidden)?;
    db.write(Lock::member(member), async |tx| {
        session::revoke_all(tx, member, Some(keep)).await?;
        journal::record(tx, actor, now, journal::Entry::new("member", member, "other_devices_signed_out")).await?;
        Ok(())
    })
    .await
}
