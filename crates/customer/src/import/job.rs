//! Runs a confirmed import beside the requests.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use kehu_core::{Actor, Door, ImportId, Locale};
use kehu_platform::db::Lock;
use kehu_platform::jobs::{JobFailure, JobHandler};
use kehu_platform::journal::{self, Entry};
use kehu_platform::web::App;
use kehu_platform::{Error, directory};
use serde_json::{Value as Json, json};

use super::importer::Importer;
use super::model::{Import, State};
use super::propose::read;
use super::reading::Unreadable;
use super::run::bring_in;
use super::store;
use crate::t;

/// The kind of its jobs.
pub(super) const KIND: &str = "import";

#[derive(Debug)]
pub struct ImportJob;

#[async_trait]
impl JobHandler for ImportJob {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn label(&self, l: Locale) -> &'static str {
        t::import::job(l)
    }

    async fn run(&self, app: &App, payload: &Json) -> Result<(), JobFailure> {
        let id: ImportId = payload
            .get("import")
            .and_then(|id| serde_json::from_value(id.clone()).ok())
            .ok_or_else(|| JobFailure::GiveUp("the job names no import".to_owned()))?;
        let import = store::import(app.db.read(), id).await?;
        // A run that was committed before its job was noted as done is not repeated.
        let Some(import) = import.filter(|import| import.state == State::Queued) else { return Ok(()) };
        let now = app.clock.now();
        // Journaled under the door through which the run was asked for.
        let door = payload.get("door").and_then(|door| serde_json::from_value(door.clone()).ok()).unwrap_or(Door::Web);
        match perform(app, now, &import, door).await {
            Ok(()) => Ok(()),
            Err(Problem::Fault(error @ (Error::Db(_) | Error::Broken(_)))) => Err(error.into()),
            Err(problem) => Ok(fail(app, now, &import, &problem).await?),
        }
    }
}

/// Why the import cannot run.
enum Problem {
    Unreadable(Unreadable),
    Fault(Error),
}

impl<E: Into<Error>> From<E> for Problem {
    fn from(error: E) -> Self {
        Problem::Fault(error.into())
    }
}

async fn perform(app: &App, now: DateTime<Utc>, import: &Import, door: Door) -> Result<(), Problem> {
    let member = import.by.ok_or(Error::Forbidden)?;
    let actor = directory::actor(app.db.read(), member, now, door).await?.ok_or(Error::Forbidden)?;
    let importer = Importer::of(actor)?;
    let content = store::content(app.db.read(), import.id).await?.ok_or(Error::NotFound)?;
    let (_, draft) = read(content, import.mapping.clone()).await.map_err(|e| Problem::Unreadable(e.into()))?;
    let reading = draft.assemble().map_err(|e| Problem::Unreadable(e.into()))?;
    let import = import.clone();
    app.db
        .write(Lock::company(), async |tx| {
            // Looked at again under the lock: another node may have run it meanwhile.
            let waits = store::import(&**tx, import.id).await?.is_some_and(|known| known.state == State::Queued);
            if waits {
                bring_in(tx, &importer, now, &reading, import.clone()).await?;
            }
            Ok::<_, Error>(())
        })
        .await?;
    Ok(())
}

/// Nothing was written; the page says why.
async fn fail(app: &App, now: DateTime<Utc>, import: &Import, problem: &Problem) -> Result<(), Error> {
    let l = match import.by {
        Some(member) => {
            directory::actor(app.db.read(), member, now, Door::Web).await?.map_or_else(Locale::default, |a| a.locale)
        }
        None => Locale::default(),
    };
    let words = match problem {
        Problem::Unreadable(unreadable) => unreadable.message(l),
        Problem::Fault(Error::Forbidden) => t::import::not_permitted(l).to_owned(),
        Problem::Fault(Error::Stale) => t::import::changed_meanwhile(l).to_owned(),
        Problem::Fault(Error::Invalid(invalid)) => {
            let lines: Vec<String> = invalid.errors().iter().map(|error| error.message.text(l)).collect();
            lines.join("\n")
        }
        Problem::Fault(Error::Conflict { message, .. }) => message.text(l),
        Problem::Fault(error) => error.to_string(),
    };
    let failed = Import { state: State::Failed, problem: words, finished_at: Some(now), ..import.clone() };
    app.db
        .write(Lock::default(), async |tx| {
            store::update(tx, &failed).await?;
            let entry = Entry::new("import", failed.id, "failed").after(json!({ "problem": failed.problem }));
            Ok::<_, Error>(journal::record(tx, &Actor::system(), now, entry).await?)
        })
        .await
}
