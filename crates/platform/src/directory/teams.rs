//! Teams (2.1): one leader and several account managers, with experts and support as needed.

use chrono::{DateTime, Utc};
use kehu_core::{Administrator, MemberId, Position, TeamId};
use serde_json::{Value as Json, json};

use super::members::{active, required};
use super::model::Team;
use super::store::{self, Unit};
use crate::db::{DbFault, Lock, Tx};
use crate::error::{Error, Invalid};
use crate::web::App;
use crate::{journal, t};

/// A team as an administrator wants it.
#[derive(Clone, Debug, Default)]
pub struct TeamDraft {
    pub name: String,
    pub leader: Option<MemberId>,
    /// Everybody in it; whoever is in another team changes over.
    pub members: Vec<MemberId>,
}

/// Sets up a team.
pub async fn add_team(app: &App, by: Administrator<'_>, now: DateTime<Utc>, draft: TeamDraft) -> Result<TeamId, Error> {
    app.db
        .write(Lock::company(), async |tx| {
            check(tx, None, &draft).await?.check()?;
            let id = TeamId::new(now);
            store::insert_unit(tx, Unit::Team(id), draft.name.trim(), draft.leader).await?;
            let entry = journal::Entry::new("team", id, "added").after(own_values(draft.name.trim(), draft.leader));
            journal::record(tx, &by, now, entry).await?;
            place_members(tx, by, now, id, &draft).await?;
            Ok(id)
        })
        .await
}

/// Renames a team, changes its leader or who is in it.
pub async fn edit_team(
    app: &App,
    by: Administrator<'_>,
    now: DateTime<Utc>,
    id: TeamId,
    version: i64,
    draft: TeamDraft,
) -> Result<(), Error> {
    app.db
        .write(Lock::company(), async |tx| {
            let team = current(tx, id, version).await?;
            check(tx, Some(&team), &draft).await?.check()?;
            let (before, after) =
                journal::changed(own_values(&team.name, team.leader), own_values(draft.name.trim(), draft.leader));
            store::update_unit(tx, Unit::Team(id), draft.name.trim(), draft.leader).await?;
            if after.as_object().is_some_and(|changes| !changes.is_empty()) {
                let entry = journal::Entry::new("team", id, "edited").before(before).after(after);
                journal::record(tx, &by, now, entry).await?;
            }
            place_members(tx, by, now, id, &draft).await?;
            Ok(())
        })
        .await
}

async fn current(tx: &Tx, id: TeamId, version: i64) -> Result<Team, Error> {
    let team = store::team(&**tx, id).await?.ok_or(Error::NotFound)?;
    if team.version == version { Ok(team) } else { Err(Error::Stale) }
}

fn own_values(name: &str, leader: Option<MemberId>) -> Json {
    json!({ "name": name, "leader": leader })
}

async fn check(tx: &Tx, of: Option<&Team>, draft: &TeamDraft) -> Result<Invalid, DbFault> {
    let mut invalid = Invalid::default();
    required(&mut invalid, "name", &draft.name, 60);
    let teams = store::teams(&**tx).await?;
    if teams.iter().any(|t| t.name == draft.name.trim() && of.is_none_or(|of| of.id != t.id)) {
        invalid.add("name", "taken", t::directory::name_taken);
    }
    if let Some(leader) = draft.leader
        && let Some(found) = active(tx, "leader", leader, &mut invalid).await?
        && !found.positions.holds(Position::TeamLead)
    {
        invalid.add("leader", "not_a_leader", t::directory::leader_without_position);
    }
    for member in &draft.members {
        if active(tx, "members", *member, &mut invalid).await?.is_none() {
            break;
        }
    }
    Ok(invalid)
}

/// Moves members in and out, each change in that member's own history. The leader belongs to the
/// team as well, unless they already belong to another one that they lead.
async fn place_members(
    tx: &Tx,
    by: Administrator<'_>,
    now: DateTime<Utc>,
    team: TeamId,
    draft: &TeamDraft,
) -> Result<(), DbFault> {
    for member in store::members(&**tx).await? {
        let wanted = draft.members.contains(&member.id) || (draft.leader == Some(member.id) && member.team.is_none());
        let place = match (wanted, member.team == Some(team)) {
            (true, false) => Some(team),
            // Those who left keep the team that they were in.
            (false, true) if member.active && draft.leader != Some(member.id) => None,
            _ => continue,
        };
        store::set_team(tx, member.id, place).await?;
        let entry = journal::Entry::new("member", member.id, "edited")
            .before(json!({ "team": member.team }))
            .after(json!({ "team": place }));
        journal::record(tx, &by, now, entry).await?;
    }
    Ok(())
}
