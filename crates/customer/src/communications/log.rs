//! Logging a contact with one account, or with several after a seminar.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use kehu_core::{Actor, AgreementId, CommunicationId, ContactId, DepartmentId, MemberId, QuestionId};
use kehu_platform::db::Tx;
use kehu_platform::journal::{self, Entry};
use kehu_platform::{Error, Invalid};
use serde_json::json;
use uuid::Uuid;

use super::model::{Agreement, Communication, Kind, Place, Question};
use super::store;
use crate::accounts::{self, AccountEditor};
use crate::duties::{self, Books};
use crate::t;

/// Clocks of phones run a little ahead.
const AHEAD: Duration = Duration::minutes(10);

/// Nobody promises anything for a day further off; a year mistyped is.
const FURTHEST: Duration = Duration::days(10 * 366);

/// A contact as entered.
#[derive(Clone, Debug)]
pub struct NewCommunication {
    pub kind: Kind,
    pub place: Place,
    pub connected: bool,
    pub occurred_at: DateTime<Utc>,
    /// End of a visit or meeting, from which its minutes are due; the beginning when not given.
    pub ended_at: Option<DateTime<Utc>>,
    /// Who spoke with the customer.
    pub by: MemberId,
    pub contacts: Vec<ContactId>,
    pub summary: String,
    pub questions: Vec<NewQuestion>,
    pub agreements: Vec<NewAgreement>,
}

/// A question that the customer raised.
#[derive(Clone, Debug, Default)]
pub struct NewQuestion {
    pub text: String,
    pub on_the_spot: bool,
    /// What was answered on the spot, or how it is going to be solved.
    pub answer: String,
    pub reply_by: Option<NaiveDate>,
    pub owner: Option<MemberId>,
    pub department: Option<DepartmentId>,
}

/// Something both sides agreed on.
#[derive(Clone, Debug, Default)]
pub struct NewAgreement {
    pub text: String,
    pub due_on: Option<NaiveDate>,
}

/// Logs a contact with the account, and brings what it discharges and opens up to date.
///
/// # Errors
/// Field errors; questions are named `question-0`, `reply-by-0` and so on by their place.
pub async fn log(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    editor: &AccountEditor,
    new: NewCommunication,
    batch: Option<Uuid>,
) -> Result<Communication, Error> {
    let account = editor.account();
    let people = accounts::contacts_of(&**tx, account.id).await?;
    let mut invalid = check(&new, now, books);
    if new.contacts.iter().any(|id| !people.iter().any(|p| p.id == *id)) {
        invalid.add("contacts", "unknown", t::communications::contact_unknown);
    }
    // After a seminar the people may be named later; the contact does not count until then.
    if new.connected && new.contacts.is_empty() && batch.is_none() {
        invalid.add("contacts", "required", t::communications::contacts_required);
    }
    invalid.check()?;
    let communication = Communication {
        id: CommunicationId::new(now),
        account: account.id,
        kind: new.kind,
        place: new.place,
        connected: new.connected,
        occurred_at: new.occurred_at,
        ended_at: new.ended_at.unwrap_or(new.occurred_at),
        by: new.by,
        recorded_at: now,
        established_at: now,
        summary: new.summary,
        contacts: new.contacts,
        deleted: false,
        version: 1,
    };
    store::insert(tx, &[store::New { contact: &communication, recorded_by: actor.member, batch }]).await?;
    // They are listed in the order in which they were raised.
    let one_after = |n: usize| now + Duration::microseconds(i64::try_from(n).unwrap_or_default());
    for (n, question) in new.questions.into_iter().enumerate() {
        let manager = question.owner.is_none_or(|owner| owner == account.owner);
        let (spot_answer, solution) =
            if question.on_the_spot { (question.answer, String::new()) } else { (String::new(), question.answer) };
        let question = Question {
            id: QuestionId::new(now),
            communication: communication.id,
            account: account.id,
            text: question.text,
            on_the_spot: question.on_the_spot,
            spot_answer,
            reply_by: question.reply_by.filter(|_| !question.on_the_spot),
            solution,
            owner: question.owner.unwrap_or(account.owner),
            follows_manager: manager,
            department: question.department,
            told: None,
            version: 1,
        };
        store::insert_questions(tx, &[(&question, one_after(n))]).await?;
    }
    for (n, agreement) in new.agreements.into_iter().enumerate() {
        let agreement = Agreement {
            id: AgreementId::new(now),
            communication: communication.id,
            text: agreement.text,
            due_on: agreement.due_on,
        };
        store::insert_agreements(tx, &[(&agreement, account.id, one_after(n))]).await?;
    }
    let entry = Entry::new("communication", communication.id, "logged").account(account.id).after(json!({
        "kind": communication.kind.code(),
        "connected": communication.connected,
        "occurred_at": communication.occurred_at,
        "by": communication.by,
    }));
    journal::record(tx, actor, now, entry).await?;
    discharge(tx, actor, now, books, &communication, None).await?;
    Ok(communication)
}

/// Asks the rules again about everything that the record touches, and touched before.
pub(super) async fn discharge(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    after: &Communication,
    before: Option<&Communication>,
) -> Result<(), Error> {
    for record in [Some(after), before].into_iter().flatten() {
        let tenures = accounts::tenures_of(&**tx, record.account).await?;
        let mut carriers: Vec<_> = tenures.iter().map(|t| t.carrier).collect();
        carriers.sort_unstable();
        carriers.dedup();
        let at = (record.occurred_at, record.occurred_at);
        duties::cadences(tx, actor, now, books, Some(&carriers), at).await?;
    }
    duties::promises(tx, actor, now, books, after.id).await?;
    Ok(())
}

fn check(new: &NewCommunication, now: DateTime<Utc>, books: &Books) -> Invalid {
    let mut invalid = times(new.occurred_at, new.ended_at, now);
    if new.summary.chars().count() > 8000 {
        invalid.add("summary", "too_long", |l| t::communications::too_long(l, 8000));
    }
    let day = books.zone().local_date(new.occurred_at);
    for (n, question) in new.questions.iter().enumerate() {
        if question.text.trim().is_empty() {
            invalid.add(format!("question-{n}"), "required", t::communications::question_required);
        }
        if question.text.chars().count() > 1000 || question.answer.chars().count() > 4000 {
            invalid.add(format!("question-{n}"), "too_long", |l| t::communications::too_long(l, 1000));
        }
        if !question.on_the_spot {
            match question.reply_by {
                None => invalid.add(format!("reply-by-{n}"), "required", t::communications::reply_by_required),
                Some(reply_by) if reply_by < day => {
                    invalid.add(format!("reply-by-{n}"), "before_contact", t::communications::reply_by_before);
                }
                Some(reply_by) if reply_by - day > FURTHEST => {
                    invalid.add(format!("reply-by-{n}"), "too_far", t::communications::too_far);
                }
                Some(_) => {}
            }
        }
    }
    for (n, agreement) in new.agreements.iter().enumerate() {
        if agreement.text.trim().is_empty() || agreement.text.chars().count() > 1000 {
            invalid.add(format!("agreement-{n}"), "required", t::communications::agreement_required);
        }
        if agreement.due_on.is_some_and(|due_on| due_on < day - FURTHEST || due_on - day > FURTHEST) {
            invalid.add(format!("agreed-by-{n}"), "too_far", t::communications::too_far);
        }
    }
    invalid
}

/// A contact lies in the past and ends after it has begun, within a day.
pub(super) fn times(occurred_at: DateTime<Utc>, ended_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Invalid {
    let mut invalid = Invalid::default();
    if occurred_at > now + AHEAD {
        invalid.add("occurred_at", "in_future", t::communications::in_future);
    }
    if occurred_at < now - Duration::days(3 * 366) {
        invalid.add("occurred_at", "too_old", t::communications::too_old);
    }
    if let Some(ended_at) = ended_at
        && (ended_at < occurred_at || ended_at > occurred_at + Duration::hours(24) || ended_at > now + AHEAD)
    {
        invalid.add("ended_at", "impossible", t::communications::end_impossible);
    }
    invalid
}
