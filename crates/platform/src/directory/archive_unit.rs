//! A team or a department that nobody is in any more is archived, and may be taken back into use.

use chrono::{DateTime, Utc};
use kehu_core::{Administrator, DepartmentId, TeamId};

use super::store::{self, Unit};
use crate::db::Lock;
use crate::error::Error;
use crate::web::App;
use crate::{journal, t};

pub async fn archive_team(
    app: &App,
    by: Administrator<'_>,
    now: DateTime<Utc>,
    id: TeamId,
    version: i64,
    archived: bool,
) -> Result<(), Error> {
    archive(app, by, now, (Unit::Team(id), version), archived).await
}

pub async fn archive_department(
    app: &App,
    by: Administrator<'_>,
    now: DateTime<Utc>,
    id: DepartmentId,
    version: i64,
    archived: bool,
) -> Result<(), Error> {
    archive(app, by, now, (Unit::Department(id), version), archived).await
}

async fn archive(
    app: &App,
    by: Administrator<'_>,
    now: DateTime<Utc>,
    (unit, version): (Unit, i64),
    archived: bool,
) -> Result<(), Error> {
    app.db
        .write(Lock::company(), async |tx| {
            if store::unit_version(&**tx, unit).await?.ok_or(Error::NotFound)? != version {
                return Err(Error::Stale);
            }
            let members = store::members(&**tx).await?.into_iter().filter(|m| m.active);
            let inside = members.filter(|m| match unit {
                Unit::Team(id) => m.team == Some(id),
                Unit::Department(id) => m.department == Some(id),
            });
            match (unit, inside.count()) {
                (Unit::Team(_), n) if archived && n > 0 => {
                    return Err(Error::conflict("team_not_empty", move |l| t::directory::team_not_empty(l, n)));
                }
                (Unit::Department(_), n) if archived && n > 0 => {
                    let words = move |l| t::directory::department_not_empty(l, n);
                    return Err(Error::conflict("department_not_empty", words));
                }
                _ => {}
            }
            store::archive_unit(tx, unit, archived.then_some(now)).await?;
            let kind = match unit {
                Unit::Team(_) => "team",
                Unit::Department(_) => "department",
            };
            let verb = if archived { "archived" } else { "restored" };
            journal::record(tx, &by, now, journal::Entry::new(kind, unit.uuid(), verb)).await?;
            Ok(())
        })
        .await
}
