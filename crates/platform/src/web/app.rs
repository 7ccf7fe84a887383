//! What a request handler is given, and what an area hands in to be composed into the product.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use kehu_core::{Actor, Clock, Locale, MemberId};
use sea_orm::DatabaseExecutor;
use tokio_util::task::TaskTracker;
use utoipa_axum::router::OpenApiRouter;

use super::api::Rates;
use super::events::Events;
use super::kit::Icon;
use super::onlooking::Onlooking;
use crate::consequence::{Consequence, DirectoryEvent, Held, LeavingCheck};
use crate::db::{Db, DbFault, Migration, Tx};
use crate::error::Error;
use crate::jobs::JobHandler;
use crate::kept::Kept;

/// The running product: shared by all requests, cheap to clone.
#[derive(Clone)]
pub struct App {
    pub db: Db,
    pub clock: Clock,
    pub events: Events,
    /// The directory, the calendar and the like, read once a revision.
    pub kept: Kept,
    /// Detached requests and jobs in hand: shutdown waits for them.
    pub tasks: TaskTracker,
    pub nav: Arc<Vec<NavEntry>>,
    /// What the operations of the API do, by their ids.
    pub api_words: Arc<HashMap<&'static str, Words>>,
    /// As in [`Area`].
    pub beside: Arc<Vec<(&'static str, &'static str)>>,
    /// What areas do when the directory changes, in the order of the areas.
    pub consequences: Arc<Vec<Arc<dyn Consequence>>>,
    /// What a member must hand over before they leave.
    pub leaving_checks: Arc<Vec<Arc<dyn LeavingCheck>>>,
    /// Who does jobs of which kind.
    pub jobs: Arc<Vec<Arc<dyn JobHandler>>>,
    /// Which pages an administrator sees who looks through a member's eyes.
    pub onlooking: Arc<Onlooking>,
    /// Whether cookies are only sent over TLS.
    pub secure_cookies: bool,
    /// How much each token has asked of the API lately.
    pub rates: Rates,
}

/// Under which heading of the side bar a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NavGroup {
    Work,
    Customers,
    Team,
    Administration,
}

/// How many things wait for the actor behind a place in the side bar.
pub type NavCount = for<'a> fn(&'a App, &'a Actor, DateTime<Utc>) -> BoxFuture<'a, Result<i64, DbFault>>;

/// A place in the side bar, shown to those who may go there.
#[derive(Clone)]
pub struct NavEntry {
    pub group: NavGroup,
    pub href: &'static str,
    pub label: fn(Locale) -> &'static str,
    pub icon: Icon,
    /// One of the three places on the phone's bar.
    pub thumb: bool,
    pub visible: fn(&Actor) -> bool,
    /// What is overdue there, shown in red behind the name.
    pub count: Option<NavCount>,
}

/// What an operation of the API does, in the reader's words, by its id.
pub type OperationWords = (&'static str, Words);

/// A text in the reader's language.
pub type Words = fn(Locale) -> &'static str;

/// What an area of the product consists of; `server` composes them.
#[derive(Default)]
pub struct Area {
    pub pages: Router<App>,
    pub api: OpenApiRouter<App>,
    pub api_words: Vec<OperationWords>,
    pub migrations: Vec<Migration>,
    pub nav: Vec<NavEntry>,
    /// Pages beside a place of the side bar that have an address of their own: (their address, the place's).
    pub beside: Vec<(&'static str, &'static str)>,
    pub consequences: Vec<Arc<dyn Consequence>>,
    pub leaving_checks: Vec<Arc<dyn LeavingCheck>>,
    pub jobs: Vec<Arc<dyn JobHandler>>,
    /// Pages, by the beginning of their address, on which an onlooker is shown nothing of customers.
    pub shown_to_onlookers: Vec<&'static str>,
    /// Pages on which an onlooker is shown of customers only what they may see by themselves as well.
    pub narrowed_to_onlookers: Vec<&'static str>,
}

impl App {
    /// Puts the areas' contributions together; their pages are served by the router.
    pub fn new(db: Db, clock: Clock, areas: Vec<Area>, secure_cookies: bool) -> Self {
        let mut onlooking = Onlooking::default();
        let mut api_words = HashMap::new();
        let (mut nav, mut beside) = (Vec::new(), Vec::new());
        let (mut consequences, mut leaving_checks, mut jobs) = (Vec::new(), Vec::new(), Vec::new());
        for area in areas {
            nav.extend(area.nav);
            beside.extend(area.beside);
            api_words.extend(area.api_words);
            consequences.extend(area.consequences);
            leaving_checks.extend(area.leaving_checks);
            jobs.extend(area.jobs);
            onlooking.shown.extend(area.shown_to_onlookers);
            onlooking.narrowed.extend(area.narrowed_to_onlookers);
        }
        Self {
            db,
            clock,
            events: Events::default(),
            kept: Kept::default(),
            tasks: TaskTracker::new(),
            nav: Arc::new(nav),
            api_words: Arc::new(api_words),
            beside: Arc::new(beside),
            consequences: Arc::new(consequences),
            leaving_checks: Arc::new(leaving_checks),
            jobs: Arc::new(jobs),
            onlooking: Arc::new(onlooking),
            secure_cookies,
            rates: Rates::default(),
        }
    }

    /// Lets every area follow a change of the directory, in its transaction.
    pub async fn follow(
        &self,
        tx: &Tx,
        actor: &Actor,
        now: DateTime<Utc>,
        event: &DirectoryEvent,
    ) -> Result<(), Error> {
        for consequence in self.consequences.iter() {
            consequence.follow(tx, actor, now, event).await?;
        }
        Ok(())
    }

    /// All that a member must hand over before they leave.
    pub async fn held_by(
        &self,
        on: &DatabaseExecutor<'_>,
        member: MemberId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Held>, DbFault> {
        let mut held = Vec::new();
        for check in self.leaving_checks.iter() {
            held.extend(check.held(on, member, now).await?);
        }
        Ok(held)
    }
}
