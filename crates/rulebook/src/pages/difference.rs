//! What a version changes, place by place, with the words that went struck out and those that came underlined.

use kehu_core::Locale;
use kehu_platform::web::kit;
use maud::{Markup, html};

use super::document::{chapter_title, section_title};
use super::language;
use crate::clauses::{Change, ChangedPlace, Clause, Difference, Parameter, Responsible, Rulebook, difference};
use crate::t::rulebook as t;
use crate::versions::responsible_name;

/// Every change from one rulebook to another, under the place that it concerns.
pub(super) fn changes(l: Locale, old: &Rulebook, new: &Rulebook) -> Markup {
    let changes = difference(old, new);
    html! {
        @if changes.is_empty() { p.k-none { (t::no_changes(l)) } }
        @else {
            ol.k-diff {
                @for of_place in changes.chunk_by(|a, b| a.place == b.place) {
                    @let place = of_place[0].place;
                    li {
                        h3 { (place_name(l, place, old, new)) }
                        @for change in of_place { (told(l, change, clause_of(place, old, new))) }
                    }
                }
            }
        }
    }
}

/// How many places change.
pub(super) fn count(old: &Rulebook, new: &Rulebook) -> usize {
    difference(old, new).len()
}

fn clause_of<'a>(place: ChangedPlace, old: &'a Rulebook, new: &'a Rulebook) -> Option<&'a Clause> {
    let ChangedPlace::Clause(number) = place else { return None };
    new.clause(number).or_else(|| old.clause(number))
}

fn place_name(l: Locale, place: ChangedPlace, old: &Rulebook, new: &Rulebook) -> Markup {
    let books = [new, old];
    match place {
        ChangedPlace::Rulebook => html! { (t::title_of_rulebook(l)) },
        ChangedPlace::Chapter(number) => {
            let chapter = books.iter().find_map(|b| b.chapters().iter().find(|chapter| chapter.number == number));
            html! { @if let Some(chapter) = chapter { (chapter_title(l, chapter)) } }
        }
        ChangedPlace::Section(number) => {
            let section = books.iter().find_map(|b| b.sections().iter().find(|section| section.number == number));
            html! { @if let Some(section) = section { (section_title(l, section)) } }
        }
        ChangedPlace::Clause(number) => html! {
            (kit::clause_chip(l, &number.to_string(), Some(&format!("/rulebook#c{number}"))))
            " " @if let Some(clause) = clause_of(place, old, new) { (clause.title.get(l)) }
        },
    }
}

fn told(l: Locale, change: &Change, clause: Option<&Clause>) -> Markup {
    match &change.what {
        Difference::Added => html! {
            p.k-diff-part { (kit::tag(kit::Tone::Good, t::added(l))) }
            @if let Some(clause) = clause { div.k-diff-text { ins { (clause.plain_text(l)) } } }
        },
        Difference::Removed => html! {
            p.k-diff-part { (kit::tag(kit::Tone::Bad, t::removed(l))) }
            @if let Some(clause) = clause { div.k-diff-text { del { (clause.plain_text(l)) } } }
        },
        Difference::Title { locale, from, to } => labelled(t::title(l, language(l, *locale)), words(from, to)),
        Difference::Text { locale, from, to } => {
            let readable = |text: &str| readable(text, clause, l);
            labelled(t::text(l, language(l, *locale)), words(&readable(from), &readable(to)))
        }
        Difference::Responsible { from, to } => {
            labelled(t::responsible(l).to_owned(), html! { del { (names(l, from)) } " → " ins { (names(l, to)) } })
        }
        Difference::Parameter { from, to } => parameter(l, from, to),
        Difference::ParameterAdded(parameter) => {
            labelled(parameter.label.get(l).to_owned(), html! { ins { (parameter.shown(l)) } })
        }
        Difference::ParameterRemoved(parameter) => {
            labelled(parameter.label.get(l).to_owned(), html! { del { (parameter.shown(l)) } })
        }
    }
}

fn parameter(l: Locale, from: &Parameter, to: &Parameter) -> Markup {
    let values = html! {
        @if from.value == to.value { (to.shown(l)) " " span.k-none { (t::definition_changed(l)) } }
        @else { del { (from.shown(l)) } " → " ins { (to.shown(l)) } }
    };
    labelled(to.label.get(l).to_owned(), values)
}

fn labelled(label: String, body: Markup) -> Markup {
    html! { div.k-diff-part { span.k-diff-label { (label) } div.k-diff-text { (body) } } }
}

fn names(l: Locale, all: &[Responsible]) -> String {
    if all.is_empty() {
        return t::nobody(l).to_owned();
    }
    all.iter().map(|one| responsible_name(l, *one)).collect::<Vec<_>>().join(t::list_comma(l))
}

/// Markers as the labels of their parameters: people compare sentences, not names of fields.
fn readable(text: &str, clause: Option<&Clause>, l: Locale) -> String {
    let parameters = clause.map_or(&[][..], |clause| &clause.parameters);
    parameters.iter().fold(text.to_owned(), |text, parameter| {
        text.replace(&format!("{{{}}}", parameter.name), &format!("〔{}〕", parameter.label.get(l)))
    })
}

/// Lines that differ, each with its unchanged beginning and end plain.
fn words(from: &str, to: &str) -> Markup {
    let (old, new): (Vec<&str>, Vec<&str>) = (from.lines().collect(), to.lines().collect());
    let same = |a: &&(&str, &str)| a.0 == a.1;
    let head = old.iter().copied().zip(new.iter().copied()).collect::<Vec<_>>().iter().take_while(same).count();
    let (old, new) = (&old[head..], &new[head..]);
    let backwards: Vec<_> = old.iter().rev().copied().zip(new.iter().rev().copied()).collect();
    let tail = backwards.iter().take_while(same).count();
    let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    let lines = old.len().max(new.len());
    html! {
        @for n in 0..lines {
            p { (line(old.get(n).copied().unwrap_or_default(), new.get(n).copied().unwrap_or_default())) }
        }
    }
}

fn line(from: &str, to: &str) -> Markup {
    let (old, new): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let part = |chars: &[char]| chars.iter().collect::<String>();
    let (gone, come) = (part(&old[head..old.len() - tail]), part(&new[head..new.len() - tail]));
    html! {
        (part(&new[..head]))
        @if !gone.is_empty() { del { (gone) } }
        @if !come.is_empty() { ins { (come) } }
        (part(&new[new.len() - tail..]))
    }
}

#[cfg(test)]
mod tests {
    use super::{line, words};

    #[test]
    fn only_what_changed_is_marked() {
        assert_eq!(line("每周通话一次。", "每周通话两次。").into_string(), "每周通话<del>一</del><ins>两</ins>次。");
        assert_eq!(line("aa", "aaa").into_string(), "aa<ins>a</ins>");
        assert_eq!(line("", "new").into_string(), "<ins>new</ins>");
    }

    #[test]
    fn lines_that_stay_are_left_out() {
        let shown = words("one\ntwo\nthree", "one\n2\nthree").into_string();
        assert_eq!(shown, "<p><del>two</del><ins>2</ins></p>");
    }
}
