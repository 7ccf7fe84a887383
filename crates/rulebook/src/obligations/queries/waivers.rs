use chrono::{DateTime, Utc};
use kehu_core::{Actor, MemberId, ObligationId, Position, WaiverId};
use kehu_platform::db::{DbFault, Tx, execute, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult};
use kehu_platform::values;
use uuid::Uuid;

/// A request to waive an obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    pub id: WaiverId,
    pub obligation: ObligationId,
    pub asked_by: MemberId,
    pub asked_at: DateTime<Utc>,
    pub reason: String,
    /// The leader it was put to; `None` for company leadership.
    pub approver: Option<MemberId>,
    pub decided: Option<Decision>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub by: MemberId,
    pub at: DateTime<Utc>,
    pub approved: bool,
    pub note: String,
}

impl Waiver {
    pub fn pending(&self) -> bool {
        self.decided.is_none()
    }

    /// Given by a leader whom nobody had asked.
    pub fn granted(&self) -> bool {
        self.decided.as_ref().is_some_and(|decision| decision.by == self.asked_by)
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    obligation_id: Uuid,
    asked_by: Uuid,
    asked_at: DateTime<Utc>,
    reason: String,
    approver_id: Option<Uuid>,
    decided_by: Option<Uuid>,
    decided_at: Option<DateTime<Utc>>,
    approved: Option<bool>,
    note: Option<String>,
}

impl From<Row> for Waiver {
    fn from(r: Row) -> Self {
        let decided = match (r.decided_by, r.decided_at) {
            (Some(by), Some(at)) => Some(Decision {
                by: by.into(),
                at,
                approved: r.approved.unwrap_or_default(),
                note: r.note.unwrap_or_default(),
            }),
            _ => None,
        };
        Self {
            id: r.id.into(),
            obligation: r.obligation_id.into(),
            asked_by: r.asked_by.into(),
            asked_at: r.asked_at,
            reason: r.reason,
            approver: r.approver_id.map(MemberId),
            decided,
        }
    }
}

const SELECT: &str = "select id, obligation_id, asked_by, asked_at, reason, approver_id, decided_by, decided_at,
    approved, note from waivers";

/// Every waiver asked for an obligation, oldest first.
pub(in crate::obligations) async fn waivers(
    on: &impl ConnectionTrait,
    of: ObligationId,
) -> Result<Vec<Waiver>, DbFault> {
    let sql = format!("{SELECT} where obligation_id = $1 order by asked_at, id");
    let found: Vec<Row> = rows(on, &sql, values![of.uuid()]).await?;
    Ok(found.into_iter().map(Waiver::from).collect())
}

pub(in crate::obligations) async fn waiver(on: &impl ConnectionTrait, id: WaiverId) -> Result<Option<Waiver>, DbFault> {
    Ok(row::<Row>(on, &format!("{SELECT} where id = $1"), values![id.uuid()]).await?.map(Waiver::from))
}

pub(in crate::obligations) async fn insert_waiver(tx: &Tx, waiver: &Waiver) -> Result<(), DbFault> {
    execute(
        &**tx,
        "insert into waivers (id, obligation_id, asked_by, asked_at, reason, approver_id) values ($1, $2, $3, $4, $5, $6)",
        values![
            waiver.id.uuid(),
            waiver.obligation.uuid(),
            waiver.asked_by.uuid(),
            waiver.asked_at,
            waiver.reason.clone(),
            waiver.approver.map(MemberId::uuid),
        ],
    )
    .await?;
    Ok(())
}

pub(in crate::obligations) async fn decide(
    tx: &Tx,
    id: WaiverId,
    by: MemberId,
    now: DateTime<Utc>,
    approved: bool,
    note: &str,
) -> Result<(), DbFault> {
    execute(
        &**tx,
        "update waivers set decided_by = $2, decided_at = $3, approved = $4, note = $5 where id = $1",
        values![id.uuid(), by.uuid(), now, approved, note],
    )
    .await?;
    Ok(())
}

/// A waiver that waits for the actor.
#[derive(Clone, Debug, FromQueryResult)]
pub struct PendingWaiver {
    pub obligation_id: Uuid,
    pub asked_at: DateTime<Utc>,
    pub reason: String,
    pub asker: String,
    pub title: String,
    pub rule: String,
}

/// A late record that waits for the actor.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ToConfirm {
    pub obligation_id: Uuid,
    pub due_at: DateTime<Utc>,
    pub owner: String,
    pub title: String,
    pub rule: String,
}

/// Nothing waits for those who lead nobody.
pub(super) fn may_approve(actor: &Actor) -> Option<(MemberId, bool)> {
    let leadership = actor.holds(Position::CompanyLeadership);
    actor.member.filter(|_| leadership || !actor.leads.is_empty()).map(|member| (member, leadership))
}

/// The undecided waivers that are the actor's to decide, as [`super::super::approver()`] says.
pub async fn pending_waivers(on: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<PendingWaiver>, DbFault> {
    let Some((member, leadership)) = may_approve(actor) else { return Ok(Vec::new()) };
    rows(on, PENDING_WAIVERS, values![member.uuid(), leadership]).await
}

pub(super) const PENDING_WAIVERS: &str = "
    select o.id as obligation_id, w.asked_at, w.reason, m.name as asker, o.title, o.rule
    from waivers w join obligations o on o.id = w.obligation_id
    join members m on m.id = w.asked_by left join teams t on t.id = o.team_id
    where w.decided_at is null and w.asked_by <> $1 and o.owner_id <> $1 and o.acting_id <> $1
      and (t.leader_id = $1 or ($2 = true
        and (t.leader_id is null or t.leader_id in (w.asked_by, o.owner_id, o.acting_id))))
    order by w.asked_at";

/// The late records that are the actor's to confirm.
pub async fn to_confirm(on: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<ToConfirm>, DbFault> {
    let Some((member, leadership)) = may_approve(actor) else { return Ok(Vec::new()) };
    rows(on, TO_CONFIRM, values![member.uuid(), leadership]).await
}

pub(super) const TO_CONFIRM: &str = "
    select o.id as obligation_id, o.due_at, m.name as owner, o.title, o.rule
    from obligations o join members m on m.id = o.owner_id left join teams t on t.id = o.team_id
    where o.to_confirm = true and o.owner_id <> $1 and o.acting_id <> $1
      and (t.leader_id = $1 or ($2 = true
        and (t.leader_id is null or t.leader_id in (o.owner_id, o.acting_id))))
    order by o.due_at";
