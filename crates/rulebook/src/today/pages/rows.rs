//! An obligation as a row of Today.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, Locale, MemberId};
use kehu_platform::web::kit::{self, Look, Owed, Step, Tone, tag};
use kehu_platform::web::when;
use maud::{Markup, html};

use super::super::board::Row;
use super::super::due::due;
use crate::obligations::{Action, Moment, Obligation, Presenter, State, clause_href, registry};
use crate::t::{obligations, today as t};

/// Who reads the rows, and when.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    pub locale: Locale,
    pub moment: &'a Moment,
    pub reader: MemberId,
    /// When the accounts of cadences were last reached.
    pub last: &'a HashMap<AccountId, DateTime<Utc>>,
}

pub fn presenter(obligation: &Obligation) -> Option<&'static Presenter> {
    registry().rule(&obligation.rule).map(|rule| &rule.presenter)
}

/// Why it is owed; a neutral sentence when no area has worded the rule.
pub fn why(l: Locale, obligation: &Obligation, moment: &Moment) -> String {
    match presenter(obligation) {
        Some(presenter) => (presenter.why)(l, obligation, moment),
        None => obligations::neutral_why(l, obligation.clause.as_str()),
    }
}

pub fn page_of(obligation: &Obligation) -> String {
    format!("/obligations/{}", obligation.id)
}

impl Reading<'_> {
    pub fn row(&self, row: &Row) -> Markup {
        let l = self.locale;
        match row {
            Row::One(one) => kit::owed(l, &self.one(one)),
            Row::Card(lead, all) => kit::owed(l, &self.one(lead).steps(self.steps(all))),
            Row::Fold(all) => self.fold(all),
        }
    }

    fn one(&self, o: &Obligation) -> Owed {
        let (tone, words) = due(self.locale, o, self.moment);
        let row = Owed::new(&o.title)
            .id(format!("o-{}", o.id))
            .clause(&o.clause, clause_href(&o.clause))
            .why(
                html! { a.k-quietlink href=(page_of(o)) { (why(self.locale, o, self.moment)) } (self.last_contact(o)) },
            )
            .tags(self.tags(o))
            .due(tone, words)
            .actions(self.actions(o));
        match o.account.and_then(|account| registry().href("account", account.uuid())) {
            Some(href) => row.href(href),
            None => row,
        }
    }

    /// When the customer of a cadence was last reached, by whomever.
    fn last_contact(&self, o: &Obligation) -> Markup {
        let last = o.account.filter(|_| !o.window_key.is_empty()).and_then(|account| self.last.get(&account));
        html! { @if let Some(at) = last {
            (t::clause_semicolon(self.locale))
            (t::last_contact(self.locale, when::near_day(
                self.locale, self.moment.zone, self.moment.now, self.moment.zone.local_date(*at),
            )))
        } }
    }

    fn tags(&self, o: &Obligation) -> Markup {
        html! {
            @if o.owner != self.reader { (tag(Tone::Accent, t::tag_stand_in(self.locale))) }
            @if o.to_confirm { (tag(Tone::Warn, t::tag_to_confirm(self.locale))) }
        }
    }

    fn actions(&self, o: &Obligation) -> Markup {
        let l = self.locale;
        let explain = o.state == State::Missed && o.explanation.is_none() && o.owner == self.reader;
        let action = presenter(o).and_then(|p| (p.action)(l, o)).filter(|_| !o.to_confirm);
        html! {
            @if explain {
                (kit::button_link(Look::Quiet, &format!("{}#explain", page_of(o)), t::explain(l), None))
            }
            @match action {
                Some(action) => (clearing(&action)),
                None if !explain => (kit::button_link(Look::Row, &page_of(o), t::look(l), None)),
                None => {}
            }
        }
    }

    fn steps(&self, all: &[Obligation]) -> Vec<Step> {
        let l = self.locale;
        let record = all.first().and_then(|o| Some((registry().record(&o.about_kind)?, o)));
        let first =
            record.map(|(record, o)| Step::done((record.heading)(l, all, self.moment), Some((record.href)(o.about))));
        first.into_iter().chain(all.iter().map(|o| self.step(o))).collect()
    }

    fn step(&self, o: &Obligation) -> Step {
        let l = self.locale;
        let label = presenter(o).map_or_else(|| obligations::neutral_step(l).to_owned(), |p| (p.step)(l, o));
        let mine = o.owner == self.reader || o.acting == self.reader;
        let own_page = mine.then(|| page_of(o));
        match o.state {
            State::Open | State::Missed => {
                let (tone, words) = due(l, o, self.moment);
                let action = presenter(o).and_then(|p| (p.action)(l, o)).filter(|_| o.acting == self.reader);
                Step::open(label, action.map(|a| a.href).or(own_page)).due(tone, words)
            }
            State::Met | State::MetLate | State::Waived | State::Cancelled => Step::done(label, own_page),
        }
    }

    fn fold(&self, all: &[Obligation]) -> Markup {
        let l = self.locale;
        let Some(first) = all.first() else { return Markup::default() };
        let title = match presenter(first).and_then(|p| p.fold) {
            Some(fold) => fold(l, first, all.len(), self.moment),
            None => obligations::neutral_fold(l, all.len()),
        };
        let (tone, words) = due(l, first, self.moment);
        let row = Owed::new(title)
            .id(format!("fold-{}-{}-{}", first.rule, first.window_key, first.state.code()))
            .clause(&first.clause, clause_href(&first.clause))
            .why(html! { (names(l, all)) })
            .due(tone, words);
        kit::folded(l, &row, false, html! { @for o in all { (kit::owed(l, &self.one(o))) } })
    }
}

/// The button of the action that clears the row: a link, or a form in its place where scripts run.
fn clearing(action: &Action) -> Markup {
    match &action.quick {
        None => kit::button_link(Look::Row, &action.href, &action.label, None),
        Some(quick) => html! {
            a.btn.btn-sm.btn-outline-primary href=(action.href) hx-get=(quick) hx-target="closest article"
                hx-swap="beforeend" hx-trigger="click once" { (action.label) }
        },
    }
}

/// The first few names: "中鼎医药、瑞凯智能装备、安信水务等".
fn names(l: Locale, all: &[Obligation]) -> String {
    const SHOWN: usize = 4;
    let named: Vec<&str> = all.iter().take(SHOWN).map(|o| o.title.as_str()).collect();
    let named = named.join(t::list_comma(l));
    if all.len() > SHOWN { t::names_and_more(l, named) } else { named }
}
