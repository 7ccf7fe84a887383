//! What must hold in any rulebook before it can be submitted or put in force.

use std::collections::HashSet;
use std::hash::Hash;

use super::builtin::builtin;
use super::known::{self, NumberParameter};
use super::model::{Clause, Rulebook};
use super::number::ClauseNumber;
use super::parameter::Parameter;
use super::problem::{Fault, Problem};
use super::sentence::{Piece, pieces};
use super::words::Words;

impl Rulebook {
    /// Everything that is wrong with this rulebook; empty when it may be submitted.
    pub fn check(&self) -> Vec<Problem> {
        self.check_against(Some(builtin()))
    }

    /// As `check`; without `known`, as the built-in rulebook itself is read, nothing is compared with it.
    pub(super) fn check_against(&self, known: Option<&Rulebook>) -> Vec<Problem> {
        let mut found = Found { problems: Vec::new() };
        self.check_headings(&mut found);
        let mut numbers = HashSet::new();
        for clause in &self.clauses {
            if !numbers.insert(clause.number) {
                found.in_clause(clause.number, "number", Fault::Duplicate);
            }
            self.check_clause(clause, known, &mut found);
        }
        if known.is_some() {
            self.check_weights(&mut found);
        }
        found.problems
    }

    fn check_headings(&self, found: &mut Found) {
        found.words(None, "title", &self.title);
        for number in repeated(self.chapters.iter().map(|chapter| chapter.number)) {
            found.add(None, &format!("chapter {number}"), Fault::Duplicate);
        }
        for number in repeated(self.sections.iter().map(|section| section.number)) {
            found.add(None, &format!("section {number}"), Fault::Duplicate);
        }
        for chapter in &self.chapters {
            found.words(None, &format!("chapter {}", chapter.number), &chapter.title);
        }
        for section in &self.sections {
            found.words(None, &format!("section {}", section.number), &section.title);
        }
    }

    fn check_clause(&self, clause: &Clause, known: Option<&Rulebook>, found: &mut Found) {
        let number = clause.number;
        if !self.chapters.iter().any(|chapter| chapter.number == number.chapter()) {
            found.in_clause(number, "number", Fault::NoChapter);
        }
        if number.item().is_some() && !self.sections.iter().any(|section| section.number == number.section()) {
            found.in_clause(number, "number", Fault::NoSection);
        }
        found.words(Some(number), "title", &clause.title);
        found.words(Some(number), "text", &clause.text);
        for (locale, text) in clause.text.all() {
            for name in unknown_markers(clause, text) {
                found.in_clause(number, &format!("text.{locale}"), Fault::UnknownMarker { name });
            }
        }
        for name in repeated(clause.parameters.iter().map(|parameter| &parameter.name)) {
            found.in_clause(number, name, Fault::Duplicate);
        }
        for parameter in &clause.parameters {
            let known = known.and_then(|known| known.parameter(number, &parameter.name));
            check_parameter(number, parameter, known, found);
        }
    }

    fn check_weights(&self, found: &mut Found) {
        for weights in [&known::INDICATOR_WEIGHTS[..], &known::RATER_WEIGHTS, &known::YEAR_WEIGHTS] {
            let total = weights.iter().map(|weight| self.get(weight)).sum();
            if total != 100 {
                self.add_to_first(weights, Fault::WeightsTotal { total }, found);
            }
        }
        let steps = known::GRADE_STEPS.map(|step| self.get(&step));
        if !steps.is_sorted_by(|above, below| above > below) {
            self.add_to_first(&known::GRADE_STEPS, Fault::GradesOrder, found);
        }
    }

    /// A fault of several parameters together is shown at the first of them that this rulebook has.
    fn add_to_first(&self, handles: &[NumberParameter], fault: Fault, found: &mut Found) {
        use known::Handle;
        let mut places = handles.iter().map(NumberParameter::place);
        let place = places.find(|place| self.parameter(place.clause, place.name).is_some());
        if let Some(place) = place {
            found.in_clause(place.clause, &format!("{}.value", place.name), fault);
        }
    }
}

fn check_parameter(number: ClauseNumber, parameter: &Parameter, known: Option<&Parameter>, found: &mut Found) {
    let field = |part: &str| format!("{}.{part}", parameter.name);
    if !is_name(&parameter.name) {
        found.in_clause(number, &parameter.name, Fault::BadName);
    }
    found.words(Some(number), &field("label"), &parameter.label);
    match (parameter.min, parameter.max) {
        (None, _) if parameter.kind.is_number() => found.in_clause(number, &field("min"), Fault::Missing),
        (_, None) if parameter.kind.is_number() => found.in_clause(number, &field("max"), Fault::Missing),
        (Some(min), Some(max)) if min > max => found.in_clause(number, &field("min"), Fault::EmptyBounds),
        _ => {}
    }
    if known.is_some_and(|known| !known::fits(parameter, known)) {
        found.in_clause(number, &parameter.name, Fault::UnfitForRule);
    }
    if let Err(error) = parameter.accepts(&parameter.value) {
        found.in_clause(number, &field("value"), error.into());
    }
}

/// The markers in a clause's text that name none of its parameters.
pub(super) fn unknown_markers(clause: &Clause, text: &str) -> Vec<String> {
    let markers = pieces(text).filter_map(|piece| match piece {
        Piece::Marker { name, .. } => Some(name),
        Piece::Text(_) => None,
    });
    markers.filter(|name| clause.parameter(name).is_none()).map(str::to_owned).collect()
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

fn repeated<T: Copy + Eq + Hash>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    items.filter(|item| !seen.insert(*item)).collect()
}

struct Found {
    problems: Vec<Problem>,
}

impl Found {
    fn add(&mut self, clause: Option<ClauseNumber>, field: &str, fault: Fault) {
        let clause = clause.map(|number| number.to_string());
        self.problems.push(Problem { clause, field: field.to_owned(), line: None, fault });
    }

    fn in_clause(&mut self, clause: ClauseNumber, field: &str, fault: Fault) {
        self.add(Some(clause), field, fault);
    }

    fn words(&mut self, clause: Option<ClauseNumber>, field: &str, words: &Words) {
        if words.is_empty() {
            self.add(clause, field, Fault::Missing);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use kehu_core::Locale;

    use crate::clauses::{ClauseNumber, Fault, Rulebook, Value, builtin};

    const CONTACT: ClauseNumber = ClauseNumber::literal("4.4.1");

    fn problems(change: impl FnOnce(&mut Rulebook)) -> Vec<(String, Fault)> {
        let mut book = builtin().clone();
        change(&mut book);
        book.check().into_iter().map(|p| (format!("{} {}", p.clause.unwrap_or_default(), p.field), p.fault)).collect()
    }

    #[test]
    fn the_builtin_rulebook_has_no_problem() {
        assert_eq!(builtin().check(), []);
    }

    #[test]
    fn weights_must_total_one_hundred() {
        let found = problems(|book| {
            book.set_parameter("5.1.2".parse().unwrap(), "churn_weight", "20").unwrap();
        });
        assert_eq!(found, [("5.1.1 new_accounts_weight.value".to_owned(), Fault::WeightsTotal { total: 105 })]);
    }

    #[test]
    fn grades_must_descend() {
        let found = problems(|book| {
            book.set_parameter("5.3.4".parse().unwrap(), "grade_a_from", "70").unwrap();
        });
        assert_eq!(found, [("5.3.4 grade_s_from.value".to_owned(), Fault::GradesOrder)]);
    }

    #[test]
    fn a_marker_needs_its_parameter() {
        let found = problems(|book| {
            book.clause_mut(CONTACT).unwrap().text.set(Locale::En, "Call {calls_per_day} times.");
        });
        let fault = Fault::UnknownMarker { name: "calls_per_day".to_owned() };
        assert_eq!(found, [("4.4.1 text.en".to_owned(), fault)]);
    }

    #[test]
    fn bounds_that_a_rule_relies_on_may_be_narrowed_and_not_widened() {
        let calls = |book: &mut Rulebook, max| {
            let parameters = &mut book.clause_mut(CONTACT).unwrap().parameters;
            parameters.iter_mut().find(|p| p.name == "calls_per_week").unwrap().max = Some(max);
        };
        assert_eq!(problems(|book| calls(book, 3)), []);
        assert_eq!(problems(|book| calls(book, 8)), [("4.4.1 calls_per_week".to_owned(), Fault::UnfitForRule)]);
    }

    #[test]
    fn headings_numbers_and_values_are_checked() {
        let found = problems(|book| {
            book.sections.retain(|section| section.number.to_string() != "4.4");
            book.clauses.retain(|clause| clause.number.section().to_string() != "4.4" || clause.number == CONTACT);
            let mut twice = book.clause(CONTACT).unwrap().clone();
            twice.parameters.clear();
            twice.text = [(Locale::En, "Again")].into();
            book.clauses.push(twice);
            book.clause_mut(CONTACT).unwrap().parameters[0].value = Value::Number(99);
        });
        let faults: Vec<_> = found.iter().map(|(_, fault)| fault.code()).collect();
        assert_eq!(faults, ["no-section", "too-large", "duplicate", "no-section"]);
    }
}
