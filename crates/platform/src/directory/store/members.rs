//! What is written about members.

use chrono::NaiveDate;
use kehu_core::{MemberId, TeamId};
use sea_orm::Value;

use crate::db::{DbFault, Tx, execute, insert_all};
use crate::directory::past_store::PastMember;
use crate::directory::{MemberDraft, ProfileDraft};
use crate::values;

/// The columns of what the directory says about a member, in the order of [`fact_values`].
const FACTS: [&str; 10] =
    ["login", "name", "positions", "team_id", "department_id", "specialties", "email", "mobile", "locale", "zone"];

fn fact_values(draft: &MemberDraft) -> Vec<Value> {
    values![
        draft.login.clone(),
        draft.name.clone(),
        i32::from(draft.positions.bits()),
        draft.team.map(|t| t.uuid()),
        draft.department.map(|d| d.uuid()),
        draft.specialties.clone(),
        draft.email.clone(),
        draft.mobile.clone(),
        draft.locale.tag(),
        draft.zone.clone(),
    ]
}

/// Writes members, each with the hash of a password, the day they left and the moment they came.
pub(in crate::directory) async fn insert_members(tx: &Tx, all: &[PastMember]) -> Result<(), DbFault> {
    let mut columns = vec!["id"];
    columns.extend(FACTS);
    columns.extend(["password_hash", "active", "left_on", "created_at", "version"]);
    let rows = all.iter().map(|member| {
        let mut row = values![member.id.uuid()];
        row.extend(fact_values(&member.draft));
        row.extend(values![
            member.password_hash.clone(),
            member.left_on.is_none(),
            member.left_on,
            member.joined_at,
            1_i64
        ]);
        row
    });
    insert_all(&**tx, "members", &columns, rows.collect()).await
}

pub(in crate::directory) async fn update_member(tx: &Tx, id: MemberId, draft: &MemberDraft) -> Result<(), DbFault> {
    let sets: Vec<String> = FACTS.iter().zip(2..).map(|(column, n)| format!("{column} = ${n}")).collect();
    let sql = format!("update members set {}, version = version + 1 where id = $1", sets.join(", "));
    let mut values = values![id.uuid()];
    values.extend(fact_values(draft));
    execute(&**tx, &sql, values).await?;
    Ok(())
}

/// What is the member's own to change.
pub(in crate::directory) async fn update_profile(tx: &Tx, id: MemberId, draft: &ProfileDraft) -> Result<(), DbFault> {
    execute(
        &**tx,
        "update members set email = $2, mobile = $3, locale = $4, zone = $5, version = version + 1 where id = $1",
        values![id.uuid(), draft.email.clone(), draft.mobile.clone(), draft.locale.tag(), draft.zone.clone()],
    )
    .await?;
    Ok(())
}

/// The member left on that day, or is back.
pub(in crate::directory) async fn set_left(tx: &Tx, id: MemberId, left_on: Option<NaiveDate>) -> Result<(), DbFault> {
    execute(
        &**tx,
        "update members set active = $2, left_on = $3, version = version + 1 where id = $1",
        values![id.uuid(), left_on.is_none(), left_on],
    )
    .await?;
    Ok(())
}

pub(in crate::directory) async fn set_team(tx: &Tx, id: MemberId, team: Option<TeamId>) -> Result<(), DbFault> {
    let sql = "update members set team_id = $2, version = version + 1 where id = $1";
    execute(&**tx, sql, values![id.uuid(), team.map(TeamId::uuid)]).await?;
    Ok(())
}

/// A new password, with which the member may try again at once.
pub(in crate::directory) async fn put_password(tx: &Tx, id: MemberId, login: &str, hash: &str) -> Result<(), DbFault> {
    execute(&**tx, "update members set password_hash = $2 where id = $1", values![id.uuid(), hash]).await?;
    execute(&**tx, "delete from sign_in_attempts where login = $1", values![login]).await?;
    Ok(())
}
