//! Signing in and changing the password.

use chrono::{DateTime, Duration, Utc};
use kehu_core::{Actor, MemberId, SessionId};

use super::{Session, end_view, password, session, store};
use crate::db::{Db, Lock};
use crate::error::{Error, Invalid};
use crate::{journal, t};

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
    let attempts = store::attempts(db.read(), &login, address, now - WINDOW).await?;
    if attempts.of_login >= ATTEMPTS || attempts.of_address >= 4 * ATTEMPTS {
        tracing::warn!(%login, %address, "sign-in refused: too many attempts");
        return Err(SignInRefusal::TooMany);
    }
    let found = store::credentials_of_login(db.read(), &login).await?;
    let (id, hash) = found.map_or((None, None), |c| (Some(MemberId(c.id)), c.password_hash));
    let right = password::verify(password.to_owned(), hash).await?;
    db.write(Lock::default(), async |tx| match id.filter(|_| right) {
        Some(member) => {
            store::forget_attempts(tx, &login).await?;
            Ok(Ok(session::open(tx, now, member, user_agent, address).await?))
        }
        None => {
            store::note_attempt(tx, &login, address, now).await?;
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
    let known = store::credentials(db.read(), member).await?.ok_or(Error::NotFound)?;
    if !password::verify(old.to_owned(), known.password_hash).await? {
        return Err(Invalid::one("old_password", "wrong", t::sign_in::old_password_wrong).into());
    }
    if let Some((code, words)) = password::check_strength(new, &known.login) {
        return Err(Invalid::one("new_password", code, words).into());
    }
    let hash = password::hash(new.to_owned()).await?;
    db.write(Lock::member(member), async |tx| {
        store::put_password(tx, member, &hash).await?;
        store::revoke_all(tx, member, Some(keep)).await?;
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
        if !store::revoke(tx, member, id).await? {
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
        store::revoke_all(tx, member, Some(keep)).await?;
        journal::record(tx, actor, now, journal::Entry::new("member", member, "other_devices_signed_out")).await?;
        Ok(())
    })
    .await
}
