//! A parameter where it stands in its sentence: marked, opened in place by those who may draft, and written into
//! the draft. What is in force stays as it is until the draft is approved.

use axum::Router;
use axum::routing::post;
use kehu_core::Locale;
use kehu_platform::web::kit::{self, Choice, Field, Look};
use kehu_platform::web::{Answer, App, Form, Page};
use kehu_platform::{Error, Invalid};
use maud::{Markup, html};

use super::show;
use crate::clauses::{Clause, ClauseNumber, Kind, Parameter, Rulebook, Value};
use crate::t::rulebook as t;
use crate::versions::{self, Drafter, parameter_field};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/rulebook/parameters", post(save))
}

/// The parameters of the rulebook in force beside what the draft makes of them.
pub(super) struct Proposed<'a> {
    pub in_force: &'a Rulebook,
    pub draft: Option<&'a Rulebook>,
    /// Whether the reader may change them now.
    pub editing: bool,
}

impl Proposed<'_> {
    /// The value in force, and after it the draft's when that is another.
    pub(super) fn marked(&self, l: Locale, clause: &Clause, parameter: &Parameter, shown: &str) -> Markup {
        let proposed = self.draft.and_then(|draft| draft.parameter(clause.number, &parameter.name));
        let href = self.may_change(clause, parameter).then(|| format!("#{}", dialog_id(clause, parameter)));
        html! {
            (kit::parameter(shown, href.as_deref()))
            @if let Some(proposed) = proposed.filter(|proposed| proposed.value != parameter.value) {
                " " small.k-doc-proposed { (t::proposed(l, proposed.shown(l))) } " "
            }
        }
    }

    fn may_change(&self, clause: &Clause, parameter: &Parameter) -> bool {
        self.editing && self.draft.is_none_or(|draft| draft.parameter(clause.number, &parameter.name).is_some())
    }

    /// One dialog a parameter. `refused` is shown again in its own.
    pub(super) fn dialogs(&self, l: Locale, csrf: &str, refused: Option<(&Form, &Invalid)>) -> Markup {
        let all = self.in_force.clauses().iter().flat_map(|c| c.parameters.iter().map(move |p| (c, p)));
        html! {
            @for (clause, parameter) in all.filter(|(clause, parameter)| self.may_change(clause, parameter)) {
                @let own = self.draft.and_then(|draft| draft.parameter(clause.number, &parameter.name));
                (dialog(l, csrf, clause, own.unwrap_or(parameter), refused.filter(|(form, _)| concerns(form, clause, parameter))))
            }
        }
    }
}

fn dialog_id(clause: &Clause, parameter: &Parameter) -> String {
    format!("set-{}-{}", clause.number, parameter.name)
}

fn concerns(form: &Form, clause: &Clause, parameter: &Parameter) -> bool {
    form.text("clause") == clause.number.to_string() && form.text("parameter") == parameter.name
}

fn dialog(l: Locale, csrf: &str, clause: &Clause, parameter: &Parameter, refused: Option<(&Form, &Invalid)>) -> Markup {
    let id = dialog_id(clause, parameter);
    let seen = parameter.entry();
    // With the dialog's name in the address a refused form comes back open.
    let form = kit::post_form(
        csrf,
        &format!("/rulebook/parameters#{id}"),
        html! {
            (kit::hidden("clause", &clause.number.to_string()))
            (kit::hidden("parameter", &parameter.name))
            (kit::hidden("seen", &seen))
            (field(l, parameter, &id, refused))
            p.k-hint.k-field-wide { (t::goes_into_draft(l)) }
            (kit::form_actions(kit::submit(Look::Primary, t::into_draft(l))))
        },
    );
    kit::dialog(l, &id, &format!("{} {}", clause.number, clause.title.get(l)), form)
}

/// The control that fits the parameter's kind; `refused` is what was typed and why it was not accepted.
pub(super) fn field(l: Locale, parameter: &Parameter, scope: &str, refused: Option<(&Form, &Invalid)>) -> Markup {
    let name = parameter_field(&parameter.name);
    let typed = refused.map(|(form, _)| typed(form, parameter));
    let error = refused.and_then(|(_, invalid)| invalid.of(&name, l));
    let bounds = bounds(l, parameter);
    let entry = typed.unwrap_or_else(|| parameter.entry());
    let mut field = Field::new(&name, parameter.label.get(l)).value(entry.as_str()).error(error).scope(scope).wide();
    if !bounds.is_empty() {
        field = field.hint(&bounds);
    }
    if !scope.is_empty() {
        // In a dialog the value is what the reader came for.
        field = field.autofocus();
    }
    let unit = parameter.unit.as_ref().map(|unit| unit.for_number(2, l));
    match &parameter.kind {
        Kind::Choice { options } => kit::radios(l, &field, &choices(l, options)),
        Kind::ChoiceList { options } => kit::checks(l, &field, &choices(l, options), &split(&entry)),
        Kind::CodeList { options } => {
            let codes = split(&entry);
            let mut offered = choices(l, options);
            let unknown = |code: &&&str| options.iter().all(|option| option.code != **code);
            offered.extend(codes.iter().filter(unknown).map(|code| Choice::new(*code, *code)));
            kit::checks(l, &field, &offered, &codes)
        }
        Kind::Flag { yes, no } => {
            let choices = [Choice::new("yes", yes.get(l)), Choice::new("no", no.get(l))];
            kit::radios(l, &field, &choices)
        }
        Kind::Money => kit::money(l, &field.required(), unit.unwrap_or_default()),
        Kind::Percent => kit::number(l, &field.required(), parameter.min, parameter.max, Some("%")),
        Kind::HourOfDay => kit::number(l, &field.required(), Some(0), Some(23), Some(":00")),
        _ => kit::number(l, &field.required(), parameter.min, parameter.max, unit),
    }
}

/// What was typed for the parameter, as one text.
pub(super) fn typed(form: &Form, parameter: &Parameter) -> String {
    let name = parameter_field(&parameter.name);
    form.all(&name).collect::<Vec<_>>().join(", ")
}

fn split(entry: &str) -> Vec<&str> {
    entry.split(',').map(str::trim).filter(|code| !code.is_empty()).collect()
}

fn choices(l: Locale, options: &[crate::clauses::Choice]) -> Vec<Choice> {
    options.iter().map(|option| Choice::new(&option.code, option.label.get(l))).collect()
}

/// What the parameter may be, in words.
fn bounds(l: Locale, parameter: &Parameter) -> String {
    let show = |bound: i64| match parameter.kind.is_number() {
        true => parameter.show(&Value::Number(bound), l),
        false => bound.to_string(),
    };
    match (parameter.min, parameter.max, parameter.kind.is_number()) {
        (Some(min), Some(max), true) => t::bounds(l, show(max), show(min)),
        (Some(min), None, true) => t::at_least(l, show(min)),
        (None, Some(max), true) => t::at_most(l, show(max)),
        (Some(min), _, false) => t::least_entries(l, min),
        _ => String::new(),
    }
}

async fn save(page: Page, form: Form) -> Answer {
    let by = Drafter::of(&page.actor)?;
    let l = page.locale;
    let clause: ClauseNumber = form.text("clause").parse().map_err(|_| Error::NotFound)?;
    let name = form.text("parameter");
    let draft = versions::open(page.app.db.read()).await?;
    let said = match &draft {
        Some(draft) => versions::document(page.app.db.read(), draft).await?,
        None => versions::newest(page.app.db.read()).await?,
    };
    let parameter = said.parameter(clause, name).ok_or(Error::NotFound)?;
    let typed = typed(&form, parameter);
    match versions::change_parameter(&page.app, by, page.now, clause, name, form.text("seen"), &typed).await {
        Ok(()) => Ok(page.done(&format!("/rulebook#c{clause}"), t::kept_in_draft(l))),
        Err(Error::Invalid(invalid)) => {
            let body = show::body(&page, Some((&form, &invalid))).await?;
            Ok(page.refused(t::nav(l), body).await)
        }
        Err(other) => Err(other.into()),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use kehu_core::Locale;
    use kehu_platform::web::Form;

    use super::{field, typed};
    use crate::clauses::builtin;
    use crate::versions::parameter_field;

    #[test]
    fn every_parameter_of_the_builtin_rulebook_has_a_field_that_sends_its_value_back() {
        for parameter in builtin().clauses().iter().flat_map(|clause| &clause.parameters) {
            let shown = field(Locale::En, parameter, "s", None).into_string();
            let name = parameter_field(&parameter.name);
            assert!(shown.contains(&format!("name=\"{name}\"")), "{shown}");
            let values = parameter.entry().split(", ").map(|value| (name.clone(), value.to_owned())).collect();
            assert_eq!(parameter.read(&typed(&Form::new(values, Vec::new()), parameter)).unwrap(), parameter.value);
        }
    }
}
