//! What a request handler is given, and what an area hands in to be composed into the product.

use std::sync::Arc;

use axum::Router;
use kehu_core::{Actor, Clock, Locale};
use tokio_util::task::TaskTracker;

use super::events::Events;
use super::kit::Icon;
use crate::db::{Db, Migration};

/// The running product: shared by all requests, cheap to clone.
#[derive(Clone)]
pub struct App {
    pub db: Db,
    pub clock: Clock,
    pub events: Events,
    /// Detached requests and jobs in hand: shutdown waits for them.
    pub tasks: TaskTracker,
    pub nav: Arc<Vec<NavEntry>>,
    /// Whether cookies are only sent over TLS.
    pub secure_cookies: bool,
}

/// Under which heading of the side bar a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NavGroup {
    Work,
    Customers,
    Team,
    Administration,
}

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
}

/// What an area of the product consists of; `server` composes them.
#[derive(Default)]
pub struct Area {
    pub pages: Router<App>,
    pub migrations: Vec<Migration>,
    pub nav: Vec<NavEntry>,
}

impl App {
    pub fn new(db: Db, clock: Clock, nav: Vec<NavEntry>, secure_cookies: bool) -> Self {
        Self { db, clock, events: Events::default(), tasks: TaskTracker::new(), nav: Arc::new(nav), secure_cookies }
    }
}
