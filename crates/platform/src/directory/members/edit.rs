//! An administrator corrects or changes what the directory says about a member.

use chrono::{DateTime, Utc};
use kehu_core::{Administrator, MemberId, Position};

use super::MemberDraft;
use crate::db::{DbFault, Lock, Tx};
use crate::directory::model::Member;
use crate::directory::store;
use crate::error::{Error, Invalid};
use crate::web::App;
use crate::{journal, t};

/// Changes a member; `version` is the one that the writer read.
pub async fn edit_member(
    app: &App,
    by: Administrator<'_>,
    now: DateTime<Utc>,
    id: MemberId,
    version: i64,
    draft: MemberDraft,
) -> Result<(), Error> {
    let draft = draft.tidied();
    app.db
        .write(Lock::company(), async |tx| {
            let member = current(tx, id, version).await?;
            let mut invalid = draft.check(tx, Some(&member)).await?;
            keep_positions(tx, &member, &draft, &mut invalid).await?;
            invalid.check()?;
            let (before, after) = journal::changed(MemberDraft::from(&member).values(), draft.values());
            if after.as_object().is_none_or(|changes| changes.is_empty()) {
                return Ok(());
            }
            store::update_member(tx, id, &draft).await?;
            let entry = journal::Entry::new("member", id, "edited").before(before).after(after);
            journal::record(tx, &by, now, entry).await?;
            Ok(())
        })
        .await
}

/// The member as the writer read them, or a refusal when somebody has written since.
pub(super) async fn current(tx: &Tx, id: MemberId, version: i64) -> Result<Member, Error> {
    let member = store::member(&**tx, id).await?.ok_or(Error::NotFound)?;
    if member.version == version { Ok(member) } else { Err(Error::Stale) }
}

/// Positions on which others rely cannot be taken away: the product keeps an administrator, and a
/// team that has a leader keeps one who may lead (2.1).
async fn keep_positions(tx: &Tx, member: &Member, draft: &MemberDraft, invalid: &mut Invalid) -> Result<(), DbFault> {
    let loses = |position| member.positions.holds(position) && !draft.positions.holds(position);
    if member.active && loses(Position::Administrator) && is_last_administrator(tx, member.id).await? {
        invalid.add("positions", "last_administrator", t::directory::last_administrator);
    }
    if loses(Position::TeamLead) {
        let teams = store::teams(&**tx).await?;
        if let Some(team) = teams.into_iter().find(|team| team.leader == Some(member.id) && !team.archived) {
            invalid.add("positions", "leads_a_team", move |l| t::directory::still_leads(l, team.name.clone()));
        }
    }
    Ok(())
}

/// Whether nobody else could administer the product.
pub(super) async fn is_last_administrator(tx: &Tx, id: MemberId) -> Result<bool, DbFault> {
    let members = store::members(&**tx).await?;
    Ok(!members.iter().any(|m| m.active && m.can_sign_in && m.id != id && m.positions.holds(Position::Administrator)))
}
