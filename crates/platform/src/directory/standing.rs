//! Who is who in the company today: what every request needs to know of the member who makes it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use kehu_core::calendar::Zone;
use kehu_core::{Actor, Door, MemberId};
use sea_orm::ConnectionTrait;

use super::model::{Company, Leave, stands_in};
use super::roster::Roster;
use super::store;
use crate::db::DbFault;
use crate::kept::{self, Settled};

/// The company, its people and who is away, as kept between requests.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Under which everything else of the request is kept as well.
    pub revision: i64,
    pub company: Company,
    pub roster: Arc<Roster>,
    /// Those that have not been cancelled.
    pub leaves: Vec<Leave>,
}

impl Settled for Standing {
    async fn read(on: &impl ConnectionTrait, revision: i64) -> Result<Self, DbFault> {
        let company = store::company(on).await?.unwrap_or_default();
        let (roster, leaves) = (Arc::new(Roster::load(on).await?), store::leaves(on).await?);
        Ok(Self { revision, company, roster, leaves })
    }
}

impl Standing {
    pub fn zone(&self) -> Zone {
        self.company.zone.parse().unwrap_or_default()
    }

    /// The member as someone who acts at the moment through the given door; `None` for members who left.
    pub fn actor(&self, id: MemberId, now: DateTime<Utc>, door: Door) -> Option<Actor> {
        let member = self.roster.member(id).filter(|member| member.active)?;
        Some(Actor {
            member: Some(id),
            name: member.name.clone(),
            positions: member.positions,
            team: member.team,
            leads: self.roster.led_by(id).map(|team| team.id).collect(),
            stands_in: stands_in(&self.leaves, id, self.zone().local_date(now)),
            locale: member.locale.parse().unwrap_or_default(),
            door,
            onlooker: None,
        })
    }
}

/// As [`Standing::actor`], for whoever acts outside a request.
pub async fn actor(
    on: &impl ConnectionTrait,
    id: MemberId,
    now: DateTime<Utc>,
    door: Door,
) -> Result<Option<Actor>, DbFault> {
    Ok(Standing::read(on, kept::revision(on).await?).await?.actor(id, now, door))
}
