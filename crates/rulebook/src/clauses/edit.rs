//! Changes to a draft: one parameter or one text at a time, refused on the spot when they cannot stand.

use kehu_core::Locale;

use super::builtin::builtin;
use super::check::unknown_markers;
use super::model::{Clause, Rulebook};
use super::number::ClauseNumber;
use super::parameter::{Parameter, ParameterError, Value};
use super::words::Words;

/// Why words were refused: the message next to the field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    #[error("the rulebook has no such clause")]
    UnknownClause,
    /// Every language would be empty.
    #[error("a clause needs its words in at least one language")]
    Empty,
    #[error("{{{name}}} is no parameter of this clause")]
    UnknownMarker { name: String },
}

impl WordsError {
    /// The stable name of the error, for messages and the API.
    pub fn code(&self) -> &'static str {
        match self {
            WordsError::UnknownClause => "unknown-clause",
            WordsError::Empty => "empty",
            WordsError::UnknownMarker { .. } => "unknown-marker",
        }
    }
}

impl Rulebook {
    /// Sets a parameter to what a person typed and returns what it was read as. A parameter that the built-in
    /// clause has and this rulebook's clause lacks is added to it.
    pub fn set_parameter(&mut self, clause: ClauseNumber, name: &str, raw: &str) -> Result<Value, ParameterError> {
        let value = self.parameter_or_builtin(clause, name)?.read(raw)?;
        self.set_value(clause, name, value.clone())?;
        Ok(value)
    }

    /// Sets a parameter to a value that a form or the API already typed.
    pub fn set_value(&mut self, clause: ClauseNumber, name: &str, value: Value) -> Result<(), ParameterError> {
        let parameter = self.parameter_or_builtin(clause, name)?;
        parameter.accepts(&value)?;
        let changed = Parameter { value, ..parameter.clone() };
        let clause = self.clause_mut(clause).ok_or(ParameterError::UnknownClause)?;
        match clause.parameters.iter_mut().find(|parameter| parameter.name == name) {
            Some(parameter) => *parameter = changed,
            None => clause.parameters.push(changed),
        }
        Ok(())
    }

    /// Rewrites a clause in one language; an empty text removes that language. Other languages stay, so a
    /// page should say which of them were written for the earlier text.
    pub fn set_text(&mut self, clause: ClauseNumber, locale: Locale, text: &str) -> Result<(), WordsError> {
        let clause = self.clause_mut(clause).ok_or(WordsError::UnknownClause)?;
        if let Some(name) = unknown_markers(clause, text).into_iter().next() {
            return Err(WordsError::UnknownMarker { name });
        }
        rewrite(clause, locale, text, |clause| &mut clause.text)
    }

    /// Renames a clause in one language; an empty title removes that language.
    pub fn set_title(&mut self, clause: ClauseNumber, locale: Locale, title: &str) -> Result<(), WordsError> {
        let clause = self.clause_mut(clause).ok_or(WordsError::UnknownClause)?;
        rewrite(clause, locale, title, |clause| &mut clause.title)
    }

    fn parameter_or_builtin(&self, number: ClauseNumber, name: &str) -> Result<&Parameter, ParameterError> {
        let clause = self.clause(number).ok_or(ParameterError::UnknownClause)?;
        let own = clause.parameter(name);
        own.or_else(|| builtin().parameter(number, name)).ok_or(ParameterError::UnknownParameter)
    }
}

fn rewrite(
    clause: &mut Clause,
    locale: Locale,
    text: &str,
    part: fn(&mut Clause) -> &mut Words,
) -> Result<(), WordsError> {
    let mut words = part(clause).clone();
    words.set(locale, text);
    if words.is_empty() {
        return Err(WordsError::Empty);
    }
    *part(clause) = words;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use kehu_core::Locale::{self, En, ZhHans};

    use super::WordsError;
    use crate::clauses::known::{CALLS_PER_WEEK, KEY_TIERS};
    use crate::clauses::{ClauseNumber, ParameterError, Value, builtin};

    const CONTACT: ClauseNumber = ClauseNumber::literal("4.4.1");

    #[test]
    fn a_parameter_takes_what_was_typed_or_says_why_not() {
        let mut book = builtin().clone();
        assert_eq!(book.set_parameter(CONTACT, "calls_per_week", "２"), Ok(Value::Number(2)));
        assert_eq!(book.get(&CALLS_PER_WEEK), 2);
        assert_eq!(book.set_parameter(CONTACT, "calls_per_week", "8"), Err(ParameterError::TooLarge { max: 7 }));
        assert_eq!(book.set_parameter(CONTACT, "calls_per_week", "often"), Err(ParameterError::NotANumber));
        assert_eq!(book.get(&CALLS_PER_WEEK), 2, "a refused value changes nothing");
        assert_eq!(book.set_parameter(CONTACT, "calls", "1"), Err(ParameterError::UnknownParameter));
        let nowhere = ClauseNumber::literal("9.9.9");
        assert_eq!(book.set_parameter(nowhere, "calls_per_week", "1"), Err(ParameterError::UnknownClause));
    }

    #[test]
    fn a_parameter_that_an_older_rulebook_lacks_can_be_set() {
        let mut book = builtin().clone();
        book.clause_mut(CONTACT).unwrap().parameters.clear();
        book.set_value(CONTACT, "key_tiers", Value::Codes(vec!["A".to_owned()])).unwrap();
        assert_eq!(book.get(&KEY_TIERS), ["A"]);
    }

    #[test]
    fn a_text_keeps_to_the_parameters_of_its_clause() {
        let mut book = builtin().clone();
        book.set_text(CONTACT, En, "Owe {calls_per_week} a week.").unwrap();
        assert_eq!(book.clause(CONTACT).unwrap().plain_text(En), "Owe 1 call a week.");
        let unknown = WordsError::UnknownMarker { name: "visits".to_owned() };
        assert_eq!(book.set_text(CONTACT, En, "{visits}"), Err(unknown));
    }

    #[test]
    fn a_clause_keeps_at_least_one_language() {
        let mut book = builtin().clone();
        let mut outcomes = Locale::ALL.map(|locale| book.set_title(CONTACT, locale, " ")).into_iter();
        assert!(outcomes.by_ref().take(2).all(|outcome| outcome.is_ok()));
        assert_eq!(outcomes.next(), Some(Err(WordsError::Empty)));
        assert_eq!(book.clause(CONTACT).unwrap().title.get(ZhHans), builtin().clause(CONTACT).unwrap().title.get(En));
    }
}
