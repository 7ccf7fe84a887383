//! The company's departments, each with a liaison (接口人) who receives what concerns it.

use chrono::{DateTime, Utc};
use kehu_core::{Administrator, DepartmentId, MemberId};
use serde_json::{Value as Json, json};

use super::members::{active, required};
use super::model::Department;
use super::store::{self, Unit};
use crate::db::{DbFault, Lock, Tx};
use crate::error::{Error, Invalid};
use crate::web::App;
use crate::{journal, t};

/// A department as an administrator wants it.
#[derive(Clone, Debug, Default)]
pub struct DepartmentDraft {
    pub name: String,
    pub liaison: Option<MemberId>,
}

/// Enters a department.
pub async fn add_department(
    app: &App,
    by: Administrator<'_>,
    now: DateTime<Utc>,
    draft: DepartmentDraft,
) -> Result<DepartmentId, Error> {
    app.db
        .write(Lock::company(), async |tx| {
            check(tx, None, &draft).await?.check()?;
            let id = DepartmentId::new(now);
            store::insert_unit(tx, Unit::Department(id), draft.name.trim(), draft.liaison).await?;
            let entry =
                journal::Entry::new("department", id, "added").after(own_values(draft.name.trim(), draft.liaison));
            journal::record(tx, &by, now, entry).await?;
            Ok(id)
        })
        .await
}

/// Renames a department or names another liaison.
pub async fn edit_department(
    app: &App,
    by: Administrator<'_>,
    now: DateTime<Utc>,
    id: DepartmentId,
    version: i64,
    draft: DepartmentDraft,
) -> Result<(), Error> {
    app.db
        .write(Lock::company(), async |tx| {
            let department = current(tx, id, version).await?;
            check(tx, Some(&department), &draft).await?.check()?;
            let (before, after) = journal::changed(
                own_values(&department.name, department.liaison),
                own_values(draft.name.trim(), draft.liaison),
            );
            if after.as_object().is_none_or(|changes| changes.is_empty()) {
                return Ok(());
            }
            store::update_unit(tx, Unit::Department(id), draft.name.trim(), draft.liaison).await?;
            let entry = journal::Entry::new("department", id, "edited").before(before).after(after);
            journal::record(tx, &by, now, entry).await?;
            Ok(())
        })
        .await
}

async fn current(tx: &Tx, id: DepartmentId, version: i64) -> Result<Department, Error> {
    let department = store::department(&**tx, id).await?.ok_or(Error::NotFound)?;
    if department.version == version { Ok(department) } else { Err(Error::Stale) }
}

fn own_values(name: &str, liaison: Option<MemberId>) -> Json {
    json!({ "name": name, "liaison": liaison })
}

async fn check(tx: &Tx, of: Option<&Department>, draft: &DepartmentDraft) -> Result<Invalid, DbFault> {
    let mut invalid = Invalid::default();
    required(&mut invalid, "name", &draft.name, 60);
    let known = store::departments(&**tx).await?;
    if known.iter().any(|d| d.name == draft.name.trim() && of.is_none_or(|of| of.id != d.id)) {
        invalid.add("name", "taken", t::directory::name_taken);
    }
    if let Some(liaison) = draft.liaison {
        active(tx, "liaison", liaison, &mut invalid).await?;
    }
    Ok(invalid)
}
