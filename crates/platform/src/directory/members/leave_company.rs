//! A member leaves the company, after handing over what they hold, or comes back.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{Administrator, MemberId, Position};
use sea_orm::DatabaseExecutor;
use serde_json::json;

use super::edit::{current, is_last_administrator};
use crate::consequence::{DirectoryEvent, Held, LeavingCheck};
use crate::db::{DbFault, Lock};
use crate::directory::{calendar, store};
use crate::error::{Error, Invalid};
use crate::i18n::Message;
use crate::web::App;
use crate::{journal, sign_in, t, tokens};

/// Ends a member's time in the company. They stay in the books, because history names them, but
/// can no longer sign in or be chosen.
///
/// # Errors
/// `still_holds` while there is anything to hand over; [`App::held_by`] lists it.
pub async fn leave_company(
    app: &App,
    by: Administrator<'_>,
    now: DateTime<Utc>,
    id: MemberId,
    version: i64,
    left_on: NaiveDate,
) -> Result<(), Error> {
    app.db
        .write(Lock::company(), async |tx| {
            let member = current(tx, id, version).await?;
            if !member.active {
                return Err(Error::conflict("already_left", t::directory::already_left));
            }
            let today = calendar(&**tx).await?.zone().local_date(now);
            if left_on > today {
                return Err(Invalid::one("left_on", "in_future", t::directory::left_in_future).into());
            }
            if member.positions.holds(Position::Administrator) && is_last_administrator(tx, id).await? {
                return Err(Error::conflict("last_administrator", t::directory::last_administrator));
            }
            let held = app.held_by(&DatabaseExecutor::from(&**tx), id, now).await?.len();
            if held > 0 {
                return Err(Error::conflict("still_holds", move |l| t::directory::still_holds(l, held)));
            }
            store::set_left(tx, id, Some(left_on)).await?;
            sign_in::revoke_all(tx, id, None).await?;
            tokens::revoke_all(tx, id, now).await?;
            let entry = journal::Entry::new("member", id, "left").after(json!({ "left_on": left_on }));
            journal::record(tx, &by, now, entry).await?;
            app.follow(tx, &by, now, &DirectoryEvent::MemberLeft { member: id, left_on }).await
        })
        .await
}

/// A member who left comes back, with the login and positions they had.
pub async fn rejoin(
    app: &App,
    by: Administrator<'_>,
    now: DateTime<Utc>,
    id: MemberId,
    version: i64,
) -> Result<(), Error> {
    app.db
        .write(Lock::company(), async |tx| {
            let member = current(tx, id, version).await?;
            if member.active {
                return Err(Error::conflict("not_left", t::directory::not_left));
            }
            store::set_left(tx, id, None).await?;
            let entry = journal::Entry::new("member", id, "rejoined").before(json!({ "left_on": member.left_on }));
            journal::record(tx, &by, now, entry).await?;
            Ok(())
        })
        .await
}

/// What the directory itself asks to be handed over: teams, departments and colleagues' leaves.
pub struct LeadsAndDeputises;

#[async_trait]
impl LeavingCheck for LeadsAndDeputises {
    async fn held(
        &self,
        on: &DatabaseExecutor<'_>,
        member: MemberId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Held>, DbFault> {
        let mut held = Vec::new();
        for team in store::teams(on).await?.into_iter().filter(|t| t.leader == Some(member) && !t.archived) {
            held.push(Held {
                label: Message::new(move |l| t::directory::held_team(l, team.name.clone())),
                href: format!("/teams/{}/edit", team.id),
                by_leader: false,
            });
        }
        for department in store::departments(on).await?.into_iter().filter(|d| d.liaison == Some(member) && !d.archived)
        {
            held.push(Held {
                label: Message::new(move |l| t::directory::held_department(l, department.name.clone())),
                href: format!("/departments/{}/edit", department.id),
                by_leader: false,
            });
        }
        let today = calendar(on).await?.zone().local_date(now);
        for leave in store::leaves_with_deputy(on, member, today).await? {
            let Some(away) = store::member(on, leave.member).await?.filter(|m| m.active) else { continue };
            held.push(Held {
                label: Message::new(move |l| t::directory::held_deputy(l, away.name.clone())),
                href: format!("/members/{}", leave.member),
                by_leader: false,
            });
        }
        Ok(held)
    }
}
