//! Writing a rulebook as the file that a person edits: the order of the document, one line a paragraph of each
//! language, and nothing that can be left out.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::model::{Clause, Rulebook};
use super::parameter::{Choice, Kind, Parameter, Value};
use super::read_toml::usual_unit;
use super::words::Words;

impl Rulebook {
    /// The rulebook as TOML; `from_toml` reads back an equal one.
    pub fn to_toml(&self) -> String {
        let mut out = format!("title = {}\n", inline(&self.title));
        let units: BTreeMap<&str, &Words> = self
            .clauses
            .iter()
            .flat_map(|clause| &clause.parameters)
            .filter_map(|parameter| parameter.unit.as_ref())
            .map(|unit| (unit.code.as_str(), &unit.words))
            .collect();
        if !units.is_empty() {
            line(&mut out, "\n[unit]".to_owned());
        }
        for (code, words) in units {
            line(&mut out, format!("{} = {}", key(code), inline(words)));
        }
        for chapter in &self.chapters {
            heading(&mut out, "chapter", chapter.number.to_string(), &chapter.title);
        }
        for section in &self.sections {
            heading(&mut out, "section", quoted(&section.number.to_string()), &section.title);
        }
        for clause in &self.clauses {
            write_clause(&mut out, clause);
        }
        out
    }
}

fn heading(out: &mut String, kind: &str, number: String, title: &Words) {
    line(out, format!("\n[[{kind}]]\nnumber = {number}\ntitle = {}", inline(title)));
}

fn write_clause(out: &mut String, clause: &Clause) {
    line(out, format!("\n[[clause]]\nnumber = {}", quoted(&clause.number.to_string())));
    line(out, format!("title = {}", inline(&clause.title)));
    let positions: Vec<_> = clause.responsible.iter().map(|responsible| quoted(responsible.code())).collect();
    line(out, format!("responsible = [{}]", positions.join(", ")));
    if clause.inferred {
        line(out, "inferred = true".to_owned());
    }
    for (locale, text) in clause.text.all() {
        line(out, format!("text.{locale} = {}", paragraphs(text)));
    }
    for parameter in &clause.parameters {
        write_parameter(out, parameter);
    }
}

fn write_parameter(out: &mut String, parameter: &Parameter) {
    line(out, format!("\n[[clause.parameter]]\nname = {}", quoted(&parameter.name)));
    line(out, format!("label = {}", inline(&parameter.label)));
    line(out, format!("kind = {}", quoted(parameter.kind.code())));
    match &parameter.kind {
        Kind::Choice { options } | Kind::ChoiceList { options } | Kind::CodeList { options } => {
            line(out, "options = [".to_owned());
            for Choice { code, label } in options {
                line(out, format!("  {{ code = {}, label = {} }},", quoted(code), inline(label)));
            }
            line(out, "]".to_owned());
        }
        Kind::Flag { yes, no } => line(out, format!("yes = {}\nno = {}", inline(yes), inline(no))),
        _ => {}
    }
    if let Some(unit) = parameter.unit.as_ref().filter(|unit| usual_unit(&parameter.kind) != Some(&unit.code)) {
        line(out, format!("unit = {}", quoted(&unit.code)));
    }
    // An amount is written in whole units of the currency, so bounds in fractions of it lose them.
    let scale = if matches!(parameter.kind, Kind::Money) { 100 } else { 1 };
    for (key, bound) in [("min", parameter.min), ("max", parameter.max)] {
        if let Some(bound) = bound {
            line(out, format!("{key} = {}", bound / scale));
        }
    }
    line(out, format!("value = {}", value(parameter, scale)));
}

fn value(parameter: &Parameter, scale: i64) -> String {
    match &parameter.value {
        Value::Number(number) if number % scale == 0 => (number / scale).to_string(),
        Value::Number(_) => quoted(&parameter.entry()),
        Value::Choice(code) => quoted(code),
        Value::Codes(codes) => format!("[{}]", codes.iter().map(|code| quoted(code)).collect::<Vec<_>>().join(", ")),
        Value::Flag(flag) => flag.to_string(),
    }
}

fn inline(words: &Words) -> String {
    let languages: Vec<_> = words.all().map(|(locale, text)| format!("{locale} = {}", quoted(text))).collect();
    format!("{{ {} }}", languages.join(", "))
}

/// A clause's text between triple quotes, each of its lines a line of the file.
fn paragraphs(text: &str) -> String {
    // Quotes stay readable here; only three in a row would end the text.
    let lines: Vec<_> = text.lines().map(escaped).collect();
    let text = lines.join("\n").replace("\"\"\"", "\"\"\\\"");
    format!("\"\"\"\n{text}\n\"\"\"")
}

fn quoted(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(|line| escaped(line).replace('"', "\\\"")).collect();
    format!("\"{}\"", lines.join("\\n"))
}

/// Backslashes and control characters as escapes; quotes are left to the caller.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

fn key(code: &str) -> String {
    let bare = !code.is_empty() && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if bare { code.to_owned() } else { quoted(code) }
}

fn line(out: &mut String, text: String) {
    out.push_str(&text);
    out.push('\n');
}
