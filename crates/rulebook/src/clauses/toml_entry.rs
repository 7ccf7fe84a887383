//! Tables of a rulebook file with their place in it: reads one field at a time and notes each mistake with
//! its clause, field and line.

use std::collections::HashMap;

use kehu_core::Locale;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Fault, Problem};
use super::words::Words;

pub(super) type Node<'t> = Spanned<DeValue<'t>>;

/// A table of the file and how a person would name it.
#[derive(Clone)]
pub(super) struct Entry<'a, 't> {
    table: &'a DeTable<'t>,
    start: usize,
    clause: Option<String>,
    path: String,
}

impl<'a, 't> Entry<'a, 't> {
    pub(super) fn root(table: &'a DeTable<'t>) -> Entry<'a, 't> {
        Entry { table, start: 0, clause: None, path: String::new() }
    }

    /// The same table, with its problems reported in this clause.
    pub(super) fn within_clause(&self, clause: &str) -> Entry<'a, 't> {
        Entry { clause: Some(clause.to_owned()), path: String::new(), ..self.clone() }
    }

    /// The same table, with its problems reported under this field of its clause.
    pub(super) fn within_field(&self, field: &str) -> Entry<'a, 't> {
        Entry { path: field.to_owned(), ..self.clone() }
    }

    pub(super) fn clause(&self) -> Option<&str> {
        self.clause.as_deref()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a Node<'t>> {
        self.table.get(key)
    }

    /// The text of a field if it has one; nothing is reported if not.
    pub(super) fn plain_text(&self, key: &str) -> Option<String> {
        match self.get(key)?.get_ref() {
            DeValue::String(text) => Some(text.trim().to_owned()),
            _ => None,
        }
    }

    pub(super) fn keys(&self) -> Vec<String> {
        self.table.iter().map(|(key, _)| key.get_ref().to_string()).collect()
    }

    fn field(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn start_of(&self, key: &str) -> usize {
        self.table.get_key_value(key).map_or(self.start, |(key, _)| key.span().start)
    }
}

/// Collects problems, and remembers where each field stands for the checks that follow the reading.
pub(super) struct Reader<'s> {
    source: &'s str,
    problems: Vec<Problem>,
    starts: HashMap<(Option<String>, String), usize>,
}

/// A field that could not be read is missing to the checks as well, and its parameter unknown to the text: the
/// mistake is told once, where it was made.
fn is_cause(field: &str, found: &Problem) -> bool {
    match &found.fault {
        Fault::UnknownMarker { name } => field.split('.').next() == Some(name),
        _ => field == found.field,
    }
}

impl<'s> Reader<'s> {
    pub(super) fn new(source: &'s str) -> Reader<'s> {
        Reader { source, problems: Vec::new(), starts: HashMap::new() }
    }

    /// Ends the reading with what the checks found, each with its line.
    pub(super) fn finish(mut self, found: Vec<Problem>) -> Result<(), Vec<Problem>> {
        let told: Vec<_> =
            self.problems.iter().map(|problem| (problem.clause.clone(), problem.field.clone())).collect();
        for problem in found {
            if !told.iter().any(|(clause, field)| *clause == problem.clause && is_cause(field, &problem)) {
                let line = self.line_of_field(&problem);
                self.problems.push(Problem { line, ..problem });
            }
        }
        if self.problems.is_empty() {
            return Ok(());
        }
        self.problems.sort_by_key(|problem| problem.line);
        Err(self.problems)
    }

    /// The line of the field, else of the parameter, else of the clause.
    fn line_of_field(&self, problem: &Problem) -> Option<usize> {
        let parent = problem.field.split('.').next().unwrap_or_default();
        let candidates = [problem.field.as_str(), parent, ""];
        let start =
            candidates.into_iter().find_map(|field| self.starts.get(&(problem.clause.clone(), field.to_owned())));
        start.map(|&start| self.line(start))
    }

    fn line(&self, start: usize) -> usize {
        self.source.bytes().take(start).filter(|&byte| byte == b'\n').count() + 1
    }

    pub(super) fn syntax_problem(&self, error: &toml::de::Error) -> Problem {
        Problem {
            clause: None,
            field: String::new(),
            line: error.span().map(|span| self.line(span.start)),
            fault: Fault::Syntax { message: error.message().to_owned() },
        }
    }

    pub(super) fn fault(&mut self, entry: &Entry<'_, '_>, key: &str, fault: Fault) {
        let line = Some(self.line(entry.start_of(key)));
        self.problems.push(Problem { clause: entry.clause.clone(), field: entry.field(key), line, fault });
    }

    pub(super) fn remember(&mut self, clause: Option<&str>, field: &str, entry: &Entry<'_, '_>) {
        self.starts.insert((clause.map(str::to_owned), field.to_owned()), entry.start);
    }

    /// Reports the fields of the table that are none of these: a typo would otherwise be lost in silence.
    pub(super) fn only(&mut self, entry: &Entry<'_, '_>, fields: &[&str]) {
        for key in entry.keys() {
            if !fields.contains(&key.as_str()) {
                self.fault(entry, &key, Fault::UnknownField);
            }
        }
    }

    pub(super) fn required<'a, 't>(&mut self, entry: &Entry<'a, 't>, key: &str) -> Option<&'a Node<'t>> {
        let node = entry.get(key);
        match node {
            Some(_) => {
                let place = (entry.clause.clone(), entry.field(key));
                self.starts.insert(place, entry.start_of(key));
            }
            None => self.fault(entry, key, Fault::Missing),
        }
        node
    }

    pub(super) fn text(&mut self, entry: &Entry<'_, '_>, key: &str) -> Option<String> {
        match self.required(entry, key)?.get_ref() {
            DeValue::String(text) => Some(text.trim().to_owned()),
            _ => self.wrong(entry, key, "a text"),
        }
    }

    /// Words in several languages, or one text that stands for simplified Chinese.
    pub(super) fn words(&mut self, entry: &Entry<'_, '_>, key: &str) -> Option<Words> {
        match self.required(entry, key)?.get_ref() {
            DeValue::String(text) => Some(Words::from([(Locale::ZhHans, &**text)])),
            DeValue::Table(table) => {
                let mut words = Words::default();
                let inner = Entry { table, path: entry.field(key), start: entry.start_of(key), ..entry.clone() };
                for language in inner.keys() {
                    let Ok(locale) = language.parse() else {
                        self.fault(&inner, &language, Fault::UnknownField);
                        continue;
                    };
                    if let Some(text) = self.text(&inner, &language) {
                        words.set(locale, &text);
                    }
                }
                Some(words)
            }
            _ => self.wrong(entry, key, "a text, or one for each language"),
        }
    }

    /// True or false, or `None` when the field is left out.
    pub(super) fn flag(&mut self, entry: &Entry<'_, '_>, key: &str) -> Option<bool> {
        match entry.get(key)?.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.wrong(entry, key, "true or false"),
        }
    }

    /// A list of texts, or `None` when the field is left out.
    pub(super) fn texts(&mut self, entry: &Entry<'_, '_>, key: &str) -> Option<Vec<String>> {
        let texts = match entry.get(key)?.get_ref() {
            DeValue::Array(array) => array
                .iter()
                .map(|node| match node.get_ref() {
                    DeValue::String(text) => Some(text.trim().to_owned()),
                    _ => None,
                })
                .collect(),
            _ => None,
        };
        texts.or_else(|| self.wrong(entry, key, "a list of texts"))
    }

    pub(super) fn integer(&mut self, entry: &Entry<'_, '_>, key: &str, node: &Node<'_>) -> Option<i64> {
        let number = match node.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        number.or_else(|| self.wrong(entry, key, "a whole number"))
    }

    pub(super) fn table<'a, 't>(&mut self, entry: &Entry<'a, 't>, key: &str) -> Option<Entry<'a, 't>> {
        match entry.get(key)?.get_ref() {
            DeValue::Table(table) => {
                Some(Entry { table, path: entry.field(key), start: entry.start_of(key), ..entry.clone() })
            }
            _ => self.wrong(entry, key, "a table"),
        }
    }

    /// The tables of a list, such as every `[[clause]]`; none when there is no such list.
    pub(super) fn tables<'a, 't>(&mut self, entry: &Entry<'a, 't>, key: &str) -> Vec<Entry<'a, 't>> {
        let Some(node) = entry.get(key) else { return Vec::new() };
        let DeValue::Array(array) = node.get_ref() else {
            return self.wrong(entry, key, "a list of tables").unwrap_or_default();
        };
        let tables = array.iter().filter_map(|node| match node.get_ref() {
            DeValue::Table(table) => {
                Some(Entry { table, path: entry.field(key), start: node.span().start, ..entry.clone() })
            }
            _ => self.wrong(entry, key, "a list of tables"),
        });
        tables.collect()
    }

    fn wrong<T>(&mut self, entry: &Entry<'_, '_>, key: &str, expected: &'static str) -> Option<T> {
        self.fault(entry, key, Fault::WrongType { expected });
        None
    }
}
