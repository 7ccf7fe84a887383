//! A member joins.

use chrono::{DateTime, Utc};
use kehu_core::{Actor, Administrator, MemberId, Position, Positions, TeamId};

use super::MemberDraft;
use super::login::propose_login;
use crate::db::{DbFault, Lock, Tx};
use crate::directory::past_store::PastMember;
use crate::directory::store;
use crate::error::{Error, Invalid};
use crate::web::App;
use crate::{journal, sign_in};

/// Adds a member; without a password they cannot sign in until they are given one.
pub async fn add_member(
    app: &App,
    by: Administrator<'_>,
    now: DateTime<Utc>,
    draft: MemberDraft,
    password: Option<String>,
) -> Result<MemberId, Error> {
    let draft = draft.tidied();
    let hash = match password {
        Some(password) => {
            if let Some((code, words)) = sign_in::check_strength(&password, &draft.login) {
                return Err(Invalid::one("password", code, words).into());
            }
            Some(sign_in::hash(password).await?)
        }
        None => None,
    };
    app.db
        .write(Lock::company(), async |tx| {
            draft.check(tx, None).await?.check()?;
            Ok(insert(tx, &by, now, &draft, hash.as_deref()).await?)
        })
        .await
}

/// Adds somebody named in a ledger as an account manager who cannot sign in yet, with a login
/// proposed from their name. The caller has checked what the actor may do.
pub async fn add_member_without_sign_in(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    name: &str,
    team: Option<TeamId>,
) -> Result<MemberId, Error> {
    let taken: Vec<String> = store::members(&**tx).await?.into_iter().map(|m| m.login).collect();
    let zone = store::company(&**tx).await?.map_or_else(String::new, |c| c.zone);
    let draft = MemberDraft {
        login: propose_login(name, |login| taken.iter().any(|t| t == login)),
        name: name.to_owned(),
        positions: Positions::from_iter([Position::AccountManager]),
        team,
        locale: actor.locale,
        zone: if zone.is_empty() { kehu_core::calendar::Zone::default().name().to_owned() } else { zone },
        ..MemberDraft::default()
    }
    .tidied();
    draft.check(tx, None).await?.check()?;
    Ok(insert(tx, actor, now, &draft, None).await?)
}

/// Writes the row and its first journal entry.
pub(in crate::directory) async fn insert(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    draft: &MemberDraft,
    hash: Option<&str>,
) -> Result<MemberId, DbFault> {
    let id = MemberId::new(now);
    let member =
        PastMember { id, draft: draft.clone(), password_hash: hash.map(str::to_owned), joined_at: now, left_on: None };
    store::insert_members(tx, &[member]).await?;
    journal::record(tx, actor, now, journal::Entry::new("member", id, "added").after(draft.values())).await?;
    Ok(id)
}
