//! A leave is announced, with the deputy in charge meanwhile.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kehu_core::{LeaveId, MemberId};
use serde_json::json;

use super::LeaveKeeper;
use crate::consequence::DirectoryEvent;
use crate::db::{DbFault, Lock, Tx};
use crate::directory::members::{active, limited};
use crate::directory::model::Leave;
use crate::directory::{calendar, store};
use crate::error::{Error, Invalid};
use crate::web::App;
use crate::{journal, t};

/// The longest single leave, in days.
const LONGEST: i64 = 366;
/// How far back a leave may begin when somebody else records it: a call that one is ill.
const BACKDATED: TimeDelta = TimeDelta::days(31);

/// A leave as it is asked for. Days are inclusive, in the company's zone.
#[derive(Clone, Debug)]
pub struct LeaveDraft {
    pub deputy: Option<MemberId>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub reason: String,
}

/// Announces a leave of the keeper's member.
pub async fn announce_leave(
    app: &App,
    by: LeaveKeeper<'_>,
    now: DateTime<Utc>,
    draft: LeaveDraft,
) -> Result<LeaveId, Error> {
    app.db
        .write(Lock::company(), async |tx| {
            let member = store::member(&**tx, by.member()).await?.ok_or(Error::NotFound)?;
            if !member.active {
                return Err(Error::conflict("already_left", t::directory::already_left));
            }
            let today = calendar(&**tx).await?.zone().local_date(now);
            let mut invalid = Invalid::default();
            limited(&mut invalid, "reason", &draft.reason, 200);
            let days = days(&draft, &by, today, &mut invalid);
            let deputy = deputy(tx, &by, &draft, days, &mut invalid).await?;
            if let Some((first, last)) = days {
                let meanwhile = store::leaves_between(&**tx, first, last).await?;
                if let Some(other) = meanwhile.into_iter().find(|leave| leave.member == by.member()) {
                    let (from, to) = (other.starts_on.to_string(), other.ends_on.to_string());
                    invalid.add("starts_on", "overlaps", move |l| {
                        t::directory::leave_overlaps(l, from.clone(), to.clone())
                    });
                }
            }
            invalid.check()?;
            let (Some((first, last)), Some(deputy)) = (days, deputy) else { return Err(Error::NotFound) };
            let id = LeaveId::new(now);
            let leave = Leave {
                id,
                member: by.member(),
                deputy,
                starts_on: first,
                ends_on: last,
                reason: draft.reason.clone(),
            };
            store::insert_leaves(tx, &[(leave, now)]).await?;
            let entry = journal::Entry::new("member", by.member(), "leave_announced")
                .after(json!({ "leave": id, "deputy": deputy, "starts_on": first, "ends_on": last }));
            journal::record(tx, by.actor, now, entry).await?;
            let event = DirectoryEvent::LeaveChanged { member: by.member(), first_day: first, last_day: last };
            app.follow(tx, by.actor, now, &event).await?;
            Ok(id)
        })
        .await
}

fn days(
    draft: &LeaveDraft,
    by: &LeaveKeeper<'_>,
    today: NaiveDate,
    invalid: &mut Invalid,
) -> Option<(NaiveDate, NaiveDate)> {
    for (field, day) in [("starts_on", draft.starts_on), ("ends_on", draft.ends_on)] {
        if day.is_none() {
            invalid.add(field, "required", t::app::required);
        }
    }
    let (first, last) = (draft.starts_on?, draft.ends_on?);
    if last < first {
        invalid.add("ends_on", "before_start", t::directory::leave_ends_before);
    } else if (last - first).num_days() >= LONGEST {
        invalid.add("ends_on", "too_long", |l| t::directory::leave_too_long(l, LONGEST));
    }
    // Otherwise one could hand a missed duty to a deputy afterwards.
    if by.is_own() && first < today {
        invalid.add("starts_on", "past", t::directory::leave_own_past);
    } else if first < today - BACKDATED {
        invalid.add("starts_on", "past", |l| t::directory::leave_past(l, BACKDATED.num_days()));
    }
    (first <= last).then_some((first, last))
}

/// The deputy must be there on every day of the leave.
async fn deputy(
    tx: &Tx,
    by: &LeaveKeeper<'_>,
    draft: &LeaveDraft,
    days: Option<(NaiveDate, NaiveDate)>,
    invalid: &mut Invalid,
) -> Result<Option<MemberId>, DbFault> {
    let Some(deputy) = draft.deputy else {
        invalid.add("deputy", "required", t::app::required);
        return Ok(None);
    };
    if deputy == by.member() {
        invalid.add("deputy", "own", t::directory::deputy_own);
    }
    let Some(found) = active(tx, "deputy", deputy, invalid).await? else { return Ok(None) };
    if let Some((first, last)) = days
        && let Some(away) = store::leaves_between(&**tx, first, last).await?.into_iter().find(|l| l.member == deputy)
    {
        let (from, to) = (away.starts_on.to_string(), away.ends_on.to_string());
        invalid
            .add("deputy", "away", move |l| t::directory::deputy_away(l, from.clone(), found.name.clone(), to.clone()));
    }
    Ok(Some(deputy))
}
