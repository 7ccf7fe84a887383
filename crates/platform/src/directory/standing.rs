//! Who is who in the company today: what every request needs to know of the member who makes it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use kehu_core::calendar::Zone;
use kehu_core::{Actor, Door, MemberId, TeamId};
use sea_orm::ConnectionTrait;

use super::model::{Company, Leave};
use super::roster::Roster;
use super::store;
use crate::db::DbFault;
use crate::kept::Settled;

/// The company, its people and who is away, as kept between requests.
#[derive(Clone, Debug)]
pub struct Standing {
    pub company: Company,
    pub roster: Arc<Roster>,
    /// Those that have not been cancelled.
    pub leaves: Vec<Leave>,
}

impl Settled for Standing {
    async fn read(on: &impl ConnectionTrait) -> Result<Self, DbFault> {
        let company = store::company(on).await?.unwrap_or_default();
        Ok(Self { company, roster: Arc::new(Roster::load(on).await?), leaves: store::leaves(on).await? })
    }
}

impl Standing {
    pub fn zone(&self) -> Zone {
        self.company.zone.parse().unwrap_or_default()
    }

    /// As [`super::actor`], from what is kept.
    pub fn actor(&self, id: MemberId, now: DateTime<Utc>, door: Door) -> Option<Actor> {
        let member = self.roster.member(id).filter(|member| member.active)?;
        let led: Vec<TeamId> = self.roster.led_by(id).map(|team| team.id).collect();
        Some(store::acting(member, led, &self.leaves, self.zone().local_date(now), door))
    }
}
