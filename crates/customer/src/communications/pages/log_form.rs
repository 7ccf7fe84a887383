//! The log form. On a phone its first screen holds what a simple call needs: how, with whom, when
//! and what was said; everything else unfolds below.

use kehu_core::Locale;
use kehu_platform::Invalid;
use kehu_platform::web::Page;
use kehu_platform::web::kit::{self, Choice, Field, Icon, Look, icon};
use maud::{Markup, html};

use super::desk::Desk;
use super::draft::Draft;
use super::{groups, moments, names};
use crate::accounts::Contact;
use crate::communications::{Kind, Place};
use crate::t::communications as t;

/// People shown before the rest folds away.
const IN_SIGHT: usize = 5;

/// One more empty row was asked for in this group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum More {
    Nothing,
    Question,
    Agreement,
}

/// The whole form; `back` is where it leads afterwards.
pub(super) fn form(page: &Page, desk: &Desk, draft: &Draft, invalid: &Invalid, more: More, back: &str) -> Markup {
    let l = page.locale;
    html! {
        form.k-form.k-log method="post" action="/record" data-once {
            (kit::csrf_field(&page.csrf))
            (kit::hidden("account", &desk.account.id.to_string()))
            (kit::hidden("back", back))
            (default_submit())
            (kit::form_errors(l, "", invalid))
            (kinds(l, draft))
            (connected(l, draft, ""))
            (places(l, &desk.counts, draft, ""))
            (persons(l, desk, draft, invalid, ""))
            (moments::fields(page, &draft.moment, "occurred_at", invalid.of("occurred_at", l), ""))
            (ended(l, draft, invalid, ""))
            (summary(l, draft, invalid, 3, ""))
            (groups::questions(l, desk, draft, invalid, more == More::Question))
            (groups::agreements(l, draft, invalid, more == More::Agreement))
            (by(l, desk, draft, invalid))
            (kit::form_actions(html! {
                (kit::submit(Look::Primary, t::save(l)))
                button.btn.k-log-visit type="submit" name="then" value="minutes" { (t::save_and_minutes(l)) }
            }))
        }
    }
}

/// Enter in a field saves, and does not press the first button on the way.
pub(super) fn default_submit() -> Markup {
    html! { button.visually-hidden type="submit" tabindex="-1" aria-hidden="true" {} }
}

pub(super) fn kinds(l: Locale, draft: &Draft) -> Markup {
    html! {
        fieldset.k-field.k-field-wide {
            legend.visually-hidden { (t::kind(l)) }
            div.k-kinds {
                @for kind in Kind::ALL {
                    label.k-pill {
                        input type="radio" name="kind" value=(kind.code()) checked[kind == draft.kind];
                        span { (icon(names::icon(kind))) (names::kind(l, kind)) }
                    }
                }
            }
            p.k-hint.k-log-video { (t::hint_video(l)) }
        }
    }
}

/// Whether somebody answered a call.
pub(super) fn connected(l: Locale, draft: &Draft, scope: &str) -> Markup {
    html! {
        fieldset.k-field.k-field-wide.k-log-call {
            legend.visually-hidden { (t::connected(l)) }
            div.k-pills.k-pills-even {
                @for (value, label, mark) in [
                    ("yes", t::connected_yes(l), Icon::PhoneCall),
                    ("no", t::connected_no(l), Icon::PhoneOff),
                ] {
                    label.k-pill {
                        input type="radio" id={ "f-" (scope) "connected-" (value) } name="connected" value=(value)
                            checked[draft.connected == (value == "yes")];
                        span { (icon(mark)) (label) }
                    }
                }
            }
            p.k-hint.k-log-unanswered { (t::hint_unanswered(l)) }
        }
    }
}

/// The places of a visit that the rulebook counts (4.4.1).
pub(super) struct PlaceCounts(pub Vec<String>);

/// Where a visit took place.
pub(super) fn places(l: Locale, counts: &PlaceCounts, draft: &Draft, scope: &str) -> Markup {
    let choices: Vec<Choice> = Place::ALL
        .iter()
        .map(|place| {
            let choice = Choice::new(place.code(), names::place(l, *place));
            let counts = counts.0.iter().any(|code| code == place.code());
            if counts { choice } else { choice.hint(t::does_not_count(l)) }
        })
        .collect();
    html! {
        div.k-log-visit.k-field-wide {
            (kit::radios(l, &Field::new("place", t::place(l)).value(draft.place.code()).scope(scope).wide(), &choices))
        }
    }
}

/// When a visit or meeting ended: its minutes are due from then.
pub(super) fn ended(l: Locale, draft: &Draft, invalid: &Invalid, scope: &str) -> Markup {
    let field = Field::new("ended_at", t::ended_at(l))
        .value(draft.ended.as_str())
        .error(invalid.of("ended_at", l))
        .hint(t::ended_at_hint(l))
        .scope(scope);
    html! { div.k-log-visit.k-field { (kit::time(l, &field)) } }
}

/// With whom: the people of the account under the thumb, and a place for somebody new.
pub(super) fn persons(l: Locale, desk: &Desk, draft: &Draft, invalid: &Invalid, scope: &str) -> Markup {
    let newcomer = !draft.new_name.is_empty() || !draft.new_title.is_empty() || desk.people.is_empty();
    let somebody_new = html! {
        details.k-more open[newcomer] {
            summary { (icon(Icon::UserPlus)) (t::new_contact(l)) }
            div.k-fields {
                (kit::text(l, &Field::new("new-name", t::new_name(l)).value(draft.new_name.as_str())
                    .error(invalid.of("new-name", l)).autocomplete("off").max_length(60).scope(scope)))
                (kit::text(l, &Field::new("new-title", t::new_title(l)).value(draft.new_title.as_str())
                    .error(invalid.of("new-title", l)).autocomplete("off").max_length(100).scope(scope)))
            }
        }
    };
    people(l, desk, draft, invalid, scope, somebody_new)
}

/// With whom, among those on record.
pub(super) fn persons_known(l: Locale, desk: &Desk, draft: &Draft, invalid: &Invalid) -> Markup {
    people(l, desk, draft, invalid, "", Markup::default())
}

fn people(l: Locale, desk: &Desk, draft: &Draft, invalid: &Invalid, scope: &str, last: Markup) -> Markup {
    let prefix = if scope.is_empty() { String::new() } else { format!("{scope}-") };
    let error = invalid.of("contacts", l);
    let shown_first = |p: &Contact| draft.contacts.contains(&p.id.to_string());
    let (mut near, mut far): (Vec<&Contact>, Vec<&Contact>) = (Vec::new(), Vec::new());
    for person in &desk.people {
        let room = near.len() < IN_SIGHT || shown_first(person);
        if room { near.push(person) } else { far.push(person) }
    }
    let pill = |person: &Contact, place: usize| {
        let id = person.id.to_string();
        let first = (place == 0).then(|| format!("f-{prefix}contacts"));
        html! {
            label.k-pill {
                input type="checkbox" id=[first] name="contacts" value=(id) checked[draft.contacts.contains(&id)]
                    aria-describedby=[error.as_ref().map(|_| format!("f-{prefix}contacts-error"))];
                span { (person.facts.name) @if !person.facts.title.is_empty() { small { (person.facts.title) } } }
            }
        }
    };
    let offset = near.len();
    html! {
        fieldset.k-field.k-field-wide.k-persons {
            legend.form-label { (t::with_whom(l)) }
            div.k-pills {
                @for (place, person) in near.iter().enumerate() { (pill(person, place)) }
                @if !far.is_empty() {
                    details.k-more {
                        summary { (t::more_people(l, far.len())) }
                        div.k-pills { @for (place, person) in far.iter().enumerate() { (pill(person, offset + place)) } }
                    }
                }
                (last)
            }
            @if let Some(error) = &error {
                div.k-error id={ "f-" (prefix) "contacts-error" } { (icon(Icon::AlertCircle)) (error) }
            }
        }
    }
}

pub(super) fn summary(l: Locale, draft: &Draft, invalid: &Invalid, rows: u8, scope: &str) -> Markup {
    let field = Field::new("summary", t::summary(l))
        .value(draft.summary.as_str())
        .error(invalid.of("summary", l))
        .placeholder(t::summary_hint(l))
        .max_length(8000)
        .scope(scope)
        .wide();
    kit::textarea(l, &field, rows)
}

/// Who of us it was, when somebody else writes it down.
fn by(l: Locale, desk: &Desk, draft: &Draft, invalid: &Invalid) -> Markup {
    let unusual = draft.by != desk.me.to_string() || invalid.of("by", l).is_some();
    html! {
        div.k-field-wide.k-log-by {
            (kit::disclosure(t::somebody_else(l), unusual, by_select(l, desk, draft, invalid)))
            @if desk.key { p.k-hint.k-log-not-manager { (icon(Icon::InfoCircle)) " " (t::hint_not_manager(l, desk.manager())) } }
        }
    }
}

pub(super) fn by_select(l: Locale, desk: &Desk, draft: &Draft, invalid: &Invalid) -> Markup {
    let error = invalid.of("by", l);
    html! {
        div.k-field {
            label.form-label for="f-by" { (t::by(l)) }
            select.form-select.is-invalid[error.is_some()] id="f-by" name="by"
                aria-describedby=[error.as_ref().map(|_| "f-by-error")] {
                @for mate in &desk.team {
                    option value=(mate.id) selected[mate.id.to_string() == draft.by] data-counts[mate.counts] { (mate.name) }
                }
            }
            @if let Some(error) = &error { div.k-error id="f-by-error" { (icon(Icon::AlertCircle)) (error) } }
        }
    }
}

/// Says that what this member logs does not count, where the form has no choice of who it was.
pub(super) fn not_manager(l: Locale, desk: &Desk, draft: &Draft) -> Markup {
    let counts = desk.team.iter().any(|mate| mate.counts && mate.id.to_string() == draft.by);
    html! {
        @if desk.key && !counts {
            p.k-hint.k-field-wide { (icon(Icon::InfoCircle)) " " (t::hint_not_manager(l, desk.manager())) }
        }
    }
}
