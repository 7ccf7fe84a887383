//! Claims due jobs and does them one after the other, until shutdown; the job in hand is finished.

use std::time::Duration;

use chrono::TimeDelta;

use super::handler::JobFailure;
use super::store::{self, Job};
use crate::db::{DbFault, Lock};
use crate::web::App;

/// How often jobs are looked for when this process itself wrote nothing.
const LOOK: Duration = Duration::from_secs(1);
/// A node that has not finished by then is taken for dead, and another one may claim the job.
const LEASE: TimeDelta = TimeDelta::minutes(15);
/// After so many attempts a job is dead.
const ATTEMPTS: i32 = 8;

/// Runs beside the requests until the process stops.
pub async fn run(app: App) {
    loop {
        let committed = app.db.committed();
        match run_due(&app).await {
            Ok(0) => {
                tokio::select! {
                    () = committed => {}
                    () = tokio::time::sleep(LOOK) => {}
                }
            }
            Ok(_) => {}
            Err(fault) => {
                tracing::error!(%fault, "running jobs");
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}

/// Does everything that is due; answers how many jobs that were.
pub async fn run_due(app: &App) -> Result<usize, DbFault> {
    let mut done = 0;
    while let Some(job) = claim(app).await? {
        let id = job.id;
        // Tracked, so that shutdown waits for it even though it ends the loop.
        let app = app.clone();
        let tracker = app.tasks.clone();
        if let Err(error) = tracker.spawn(async move { attend(&app, job).await }).await {
            tracing::error!(job = %id, %error, "a job's task ended early");
        }
        done += 1;
    }
    Ok(done)
}

async fn claim(app: &App) -> Result<Option<Job>, DbFault> {
    let now = app.clock.now();
    if !store::any_due(app.db.read(), now).await? {
        return Ok(None);
    }
    app.db.write(Lock::default(), async |tx| store::claim(tx, now, now + LEASE).await).await
}

/// Does one job and notes how it ended.
async fn attend(app: &App, job: Job) {
    let outcome = perform(app, &job).await;
    let now = app.clock.now();
    let noted = app
        .db
        .write(Lock::default(), async |tx| match &outcome {
            Ok(()) => store::finish(tx, job.id, now).await,
            Err(JobFailure::Retry(problem)) if job.attempts < ATTEMPTS => {
                tracing::warn!(job = %job.id, kind = job.kind, problem, "a job failed and will be tried again");
                store::postpone(tx, job.id, now + pause(job.attempts), problem).await
            }
            Err(failure) => {
                tracing::error!(job = %job.id, kind = job.kind, problem = %failure, "a job failed for good");
                store::bury(tx, job.id, now, &failure.to_string()).await
            }
        })
        .await;
    if let Err(fault) = noted {
        tracing::error!(job = %job.id, %fault, "noting the end of a job");
    }
}

async fn perform(app: &App, job: &Job) -> Result<(), JobFailure> {
    let Some(handler) = app.jobs.iter().find(|handler| handler.kind() == job.kind).cloned() else {
        return Err(JobFailure::GiveUp(format!("nothing here does jobs of the kind {:?}", job.kind)));
    };
    // A task of its own: a panic ends that task and is a failure like others.
    let (app, payload) = (app.clone(), job.payload.clone());
    match tokio::spawn(async move { handler.run(&app, &payload).await }).await {
        Ok(outcome) => outcome,
        Err(error) => Err(JobFailure::Retry(format!("it ended early: {error}"))),
    }
}

/// Ten seconds after the first failure, twice as long after each further one.
fn pause(attempts: i32) -> TimeDelta {
    let doublings = u32::try_from(attempts - 1).unwrap_or_default().min(12);
    TimeDelta::seconds(10 << doublings)
}

#[cfg(test)]
mod tests {
    use super::pause;

    #[test]
    fn pauses_double() {
        assert_eq!([1, 2, 3, 8].map(|n| pause(n).num_seconds()), [10, 20, 40, 1280]);
    }
}
