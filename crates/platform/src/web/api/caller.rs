//! A request of a program being answered: the token it came with, and the member it acts for.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chrono::{DateTime, Utc};
use kehu_core::calendar::Zone;
use kehu_core::{Actor, Locale, MemberId, TokenId};

use super::once::{Once, Reply};
use super::problem::Problem;
use crate::db::{DbFault, Lock, Tx};
use crate::directory::{Leave, Roster, Standing};
use crate::kept::Settled;
use crate::web::App;

/// Who asks; made by the door alone, so that no operation is reached without a token.
#[derive(Clone)]
pub struct Caller {
    pub app: App,
    /// Acts through the door of the API.
    pub actor: Actor,
    pub member: MemberId,
    pub token: TokenId,
    pub token_name: String,
    pub read_only: bool,
    /// Of `Accept-Language`, else the member's own.
    pub locale: Locale,
    /// The company's zone, in which its days are counted.
    pub zone: Zone,
    /// The moment of this request, the same for everything in it.
    pub now: DateTime<Utc>,
    pub(super) standing: Arc<Standing>,
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        parts.extensions.get::<Caller>().cloned().ok_or_else(Problem::unauthorized)
    }
}

impl Caller {
    /// The members, teams and departments as this request found them.
    pub fn roster(&self) -> &Arc<Roster> {
        &self.standing.roster
    }

    /// Every leave that has not been cancelled.
    pub fn leaves(&self) -> &[Leave] {
        &self.standing.leaves
    }

    /// What is kept between requests, as this request found it.
    pub async fn kept<T: Settled>(&self) -> Result<Arc<T>, DbFault> {
        self.app.kept.at(self.app.db.read(), self.standing.revision).await
    }

    /// Runs the work in one transaction together with keeping its answer: sent again under the same
    /// key, it is answered as before and nothing is done twice.
    pub async fn write<F>(&self, once: &Once, lock: Lock, work: F) -> Result<Reply, Problem>
    where
        F: AsyncFnOnce(&Tx) -> Result<Reply, Problem>,
    {
        self.app
            .db
            .write(lock, async |tx| {
                if let Some(said) = once.reserve(tx, self).await? {
                    return Ok(said);
                }
                let reply = work(tx).await?;
                once.keep(tx, self, &reply).await?;
                Ok(reply)
            })
            .await
    }
}
