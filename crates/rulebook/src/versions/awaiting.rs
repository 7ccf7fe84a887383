//! What the rulebook itself asks somebody to decide: a submitted version, of company leadership.

use kehu_core::{Actor, Locale};
use kehu_platform::db::Db;

use super::model::State;
use super::{is_author, store};
use crate::obligations::{Approval, Later};
use crate::t::rulebook as t;

/// The submitted version, when the actor may decide on it.
pub fn awaiting(db: Db, actor: Actor, l: Locale) -> Later<'static, Vec<Approval>> {
    Box::pin(async move {
        let on = db.read();
        if actor.leadership().is_err() {
            return Ok(Vec::new());
        }
        let Some(version) = store::open(on).await?.filter(|version| version.state == State::Submitted) else {
            return Ok(Vec::new());
        };
        if is_author(on, &actor, &version).await? {
            return Ok(Vec::new());
        }
        let asked_at = version.submitted_at.unwrap_or(version.drafted_at);
        let label = t::awaits_decision(l).to_owned();
        Ok(vec![Approval { asked_at, label, href: "/rulebook/draft".to_owned() }])
    })
}
