//! The ledger's rows.

mod evidence;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{AccountId, MemberId, ObligationId, TeamId};
use kehu_platform::db::{DbFault, Lock, Tx, execute, placeholders, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::values;
use uuid::Uuid;

pub use evidence::evidence;
pub(in crate::obligations) use evidence::{evidence_of, put_evidence};

use crate::obligations::state::State;

/// One obligation as it stands in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligation {
    pub id: ObligationId,
    pub rule: String,
    pub clause: String,
    /// Number of the rulebook version that made it.
    pub rulebook_version: i64,
    /// What it is owed for: the account of a cadence, the visit, the question.
    pub subject: Uuid,
    /// First day of a cadence's window, else empty.
    pub window_key: String,
    pub account: Option<AccountId>,
    pub team: Option<TeamId>,
    /// Who owed it when it fell due: whose rate it counts in.
    pub owner: MemberId,
    /// Who is to act now: the owner, or whoever took the account over while it was still undone.
    pub acting: MemberId,
    /// The record whose card it belongs to on Today.
    pub about_kind: String,
    pub about: Uuid,
    pub title: String,
    pub detail: String,
    pub window_start: Option<DateTime<Utc>>,
    pub window_end: Option<DateTime<Utc>>,
    pub opened_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub record_by: DateTime<Utc>,
    /// When the clock alone ends it.
    pub closes_at: DateTime<Utc>,
    pub state: State,
    pub excused: bool,
    pub needed: i32,
    pub done: i32,
    pub settled_at: Option<DateTime<Utc>>,
    pub recorded_late: bool,
    pub to_confirm: bool,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub confirmed_by: Option<MemberId>,
    pub waived_at: Option<DateTime<Utc>>,
    pub explanation: Option<String>,
    pub explained_at: Option<DateTime<Utc>>,
    pub version: i64,
}

impl Obligation {
    /// Past its due date and still undone.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.state == State::Open && self.due_at <= now
    }

    /// Everything that is written about it waits for what its account is doing.
    pub fn lock(&self) -> Lock {
        match self.account {
            Some(account) => Lock::account(account),
            None => Lock::member(self.owner),
        }
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    rule: String,
    clause: String,
    rulebook_version: i64,
    subject_id: Uuid,
    window_key: String,
    account_id: Option<Uuid>,
    team_id: Option<Uuid>,
    owner_id: Uuid,
    acting_id: Uuid,
    about_kind: String,
    about_id: Uuid,
    title: String,
    detail: String,
    window_start: Option<DateTime<Utc>>,
    window_end: Option<DateTime<Utc>>,
    opened_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    record_by: DateTime<Utc>,
    closes_at: DateTime<Utc>,
    state: String,
    excused: bool,
    needed: i32,
    done: i32,
    settled_at: Option<DateTime<Utc>>,
    recorded_late: bool,
    to_confirm: bool,
    confirmed_at: Option<DateTime<Utc>>,
    confirmed_by: Option<Uuid>,
    waived_at: Option<DateTime<Utc>>,
    explanation: Option<String>,
    explained_at: Option<DateTime<Utc>>,
    version: i64,
}

impl From<Row> for Obligation {
    fn from(r: Row) -> Self {
        Self {
            id: r.id.into(),
            rule: r.rule,
            clause: r.clause,
            rulebook_version: r.rulebook_version,
            subject: r.subject_id,
            window_key: r.window_key,
            account: r.account_id.map(AccountId),
            team: r.team_id.map(TeamId),
            owner: r.owner_id.into(),
            acting: r.acting_id.into(),
            about_kind: r.about_kind,
            about: r.about_id,
            title: r.title,
            detail: r.detail,
            window_start: r.window_start,
            window_end: r.window_end,
            opened_at: r.opened_at,
            due_at: r.due_at,
            record_by: r.record_by,
            closes_at: r.closes_at,
            state: State::from_code(&r.state).unwrap_or(State::Open),
            excused: r.excused,
            needed: r.needed,
            done: r.done,
            settled_at: r.settled_at,
            recorded_late: r.recorded_late,
            to_confirm: r.to_confirm,
            confirmed_at: r.confirmed_at,
            confirmed_by: r.confirmed_by.map(MemberId),
            waived_at: r.waived_at,
            explanation: r.explanation,
            explained_at: r.explained_at,
            version: r.version,
        }
    }
}

const COLUMNS: [&str; 33] = [
    "id",
    "rule",
    "clause",
    "rulebook_version",
    "subject_id",
    "window_key",
    "account_id",
    "team_id",
    "owner_id",
    "acting_id",
    "about_kind",
    "about_id",
    "title",
    "detail",
    "window_start",
    "window_end",
    "opened_at",
    "due_at",
    "record_by",
    "closes_at",
    "state",
    "excused",
    "needed",
    "done",
    "settled_at",
    "recorded_late",
    "to_confirm",
    "confirmed_at",
    "confirmed_by",
    "waived_at",
    "explanation",
    "explained_at",
    "version",
];

fn select() -> String {
    format!("select {} from obligations", COLUMNS.join(", "))
}

/// Obligations by a condition with `$1…`; the store's own and the ledger's other files use it.
pub(in crate::obligations) async fn find(
    on: &impl ConnectionTrait,
    condition: &str,
    values: Vec<Value>,
) -> Result<Vec<Obligation>, DbFault> {
    let found: Vec<Row> = rows(on, &format!("{} where {condition}", select()), values).await?;
    Ok(found.into_iter().map(Obligation::from).collect())
}

pub async fn obligation(on: &impl ConnectionTrait, id: ObligationId) -> Result<Option<Obligation>, DbFault> {
    let found: Option<Row> = row(on, &format!("{} where id = $1", select()), values![id.uuid()]).await?;
    Ok(found.map(Obligation::from))
}

/// A cadence's obligations of one window, of the given subjects or of all.
pub async fn of_window(
    on: &impl ConnectionTrait,
    rule: &str,
    window_key: &str,
    subjects: Option<&[Uuid]>,
) -> Result<Vec<Obligation>, DbFault> {
    let Some(subjects) = subjects else {
        return find(on, "rule = $1 and window_key = $2", values![rule, window_key]).await;
    };
    let mut found = Vec::new();
    for chunk in subjects.chunks(500) {
        let mut values = values![rule, window_key];
        values.extend(chunk.iter().map(|id| Value::from(*id)));
        let condition = format!("rule = $1 and window_key = $2 and subject_id in ({})", placeholders(2, chunk.len()));
        found.extend(find(on, &condition, values).await?);
    }
    Ok(found)
}

/// The obligations that one record opened.
pub async fn about(on: &impl ConnectionTrait, about: Uuid) -> Result<Vec<Obligation>, DbFault> {
    find(on, "about_id = $1 order by due_at, id", values![about]).await
}

/// Open obligations that the clock ends at or before the moment.
pub async fn expired(on: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Obligation>, DbFault> {
    find(on, "state = 'open' and closes_at <= $1", values![now]).await
}

/// What of an account is open or missed.
pub async fn unsettled_of_account(on: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Obligation>, DbFault> {
    find(on, "account_id = $1 and state in ('open', 'missed') order by due_at, id", values![account.uuid()]).await
}

/// How many obligations of an account wait to be discharged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenCount {
    pub overdue: u64,
    /// Not overdue yet, and due by the moment asked for.
    pub soon: u64,
}

/// What is overdue, and what falls due by `until`, for each of the accounts that owes anything.
pub async fn open_by_account(
    on: &impl ConnectionTrait,
    accounts: &[AccountId],
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<HashMap<AccountId, OpenCount>, DbFault> {
    #[derive(FromQueryResult)]
    struct Open {
        account_id: Uuid,
        overdue: i64,
        soon: i64,
    }
    let mut open = HashMap::new();
    for chunk in accounts.chunks(500) {
        let sql = format!(
            "select account_id, cast(sum(case when due_at <= $1 then 1 else 0 end) as bigint) as overdue,
                cast(sum(case when due_at > $1 and due_at <= $2 then 1 else 0 end) as bigint) as soon
             from obligations where state = 'open' and account_id in ({}) group by account_id",
            placeholders(2, chunk.len())
        );
        let mut values = values![now, until];
        values.extend(chunk.iter().map(|id| Value::from(id.uuid())));
        let count = |n: i64| u64::try_from(n).unwrap_or_default();
        open.extend(
            rows::<Open>(on, &sql, values)
                .await?
                .into_iter()
                .map(|o| (AccountId(o.account_id), OpenCount { overdue: count(o.overdue), soon: count(o.soon) })),
        );
    }
    Ok(open)
}

/// The inside of an `in (…)` with the accounts that have something overdue at the moment bound as `$n`.
pub fn overdue_accounts(n: usize) -> String {
    format!("select o.account_id from obligations o where o.state = 'open' and o.due_at <= ${n}")
}

/// Obligations of events that fall due in the range.
pub async fn due_between(
    on: &impl ConnectionTrait,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Obligation>, DbFault> {
    find(on, "due_at >= $1 and due_at < $2 and window_key = ''", values![from, to]).await
}

#[derive(FromQueryResult)]
struct RuleClock {
    opened_through: NaiveDate,
}

/// First day of the latest window that the clock has opened for a cadence.
pub async fn opened_through(on: &impl ConnectionTrait, rule: &str) -> Result<Option<NaiveDate>, DbFault> {
    let found: Option<RuleClock> =
        row(on, "select opened_through from rule_clocks where rule = $1", values![rule]).await?;
    Ok(found.map(|c| c.opened_through))
}

pub async fn set_opened_through(tx: &Tx, rule: &str, day: NaiveDate) -> Result<(), DbFault> {
    execute(
        &**tx,
        "insert into rule_clocks (rule, opened_through) values ($1, $2)
         on conflict (rule) do update set opened_through = excluded.opened_through",
        values![rule, day],
    )
    .await?;
    Ok(())
}

fn values_of(o: &Obligation) -> Vec<Value> {
    values![
        o.id.uuid(),
        o.rule.clone(),
        o.clause.clone(),
        o.rulebook_version,
        o.subject,
        o.window_key.clone(),
        o.account.map(AccountId::uuid),
        o.team.map(TeamId::uuid),
        o.owner.uuid(),
        o.acting.uuid(),
        o.about_kind.clone(),
        o.about,
        o.title.clone(),
        o.detail.clone(),
        o.window_start,
        o.window_end,
        o.opened_at,
        o.due_at,
        o.record_by,
        o.closes_at,
        o.state.code(),
        o.excused,
        o.needed,
        o.done,
        o.settled_at,
        o.recorded_late,
        o.to_confirm,
        o.confirmed_at,
        o.confirmed_by.map(MemberId::uuid),
        o.waived_at,
        o.explanation.clone(),
        o.explained_at,
        o.version,
    ]
}

/// Writes new obligations, many to a statement.
pub(in crate::obligations) async fn insert(tx: &Tx, new: &[Obligation]) -> Result<(), DbFault> {
    for chunk in new.chunks(200) {
        let rows: Vec<String> =
            (0..chunk.len()).map(|n| format!("({})", placeholders(n * COLUMNS.len(), COLUMNS.len()))).collect();
        let sql = format!("insert into obligations ({}) values {}", COLUMNS.join(", "), rows.join(", "));
        execute(&**tx, &sql, chunk.iter().flat_map(values_of).collect()).await?;
    }
    Ok(())
}

/// Writes an obligation over, one version on.
pub(in crate::obligations) async fn update(tx: &Tx, o: &Obligation) -> Result<(), DbFault> {
    let sets: Vec<String> = COLUMNS.iter().enumerate().skip(1).map(|(n, c)| format!("{c} = ${}", n + 1)).collect();
    execute(&**tx, &format!("update obligations set {} where id = $1", sets.join(", ")), values_of(o)).await?;
    Ok(())
}
