use crate::clauses::{Rulebook, builtin};
use chrono::NaiveDate;
use kehu_platform::db::DbFault;
use kehu_platform::sea_orm::ConnectionTrait;
use std::sync::Arc;
#[derive(Clone, Debug)]
pub struct InForce {
    pub number: i64,
    pub rulebook: Arc<Rulebook>,
    pub from: NaiveDate,
}
#[derive(Clone, Debug)]
pub struct Timeline(InForce);
impl Timeline {
    pub fn on(&self, _d: NaiveDate) -> &InForce {
        &self.0
    }
}
pub async fn timeline(_on: &impl ConnectionTrait) -> Result<Timeline, DbFault> {
    Ok(Timeline(InForce { number: 0, rulebook: Arc::new(builtin().clone()), from: NaiveDate::MIN }))
}
