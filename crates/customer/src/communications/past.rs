//! The contact log that a company brings along, written many rows to a statement. The journal is
//! the caller's, and so is asking the rules afterwards.

use kehu_platform::db::{DbFault, Tx};

use super::model::{Agreement, Communication, Minutes, Question};
use super::store::{self, New};

/// A contact with everything that came of it.
#[derive(Clone, Debug)]
pub struct PastCommunication {
    pub contact: Communication,
    pub questions: Vec<Question>,
    pub agreements: Vec<Agreement>,
    pub minutes: Option<Minutes>,
}

/// Writes contacts as they were logged by those who had them.
pub async fn enter(tx: &Tx, all: &[PastCommunication]) -> Result<(), DbFault> {
    let contacts = all.iter().map(|past| &past.contact);
    let new = contacts.map(|contact| New { contact, recorded_by: Some(contact.by), batch: None });
    store::insert(tx, &new.collect::<Vec<_>>()).await?;
    let entered = |past: &PastCommunication| past.contact.recorded_at;
    let questions = all.iter().flat_map(|past| past.questions.iter().map(move |q| (q, entered(past))));
    store::insert_questions(tx, &questions.collect::<Vec<_>>()).await?;
    let agreements =
        all.iter().flat_map(|past| past.agreements.iter().map(move |a| (a, past.contact.account, entered(past))));
    store::insert_agreements(tx, &agreements.collect::<Vec<_>>()).await?;
    let minutes = all.iter().filter_map(|past| Some((past.contact.id, past.minutes.as_ref()?)));
    store::insert_minutes(tx, &minutes.collect::<Vec<_>>()).await
}
