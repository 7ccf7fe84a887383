//! A form as it is shown: with what is on record, or as it was typed and what is wrong with it.

use kehu_core::Locale;
use maud::Markup;

use crate::error::Invalid;
use crate::web::Form;
use crate::web::kit::{self, Field, Filled};

/// Values and messages of the fields of one form.
pub struct Asked {
    locale: Locale,
    values: Form,
    invalid: Invalid,
}

impl Asked {
    /// What is on record; a field may stand in it several times.
    pub fn fresh<'a>(locale: Locale, values: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { locale, values: Form::new(values, Vec::new()), invalid: Invalid::default() }
    }

    /// What was typed and not accepted.
    pub fn refused(locale: Locale, form: &Form, invalid: &Invalid) -> Self {
        Self { locale, values: form.clone(), invalid: invalid.clone() }
    }

    pub fn value(&self, name: &str) -> &str {
        self.values.text(name)
    }

    pub fn values<'a>(&'a self, name: &'a str) -> Vec<&'a str> {
        self.values.all(name).collect()
    }

    pub fn error(&self, name: &str) -> Option<String> {
        self.invalid.of(name, self.locale)
    }

    pub fn field<'a>(&'a self, name: &'a str, label: &'a str) -> Field<'a> {
        Filled::new(self.locale, &self.values, &self.invalid).field(name, label)
    }

    /// All messages above the form, each leading to its field.
    pub fn summary(&self) -> Markup {
        kit::form_errors(self.locale, "", &self.invalid)
    }
}
