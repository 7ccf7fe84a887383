//! 4.2.3: a question left open gets a solution, and is answered only by a record of telling the
//! customer: who, whom, when, how.

use chrono::{DateTime, Duration, Utc};
use kehu_core::{Actor, ContactId};
use kehu_platform::db::Tx;
use kehu_platform::journal::{self, Entry};
use kehu_platform::{Error, Invalid};
use serde_json::json;

use super::model::{Kind, Question, Told};
use super::store;
use crate::accounts::{self, AccountEditor};
use crate::duties::{self, Books};
use crate::t;

/// How the customer was told.
#[derive(Clone, Debug)]
pub struct Telling {
    pub at: DateTime<Utc>,
    pub to: ContactId,
    pub how: Kind,
    pub solution: String,
    pub text: String,
}

/// Writes down how the question is going to be solved.
pub async fn propose_solution(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    editor: &AccountEditor,
    before: &Question,
    solution: String,
) -> Result<(), Error> {
    open(editor, before)?;
    let mut invalid = Invalid::default();
    check_solution(&mut invalid, &solution);
    invalid.check()?;
    let after = Question { solution, ..before.clone() };
    if !store::update_question(tx, &after).await? {
        return Err(Error::Stale);
    }
    let entry = Entry::new("question", before.id, "solution_proposed")
        .account(before.account)
        .before(json!({ "solution": before.solution }))
        .after(json!({ "solution": after.solution }));
    journal::record(tx, actor, now, entry).await?;
    Ok(())
}

/// Records that the customer has been told the answer.
pub async fn tell(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    editor: &AccountEditor,
    before: &Question,
    telling: Telling,
) -> Result<(), Error> {
    open(editor, before)?;
    let by = actor.member.unwrap_or(before.owner);
    let mut invalid = Invalid::default();
    check_solution(&mut invalid, &telling.solution);
    let asked = store::communication(&**tx, before.communication).await?.ok_or(Error::NotFound)?;
    if telling.at > now + Duration::minutes(10) {
        invalid.add("at", "in_future", t::communications::in_future);
    }
    if telling.at < asked.occurred_at {
        invalid.add("at", "before_contact", t::communications::told_before_asked);
    }
    if !accounts::contacts_of(&**tx, before.account).await?.iter().any(|c| c.id == telling.to) {
        invalid.add("to", "required", t::communications::told_to_required);
    }
    if telling.text.chars().count() > 4000 {
        invalid.add("text", "too_long", |l| t::communications::too_long(l, 4000));
    }
    invalid.check()?;
    let told = Told { at: telling.at, by, to: telling.to, how: telling.how, text: telling.text, recorded_at: now };
    let after = Question { solution: telling.solution, told: Some(told), ..before.clone() };
    if !store::update_question(tx, &after).await? {
        return Err(Error::Stale);
    }
    let entry = Entry::new("question", before.id, "answered").account(before.account).after(json!({
        "to": telling.to, "how": telling.how.code(), "at": telling.at, "solution": after.solution,
    }));
    journal::record(tx, actor, now, entry).await?;
    duties::promises(tx, actor, now, books, before.communication).await?;
    Ok(())
}

fn open(editor: &AccountEditor, question: &Question) -> Result<(), Error> {
    if question.account != editor.id() {
        return Err(Error::NotFound);
    }
    if question.on_the_spot || question.told.is_some() {
        return Err(Error::conflict("already_answered", t::communications::already_answered));
    }
    Ok(())
}

fn check_solution(invalid: &mut Invalid, solution: &str) {
    if solution.trim().is_empty() {
        invalid.add("solution", "required", t::communications::solution_required);
    }
    if solution.chars().count() > 4000 {
        invalid.add("solution", "too_long", |l| t::communications::too_long(l, 4000));
    }
}
