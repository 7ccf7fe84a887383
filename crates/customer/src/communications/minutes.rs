//! 4.2.3: minutes of a visit go to the whole account team and to the liaison of each department
//! that owes something; whoever is taken off the list is taken off for a reason.

use chrono::{DateTime, Utc};
use kehu_core::{Actor, MemberId};
use kehu_platform::db::Tx;
use kehu_platform::journal::{self, Entry};
use kehu_platform::sea_orm::ConnectionTrait;
use kehu_platform::{Error, Invalid, directory};
use serde_json::json;

use super::model::{Communication, Minutes, Recipient};
use super::store;
use crate::accounts::{self, AccountEditor};
use crate::duties::{self, Books};
use crate::t;

const LONGEST: usize = 20_000;

/// The account team but for the writer, the team's leader, and the liaisons of the departments
/// that a question waits for.
pub async fn default_recipients(on: &impl ConnectionTrait, contact: &Communication) -> Result<Vec<Recipient>, Error> {
    let mut recipients: Vec<Recipient> = Vec::new();
    let mut add = |member: MemberId, department| {
        if member != contact.by && !recipients.iter().any(|r| r.member == member) {
            recipients.push(Recipient { member, department, removed_reason: None, read_at: None });
        }
    };
    for (member, _) in accounts::account_team(on, contact.account).await? {
        add(member, None);
    }
    let account = accounts::account(on, contact.account).await?.ok_or(Error::NotFound)?;
    if let Some(team) = account.team {
        directory::team(on, team).await?.and_then(|t| t.leader).into_iter().for_each(|leader| add(leader, None));
    }
    let waiting: Vec<_> = store::questions(on, contact.id).await?.into_iter().filter_map(|q| q.department).collect();
    if !waiting.is_empty() {
        for department in directory::departments(on).await? {
            if let Some(liaison) = department.liaison.filter(|_| waiting.contains(&department.id)) {
                add(liaison, Some(department.id));
            }
        }
    }
    Ok(recipients)
}

/// Keeps what has been written so far; nobody gets it yet.
pub async fn save_draft(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    editor: &AccountEditor,
    contact: &Communication,
    text: String,
) -> Result<(), Error> {
    let before = ready(tx, editor, contact, &text, false).await?;
    let minutes = Minutes {
        text,
        changed_at: now,
        sent_at: None,
        sent_by: None,
        recipients: Vec::new(),
        version: before.map_or(1, |m| m.version),
    };
    store::put_minutes(tx, contact.id, &minutes).await?;
    journal::record(tx, actor, now, Entry::new("minutes", contact.id, "drafted").account(contact.account)).await?;
    Ok(())
}

/// Sends the minutes. `removed` names those of the default recipients who do not get them, each
/// with the reason.
#[expect(clippy::too_many_arguments, reason = "who sends what to whom, and why not to some")]
pub async fn send(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    editor: &AccountEditor,
    contact: &Communication,
    text: String,
    removed: &[(MemberId, String)],
) -> Result<Minutes, Error> {
    let before = ready(tx, editor, contact, &text, true).await?;
    let mut recipients = default_recipients(&**tx, contact).await?;
    let mut invalid = Invalid::default();
    for recipient in &mut recipients {
        if let Some((_, reason)) = removed.iter().find(|(member, _)| *member == recipient.member) {
            let reason = reason.trim();
            if reason.is_empty() {
                invalid.add(
                    format!("reason-{}", recipient.member),
                    "required",
                    t::communications::removal_reason_required,
                );
            }
            recipient.removed_reason = Some(reason.to_owned());
        }
    }
    invalid.check()?;
    let minutes = Minutes {
        text,
        changed_at: now,
        sent_at: Some(now),
        sent_by: actor.member,
        recipients,
        version: before.map_or(1, |m| m.version + 1),
    };
    store::put_minutes(tx, contact.id, &minutes).await?;
    let to: Vec<MemberId> =
        minutes.recipients.iter().filter(|r| r.removed_reason.is_none()).map(|r| r.member).collect();
    let entry = Entry::new("minutes", contact.id, "sent").account(contact.account).after(json!({ "recipients": to }));
    journal::record(tx, actor, now, entry).await?;
    duties::promises(tx, actor, now, books, contact.id).await?;
    Ok(minutes)
}

/// Notes that a recipient has opened the minutes.
pub async fn read(tx: &Tx, actor: &Actor, now: DateTime<Utc>, contact: &Communication) -> Result<(), Error> {
    if let Some(member) = actor.member
        && store::mark_read(tx, contact.id, member, now).await?
    {
        journal::record(tx, actor, now, Entry::new("minutes", contact.id, "read").account(contact.account)).await?;
    }
    Ok(())
}

async fn ready(
    tx: &Tx,
    editor: &AccountEditor,
    contact: &Communication,
    text: &str,
    to_send: bool,
) -> Result<Option<Minutes>, Error> {
    if contact.account != editor.id() || contact.deleted {
        return Err(Error::NotFound);
    }
    let before = store::minutes(&**tx, contact.id).await?;
    if before.as_ref().is_some_and(|m| m.sent_at.is_some()) {
        return Err(Error::conflict("already_sent", t::communications::minutes_already_sent));
    }
    if to_send && text.trim().is_empty() {
        return Err(Invalid::one("text", "required", t::communications::minutes_required).into());
    }
    if text.chars().count() > LONGEST {
        return Err(Invalid::one("text", "too_long", |l| t::communications::too_long(l, LONGEST)).into());
    }
    Ok(before)
}
