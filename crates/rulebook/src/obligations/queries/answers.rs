use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kehu_core::{Actor, MemberId, ObligationId};
use kehu_platform::db::{DbFault, Tx, execute, placeholders, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::values;
use uuid::Uuid;

use super::waivers::may_approve;

/// A leader's answer to an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Who explained.
    pub to: MemberId,
    pub by: MemberId,
    pub at: DateTime<Utc>,
    pub words: String,
    pub read_at: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct Row {
    obligation_id: Uuid,
    told_id: Uuid,
    answered_by: Uuid,
    answered_at: DateTime<Utc>,
    words: String,
    read_at: Option<DateTime<Utc>>,
}

/// The answers to the explanations of the obligations.
pub async fn answers_of(
    on: &impl ConnectionTrait,
    ids: &[ObligationId],
) -> Result<HashMap<ObligationId, Said>, DbFault> {
    let mut all = HashMap::new();
    for chunk in ids.chunks(500) {
        let sql = format!(
            "select obligation_id, told_id, answered_by, answered_at, words, read_at from explanation_answers
             where obligation_id in ({})",
            placeholders(0, chunk.len())
        );
        for r in rows::<Row>(on, &sql, chunk.iter().map(|id| Value::from(id.uuid())).collect()).await? {
            let said = Said {
                to: r.told_id.into(),
                by: r.answered_by.into(),
                at: r.answered_at,
                words: r.words,
                read_at: r.read_at,
            };
            all.insert(r.obligation_id.into(), said);
        }
    }
    Ok(all)
}

pub(in crate::obligations) async fn said(on: &impl ConnectionTrait, id: ObligationId) -> Result<Option<Said>, DbFault> {
    Ok(answers_of(on, &[id]).await?.remove(&id))
}

pub(in crate::obligations) async fn say(tx: &Tx, id: ObligationId, said: &Said) -> Result<(), DbFault> {
    execute(
        &**tx,
        "insert into explanation_answers (obligation_id, told_id, answered_by, answered_at, words)
         values ($1, $2, $3, $4, $5)
         on conflict (obligation_id) do update set told_id = excluded.told_id, answered_by = excluded.answered_by,
            answered_at = excluded.answered_at, words = excluded.words, read_at = null",
        values![id.uuid(), said.to.uuid(), said.by.uuid(), said.at, said.words.clone()],
    )
    .await?;
    Ok(())
}

pub(in crate::obligations) async fn mark_read(tx: &Tx, id: ObligationId, now: DateTime<Utc>) -> Result<(), DbFault> {
    let sql = "update explanation_answers set read_at = $2 where obligation_id = $1";
    execute(&**tx, sql, values![id.uuid(), now]).await?;
    Ok(())
}

/// An answer that has not been read yet.
#[derive(Clone, Debug, FromQueryResult)]
pub struct UnreadAnswer {
    pub obligation_id: Uuid,
    pub answered_at: DateTime<Utc>,
    pub answerer: String,
    pub words: String,
    pub title: String,
    pub rule: String,
}

/// The answers to the member's explanations that they have not read yet.
pub async fn unread_answers(on: &impl ConnectionTrait, member: MemberId) -> Result<Vec<UnreadAnswer>, DbFault> {
    rows(on, UNREAD_ANSWERS, values![member.uuid()]).await
}

pub(super) const UNREAD_ANSWERS: &str = "
    select o.id as obligation_id, x.answered_at, m.name as answerer, x.words, o.title, o.rule
    from explanation_answers x join obligations o on o.id = x.obligation_id join members m on m.id = x.answered_by
    where x.told_id = $1 and x.read_at is null order by x.answered_at";

/// An explanation that nobody has answered.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ToAnswer {
    pub obligation_id: Uuid,
    pub explained_at: DateTime<Utc>,
    pub owner: String,
    pub title: String,
    pub rule: String,
}

/// The explanations given since the moment that are the actor's to answer and have no answer.
pub async fn to_answer(
    on: &impl ConnectionTrait,
    actor: &Actor,
    since: DateTime<Utc>,
) -> Result<Vec<ToAnswer>, DbFault> {
    let Some((member, leadership)) = may_approve(actor) else { return Ok(Vec::new()) };
    rows(on, TO_ANSWER, values![member.uuid(), leadership, since]).await
}

pub(super) const TO_ANSWER: &str = "
    select o.id as obligation_id, o.explained_at, m.name as owner, o.title, o.rule
    from obligations o join members m on m.id = o.owner_id left join teams t on t.id = o.team_id
    where o.explained_at >= $3 and o.owner_id <> $1 and o.acting_id <> $1
      and (t.leader_id = $1 or ($2 = true
        and (t.leader_id is null or t.leader_id in (o.owner_id, o.acting_id))))
      and not exists (select 1 from explanation_answers x
        where x.obligation_id = o.id and x.answered_at >= o.explained_at)
    order by o.explained_at";

/// The condition on `obligations` that leaves what was explained and has no answer since.
pub(super) const UNANSWERED: &str = "explained_at is not null and not exists (select 1 from explanation_answers x
    where x.obligation_id = obligations.id and x.answered_at >= obligations.explained_at)";
