//! The rulebook's pages. Everybody reads the document, its versions and what each changed; drafting is offered to
//! those who may, deciding to company leadership, and who has read it to those who answer for that.

mod clause_form;
mod codes;
mod decision;
mod difference;
mod document;
mod draft;
mod margin;
mod parameter;
mod readings;
mod show;
mod versions;

use axum::Router;
use chrono::NaiveDate;
use kehu_core::Locale;
use kehu_platform::web::kit::{Crumb, Icon, Tone, tag};
use kehu_platform::web::{App, NavEntry, NavGroup, when};
use maud::Markup;

use crate::t::rulebook as t;
use crate::versions::{State, Version};

pub fn routes() -> Router<App> {
    Router::new()
        .merge(show::routes())
        .merge(parameter::routes())
        .merge(versions::routes())
        .merge(readings::routes())
        .merge(draft::routes())
        .merge(clause_form::routes())
        .merge(decision::routes())
}

pub fn nav() -> Vec<NavEntry> {
    vec![NavEntry {
        group: NavGroup::Work,
        href: "/rulebook",
        label: t::nav,
        icon: Icon::Book2,
        thumb: false,
        visible: |_| true,
        count: None,
    }]
}

/// The way back to the document.
fn crumbs(l: Locale) -> Vec<Crumb> {
    vec![Crumb::new("/rulebook", t::nav(l))]
}

fn state_tag(l: Locale, state: State) -> Markup {
    match state {
        State::Draft => tag(Tone::Accent, t::state_draft(l)),
        State::Submitted => tag(Tone::Warn, t::state_submitted(l)),
        State::Approved => tag(Tone::Good, t::state_approved(l)),
        State::Returned => tag(Tone::Bad, t::state_returned(l)),
        State::Withdrawn => tag(Tone::Quiet, t::state_withdrawn(l)),
    }
}

/// "第 3 版", or what a version without a number is called.
fn version_name(l: Locale, version: &Version) -> String {
    version.number.map_or_else(|| t::unnumbered(l).to_owned(), |number| number_name(l, number))
}

fn number_name(l: Locale, number: i64) -> String {
    if number == 0 { t::builtin(l).to_owned() } else { t::version_number(l, number) }
}

/// "2026年10月1日起施行".
fn from_day(l: Locale, from: NaiveDate) -> String {
    t::in_force_from(l, when::full_day(l, from))
}

fn language(l: Locale, of: Locale) -> &'static str {
    match of {
        Locale::ZhHans => t::language_zh_hans(l),
        Locale::ZhHant => t::language_zh_hant(l),
        Locale::En => t::language_en(l),
    }
}
