//! The clock: opens the windows that have begun, catching up after a standstill, and ends what
//! nobody discharged. It asks the same rules as the verbs, so doing it twice changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::calendar::Window;
use kehu_core::{AccountId, Actor, CommunicationId};
use kehu_platform::db::{Db, DbFault, Lock, Tx};
use kehu_platform::web::App;
use kehu_rulebook::obligations::{expired, opened_through, set_opened_through};

use super::books::Books;
use super::cadences::{CADENCES, Cadence, one_window, windows};
use super::promises::promises;
use crate::accounts;

/// How often the clock looks.
const EVERY: Duration = Duration::from_secs(30);

/// Runs beside the requests until the process stops.
pub async fn run(app: App) {
    loop {
        if let Err(fault) = tick(&app.db, app.clock.now()).await {
            tracing::error!(%fault, "opening and closing obligations");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Brings every obligation to what the clock says.
pub async fn tick(db: &Db, now: DateTime<Utc>) -> Result<(), DbFault> {
    // A look without the lock: most ticks have nothing to do.
    let books = Books::load(db.read()).await?;
    if !is_due(db, &books, now).await? {
        return Ok(());
    }
    db.write(Lock::company(), async |tx| {
        let system = Actor::system();
        accounts::follow_key_tiers(tx, &system, now, &books).await?;
        for cadence in CADENCES {
            open(tx, &system, now, &books, cadence).await?;
        }
        close(tx, &system, now, &books).await
    })
    .await
}

async fn is_due(db: &Db, books: &Books, now: DateTime<Utc>) -> Result<bool, DbFault> {
    for cadence in CADENCES {
        let current = Window::containing(cadence.window, books.zone().local_date(now));
        if opened_through(db.read(), cadence.rule).await? != Some(current.start) {
            return Ok(true);
        }
    }
    Ok(!expired(db.read(), now).await?.is_empty() || accounts::key_tiers_moved(db.read(), books, now).await?)
}

/// Opens every window that began since the last look, for all accounts.
async fn open(tx: &Tx, system: &Actor, now: DateTime<Utc>, books: &Books, cadence: Cadence) -> Result<(), DbFault> {
    let today = books.zone().local_date(now);
    let current = Window::containing(cadence.window, today);
    let done = opened_through(&**tx, cadence.rule).await?;
    let first = match done {
        Some(day) => Window::containing(cadence.window, day).next().start.min(current.start),
        // The first look ever: from when there were accounts.
        None => match accounts::first_tenure(&**tx).await? {
            Some(from) => Window::containing(cadence.window, books.zone().local_date(from)).start,
            None => current.start,
        },
    };
    for window in windows(cadence.window, books, books.zone().start_of_day(first), now) {
        one_window(tx, system, now, books, cadence, window, None).await?;
    }
    if done != Some(current.start) {
        set_opened_through(tx, cadence.rule, current.start).await?;
    }
    Ok(())
}

/// Ends what has reached its last moment.
async fn close(tx: &Tx, system: &Actor, now: DateTime<Utc>, books: &Books) -> Result<(), DbFault> {
    let mut by_window: BTreeMap<(String, NaiveDate), Vec<AccountId>> = BTreeMap::new();
    let mut contacts: BTreeSet<CommunicationId> = BTreeSet::new();
    for obligation in expired(&**tx, now).await? {
        match (obligation.window_key.parse::<NaiveDate>(), obligation.account) {
            (Ok(start), Some(account)) => by_window.entry((obligation.rule, start)).or_default().push(account),
            _ => {
                contacts.insert(obligation.about.into());
            }
        }
    }
    for ((rule, start), accounts) in by_window {
        if let Some(cadence) = Cadence::of_rule(&rule) {
            let window = Window::containing(cadence.window, start);
            one_window(tx, system, now, books, cadence, window, Some(&accounts)).await?;
        }
    }
    for contact in contacts {
        promises(tx, system, now, books, contact).await?;
    }
    Ok(())
}
