//! The directory in the database.

mod members;
mod units;

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{DepartmentId, LeaveId, MemberId, Positions, TeamId};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::db::{DbFault, Tx, execute, insert_all, row, rows};
use crate::directory::model::{Company, Department, Leave, Member, Team};
use crate::{search, values};

pub(in crate::directory) use members::{
    insert_members, put_password, set_left, set_team, update_member, update_profile,
};
pub(in crate::directory) use units::{Unit, archive_unit, insert_unit, unit_version, update_unit};

#[derive(FromQueryResult)]
struct MemberRow {
    id: Uuid,
    login: String,
    name: String,
    positions: i32,
    team_id: Option<Uuid>,
    department_id: Option<Uuid>,
    specialties: String,
    email: String,
    mobile: String,
    locale: String,
    zone: String,
    can_sign_in: bool,
    active: bool,
    left_on: Option<NaiveDate>,
    created_at: DateTime<Utc>,
    version: i64,
}

const MEMBER: &str =
    "select id, login, name, positions, team_id, department_id, specialties, email, mobile, locale, zone,
    (password_hash is not null) as can_sign_in, active, left_on, created_at, version from members";

impl From<MemberRow> for Member {
    fn from(r: MemberRow) -> Self {
        Self {
            id: r.id.into(),
            login: r.login,
            name: r.name,
            positions: positions(r.positions),
            team: r.team_id.map(TeamId),
            department: r.department_id.map(DepartmentId),
            specialties: r.specialties,
            email: r.email,
            mobile: r.mobile,
            locale: r.locale,
            zone: r.zone,
            can_sign_in: r.can_sign_in,
            active: r.active,
            left_on: r.left_on,
            created_at: r.created_at,
            version: r.version,
        }
    }
}

fn positions(bits: i32) -> Positions {
    Positions::from_bits(u16::try_from(bits).unwrap_or_default())
}

/// Every member, active ones first, by name.
pub async fn members(on: &impl ConnectionTrait) -> Result<Vec<Member>, DbFault> {
    let mut found: Vec<MemberRow> = rows(on, MEMBER, vec![]).await?;
    found.sort_by_cached_key(|m| (!m.active, search::person_sort_key(&m.name), m.login.clone()));
    Ok(found.into_iter().map(Member::from).collect())
}

pub async fn member(on: &impl ConnectionTrait, id: MemberId) -> Result<Option<Member>, DbFault> {
    Ok(row::<MemberRow>(on, &format!("{MEMBER} where id = $1"), values![id.uuid()]).await?.map(Member::from))
}

pub async fn member_by_login(on: &impl ConnectionTrait, login: &str) -> Result<Option<Member>, DbFault> {
    Ok(row::<MemberRow>(on, &format!("{MEMBER} where login = $1"), values![login]).await?.map(Member::from))
}

#[derive(FromQueryResult)]
struct TeamRow {
    id: Uuid,
    name: String,
    leader_id: Option<Uuid>,
    archived_at: Option<DateTime<Utc>>,
    version: i64,
}

impl From<TeamRow> for Team {
    fn from(r: TeamRow) -> Self {
        Self {
            id: r.id.into(),
            name: r.name,
            leader: r.leader_id.map(MemberId),
            archived: r.archived_at.is_some(),
            version: r.version,
        }
    }
}

const TEAM: &str = "select id, name, leader_id, archived_at, version from teams";

pub async fn teams(on: &impl ConnectionTrait) -> Result<Vec<Team>, DbFault> {
    let mut found: Vec<TeamRow> = rows(on, TEAM, vec![]).await?;
    found.sort_by_cached_key(|team| search::sort_key(&team.name));
    Ok(found.into_iter().map(Team::from).collect())
}

pub async fn team(on: &impl ConnectionTrait, id: TeamId) -> Result<Option<Team>, DbFault> {
    Ok(row::<TeamRow>(on, &format!("{TEAM} where id = $1"), values![id.uuid()]).await?.map(Team::from))
}

#[derive(FromQueryResult)]
struct DepartmentRow {
    id: Uuid,
    name: String,
    liaison_id: Option<Uuid>,
    archived_at: Option<DateTime<Utc>>,
    version: i64,
}

pub async fn department(on: &impl ConnectionTrait, id: DepartmentId) -> Result<Option<Department>, DbFault> {
    Ok(departments(on).await?.into_iter().find(|d| d.id == id))
}

pub async fn departments(on: &impl ConnectionTrait) -> Result<Vec<Department>, DbFault> {
    let sql = "select id, name, liaison_id, archived_at, version from departments";
    let mut found: Vec<DepartmentRow> = rows(on, sql, vec![]).await?;
    found.sort_by_cached_key(|department| search::sort_key(&department.name));
    Ok(found
        .into_iter()
        .map(|r| Department {
            id: r.id.into(),
            name: r.name,
            liaison: r.liaison_id.map(MemberId),
            archived: r.archived_at.is_some(),
            version: r.version,
        })
        .collect())
}

#[derive(FromQueryResult)]
struct LeaveRow {
    id: Uuid,
    member_id: Uuid,
    deputy_id: Uuid,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    reason: String,
}

const LEAVE: &str =
    "select id, member_id, deputy_id, starts_on, ends_on, reason from leaves where cancelled_at is null";

impl From<LeaveRow> for Leave {
    fn from(r: LeaveRow) -> Self {
        Self {
            id: LeaveId(r.id),
            member: r.member_id.into(),
            deputy: r.deputy_id.into(),
            starts_on: r.starts_on,
            ends_on: r.ends_on,
            reason: r.reason,
        }
    }
}

/// Leaves that touch any day from the first to the last, of everybody.
pub async fn leaves_between(
    on: &impl ConnectionTrait,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<Leave>, DbFault> {
    let sql = format!("{LEAVE} and starts_on <= $2 and ends_on >= $1 order by starts_on, id");
    let found: Vec<LeaveRow> = rows(on, &sql, values![first, last]).await?;
    Ok(found.into_iter().map(Leave::from).collect())
}

/// Every leave that has not been cancelled, the earliest first.
pub(super) async fn leaves(on: &impl ConnectionTrait) -> Result<Vec<Leave>, DbFault> {
    let found: Vec<LeaveRow> = rows(on, &format!("{LEAVE} order by starts_on, id"), vec![]).await?;
    Ok(found.into_iter().map(Leave::from).collect())
}

/// The leaves of one member, latest first.
pub async fn leaves_of(on: &impl ConnectionTrait, member: MemberId) -> Result<Vec<Leave>, DbFault> {
    let sql = format!("{LEAVE} and member_id = $1 order by starts_on desc, id");
    let found: Vec<LeaveRow> = rows(on, &sql, values![member.uuid()]).await?;
    Ok(found.into_iter().map(Leave::from).collect())
}

/// Leaves that name the member as the deputy and last until the given day or longer.
pub(in crate::directory) async fn leaves_with_deputy(
    on: &impl ConnectionTrait,
    deputy: MemberId,
    until: NaiveDate,
) -> Result<Vec<Leave>, DbFault> {
    let sql = format!("{LEAVE} and deputy_id = $1 and ends_on >= $2 order by starts_on, id");
    let found: Vec<LeaveRow> = rows(on, &sql, values![deputy.uuid(), until]).await?;
    Ok(found.into_iter().map(Leave::from).collect())
}

/// A leave that has not been cancelled.
pub async fn leave(on: &impl ConnectionTrait, id: LeaveId) -> Result<Option<Leave>, DbFault> {
    Ok(row::<LeaveRow>(on, &format!("{LEAVE} and id = $1"), values![id.uuid()]).await?.map(Leave::from))
}

/// Writes leaves, each with the moment it was announced.
pub(in crate::directory) async fn insert_leaves(tx: &Tx, all: &[(Leave, DateTime<Utc>)]) -> Result<(), DbFault> {
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

/// The member is back earlier.
pub(in crate::directory) async fn end_leave(tx: &Tx, id: LeaveId, last: NaiveDate) -> Result<(), DbFault> {
    execute(&**tx, "update leaves set ends_on = $2 where id = $1", values![id.uuid(), last]).await?;
    Ok(())
}

pub(in crate::directory) async fn cancel_leave(tx: &Tx, id: LeaveId, now: DateTime<Utc>) -> Result<(), DbFault> {
    execute(&**tx, "update leaves set cancelled_at = $2 where id = $1", values![id.uuid(), now]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct CompanyRow {
    name: String,
    zone: String,
    demo: bool,
    version: i64,
}

/// The company, once it has been set up.
pub async fn company(on: &impl ConnectionTrait) -> Result<Option<Company>, DbFault> {
    let found: Option<CompanyRow> =
        row(on, "select name, zone, demo, version from company where id = 1", vec![]).await?;
    Ok(found.map(|r| Company { name: r.name, zone: r.zone, demo: r.demo, version: r.version }))
}

pub(in crate::directory) async fn insert_company(
    tx: &Tx,
    (name, zone): (&str, &str),
    demo: bool,
    now: DateTime<Utc>,
) -> Result<(), DbFault> {
    let sql = "insert into company (id, name, zone, demo, created_at, version) values (1, $1, $2, $3, $4, 1)";
    execute(&**tx, sql, values![name, zone, demo, now]).await?;
    Ok(())
}

pub(in crate::directory) async fn update_company(tx: &Tx, name: &str, zone: &str) -> Result<(), DbFault> {
    let sql = "update company set name = $1, zone = $2, version = version + 1 where id = 1";
    execute(&**tx, sql, values![name, zone]).await?;
    Ok(())
}
