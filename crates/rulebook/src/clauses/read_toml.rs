//! Reading a rulebook from the file that a person edited. Every mistake is reported at once, with its line;
//! what a file leaves out of a parameter that the built-in rulebook knows (label, kind, bounds, unit) is
//! taken from there, so that `name` and `value` are enough, and a parameter that keeps its default may be
//! left out whole.

use std::collections::HashMap;

use toml::de::{DeTable, DeValue};

use super::builtin::builtin;
use super::model::{Chapter, Clause, Responsible, Rulebook, Section};
use super::number::ClauseNumber;
use super::parameter::{Choice, Kind, Parameter, Unit, Value};
use super::problem::{Fault, Problem};
use super::toml_entry::{Entry, Node, Reader};

impl Rulebook {
    /// Reads and checks a rulebook; the problems are in the order of the file. In a text that is not TOML only
    /// the first error is told, since the rest would follow from it.
    pub fn from_toml(text: &str) -> Result<Rulebook, Vec<Problem>> {
        read(text, Some(builtin()))
    }
}

/// Reads a rulebook, completing it from `known`; the built-in rulebook itself is read without.
pub(super) fn read(text: &str, known: Option<&Rulebook>) -> Result<Rulebook, Vec<Problem>> {
    let mut reader = Reader::new(text);
    let root = DeTable::parse(text).map_err(|error| vec![reader.syntax_problem(&error)])?;
    let rulebook = Document { reader: &mut reader, known, units: HashMap::new() }.read(root.get_ref());
    let found = rulebook.check_against(known);
    reader.finish(found).map(|()| rulebook)
}

struct Document<'r, 't> {
    reader: &'r mut Reader<'t>,
    known: Option<&'r Rulebook>,
    units: HashMap<String, Unit>,
}

impl Document<'_, '_> {
    fn read(mut self, root: &DeTable<'_>) -> Rulebook {
        let root = Entry::root(root);
        self.units = self.read_units(&root);
        let mut rulebook = Rulebook {
            title: match self.known {
                Some(known) if !root.has("title") => known.title.clone(),
                _ => self.reader.words(&root, "title").unwrap_or_default(),
            },
            chapters: self.reader.tables(&root, "chapter").iter().filter_map(|entry| self.chapter(entry)).collect(),
            sections: self.reader.tables(&root, "section").iter().filter_map(|entry| self.section(entry)).collect(),
            clauses: self.reader.tables(&root, "clause").iter().filter_map(|entry| self.clause(entry)).collect(),
        };
        if let Some(known) = self.known {
            if !root.has("chapter") {
                rulebook.chapters = known.chapters.clone();
            }
            if !root.has("section") {
                rulebook.sections = known.sections.clone();
            }
        }
        self.reader.only(&root, &["title", "unit", "chapter", "section", "clause"]);
        rulebook.sort();
        rulebook
    }

    /// The units of the file, over those that the built-in rulebook uses.
    fn read_units(&mut self, root: &Entry<'_, '_>) -> HashMap<String, Unit> {
        let known = self.known.into_iter().flat_map(|book| &book.clauses).flat_map(|clause| &clause.parameters);
        let mut units: HashMap<String, Unit> =
            known.filter_map(|parameter| parameter.unit.clone()).map(|unit| (unit.code.clone(), unit)).collect();
        if let Some(table) = self.reader.table(root, "unit") {
            for code in table.keys() {
                if let Some(words) = self.reader.words(&table, &code) {
                    units.insert(code.clone(), Unit { code, words });
                }
            }
        }
        units
    }

    fn chapter(&mut self, entry: &Entry<'_, '_>) -> Option<Chapter> {
        self.reader.only(entry, &["number", "title"]);
        let number = match self.reader.required(entry, "number")?.get_ref() {
            DeValue::Integer(number) => number.as_str().parse().ok(),
            DeValue::String(number) => number.parse().ok(),
            _ => None,
        };
        let Some(number) = number.filter(|number| (1..=99).contains(number)) else {
            self.reader.fault(entry, "number", Fault::BadNumber);
            return None;
        };
        self.reader.remember(None, &format!("chapter {number}"), entry);
        Some(Chapter { number, title: self.reader.words(entry, "title").unwrap_or_default() })
    }

    fn section(&mut self, entry: &Entry<'_, '_>) -> Option<Section> {
        self.reader.only(entry, &["number", "title"]);
        let number = self.reader.text(entry, "number")?;
        let Ok(number) = number.parse() else {
            self.reader.fault(entry, "number", Fault::BadNumber);
            return None;
        };
        self.reader.remember(None, &format!("section {number}"), entry);
        Some(Section { number, title: self.reader.words(entry, "title").unwrap_or_default() })
    }

    fn clause(&mut self, entry: &Entry<'_, '_>) -> Option<Clause> {
        let written = self.reader.text(entry, "number")?;
        let entry = &entry.within_clause(&written);
        self.reader.only(entry, &["number", "title", "text", "responsible", "inferred", "parameter"]);
        let Ok(number) = written.parse::<ClauseNumber>() else {
            self.reader.fault(entry, "number", Fault::BadNumber);
            return None;
        };
        self.reader.remember(Some(&written), "", entry);
        Some(Clause {
            number,
            title: self.reader.words(entry, "title").unwrap_or_default(),
            text: self.reader.words(entry, "text").unwrap_or_default(),
            responsible: self.responsible(entry),
            inferred: self.reader.flag(entry, "inferred").unwrap_or(false),
            parameters: self.parameters(number, entry),
        })
    }

    fn responsible(&mut self, entry: &Entry<'_, '_>) -> Vec<Responsible> {
        let codes = self.reader.texts(entry, "responsible").unwrap_or_default();
        let mut positions = Vec::new();
        for code in codes {
            match Responsible::from_code(&code) {
                Some(position) => positions.push(position),
                None => self.reader.fault(entry, "responsible", Fault::UnknownPosition { code }),
            }
        }
        positions
    }

    /// The parameters written in the file, then those that the built-in clause has besides: a rule would read
    /// their defaults, so the document shows them.
    fn parameters(&mut self, clause: ClauseNumber, entry: &Entry<'_, '_>) -> Vec<Parameter> {
        let tables = self.reader.tables(entry, "parameter");
        let named: Vec<String> = tables.iter().filter_map(|table| table.plain_text("name")).collect();
        let mut parameters: Vec<Parameter> = tables.iter().filter_map(|table| self.parameter(clause, table)).collect();
        let builtin = self.known.and_then(|known| known.clause(clause)).map_or(&[][..], |clause| &clause.parameters);
        parameters.extend(builtin.iter().filter(|parameter| !named.contains(&parameter.name)).cloned());
        parameters
    }

    fn parameter(&mut self, clause: ClauseNumber, entry: &Entry<'_, '_>) -> Option<Parameter> {
        let name = self.reader.text(entry, "name")?;
        let entry = &entry.within_field(&name);
        let fields = ["name", "kind", "label", "unit", "options", "yes", "no", "min", "max", "value"];
        self.reader.only(entry, &fields);
        self.reader.remember(entry.clause(), &name, entry);
        let known = self.known.and_then(|known| known.parameter(clause, &name));
        let kind = self.kind(entry, known)?;
        let label = match known {
            Some(known) if !entry.has("label") => known.label.clone(),
            _ => self.reader.words(entry, "label").unwrap_or_default(),
        };
        let bound = |reader: &mut Reader<'_>, key, known: Option<i64>| match entry.get(key) {
            Some(node) => reader.bound(entry, key, node, &kind),
            None => known,
        };
        let min = bound(self.reader, "min", known.and_then(|known| known.min));
        let max = bound(self.reader, "max", known.and_then(|known| known.max));
        let unit = self.unit(entry, &kind, known);
        let mut parameter = Parameter { name, label, kind, unit, min, max, value: Value::Flag(false) };
        parameter.value = self.value(entry, &parameter)?;
        Some(parameter)
    }

    fn kind(&mut self, entry: &Entry<'_, '_>, known: Option<&Parameter>) -> Option<Kind> {
        let code = match known {
            Some(known) if !entry.has("kind") => known.kind.code().to_owned(),
            _ => self.reader.text(entry, "kind")?,
        };
        let known = known.map(|known| &known.kind).filter(|known| known.code() == code);
        let mut options = || match known {
            Some(known) if !entry.has("options") => known.options().to_vec(),
            _ => {
                let tables = self.reader.tables(entry, "options");
                tables.iter().filter_map(|table| choice(self.reader, table)).collect()
            }
        };
        Some(match code.as_str() {
            "count" => Kind::Count,
            "hours" => Kind::Hours,
            "working_days" => Kind::WorkingDays,
            "days" => Kind::Days,
            "months" => Kind::Months,
            "hour_of_day" => Kind::HourOfDay,
            "percent" => Kind::Percent,
            "money" => Kind::Money,
            "choice" => Kind::Choice { options: options() },
            "choice_list" => Kind::ChoiceList { options: options() },
            "code_list" => Kind::CodeList { options: options() },
            "flag" => match known {
                Some(Kind::Flag { yes, no }) if !entry.has("yes") && !entry.has("no") => {
                    Kind::Flag { yes: yes.clone(), no: no.clone() }
                }
                _ => Kind::Flag { yes: self.reader.words(entry, "yes")?, no: self.reader.words(entry, "no")? },
            },
            _ => {
                self.reader.fault(entry, "kind", Fault::UnknownKind { code });
                return None;
            }
        })
    }

    fn unit(&mut self, entry: &Entry<'_, '_>, kind: &Kind, known: Option<&Parameter>) -> Option<Unit> {
        if !entry.has("unit") {
            let known = known.and_then(|known| known.unit.clone());
            return known.or_else(|| self.units.get(usual_unit(kind)?).cloned());
        }
        let code = self.reader.text(entry, "unit")?;
        let unit = self.units.get(&code).cloned();
        if unit.is_none() {
            self.reader.fault(entry, "unit", Fault::UnknownUnit { code });
        }
        unit
    }

    fn value(&mut self, entry: &Entry<'_, '_>, parameter: &Parameter) -> Option<Value> {
        let node = self.reader.required(entry, "value")?;
        match (&parameter.kind, node.get_ref()) {
            (kind, DeValue::Integer(_)) if kind.is_number() => {
                self.reader.bound(entry, "value", node, kind).map(Value::Number)
            }
            (Kind::ChoiceList { .. } | Kind::CodeList { .. }, DeValue::Array(_)) => {
                self.reader.texts(entry, "value").map(Value::Codes)
            }
            (Kind::Flag { .. }, DeValue::Boolean(flag)) => Some(Value::Flag(*flag)),
            // Amounts with decimals and whatever else a form would understand. The check judges the bounds.
            (_, DeValue::String(raw)) => match (Parameter { min: None, max: None, ..parameter.clone() }).read(raw) {
                Ok(value) => Some(value),
                Err(error) => {
                    self.reader.fault(entry, "value", error.into());
                    None
                }
            },
            (kind, _) => {
                let expected = match kind {
                    Kind::Choice { .. } => "a text",
                    Kind::ChoiceList { .. } | Kind::CodeList { .. } => "a list of texts",
                    Kind::Flag { .. } => "true or false",
                    _ => "a whole number",
                };
                self.reader.fault(entry, "value", Fault::WrongType { expected });
                None
            }
        }
    }
}

fn choice(reader: &mut Reader<'_>, entry: &Entry<'_, '_>) -> Option<Choice> {
    reader.only(entry, &["code", "label"]);
    Some(Choice { code: reader.text(entry, "code")?, label: reader.words(entry, "label")? })
}

impl Reader<'_> {
    /// A number in the file; amounts of money are written in whole units of the currency.
    fn bound(&mut self, entry: &Entry<'_, '_>, key: &str, node: &Node<'_>, kind: &Kind) -> Option<i64> {
        let number = self.integer(entry, key, node)?;
        let number = if matches!(kind, Kind::Money) { number.checked_mul(100) } else { Some(number) };
        if number.is_none() {
            self.fault(entry, key, Fault::WrongType { expected: "a smaller number" });
        }
        number
    }
}

/// The unit that a kind has when the file names none.
pub(super) fn usual_unit(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::Hours => Some("hour"),
        Kind::WorkingDays => Some("working_day"),
        Kind::Days => Some("day"),
        Kind::Months => Some("month"),
        Kind::Money => Some("yuan"),
        _ => None,
    }
}
