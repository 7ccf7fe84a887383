//! Inputs of one value: text, numbers, days, secrets and files.

use kehu_core::Locale;
use maud::{Markup, html};

use super::{Field, Icon, icon};
use crate::t::kit as t;

/// What sets one kind of `<input>` apart from another.
#[derive(Clone, Copy, Default)]
struct Kind<'a> {
    kind: &'a str,
    mode: Option<&'a str>,
    min: Option<&'a str>,
    max: Option<&'a str>,
    step: Option<&'a str>,
    list: Option<&'a str>,
    /// Read by the browser scripts: `now` fills an empty moment with the present one.
    fill: Option<&'a str>,
}

fn input(field: &Field<'_>, kind: Kind<'_>) -> Markup {
    html! {
        input.form-control.is-invalid[field.error.is_some()] id=(field.id()) name=(field.name) type=(kind.kind)
            value=(field.value) inputmode=[kind.mode] min=[kind.min] max=[kind.max] step=[kind.step] list=[kind.list]
            data-fill=[kind.fill] placeholder=[field.placeholder] autocomplete=[field.autocomplete]
            maxlength=[field.max_length] required[field.required] disabled[field.disabled] autofocus[field.autofocus]
            aria-describedby=[field.described_by()] aria-invalid=[field.invalid()];
    }
}

fn plain(locale: Locale, field: &Field<'_>, kind: &str) -> Markup {
    field.wrap(locale, input(field, Kind { kind, ..Kind::default() }))
}

pub fn text(locale: Locale, field: &Field<'_>) -> Markup {
    plain(locale, field, "text")
}

pub fn email(locale: Locale, field: &Field<'_>) -> Markup {
    plain(locale, field, "email")
}

pub fn tel(locale: Locale, field: &Field<'_>) -> Markup {
    plain(locale, field, "tel")
}

/// A day, as `2026-11-23`.
pub fn date(locale: Locale, field: &Field<'_>) -> Markup {
    plain(locale, field, "date")
}

/// A time of day, as `09:30`.
pub fn time(locale: Locale, field: &Field<'_>) -> Markup {
    plain(locale, field, "time")
}

/// A moment in the member's time zone, as `2026-11-23T09:30`. Left empty it starts at now in the browser.
pub fn datetime(locale: Locale, field: &Field<'_>) -> Markup {
    let fill = field.value.is_empty().then_some("now");
    field.wrap(locale, input(field, Kind { kind: "datetime-local", fill, ..Kind::default() }))
}

/// A whole number within bounds, with its unit behind it.
pub fn number(locale: Locale, field: &Field<'_>, min: Option<i64>, max: Option<i64>, unit: Option<&str>) -> Markup {
    let (min, max) = (min.map(|n| n.to_string()), max.map(|n| n.to_string()));
    let kind = Kind {
        kind: "number",
        mode: Some("numeric"),
        min: min.as_deref(),
        max: max.as_deref(),
        step: Some("1"),
        ..Kind::default()
    };
    let control = html! {
        div.k-withunit { (input(field, kind)) @if let Some(unit) = unit { span.k-unit { (unit) } } }
    };
    field.wrap(locale, control)
}

/// An amount of money, typed with its decimals.
pub fn money(locale: Locale, field: &Field<'_>, currency: &str) -> Markup {
    let kind = Kind { kind: "text", mode: Some("decimal"), ..Kind::default() };
    field.wrap(locale, html! { div.k-withunit { (input(field, kind)) span.k-unit { (currency) } } })
}

/// A secret. It is never sent back to the page, so the value is left out.
pub fn password(locale: Locale, field: &Field<'_>) -> Markup {
    plain(locale, &field.clone().value(""), "password")
}

/// Free text with proposals from what is already known; anything else may be typed.
pub fn text_with_suggestions(locale: Locale, field: &Field<'_>, suggestions: &[&str]) -> Markup {
    let list = format!("{}-list", field.id());
    let control = html! {
        (input(field, Kind { kind: "text", list: Some(&list), ..Kind::default() }))
        datalist id=(list) { @for suggestion in suggestions { option value=(suggestion) {} } }
    };
    field.wrap(locale, control)
}

pub fn textarea(locale: Locale, field: &Field<'_>, rows: u8) -> Markup {
    let control = html! {
        textarea.form-control.is-invalid[field.error.is_some()] id=(field.id()) name=(field.name) rows=(rows)
            placeholder=[field.placeholder] maxlength=[field.max_length] required[field.required]
            disabled[field.disabled] autofocus[field.autofocus] aria-describedby=[field.described_by()]
            aria-invalid=[field.invalid()] data-grow { (field.value) }
    };
    field.wrap(locale, control)
}

/// Files to send; `accept` lists endings such as `.csv,.xlsx`. Dropping them on the box works too.
pub fn file(locale: Locale, field: &Field<'_>, accept: &str, multiple: bool) -> Markup {
    let control = html! {
        div.k-drop data-drop {
            (icon(Icon::Upload))
            p { (t::drop_hint(locale)) }
            input.form-control.is-invalid[field.error.is_some()] id=(field.id()) name=(field.name) type="file"
                accept=(accept) multiple[multiple] required[field.required] disabled[field.disabled]
                aria-describedby=[field.described_by()] aria-invalid=[field.invalid()];
        }
    };
    field.wrap(locale, control)
}

/// A search box with its icon, for toolbars and the head of a list.
pub fn search_box(name: &str, value: &str, label: &str) -> Markup {
    html! {
        label.k-searchbox {
            (icon(Icon::Search)) span.visually-hidden { (label) }
            input type="search" name=(name) value=(value) placeholder=(label) autocomplete="off";
        }
    }
}
