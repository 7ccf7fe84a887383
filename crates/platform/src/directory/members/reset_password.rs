//! An administrator gives a member a new password, shown once.

use chrono::{DateTime, Utc};
use kehu_core::{Administrator, MemberId};

use crate::db::Lock;
use crate::directory::store;
use crate::error::{Error, Invalid};
use crate::web::App;
use crate::{journal, sign_in, t};

/// Sets the given password or a random one, and signs the member out everywhere. Answers the
/// password when it is a random one: it is kept nowhere and cannot be shown again.
pub async fn reset_password(
    app: &App,
    by: Administrator<'_>,
    now: DateTime<Utc>,
    id: MemberId,
    password: Option<String>,
) -> Result<Option<String>, Error> {
    let member = store::member(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    if !member.active {
        return Err(Error::conflict("already_left", t::directory::already_left));
    }
    let random = if password.is_none() { Some(sign_in::random_password()?) } else { None };
    if let Some(given) = &password
        && let Some((code, words)) = sign_in::check_strength(given, &member.login)
    {
        return Err(Invalid::one("password", code, words).into());
    }
    let hash = sign_in::hash(password.or_else(|| random.clone()).unwrap_or_default()).await?;
    app.db
        .write(Lock::company(), async |tx| {
            store::put_password(tx, id, &member.login, &hash).await?;
            sign_in::revoke_all(tx, id, None).await?;
            journal::record(tx, &by, now, journal::Entry::new("member", id, "password_reset")).await?;
            Ok::<_, Error>(())
        })
        .await?;
    Ok(random)
}
