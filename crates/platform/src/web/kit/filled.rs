//! The bridge from a submitted form to the fields that show it again.

use kehu_core::Locale;

use super::Field;
use crate::Invalid;
use crate::web::Form;

/// What was typed and what is wrong with it, in the reader's language.
#[derive(Clone, Copy, Debug)]
pub struct Filled<'a> {
    pub locale: Locale,
    pub form: &'a Form,
    pub invalid: &'a Invalid,
}

impl<'a> Filled<'a> {
    pub fn new(locale: Locale, form: &'a Form, invalid: &'a Invalid) -> Self {
        Filled { locale, form, invalid }
    }

    /// The field with what was typed into it and the message that belongs to it.
    pub fn field(&self, name: &'a str, label: &'a str) -> Field<'a> {
        Field::new(name, label).value(self.form.text(name)).error(self.invalid.of(name, self.locale))
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, Filled};
    use crate::Invalid;
    use crate::web::Form;
    use kehu_core::Locale;

    #[test]
    fn a_refused_form_shows_what_was_typed_with_its_message() {
        let form = Form::new(vec![("name".to_owned(), "远恒".to_owned())], Vec::new());
        let invalid = Invalid::one("name", "too_short", |_| "Too short");
        let field: Field<'_> = Filled::new(Locale::En, &form, &invalid).field("name", "Name");
        assert_eq!(field.value, "远恒");
        assert_eq!(field.error.as_deref(), Some("Too short"));
    }
}
