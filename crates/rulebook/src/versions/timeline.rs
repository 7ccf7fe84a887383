//! Which version is in force on which day. Rules ask this before they judge anything.

use std::sync::Arc;

use chrono::NaiveDate;
use kehu_core::RulebookVersionId;
use kehu_platform::db::DbFault;
use kehu_platform::kept::Settled;
use kehu_platform::sea_orm::ConnectionTrait;

use super::documents::document;
use super::store;
use crate::clauses::{Rulebook, builtin};

/// A version that was, is or will be in force.
#[derive(Clone, Debug)]
pub struct InForce {
    /// 0 is the built-in rulebook of an installation that has not adopted one.
    pub number: i64,
    pub id: Option<RulebookVersionId>,
    pub rulebook: Arc<Rulebook>,
    /// The first day on which it counts.
    pub from: NaiveDate,
}

/// All approved versions. There is always a version in force.
#[derive(Clone, Debug)]
pub struct Timeline {
    first: InForce,
    /// By the day from which they count, then by number.
    later: Vec<InForce>,
}

impl Timeline {
    /// The version in force on a day. What began before the first version is judged by the first: the company
    /// had no other rulebook here.
    pub fn on(&self, day: NaiveDate) -> &InForce {
        self.later.iter().rev().find(|version| version.from <= day).unwrap_or(&self.first)
    }

    /// The version that takes over next, after the day.
    pub fn next_after(&self, day: NaiveDate) -> Option<&InForce> {
        self.later.iter().find(|version| version.from > day)
    }

    /// Every version, in the order in which they take over.
    pub fn all(&self) -> impl Iterator<Item = &InForce> {
        std::iter::once(&self.first).chain(&self.later)
    }
}

impl Settled for Timeline {
    async fn read(on: &impl ConnectionTrait, _: i64) -> Result<Self, DbFault> {
        timeline(on).await
    }
}

/// Every version with the day from which it counts; the built-in rulebook when there is none yet.
pub async fn timeline(on: &impl ConnectionTrait) -> Result<Timeline, DbFault> {
    let mut all = Vec::new();
    for version in store::approved(on).await? {
        all.push(InForce {
            number: version.number.unwrap_or_default(),
            id: Some(version.id),
            rulebook: document(on, &version).await?,
            from: version.in_force_from.unwrap_or(NaiveDate::MIN),
        });
    }
    all.sort_by_key(|version| (version.from, version.number));
    let mut all = all.into_iter();
    Ok(Timeline { first: all.next().unwrap_or_else(unadopted), later: all.collect() })
}

/// The version in force on a day.
pub async fn in_force(on: &impl ConnectionTrait, day: NaiveDate) -> Result<InForce, DbFault> {
    Ok(timeline(on).await?.on(day).clone())
}

fn unadopted() -> InForce {
    InForce { number: 0, id: None, rulebook: Arc::new(builtin().clone()), from: NaiveDate::MIN }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::{InForce, Timeline, unadopted};

    fn version(number: i64, from: &str) -> InForce {
        InForce { number, from: from.parse().unwrap(), ..unadopted() }
    }

    #[test]
    fn a_version_is_in_force_from_its_date_until_the_next() {
        let timeline = Timeline {
            first: version(1, "2026-01-01"),
            later: vec![version(2, "2026-07-01"), version(3, "2026-07-01"), version(4, "2026-12-01")],
        };
        let on = |day: &str| timeline.on(day.parse().unwrap()).number;
        assert_eq!([on("2026-06-30"), on("2026-07-01"), on("2026-11-30"), on("2026-12-01")], [1, 3, 3, 4]);
        assert_eq!(on("2025-12-29"), 1, "the week under way when the first was adopted");
        assert_eq!(timeline.next_after("2026-07-01".parse().unwrap()).map(|v| v.number), Some(4));
    }
}
