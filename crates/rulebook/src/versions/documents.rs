//! The documents of the versions, as rows hold them and as rules read them. What an approved version says never
//! changes again, so it is read and understood once for the process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use kehu_core::RulebookVersionId;
use kehu_platform::Error;
use kehu_platform::db::DbFault;
use kehu_platform::sea_orm::{ConnectionTrait, DbErr};
use serde_json::Value as Json;

use super::model::{State, Version};
use super::store;
use crate::clauses::Rulebook;

/// By the row's version too: an approval that was rolled back can be followed by other words.
type Known = Mutex<HashMap<(RulebookVersionId, i64), Arc<Rulebook>>>;

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(Known::default)
}

/// What the version says.
pub async fn document(on: &impl ConnectionTrait, version: &Version) -> Result<Arc<Rulebook>, DbFault> {
    let key = (version.id, version.version);
    if let Some(rulebook) = known().lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Ok(Arc::clone(rulebook));
    }
    let json = store::document(on, version.id).await?;
    let json = json.ok_or_else(|| DbErr::RecordNotFound(format!("rulebook version {}", version.id)))?;
    let rulebook = Arc::new(
        serde_json::from_value::<Rulebook>(json)
            .map_err(|error| DbErr::Json(format!("rulebook version {}: {error}", version.id)))?,
    );
    if version.state == State::Approved {
        known().lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&rulebook));
    }
    Ok(rulebook)
}

/// The rulebook as its row holds it.
pub(super) fn to_json(rulebook: &Rulebook) -> Result<Json, Error> {
    serde_json::to_value(rulebook).map_err(|error| Error::Broken(format!("writing a rulebook: {error}")))
}
