//! Making and revoking tokens.

use chrono::{DateTime, Utc};
use kehu_core::{Actor, MemberId, TokenId};
use serde_json::json;

use super::store::{self, Token};
use crate::db::Tx;
use crate::error::{Error, Invalid};
use crate::{directory, journal, sign_in, t};

pub const LONGEST_NAME: usize = 60;
/// More live tokens than this are a mistake.
const MOST: usize = 50;
/// By which a leaked token is recognised, by people and by scanners.
const PREFIX: &str = "kehu_";

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct TokenDraft {
    /// What it is used for, in the owner's words.
    pub name: String,
    pub read_only: bool,
}

/// Makes a token for the member; its secret is answered here and never again. A member makes their
/// own, whoever runs commands on the server anybody's.
pub async fn make(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    owner: MemberId,
    draft: TokenDraft,
) -> Result<(Token, String), Error> {
    if !actor.is_system() && !actor.is(owner) {
        return Err(Error::Forbidden);
    }
    directory::member(&**tx, owner).await?.filter(|m| m.active).ok_or(Error::NotFound)?;
    let name = draft.name.trim();
    let mut invalid = Invalid::default();
    if name.is_empty() {
        invalid.add("name", "required", t::app::required);
    }
    if name.chars().count() > LONGEST_NAME {
        invalid.add("name", "too_long", |l| t::app::too_long(l, LONGEST_NAME));
    }
    if store::of_member(&**tx, owner).await?.len() >= MOST {
        invalid.add("name", "too_many", t::api::too_many_tokens);
    }
    invalid.check()?;
    let secret = format!("{PREFIX}{}", sign_in::secret()?);
    let token = Token {
        id: TokenId::new(now),
        member: owner,
        name: name.to_owned(),
        read_only: draft.read_only,
        created_at: now,
        used_at: None,
    };
    store::insert(tx, &token, &secret).await?;
    let entry = journal::Entry::new("member", owner, "token_made")
        .after(json!({ "token": token.name, "read_only": token.read_only }));
    journal::record(tx, actor, now, entry).await?;
    Ok((token, secret))
}

/// Ends a token, for good.
pub async fn revoke(tx: &Tx, actor: &Actor, now: DateTime<Utc>, id: TokenId) -> Result<(), Error> {
    let token = store::live(&**tx, id).await?.ok_or(Error::NotFound)?;
    if !actor.is_system() && !actor.is(token.member) {
        return Err(Error::NotFound);
    }
    store::revoke(tx, id, now).await?;
    let entry = journal::Entry::new("member", token.member, "token_revoked").before(json!({ "token": token.name }));
    journal::record(tx, actor, now, entry).await?;
    Ok(())
}
