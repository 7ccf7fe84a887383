//! Asking the rules again when something other than a record has changed: a waiver, a handover, a
//! leave, the calendar.

use async_trait::async_trait;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use kehu_core::calendar::Window;
use kehu_core::{AccountId, Actor};
use kehu_platform::consequence::{Consequence, DirectoryEvent};
use kehu_platform::db::{DbFault, Tx};
use kehu_platform::{Error, directory};
use kehu_rulebook::obligations::{Obligation, due_between, unsettled_of_account};

use super::books::Books;
use super::cadences::{Cadence, cadences, one_window};
use super::promises::{promises, unsettled};
use crate::accounts::carriers_held_by;

/// How far a window's reckoning reaches past its end: the working days for entering a contact,
/// over the longest holidays.
const REACH: Duration = Duration::days(40);

/// Asks the rule of one obligation again, after a waiver or a confirmation.
pub async fn reassess(tx: &Tx, actor: &Actor, now: DateTime<Utc>, obligation: &Obligation) -> Result<(), DbFault> {
    let books = Books::load(&**tx).await?;
    match (Cadence::of_rule(&obligation.rule), obligation.window_key.parse::<NaiveDate>(), obligation.account) {
        (Some(cadence), Ok(start), Some(account)) => {
            let window = Window::containing(cadence.window, start);
            one_window(tx, actor, now, &books, cadence, window, Some(&[account])).await
        }
        _ => promises(tx, actor, now, &books, obligation.about.into()).await,
    }
}

/// After an account was created, changed its tier, its group or its owner: the running windows,
/// and what its visits have left open.
pub async fn account(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    carriers: &[AccountId],
    id: AccountId,
) -> Result<(), DbFault> {
    accounts(tx, actor, now, books, carriers, &[id]).await
}

/// The same for several accounts at once.
pub async fn accounts(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    carriers: &[AccountId],
    ids: &[AccountId],
) -> Result<(), DbFault> {
    cadences(tx, actor, now, books, Some(carriers), (now - REACH, now)).await?;
    for id in ids {
        for contact in unsettled(&unsettled_of_account(&**tx, *id).await?) {
            promises(tx, actor, now, books, contact).await?;
        }
    }
    Ok(())
}

/// Follows the directory: leaves and the calendar.
#[derive(Debug)]
pub struct Directory;

#[async_trait]
impl Consequence for Directory {
    async fn follow(&self, tx: &Tx, actor: &Actor, now: DateTime<Utc>, event: &DirectoryEvent) -> Result<(), Error> {
        let books = Books::load(&**tx).await?;
        let zone = books.zone();
        match event {
            DirectoryEvent::LeaveChanged { member, first_day, last_day } => {
                let range = (zone.start_of_day(*first_day), zone.end_of_day(*last_day));
                // Whoever the member stands in for is concerned as well: it may pass on to another.
                let leaves = directory::leaves_between(&**tx, *first_day, *last_day).await?;
                let carriers = carriers_held_by(&**tx, &directory::behind(&leaves, *member)).await?;
                cadences(tx, actor, now, &books, Some(&carriers), range).await?;
                again(tx, actor, now, &books, (range.0 - Duration::days(1), range.1 + Duration::days(1))).await?;
            }
            DirectoryEvent::CalendarChanged { first_day, last_day } => {
                let range = (zone.start_of_day(*first_day) - REACH, zone.end_of_day(*last_day) + REACH);
                cadences(tx, actor, now, &books, None, range).await?;
                again(tx, actor, now, &books, range).await?;
            }
            DirectoryEvent::MemberLeft { .. } => {}
        }
        Ok(())
    }
}

/// The promises that fall due in the range, or end in it.
async fn again(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    range: (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), DbFault> {
    let mut contacts: Vec<_> = due_between(&**tx, range.0, range.1)
        .await?
        .into_iter()
        .filter(|o| o.about_kind == "communication")
        .map(|o| o.about)
        .collect();
    contacts.sort_unstable();
    contacts.dedup();
    for contact in contacts {
        promises(tx, actor, now, books, contact.into()).await?;
    }
    Ok(())
}
