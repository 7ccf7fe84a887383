//! Jobs in the database.

use chrono::{DateTime, Duration, Utc};
use kehu_core::JobId;
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::db::{DbFault, Tx, execute, row, rows};
use crate::values;

/// A job that is done is shown for so long.
const KEPT: Duration = Duration::days(14);

/// A piece of work that waits, runs, is done or dead.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    pub payload: Json,
    pub state: State,
    pub created_at: DateTime<Utc>,
    pub run_at: DateTime<Utc>,
    pub attempts: i32,
    /// Until then the node that claimed it has it to itself.
    pub locked_until: Option<DateTime<Utc>>,
    /// Why the last attempt failed.
    pub problem: String,
    pub finished_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    Done,
    Dead,
}

impl State {
    fn from_code(code: &str) -> Self {
        match code {
            "done" => State::Done,
            "dead" => State::Dead,
            _ => State::Waiting,
        }
    }
}

impl Job {
    pub fn is_running(&self, now: DateTime<Utc>) -> bool {
        self.state == State::Waiting && self.locked_until.is_some_and(|until| until > now)
    }
}

#[derive(FromQueryResult)]
struct JobRow {
    id: Uuid,
    kind: String,
    payload: Json,
    state: String,
    created_at: DateTime<Utc>,
    run_at: DateTime<Utc>,
    attempts: i32,
    locked_until: Option<DateTime<Utc>>,
    problem: String,
    finished_at: Option<DateTime<Utc>>,
}

const COLUMNS: &str = "id, kind, payload, state, created_at, run_at, attempts, locked_until, problem, finished_at";

impl From<JobRow> for Job {
    fn from(r: JobRow) -> Self {
        Self {
            id: r.id.into(),
            kind: r.kind,
            payload: r.payload,
            state: State::from_code(&r.state),
            created_at: r.created_at,
            run_at: r.run_at,
            attempts: r.attempts,
            locked_until: r.locked_until,
            problem: r.problem,
            finished_at: r.finished_at,
        }
    }
}

/// Writes a job in the transaction that causes it; it is due at once.
pub async fn enqueue(tx: &Tx, now: DateTime<Utc>, kind: &str, payload: Json) -> Result<JobId, DbFault> {
    let id = JobId::new(now);
    execute(
        &**tx,
        "insert into jobs (id, kind, payload, state, created_at, run_at, attempts, problem)
         values ($1, $2, $3, 'waiting', $4, $4, 0, '')",
        values![id.uuid(), kind, payload, now],
    )
    .await?;
    Ok(id)
}

/// Dead jobs first, then those that wait, then the latest that are done.
pub(super) async fn latest(on: &impl ConnectionTrait, limit: u64) -> Result<Vec<Job>, DbFault> {
    let sql = format!(
        "select {COLUMNS} from jobs
         order by case state when 'dead' then 0 when 'waiting' then 1 else 2 end, created_at desc, id limit {limit}"
    );
    let found: Vec<JobRow> = rows(on, &sql, vec![]).await?;
    Ok(found.into_iter().map(Job::from).collect())
}

const DUE: &str = "state = 'waiting' and run_at <= $1 and (locked_until is null or locked_until <= $1)";

/// Whether there is anything to claim: a look that needs no write.
pub(super) async fn any_due(on: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, DbFault> {
    let sql = format!("select {COLUMNS} from jobs where {DUE} limit 1");
    Ok(row::<JobRow>(on, &sql, values![now]).await?.is_some())
}

/// Claims the job that has been due longest. The condition stands inside and outside: of two
/// nodes that pick the same job at once, the later one finds it locked and claims nothing.
pub(super) async fn claim(tx: &Tx, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<Option<Job>, DbFault> {
    let sql = format!(
        "update jobs set attempts = attempts + 1, locked_until = $2
         where id = (select id from jobs where {DUE} order by run_at, id limit 1) and {DUE} returning {COLUMNS}"
    );
    Ok(row::<JobRow>(&**tx, &sql, values![now, until]).await?.map(Job::from))
}

/// Notes that a job is done, and forgets those done long ago.
pub(super) async fn finish(tx: &Tx, id: JobId, now: DateTime<Utc>) -> Result<(), DbFault> {
    execute(
        &**tx,
        "update jobs set state = 'done', finished_at = $2, locked_until = null, problem = '' where id = $1",
        values![id.uuid(), now],
    )
    .await?;
    execute(&**tx, "delete from jobs where state = 'done' and finished_at < $1", values![now - KEPT]).await?;
    Ok(())
}

/// Lets a job wait until it is tried again.
pub(super) async fn postpone(tx: &Tx, id: JobId, run_at: DateTime<Utc>, problem: &str) -> Result<(), DbFault> {
    execute(
        &**tx,
        "update jobs set run_at = $2, locked_until = null, problem = $3 where id = $1",
        values![id.uuid(), run_at, problem],
    )
    .await?;
    Ok(())
}

pub(super) async fn bury(tx: &Tx, id: JobId, now: DateTime<Utc>, problem: &str) -> Result<(), DbFault> {
    execute(
        &**tx,
        "update jobs set state = 'dead', finished_at = $2, locked_until = null, problem = $3 where id = $1",
        values![id.uuid(), now, problem],
    )
    .await?;
    Ok(())
}

/// Gives a dead job all its attempts again; answers whether it was dead.
pub(super) async fn revive(tx: &Tx, id: JobId, now: DateTime<Utc>) -> Result<bool, DbFault> {
    let sql = "update jobs set state = 'waiting', run_at = $2, attempts = 0, finished_at = null
               where id = $1 and state = 'dead'";
    Ok(execute(&**tx, sql, values![id.uuid(), now]).await? == 1)
}

pub(super) async fn drop_dead(tx: &Tx, id: JobId) -> Result<bool, DbFault> {
    Ok(execute(&**tx, "delete from jobs where id = $1 and state = 'dead'", values![id.uuid()]).await? == 1)
}
