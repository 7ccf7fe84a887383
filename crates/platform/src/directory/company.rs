//! The company itself: its name and the zone in which its days are counted. The first set-up
//! makes it together with the first administrator.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kehu_core::calendar::Zone;
use kehu_core::{Actor, Administrator, Door, Locale, MemberId, Position, Positions};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::members::{MemberDraft, insert, required};
use super::store;
use crate::consequence::DirectoryEvent;
use crate::db::{Lock, Tx};
use crate::error::{Error, Invalid};
use crate::web::App;
use crate::{journal, sign_in, t};

/// There is one company an installation; its history stands under this id.
pub const COMPANY: Uuid = Uuid::nil();

/// What can be set about the company.
#[derive(Clone, Debug, Default)]
pub struct CompanyDraft {
    pub name: String,
    pub zone: String,
}

impl CompanyDraft {
    fn check(&self) -> Invalid {
        let mut invalid = Invalid::default();
        required(&mut invalid, "name", &self.name, 100);
        if self.zone.parse::<Zone>().is_err() {
            invalid.add("zone", "unknown", t::directory::zone_unknown);
        }
        invalid
    }

    fn values(&self) -> Json {
        json!({ "name": self.name.trim(), "zone": self.zone.trim() })
    }
}

/// Changes the company's name or zone. With another zone every day begins at another moment, so
/// what is counted in days is looked at again.
pub async fn edit_company(
    app: &App,
    by: Administrator<'_>,
    now: DateTime<Utc>,
    version: i64,
    draft: CompanyDraft,
) -> Result<(), Error> {
    draft.check().check()?;
    app.db
        .write(Lock::company(), async |tx| {
            let company = store::company(&**tx).await?.ok_or(Error::NotFound)?;
            if company.version != version {
                return Err(Error::Stale);
            }
            let known = CompanyDraft { name: company.name, zone: company.zone };
            let (before, after) = journal::changed(known.values(), draft.values());
            if after.as_object().is_none_or(|changes| changes.is_empty()) {
                return Ok(());
            }
            store::update_company(tx, draft.name.trim(), draft.zone.trim()).await?;
            let moved = after.get("zone").is_some();
            let entry = journal::Entry::new("company", COMPANY, "edited").before(before).after(after);
            journal::record(tx, &by, now, entry).await?;
            if moved {
                let (first_day, last_day) = around(now);
                app.follow(tx, &by, now, &DirectoryEvent::CalendarChanged { first_day, last_day }).await?;
            }
            Ok(())
        })
        .await
}

/// Every day that an open window or deadline can touch: a year to either side.
fn around(now: DateTime<Utc>) -> (NaiveDate, NaiveDate) {
    let today = now.date_naive();
    (today - TimeDelta::days(366), today + TimeDelta::days(366))
}

/// Writes the company's row; the installation must not have one yet.
pub async fn set_up_company(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    draft: &CompanyDraft,
    demo: bool,
) -> Result<(), Error> {
    draft.check().check()?;
    store::insert_company(tx, (draft.name.trim(), draft.zone.trim()), demo, now).await?;
    let entry = journal::Entry::new("company", COMPANY, "added").after(draft.values());
    journal::record(tx, actor, now, entry).await?;
    Ok(())
}

/// The first administrator of a new installation.
#[derive(Clone, Debug)]
pub struct FirstAdministrator {
    pub login: String,
    pub name: String,
    pub password: String,
    pub locale: Locale,
}

/// Sets up the company with its first administrator.
///
/// # Errors
/// `already_set_up` when the directory has anybody in it.
pub async fn set_up(
    app: &App,
    now: DateTime<Utc>,
    company: CompanyDraft,
    first: FirstAdministrator,
) -> Result<MemberId, Error> {
    let login = first.login.trim().to_lowercase();
    if let Some((code, words)) = sign_in::check_strength(&first.password, &login) {
        return Err(Invalid::one("password", code, words).into());
    }
    let hash = sign_in::hash(first.password).await?;
    let draft = MemberDraft {
        login,
        name: first.name,
        positions: Positions::from_iter([Position::Administrator]),
        locale: first.locale,
        zone: company.zone.clone(),
        ..MemberDraft::default()
    }
    .tidied();
    let actor = Actor { door: Door::CommandLine, ..Actor::system() };
    app.db
        .write(Lock::company(), async |tx| {
            if !store::members(&**tx).await?.is_empty() {
                return Err(Error::conflict("already_set_up", t::directory::already_set_up));
            }
            draft.check(tx, None).await?.check()?;
            if store::company(&**tx).await?.is_none() {
                set_up_company(tx, &actor, now, &company, false).await?;
            }
            Ok(insert(tx, &actor, now, &draft, Some(&hash)).await?)
        })
        .await
}
