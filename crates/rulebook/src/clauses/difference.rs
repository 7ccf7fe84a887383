//! What a draft changes against the rulebook in force: read by whoever approves it and by members before
//! they confirm having read it.

use kehu_core::Locale;
use serde::{Deserialize, Serialize};

use super::model::{Clause, Responsible, Rulebook};
use super::number::{ClauseNumber, SectionNumber};
use super::parameter::Parameter;
use super::words::Words;

/// One change at its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub place: ChangedPlace,
    pub what: Difference,
}

/// Where something changed: a heading or a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangedPlace {
    Rulebook,
    Chapter(u8),
    Section(SectionNumber),
    Clause(ClauseNumber),
}

/// What changed. Words are given per language, and empty where that language is not written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    Added,
    Removed,
    Title {
        locale: Locale,
        from: String,
        to: String,
    },
    Text {
        locale: Locale,
        from: String,
        to: String,
    },
    Responsible {
        from: Vec<Responsible>,
        to: Vec<Responsible>,
    },
    /// The parameter before and after; `from.shown(locale)` and `to.shown(locale)` are the two values.
    Parameter {
        from: Box<Parameter>,
        to: Box<Parameter>,
    },
    ParameterAdded(Box<Parameter>),
    ParameterRemoved(Box<Parameter>),
}

/// Every change from `old` to `new`: headings first, then clause by clause.
pub fn difference(old: &Rulebook, new: &Rulebook) -> Vec<Change> {
    let mut changes = Vec::new();
    titles(ChangedPlace::Rulebook, &old.title, &new.title, &mut changes);
    let chapters = paired(&old.chapters, &new.chapters, |chapter| chapter.number);
    for (number, old, new) in chapters {
        heading(ChangedPlace::Chapter(number), old.map(|c| &c.title), new.map(|c| &c.title), &mut changes);
    }
    let sections = paired(&old.sections, &new.sections, |section| section.number);
    for (number, old, new) in sections {
        heading(ChangedPlace::Section(number), old.map(|s| &s.title), new.map(|s| &s.title), &mut changes);
    }
    let clauses = paired(&old.clauses, &new.clauses, |clause| clause.number);
    for (number, old, new) in clauses {
        let place = ChangedPlace::Clause(number);
        match (old, new) {
            (Some(old), Some(new)) => clause(place, old, new, &mut changes),
            (old, _) => changes.push(Change { place, what: came_or_went(old.is_none()) }),
        }
    }
    changes
}

fn heading(place: ChangedPlace, old: Option<&Words>, new: Option<&Words>, changes: &mut Vec<Change>) {
    match (old, new) {
        (Some(old), Some(new)) => titles(place, old, new, changes),
        (old, _) => changes.push(Change { place, what: came_or_went(old.is_none()) }),
    }
}

fn came_or_went(came: bool) -> Difference {
    if came { Difference::Added } else { Difference::Removed }
}

fn titles(place: ChangedPlace, old: &Words, new: &Words, changes: &mut Vec<Change>) {
    for (locale, from, to) in changed_languages(old, new) {
        changes.push(Change { place, what: Difference::Title { locale, from, to } });
    }
}

fn clause(place: ChangedPlace, old: &Clause, new: &Clause, changes: &mut Vec<Change>) {
    titles(place, &old.title, &new.title, changes);
    let mut add = |what| changes.push(Change { place, what });
    for (locale, from, to) in changed_languages(&old.text, &new.text) {
        add(Difference::Text { locale, from, to });
    }
    if old.responsible != new.responsible {
        add(Difference::Responsible { from: old.responsible.clone(), to: new.responsible.clone() });
    }
    for from in &old.parameters {
        match new.parameter(&from.name) {
            Some(to) if to != from => {
                add(Difference::Parameter { from: Box::new(from.clone()), to: Box::new(to.clone()) })
            }
            Some(_) => {}
            None => add(Difference::ParameterRemoved(Box::new(from.clone()))),
        }
    }
    for parameter in new.parameters.iter().filter(|parameter| old.parameter(&parameter.name).is_none()) {
        add(Difference::ParameterAdded(Box::new(parameter.clone())));
    }
}

fn changed_languages(old: &Words, new: &Words) -> Vec<(Locale, String, String)> {
    let sides = |locale| (old.written(locale).unwrap_or(""), new.written(locale).unwrap_or(""));
    let changed = Locale::ALL.into_iter().filter(|&locale| sides(locale).0 != sides(locale).1);
    changed.map(|locale| (locale, sides(locale).0.to_owned(), sides(locale).1.to_owned())).collect()
}

/// The items of both lists by number, in order, with the side that lacks a number empty.
fn paired<'a, T, N: Copy + Ord>(
    old: &'a [T],
    new: &'a [T],
    number: fn(&T) -> N,
) -> Vec<(N, Option<&'a T>, Option<&'a T>)> {
    let mut numbers: Vec<N> = old.iter().chain(new).map(number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let find = |list: &'a [T], wanted| list.iter().find(|item| number(item) == wanted);
    numbers.into_iter().map(|wanted| (wanted, find(old, wanted), find(new, wanted))).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use kehu_core::Locale::{En, ZhHans};

    use super::{Change, ChangedPlace, Difference, difference};
    use crate::clauses::{ClauseNumber, Responsible, Rulebook, builtin};

    const CONTACT: ClauseNumber = ClauseNumber::literal("4.4.1");
    const HERE: ChangedPlace = ChangedPlace::Clause(CONTACT);

    fn draft(change: impl FnOnce(&mut Rulebook)) -> Vec<Change> {
        let mut book = builtin().clone();
        change(&mut book);
        difference(builtin(), &book)
    }

    #[test]
    fn nothing_changed_is_no_change() {
        assert_eq!(draft(|_| ()), []);
    }

    #[test]
    fn a_changed_parameter_shows_both_values() {
        let changes = draft(|book| {
            book.set_parameter(CONTACT, "calls_per_week", "2").unwrap();
        });
        let [Change { place: HERE, what: Difference::Parameter { from, to } }] = &changes[..] else {
            panic!("{changes:?}")
        };
        assert_eq!((from.shown(ZhHans), to.shown(En)), ("1 次".to_owned(), "2 calls".to_owned()));
    }

    #[test]
    fn words_change_language_by_language() {
        let changes = draft(|book| {
            book.set_text(CONTACT, En, "Call them.").unwrap();
            book.set_title(CONTACT, En, "").unwrap();
        });
        let old = builtin().clause(CONTACT).unwrap();
        let (title, text) = (old.title.get(En).to_owned(), old.text.get(En).to_owned());
        assert_eq!(
            changes,
            [
                Change { place: HERE, what: Difference::Title { locale: En, from: title, to: String::new() } },
                Change { place: HERE, what: Difference::Text { locale: En, from: text, to: "Call them.".to_owned() } },
            ]
        );
    }

    #[test]
    fn clauses_positions_and_parameters_come_and_go() {
        let changes = draft(|book| {
            book.clauses.retain(|clause| clause.number != CONTACT);
        });
        assert_eq!(changes, [Change { place: HERE, what: Difference::Removed }]);

        let mut without = builtin().clone();
        without.clauses.retain(|clause| clause.number != CONTACT);
        assert_eq!(difference(&without, builtin()), [Change { place: HERE, what: Difference::Added }]);

        let changes = draft(|book| {
            let clause = book.clause_mut(CONTACT).unwrap();
            clause.responsible = vec![Responsible::TeamLead];
            clause.parameters.retain(|parameter| parameter.name != "seminars_per_half_year");
        });
        assert!(matches!(&changes[0].what, Difference::Responsible { to, .. } if to == &[Responsible::TeamLead]));
        assert!(matches!(&changes[1].what, Difference::ParameterRemoved(p) if p.name == "seminars_per_half_year"));
        assert_eq!(changes.len(), 2);
    }

    #[test]
    fn headings_are_compared_too() {
        let changes = draft(|book| book.chapters[3].title.set(En, "Everyday work"));
        let [Change { place: ChangedPlace::Chapter(4), what: Difference::Title { to, .. } }] = &changes[..] else {
            panic!("{changes:?}")
        };
        assert_eq!(to, "Everyday work");
    }
}
