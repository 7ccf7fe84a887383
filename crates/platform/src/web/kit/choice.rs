//! Inputs that choose among what is given.

use kehu_core::Locale;
use maud::{Markup, html};

use super::Field;

/// One of the things to choose.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
    pub disabled: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Choice { value: value.into(), label: label.into(), ..Choice::default() }
    }

    pub fn hint(self, hint: impl Into<String>) -> Self {
        Choice { hint: Some(hint.into()), ..self }
    }
}

/// One of many, in a list that drops down. `blank` is the line that stands for no choice.
pub fn select(locale: Locale, field: &Field<'_>, choices: &[Choice], blank: Option<&str>) -> Markup {
    let control = html! {
        select.form-select.is-invalid[field.error.is_some()] id=(field.id()) name=(field.name) required[field.required]
            disabled[field.disabled] autofocus[field.autofocus] aria-describedby=[field.described_by()]
            aria-invalid=[field.invalid()] {
            @if let Some(blank) = blank { option value="" selected[field.value.is_empty()] { (blank) } }
            @for choice in choices {
                option value=(choice.value) selected[choice.value == field.value] disabled[choice.disabled] {
                    (choice.label)
                }
            }
        }
    };
    field.wrap(locale, control)
}

/// One of a few, all of them in sight as pills under the thumb.
pub fn radios(locale: Locale, field: &Field<'_>, choices: &[Choice]) -> Markup {
    group(
        locale,
        field,
        html! {
            div.k-pills {
                @for (place, choice) in choices.iter().enumerate() {
                    label.k-pill {
                        input type="radio" id=(option_id(field, place)) name=(field.name) value=(choice.value)
                            checked[choice.value == field.value] required[field.required]
                            disabled[field.disabled || choice.disabled];
                        span { (choice.label) @if let Some(hint) = &choice.hint { small { (hint) } } }
                    }
                }
            }
        },
    )
}

/// Any number of a few.
pub fn checks(locale: Locale, field: &Field<'_>, choices: &[Choice], chosen: &[&str]) -> Markup {
    group(
        locale,
        field,
        html! {
            div.k-checks {
                @for (place, choice) in choices.iter().enumerate() {
                    label.form-check {
                        input.form-check-input type="checkbox" id=(option_id(field, place)) name=(field.name)
                            value=(choice.value) checked[chosen.contains(&choice.value.as_str())]
                            disabled[field.disabled || choice.disabled];
                        span.form-check-label {
                            (choice.label) @if let Some(hint) = &choice.hint { small.k-hint { (hint) } }
                        }
                    }
                }
            }
        },
    )
}

/// Yes or no. An unticked box sends nothing, as HTML has it.
pub fn check(locale: Locale, field: &Field<'_>, checked: bool) -> Markup {
    html! {
        div class=(field.width()) {
            label.form-check {
                input.form-check-input type="checkbox" id=(field.id()) name=(field.name) value="yes" checked[checked]
                    required[field.required] disabled[field.disabled] aria-describedby=[field.described_by()]
                    aria-invalid=[field.invalid()];
                span.form-check-label { (field.label) (field.required_mark(locale)) }
            }
            (field.notes())
        }
    }
}

/// The first option bears the field's id, so that the error summary leads to it.
fn option_id(field: &Field<'_>, place: usize) -> String {
    if place == 0 { field.id() } else { format!("{}-{place}", field.id()) }
}

fn group(locale: Locale, field: &Field<'_>, control: Markup) -> Markup {
    html! {
        fieldset class=(field.width()) aria-describedby=[field.described_by()] {
            legend.form-label { (field.label) (field.required_mark(locale)) }
            (control)
            (field.notes())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, checks, select};
    use crate::web::kit::Field;
    use kehu_core::Locale;

    #[test]
    fn what_was_chosen_stays_chosen() {
        let tiers = [Choice::new("a", "Strategic"), Choice::new("b", "Core")];
        let markup = select(Locale::En, &Field::new("tier", "Tier").value("b"), &tiers, None).into_string();
        assert!(markup.contains("<option value=\"b\" selected>Core</option>"), "{markup}");
        let markup = checks(Locale::En, &Field::new("tier", "Tier"), &tiers, &["a"]).into_string();
        assert_eq!(markup.matches(" checked").count(), 1, "{markup}");
    }
}
