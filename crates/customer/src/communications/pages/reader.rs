//! Who reads a logged contact: those who may see the account, and those who were sent its minutes.

use kehu_core::CommunicationId;
use kehu_platform::Error;
use kehu_platform::db::Lock;
use kehu_platform::web::Page;

use crate::accounts::{self, Account, AccountEditor, AccountViewer};
use crate::communications::{self, Communication, Minutes};

/// A contact as the reader may see it.
pub(super) enum Reading {
    /// The whole record, of an account that the reader may see.
    Whole(Box<AccountViewer>),
    /// Only the minutes, sent to somebody who does not see the account.
    MinutesOnly,
}

/// The contact, its minutes, and how much of it the reader may see; for anybody else it does not
/// exist.
pub(super) async fn reading(
    page: &Page,
    id: CommunicationId,
) -> Result<(Communication, Option<Minutes>, Reading), Error> {
    let on = page.app.db.read();
    let contact = communications::communication(on, id).await?.ok_or(Error::NotFound)?;
    let minutes = communications::minutes(on, id).await?;
    match accounts::viewer(on, &page.actor, contact.account).await {
        Ok(viewer) => Ok((contact, minutes, Reading::Whole(Box::new(viewer)))),
        Err(Error::NotFound) if !contact.deleted && minutes.as_ref().is_some_and(|m| was_sent_to(page, m)) => {
            Ok((contact, minutes, Reading::MinutesOnly))
        }
        Err(other) => Err(other),
    }
}

fn was_sent_to(page: &Page, minutes: &Minutes) -> bool {
    minutes.sent_at.is_some()
        && minutes.recipients.iter().any(|r| r.member == page.member && r.removed_reason.is_none())
}

/// Opening sent minutes is reading them: noted the first time for whoever they were sent to.
pub(super) async fn note_reading(page: &Page, contact: &Communication, minutes: &Minutes) -> Result<bool, Error> {
    let unread = |r: &communications::Recipient| r.member == page.member && r.read_at.is_none();
    if !was_sent_to(page, minutes) || !minutes.recipients.iter().any(unread) {
        return Ok(false);
    }
    let (actor, now, contact) = (page.actor.clone(), page.now, contact.clone());
    page.app
        .db
        .write(Lock::account(contact.account), async move |tx| communications::read(tx, &actor, now, &contact).await)
        .await?;
    Ok(true)
}

/// The contact and the proof that the actor may change it.
pub(super) async fn editing(page: &Page, id: CommunicationId) -> Result<(Communication, AccountEditor), Error> {
    let on = page.app.db.read();
    let contact = communications::communication(on, id).await?.ok_or(Error::NotFound)?;
    let editor = accounts::editor(on, &page.actor, contact.account).await?;
    Ok((contact, editor))
}

/// The account of a contact that is read by its minutes alone.
pub(super) async fn account_of(page: &Page, contact: &Communication) -> Result<Account, Error> {
    accounts::account(page.app.db.read(), contact.account).await?.ok_or(Error::NotFound)
}
