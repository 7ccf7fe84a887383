//! The directory of a company that has been at work for a while, written as it was: who joined
//! when, who has left, who was away and who stood in. The journal is the caller's.

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{DepartmentId, MemberId, TeamId};

use super::members::MemberDraft;
use super::model::Leave;
use super::store;
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
    store::insert_members(tx, all).await
}

/// Writes leaves, each with the moment it was announced.
pub async fn leaves(tx: &Tx, all: &[(Leave, DateTime<Utc>)]) -> Result<(), DbFault> {
    store::insert_leaves(tx, all).await
}
