//! The directory of a company that has been at work for a while, written as it was: who joined
//! when, who has left, who was away and who stood in. The journal is the caller's.

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{DepartmentId, MemberId, TeamId};

use super::members::MemberDraft;
use super::model::Leave;
use crate::db::{DbFault, Tx, insert_all};
use crate::values;

/// A member with the day they came, and the one they went.
#[derive(Clone, Debug)]
pub struct PastMember {
    pub id: MemberId,
    pub draft: MemberDraft,
    pub password_hash: Option<String>,
    pub joined_at: DateTime<Utc>,
    pub left_on: Option<NaiveDate>,
}

/// Writes the company's row.
pub async fn found_company(
    tx: &Tx,
    founded_at: DateTime<Utc>,
    name: &str,
    zone: &str,
    demo: bool,
) -> Result<(), DbFault> {
    let columns = ["id", "name", "zone", "demo", "created_at", "version"];
    insert_all(&**tx, "company", &columns, vec![values![1, name, zone, demo, founded_at, 1_i64]]).await
}

/// Writes departments, each with its liaison.
pub async fn departments(tx: &Tx, all: &[(DepartmentId, &str, MemberId)]) -> Result<(), DbFault> {
    let rows = all.iter().map(|(id, name, liaison)| values![id.uuid(), *name, liaison.uuid(), 1_i64]);
    insert_all(&**tx, "departments", &["id", "name", "liaison_id", "version"], rows.collect()).await
}

/// Writes teams, each with its leader.
pub async fn teams(tx: &Tx, all: &[(TeamId, &str, MemberId)]) -> Result<(), DbFault> {
    let rows = all.iter().map(|(id, name, leader)| values![id.uuid(), *name, leader.uuid(), 1_i64]);
    insert_all(&**tx, "teams", &["id", "name", "leader_id", "version"], rows.collect()).await
}

/// Writes members; their teams and departments are there.
pub async fn members(tx: &Tx, all: &[PastMember]) -> Result<(), DbFault> {
    let columns = [
        "id",
        "login",
        "name",
        "positions",
        "team_id",
        "department_id",
        "specialties",
        "email",
        "mobile",
        "locale",
        "zone",
        "password_hash",
        "active",
        "left_on",
        "created_at",
        "version",
    ];
    let rows = all.iter().map(|member| {
        let draft = &member.draft;
        values![
            member.id.uuid(),
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
            member.password_hash.clone(),
            member.left_on.is_none(),
            member.left_on,
            member.joined_at,
            1_i64,
        ]
    });
    insert_all(&**tx, "members", &columns, rows.collect()).await
}

/// Writes leaves, each with the moment it was announced.
pub async fn leaves(tx: &Tx, all: &[(Leave, DateTime<Utc>)]) -> Result<(), DbFault> {
    let rows = all.iter().map(|(leave, announced_at)| {
        values![
            leave.id.uuid(),
            leave.member.uuid(),
            leave.deputy.uuid(),
            leave.starts_on,
            leave.ends_on,
            leave.reason.clone(),
            *announced_at
        ]
    });
    let columns = ["id", "member_id", "deputy_id", "starts_on", "ends_on", "reason", "created_at"];
    insert_all(&**tx, "leaves", &columns, rows.collect()).await
}
