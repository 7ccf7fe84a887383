//! Freshness: every open page holds one stream of server-sent events that names what changed, and
//! refreshes the fragments concerned. The events come from the journal, so that a page also
//! notices what another process (a second node, the command line) has written.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use futures_util::{Stream, StreamExt as _};
use serde::Deserialize;
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;

use super::{App, Visitor};
use crate::journal::{self, Journaled};

/// How often the journal is looked at when this process itself wrote nothing.
const LOOK: Duration = Duration::from_millis(500);

/// The hub that the pages of this process listen to.
#[derive(Clone, Debug)]
pub struct Events(broadcast::Sender<Vec<String>>);

impl Default for Events {
    fn default() -> Self {
        Self(broadcast::channel(1024).0)
    }
}

/// The names under which open pages wait for a change.
fn topics(entry: &Journaled) -> Vec<String> {
    let mut topics = vec![format!("{}:{}", entry.record_kind, entry.record_id)];
    topics.extend(entry.account_id.map(|account| format!("account:{account}")));
    let owner = |values: &Option<serde_json::Value>| {
        values.as_ref().and_then(|v| v.get("owner")).and_then(|o| o.as_str()).map(|o| format!("owner:{o}"))
    };
    topics.extend(owner(&entry.before_values));
    topics.extend(owner(&entry.after_values));
    topics
}

/// Follows the journal until shutdown, telling the pages what changed.
pub async fn follow(app: App) {
    let mut last = journal::last(app.db.read()).await.unwrap_or(0);
    loop {
        tokio::select! {
            () = app.db.committed() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
        match journal::since(app.db.read(), last, 500).await {
            Ok(entries) => {
                let mut changed: Vec<String> = entries.iter().flat_map(topics).collect();
                changed.sort_unstable();
                changed.dedup();
                last = entries.last().map_or(last, |e| e.seq);
                if !changed.is_empty() {
                    // No listener is no fault.
                    let _ = app.events.0.send(changed);
                }
            }
            Err(fault) => tracing::error!(%fault, "following the journal"),
        }
    }
}

pub fn routes() -> Router<App> {
    Router::new().route("/events", get(stream))
}

#[derive(Deserialize)]
struct Wanted {
    /// Comma-separated topics.
    #[serde(default)]
    topics: String,
}

/// The page's stream: only the topics it asked for, whose ids it must know already.
async fn stream(
    State(app): State<App>,
    _visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let wanted: Vec<String> = wanted.topics.split(',').map(str::to_owned).collect();
    let events = BroadcastStream::new(app.events.0.subscribe()).filter_map(move |message| {
        let said = match message {
            Ok(changed) => {
                let of_interest: Vec<String> = changed.into_iter().filter(|t| wanted.contains(t)).collect();
                (!of_interest.is_empty()).then(|| of_interest.join(","))
            }
            // The page fell behind: let it refresh everything.
            Err(_) => Some(wanted.join(",")),
        };
        std::future::ready(said.map(|topics| Ok(Event::default().event("changed").data(topics))))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
}
