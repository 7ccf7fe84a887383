//! The directory's rules, proved on both databases.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod calendar;
mod leaves;
mod members;
mod teams;

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{Actor, Clock, Door, Locale, MemberId, Position};
use kehu_testkit::TestDatabase;
use serde_json::Value as Json;

use super::*;
use crate::consequence::{Consequence, DirectoryEvent};
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::web::{App, Area};

/// The schema of the platform in an empty database.
pub(crate) async fn migrated(url: &str) -> anyhow::Result<()> {
    let db = Db::connect(url).await?;
    db.migrate(crate::area().migrations).await?;
    Ok(db.close().await?)
}

/// Writes down what other areas would be told.
#[derive(Default)]
struct Told(Mutex<Vec<DirectoryEvent>>);

#[async_trait]
impl Consequence for Told {
    async fn follow(&self, _: &Tx, _: &Actor, _: DateTime<Utc>, event: &DirectoryEvent) -> Result<(), Error> {
        self.0.lock().unwrap().push(event.clone());
        Ok(())
    }
}

/// A company on Tuesday, 24 November 2026, 10:00 in Shanghai, with its first administrator.
pub(crate) struct Company {
    pub app: App,
    pub administrator: MemberId,
    told: Arc<Told>,
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl Company {
    pub async fn set_up(database: &TestDatabase) -> Self {
        let told = Arc::new(Told::default());
        let db = Db::connect(database.url()).await.unwrap();
        let listening = Area { consequences: vec![told.clone()], ..Area::default() };
        let clock = Clock::standing_at("2026-11-24T02:00:00Z".parse().unwrap());
        let app = App::new(db, clock, vec![crate::area(), listening], false);
        let company = CompanyDraft { name: "远景电气".to_owned(), zone: "Asia/Shanghai".to_owned() };
        let first = FirstAdministrator {
            login: "Admin".to_owned(),
            name: "张伟".to_owned(),
            password: "sehr-geheim".to_owned(),
            locale: Locale::ZhHans,
        };
        let administrator = set_up(&app, app.clock.now(), company, first).await.unwrap();
        Self { app, administrator, told }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    pub async fn actor(&self, member: MemberId) -> Actor {
        actor(self.app.db.read(), member, self.now(), Door::Web).await.unwrap().unwrap()
    }

    pub async fn member(&self, id: MemberId) -> Member {
        member(self.app.db.read(), id).await.unwrap().unwrap()
    }

    async fn draft(&self, login: &str, name: &str, positions: &[Position]) -> MemberDraft {
        MemberDraft {
            login: login.to_owned(),
            name: name.to_owned(),
            positions: positions.iter().copied().collect(),
            zone: "Asia/Shanghai".to_owned(),
            ..MemberDraft::default()
        }
    }

    /// A new member with the login and positions, who cannot sign in yet.
    async fn joins(&self, login: &str, positions: &[Position]) -> MemberId {
        let admin = self.actor(self.administrator).await;
        let draft = self.draft(login, login, positions).await;
        add_member(&self.app, admin.administrator().unwrap(), self.now(), draft, None).await.unwrap()
    }

    /// The verbs in the journal of a record, oldest first.
    async fn verbs(&self, kind: &str, id: impl Into<uuid::Uuid>) -> Vec<String> {
        let entries = crate::journal::of_record(self.app.db.read(), kind, id).await.unwrap();
        entries.into_iter().map(|e| e.verb).collect()
    }

    async fn last_change(&self, kind: &str, id: impl Into<uuid::Uuid>) -> (Option<Json>, Option<Json>) {
        let entries = crate::journal::of_record(self.app.db.read(), kind, id).await.unwrap();
        let last = entries.into_iter().next_back().unwrap();
        (last.before_values, last.after_values)
    }

    fn told(&self) -> Vec<DirectoryEvent> {
        std::mem::take(&mut *self.told.0.lock().unwrap())
    }
}

/// The fields that were refused, with their codes.
pub(crate) fn refused<T>(outcome: Result<T, Error>) -> Vec<(String, &'static str)> {
    match outcome {
        Err(Error::Invalid(invalid)) => invalid.errors().iter().map(|e| (e.field.clone(), e.code)).collect(),
        Err(other) => panic!("refused otherwise: {other}"),
        Ok(_) => Vec::new(),
    }
}

/// The code of a conflict.
fn conflict<T>(outcome: Result<T, Error>) -> Option<&'static str> {
    match outcome {
        Err(Error::Conflict { code, .. }) => Some(code),
        _ => None,
    }
}

fn field(field: &str, code: &'static str) -> Vec<(String, &'static str)> {
    vec![(field.to_owned(), code)]
}
