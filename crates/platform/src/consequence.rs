//! What follows from a change of the directory in other areas, in the same transaction: a leave
//! moves obligations to the deputy, another calendar moves deadlines. And what must come first:
//! a member who leaves hands over what they still hold. Areas put theirs into their `Area`.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{Actor, MemberId};
use sea_orm::DatabaseExecutor;

use crate::db::{DbFault, Tx};
use crate::error::Error;
use crate::i18n::Message;

/// What changed in the directory. Days are inclusive, in the company's zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DirectoryEvent {
    /// A leave of the member was announced, shortened or cancelled; these days are concerned.
    LeaveChanged { member: MemberId, first_day: NaiveDate, last_day: NaiveDate },
    /// Working days or the company's zone changed.
    CalendarChanged { first_day: NaiveDate, last_day: NaiveDate },
    /// The member has handed everything over and is no longer active.
    MemberLeft { member: MemberId, left_on: NaiveDate },
}

/// Something that another area does because the directory changed.
#[async_trait]
pub trait Consequence: Send + Sync {
    /// Runs in the transaction of the change; an error undoes the change too.
    async fn follow(&self, tx: &Tx, actor: &Actor, now: DateTime<Utc>, event: &DirectoryEvent) -> Result<(), Error>;
}

/// Something that a member must hand over before they leave.
#[derive(Clone, Debug)]
pub struct Held {
    /// What it is, in a few words: "owner of 华能电气".
    pub label: Message,
    /// Where it can be handed over.
    pub href: String,
    /// Customers are the team's: only its leader can open the page.
    pub by_leader: bool,
}

/// Lists what a member still holds in an area.
#[async_trait]
pub trait LeavingCheck: Send + Sync {
    async fn held(&self, on: &DatabaseExecutor<'_>, member: MemberId, now: DateTime<Utc>)
    -> Result<Vec<Held>, DbFault>;
}
