//! The company's calendar and its rulebook over time: what every rule is judged by.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::calendar::{Calendar, Zone};
use kehu_platform::db::DbFault;
use kehu_platform::directory;
use kehu_platform::kept::Settled;
use kehu_platform::sea_orm::ConnectionTrait;
use kehu_rulebook::clauses::known;
use kehu_rulebook::versions::{InForce, Timeline};

/// Calendar and rulebook, read once per piece of work.
#[derive(Clone, Debug)]
pub struct Books {
    pub calendar: Calendar,
    timeline: Timeline,
}

impl Settled for Books {
    async fn read(on: &impl ConnectionTrait, _: i64) -> Result<Self, DbFault> {
        Self::load(on).await
    }
}

impl Books {
    pub async fn load(on: &impl ConnectionTrait) -> Result<Self, DbFault> {
        Ok(Self { calendar: directory::calendar(on).await?, timeline: kehu_rulebook::versions::timeline(on).await? })
    }

    pub fn zone(&self) -> Zone {
        self.calendar.zone()
    }

    /// The rulebook in force on a day.
    pub fn on(&self, day: NaiveDate) -> &InForce {
        self.timeline.on(day)
    }

    pub fn at(&self, moment: DateTime<Utc>) -> &InForce {
        self.on(self.zone().local_date(moment))
    }

    /// Whether a tier makes an account a key account at the moment.
    pub fn is_key(&self, tier: &str, at: DateTime<Utc>) -> bool {
        self.at(at).rulebook.get(&known::KEY_TIERS).iter().any(|key| key == tier)
    }
}

/// Groups values by a key, keeping their order.
pub(super) fn grouped<K: std::hash::Hash + Eq, V>(values: impl IntoIterator<Item = (K, V)>) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for (key, value) in values {
        groups.entry(key).or_default().push(value);
    }
    groups
}
