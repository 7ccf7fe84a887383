//! Forms: a field with its label, hint and error, and the parts around the fields.

use std::borrow::Cow;

use kehu_core::Locale;
use maud::{Markup, html};

use super::{Icon, icon};
use crate::Invalid;
use crate::t::kit as t;

/// The name of the hidden input that carries the CSRF token.
pub const CSRF_FIELD: &str = "_csrf";

/// One question of a form and how it stands: what was typed, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Field<'a> {
    pub name: &'a str,
    pub label: &'a str,
    /// What was typed or is on record; kept when the form comes back with an error.
    pub value: Cow<'a, str>,
    pub error: Option<Cow<'a, str>>,
    pub hint: Option<&'a str>,
    pub placeholder: Option<&'a str>,
    pub autocomplete: Option<&'a str>,
    pub max_length: Option<u32>,
    pub required: bool,
    pub disabled: bool,
    pub autofocus: bool,
    /// Takes the whole width of a form of two columns.
    pub wide: bool,
    /// Sets apart the ids of fields with one name in several forms of a page.
    pub scope: &'a str,
}

impl<'a> Field<'a> {
    pub fn new(name: &'a str, label: &'a str) -> Self {
        Field { name, label, ..Field::default() }
    }

    pub fn value(self, value: impl Into<Cow<'a, str>>) -> Self {
        Field { value: value.into(), ..self }
    }

    /// What is wrong, if anything: `invalid.of("name", locale)` fits.
    pub fn error(self, error: Option<impl Into<Cow<'a, str>>>) -> Self {
        Field { error: error.map(Into::into), ..self }
    }

    pub fn hint(self, hint: &'a str) -> Self {
        Field { hint: Some(hint), ..self }
    }

    pub fn placeholder(self, placeholder: &'a str) -> Self {
        Field { placeholder: Some(placeholder), ..self }
    }

    pub fn autocomplete(self, autocomplete: &'a str) -> Self {
        Field { autocomplete: Some(autocomplete), ..self }
    }

    pub fn max_length(self, max_length: u32) -> Self {
        Field { max_length: Some(max_length), ..self }
    }

    pub fn required(self) -> Self {
        Field { required: true, ..self }
    }

    pub fn disabled(self, disabled: bool) -> Self {
        Field { disabled, ..self }
    }

    pub fn autofocus(self) -> Self {
        Field { autofocus: true, ..self }
    }

    pub fn wide(self) -> Self {
        Field { wide: true, ..self }
    }

    pub fn scope(self, scope: &'a str) -> Self {
        Field { scope, ..self }
    }

    /// The id of the input, by which the label and the error summary find it.
    pub fn id(&self) -> String {
        match self.scope {
            "" => format!("f-{}", self.name),
            scope => format!("f-{scope}-{}", self.name),
        }
    }

    pub(super) fn hint_id(&self) -> Option<String> {
        self.hint.map(|_| format!("{}-hint", self.id()))
    }

    pub(super) fn error_id(&self) -> Option<String> {
        self.error.as_ref().map(|_| format!("{}-error", self.id()))
    }

    /// The ids of the hint and the error, for `aria-describedby`.
    pub(super) fn described_by(&self) -> Option<String> {
        let ids: Vec<String> = self.hint_id().into_iter().chain(self.error_id()).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    pub(super) fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    pub(super) const fn width(&self) -> &'static str {
        if self.wide { "k-field k-field-wide" } else { "k-field" }
    }

    /// Label, control, hint and error of a field with a single control.
    pub(super) fn wrap(&self, locale: Locale, control: Markup) -> Markup {
        html! {
            div class=(self.width()) {
                label.form-label for=(self.id()) { (self.label) (self.required_mark(locale)) }
                (control)
                (self.notes())
            }
        }
    }

    pub(super) fn required_mark(&self, locale: Locale) -> Markup {
        html! {
            @if self.required {
                span.k-required title=(t::required(locale)) aria-hidden="true" { "*" }
            }
        }
    }

    pub(super) fn notes(&self) -> Markup {
        html! {
            @if let Some(hint) = self.hint { div.k-hint id=[self.hint_id()] { (hint) } }
            @if let Some(error) = &self.error {
                div.k-error id=[self.error_id()] { (icon(Icon::AlertCircle)) (error) }
            }
        }
    }
}

pub fn csrf_field(token: &str) -> Markup {
    hidden(CSRF_FIELD, token)
}

pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// A form that changes something. Fields flow into two columns where there is room.
pub fn post_form(csrf: &str, action: &str, body: Markup) -> Markup {
    html! {
        form.k-form method="post" action=(action) data-once { (csrf_field(csrf)) (body) }
    }
}

/// A form with files.
pub fn upload_form(csrf: &str, action: &str, body: Markup) -> Markup {
    html! {
        form.k-form method="post" action=(action) enctype="multipart/form-data" data-once { (csrf_field(csrf)) (body) }
    }
}

/// A titled part of a long form.
pub fn form_section(title: &str, body: Markup) -> Markup {
    html! { fieldset.k-section { legend { (title) } div.k-fields { (body) } } }
}

/// The buttons under a form; they stay in reach of the thumb on a phone.
pub fn form_actions(body: Markup) -> Markup {
    html! { div.k-actions { (body) } }
}

/// All that is wrong with a form, above it, each line leading to its field; `scope` as in [`Field`].
/// Nothing when all is well. An error without a field concerns the form as a whole.
pub fn form_errors(locale: Locale, scope: &str, invalid: &Invalid) -> Markup {
    html! {
        @if !invalid.is_empty() {
            div.k-errors role="alert" tabindex="-1" autofocus {
                strong { (icon(Icon::AlertTriangle)) (t::form_errors(locale, invalid.errors().len())) }
                ul {
                    @for error in invalid.errors() {
                        @let words = error.message.text(locale);
                        li {
                            @if error.field.is_empty() { (words) }
                            @else { a href={ "#" (Field::new(&error.field, "").scope(scope).id()) } { (words) } }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, form_errors};
    use crate::Invalid;
    use crate::web::kit::text;
    use kehu_core::Locale;

    #[test]
    fn a_refused_field_keeps_what_was_typed_and_says_what_is_wrong_beside_it() {
        let field =
            Field::new("name", "Name").value("<Acme>").error(Some("Too short")).hint("As on the seal").required();
        let markup = text(Locale::En, &field).into_string();
        assert!(markup.contains("value=\"&lt;Acme&gt;\""), "{markup}");
        assert!(markup.contains("aria-describedby=\"f-name-hint f-name-error\""), "{markup}");
        assert!(markup.contains("aria-invalid=\"true\""), "{markup}");
        assert!(markup.contains("Too short"), "{markup}");
    }

    #[test]
    fn a_form_without_errors_has_no_summary() {
        assert_eq!(form_errors(Locale::En, "", &Invalid::default()).into_string(), "");
    }

    #[test]
    fn each_error_in_the_summary_leads_to_its_field() {
        let refused = Invalid::one("due", "required", |_| "Choose a day");
        let markup = form_errors(Locale::En, "promise-2", &refused).into_string();
        assert!(markup.contains("href=\"#f-promise-2-due\""), "{markup}");
    }
}
