//! Submitting the draft to company leadership, with what is new and from when it should count.

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::RulebookVersionId;
use kehu_platform::db::{Lock, Tx};
use kehu_platform::journal::{self, Entry};
use kehu_platform::web::App;
use kehu_platform::{Error, Invalid, directory};
use serde_json::json;

use super::documents::document;
use super::draft::{RECORD, seen};
use super::model::{State, Version};
use super::permission::Drafter;
use super::{store, wording};
use crate::clauses::difference;
use crate::t;

/// What is new in the version, and from when it should count.
#[derive(Clone, Debug, Default)]
pub struct Submission {
    pub summary: String,
    pub in_force_from: Option<NaiveDate>,
}

/// The longest summary or note, in characters.
pub const LONGEST: usize = 2000;

pub async fn submit(
    app: &App,
    by: Drafter<'_>,
    now: DateTime<Utc>,
    id: RulebookVersionId,
    version: i64,
    submission: Submission,
) -> Result<(), Error> {
    app.db
        .write(Lock::company(), async |tx| {
            let draft = seen(tx, id, version).await?;
            if !draft.state.is_editable() {
                return Err(Error::conflict("not_editable", t::rulebook::not_editable));
            }
            check(tx, now, &draft, &submission).await?;
            let submitted = Version {
                state: State::Submitted,
                summary: submission.summary.trim().to_owned(),
                in_force_from: submission.in_force_from,
                submitted_by: by.member,
                submitted_at: Some(now),
                version: draft.version + 1,
                ..draft
            };
            store::update(tx, &submitted).await?;
            let entry = Entry::new(RECORD, id, "submitted")
                .after(json!({ "summary": submitted.summary, "in_force_from": submitted.in_force_from }));
            journal::record(tx, &by, now, entry).await?;
            Ok(())
        })
        .await
}

async fn check(tx: &Tx, now: DateTime<Utc>, draft: &Version, submission: &Submission) -> Result<(), Error> {
    let mut invalid = Invalid::default();
    let summary = submission.summary.trim();
    if summary.is_empty() {
        invalid.add("summary", "required", t::rulebook::summary_required);
    } else if summary.chars().count() > LONGEST {
        invalid.add("summary", "too_long", |l| t::rulebook::too_long(l, LONGEST));
    }
    let newest = store::approved(&**tx).await?.pop();
    check_start(tx, now, newest.as_ref(), submission.in_force_from, &mut invalid).await?;
    let said = document(&**tx, draft).await?;
    for problem in said.check() {
        invalid.add("", problem.fault.code(), move |l| wording::problem(l, &problem));
    }
    if let Some(newest) = &newest
        && difference(&*document(&**tx, newest).await?, &said).is_empty()
    {
        invalid.add("", "unchanged", t::rulebook::unchanged);
    }
    invalid.check()
}

/// A version counts from today or later, and never before the version that it changes: what was owed under the
/// rules of a day stays owed.
pub(super) async fn check_start(
    tx: &Tx,
    now: DateTime<Utc>,
    newest: Option<&Version>,
    from: Option<NaiveDate>,
    invalid: &mut Invalid,
) -> Result<(), Error> {
    let Some(from) = from else {
        invalid.add("in_force_from", "required", t::rulebook::start_required);
        return Ok(());
    };
    let zone = directory::calendar(&**tx).await?.zone();
    if from < zone.local_date(now) {
        invalid.add("in_force_from", "past", t::rulebook::start_past);
    } else if let Some(other) = newest.and_then(|v| v.in_force_from).filter(|other| from < *other) {
        invalid.add("in_force_from", "before_other", move |l| {
            t::rulebook::start_before_other(l, kehu_platform::web::when::full_day(l, other))
        });
    }
    Ok(())
}
