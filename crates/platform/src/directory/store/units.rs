//! What is written about teams and departments.

use chrono::{DateTime, Utc};
use kehu_core::{DepartmentId, MemberId, TeamId};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::db::{DbFault, Tx, execute, row};
use crate::values;

/// A team or a department.
#[derive(Clone, Copy, Debug)]
pub(in crate::directory) enum Unit {
    Team(TeamId),
    Department(DepartmentId),
}

impl Unit {
    /// The table, and the column with whoever stands at the head.
    const fn table(self) -> (&'static str, &'static str) {
        match self {
            Unit::Team(_) => ("teams", "leader_id"),
            Unit::Department(_) => ("departments", "liaison_id"),
        }
    }

    pub const fn uuid(self) -> Uuid {
        match self {
            Unit::Team(id) => id.uuid(),
            Unit::Department(id) => id.uuid(),
        }
    }
}

pub(in crate::directory) async fn insert_unit(
    tx: &Tx,
    unit: Unit,
    name: &str,
    head: Option<MemberId>,
) -> Result<(), DbFault> {
    let (table, column) = unit.table();
    let sql = format!("insert into {table} (id, name, {column}, version) values ($1, $2, $3, 1)");
    execute(&**tx, &sql, values![unit.uuid(), name, head.map(MemberId::uuid)]).await?;
    Ok(())
}

pub(in crate::directory) async fn update_unit(
    tx: &Tx,
    unit: Unit,
    name: &str,
    head: Option<MemberId>,
) -> Result<(), DbFault> {
    let (table, column) = unit.table();
    let sql = format!("update {table} set name = $2, {column} = $3, version = version + 1 where id = $1");
    execute(&**tx, &sql, values![unit.uuid(), name, head.map(MemberId::uuid)]).await?;
    Ok(())
}

/// The version that the unit has now; `None` when there is no such unit.
pub(in crate::directory) async fn unit_version(on: &impl ConnectionTrait, unit: Unit) -> Result<Option<i64>, DbFault> {
    #[derive(FromQueryResult)]
    struct Version {
        version: i64,
    }
    let sql = format!("select version from {} where id = $1", unit.table().0);
    Ok(row::<Version>(on, &sql, values![unit.uuid()]).await?.map(|found| found.version))
}

/// Ends the unit, which then has nobody at its head, or takes it back into use.
pub(in crate::directory) async fn archive_unit(tx: &Tx, unit: Unit, at: Option<DateTime<Utc>>) -> Result<(), DbFault> {
    let (table, head) = unit.table();
    let sql = format!("update {table} set archived_at = $2, {head} = null, version = version + 1 where id = $1");
    execute(&**tx, &sql, values![unit.uuid(), at]).await?;
    Ok(())
}
