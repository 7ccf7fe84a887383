//! A member who leaves hands over their accounts and what they still owe first.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use kehu_core::MemberId;
use kehu_platform::consequence::{Held, LeavingCheck};
use kehu_platform::db::DbFault;
use kehu_platform::i18n::Message;
use kehu_platform::sea_orm::DatabaseExecutor;
use kehu_rulebook::obligations::open_of;

use super::store;
use crate::t::accounts as t;

/// Lists the accounts a member owns and the obligations that wait for them.
#[derive(Debug)]
pub struct StillHeld;

#[async_trait]
impl LeavingCheck for StillHeld {
    async fn held(&self, on: &DatabaseExecutor<'_>, member: MemberId, _: DateTime<Utc>) -> Result<Vec<Held>, DbFault> {
        let mut held: Vec<Held> = store::owned_by(on, member)
            .await?
            .into_iter()
            .map(|account| {
                let name = account.called().to_owned();
                Held {
                    label: Message::new(move |l| t::holds_account(l, name.as_str())),
                    href: format!("/accounts/{}/hand-over", account.id),
                    by_leader: true,
                }
            })
            .collect();
        held.extend(open_of(on, member).await?.into_iter().map(|o| {
            let (title, clause) = (o.title, o.clause);
            Held {
                label: Message::new(move |l| t::holds_obligation(l, clause.as_str(), title.as_str())),
                href: format!("/obligations/{}", o.id),
                by_leader: true,
            }
        }));
        Ok(held)
    }
}
