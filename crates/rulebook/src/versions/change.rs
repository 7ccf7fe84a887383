//! Changing the draft: one parameter where it stands in the document, or a clause's title, text and parameters
//! together. The draft is shared, so a change is refused when the clause is no longer the one that was seen.

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{DateTime, Utc};
use kehu_core::Locale;
use kehu_platform::db::{Lock, Tx};
use kehu_platform::journal::{self, Entry};
use kehu_platform::web::App;
use kehu_platform::{Error, Invalid};
use serde_json::json;

use super::documents::to_json;
use super::draft::{RECORD, in_hand};
use super::model::Version;
use super::permission::Drafter;
use super::store;
use super::wording::{parameter_refused, words_refused};
use crate::clauses::{Clause, ClauseNumber, Rulebook, WordsError, difference};

/// A clause as somebody wants it. What is not named stays.
#[derive(Clone, Debug, Default)]
pub struct ClauseDraft {
    pub titles: Vec<(Locale, String)>,
    pub texts: Vec<(Locale, String)>,
    /// Name and value as typed.
    pub parameters: Vec<(String, String)>,
}

/// The field of a clause's form for its title in a language.
pub fn title_field(locale: Locale) -> String {
    format!("title-{locale}")
}

/// The field for the clause's text in a language.
pub fn text_field(locale: Locale) -> String {
    format!("text-{locale}")
}

/// The field for a parameter.
pub fn parameter_field(name: &str) -> String {
    format!("p-{name}")
}

/// A mark of everything that a clause says; another mark, another clause.
pub fn mark(clause: &Clause) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(clause).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Sets one parameter in the draft, which is begun when there is none. `seen` is the value that stood there, as
/// its form shows it.
pub async fn change_parameter(
    app: &App,
    by: Drafter<'_>,
    now: DateTime<Utc>,
    clause: ClauseNumber,
    name: &str,
    seen: &str,
    typed: &str,
) -> Result<(), Error> {
    app.db
        .write(Lock::company(), async |tx| {
            let (version, said) = in_hand(tx, by, now).await?;
            let parameter = said.parameter(clause, name).ok_or(Error::NotFound)?;
            if parameter.entry() != seen {
                return Err(Error::Stale);
            }
            let mut changed = said.clone();
            let mut invalid = Invalid::default();
            if let Err(error) = changed.set_parameter(clause, name, typed) {
                parameter_refused(&mut invalid, parameter_field(name), parameter, error);
            }
            invalid.check()?;
            keep(tx, by, now, &version, clause, &said, &changed).await
        })
        .await
}

/// Rewrites a clause of the draft. `seen` is the mark of the clause that the writer saw.
pub async fn change_clause(
    app: &App,
    by: Drafter<'_>,
    now: DateTime<Utc>,
    clause: ClauseNumber,
    seen: &str,
    draft: ClauseDraft,
) -> Result<(), Error> {
    app.db
        .write(Lock::company(), async |tx| {
            let (version, said) = in_hand(tx, by, now).await?;
            let current = said.clause(clause).ok_or(Error::NotFound)?;
            if mark(current) != seen {
                return Err(Error::Stale);
            }
            let mut changed = said.clone();
            put(&mut changed, current, &draft).check()?;
            keep(tx, by, now, &version, clause, &said, &changed).await
        })
        .await
}

/// Puts the draft into the rulebook and gathers what cannot stand.
fn put(rulebook: &mut Rulebook, clause: &Clause, draft: &ClauseDraft) -> Invalid {
    type Set = fn(&mut Rulebook, ClauseNumber, Locale, &str) -> Result<(), WordsError>;
    let mut invalid = Invalid::default();
    type Words<'a> = (&'a [(Locale, String)], fn(Locale) -> String, Set);
    let words: [Words<'_>; 2] =
        [(&draft.titles, title_field, Rulebook::set_title), (&draft.texts, text_field, Rulebook::set_text)];
    for (languages, field, set) in words {
        // Written languages first, so that a clause may change from one language to another.
        let (empty, written): (Vec<_>, Vec<_>) = languages.iter().partition(|(_, text)| text.trim().is_empty());
        for (locale, text) in written.into_iter().chain(empty) {
            if let Err(error) = set(rulebook, clause.number, *locale, text) {
                words_refused(&mut invalid, field(*locale), error);
            }
        }
    }
    for (name, typed) in &draft.parameters {
        let Some(parameter) = clause.parameter(name) else { continue };
        if let Err(error) = rulebook.set_parameter(clause.number, name, typed) {
            parameter_refused(&mut invalid, parameter_field(name), parameter, error);
        }
    }
    invalid
}

async fn keep(
    tx: &Tx,
    by: Drafter<'_>,
    now: DateTime<Utc>,
    version: &Version,
    clause: ClauseNumber,
    said: &Rulebook,
    changed: &Rulebook,
) -> Result<(), Error> {
    let changes = difference(said, changed);
    if changes.is_empty() {
        return Ok(());
    }
    store::update_document(tx, version.id, to_json(changed)?).await?;
    let entry =
        Entry::new(RECORD, version.id, "edited").after(json!({ "clause": clause.to_string(), "changes": changes }));
    journal::record(tx, &by, now, entry).await?;
    Ok(())
}
