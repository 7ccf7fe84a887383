//! The build-time generator of typed words. A crate's build script names its areas; for each the
//! three `locales/<tag>/<area>.ftl` files become a module of functions, one per message:
//! `t::visits::minutes_due(locale, hours)`. A key that is missing in one language, or that uses
//! other variables there, stops the build with the place to mend.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

/// Folder names under `locales/`, in the order of `kehu_core::Locale::ALL`.
const LOCALES: [&str; 3] = ["zh-Hans", "zh-Hant", "en"];

#[derive(Debug, PartialEq)]
struct Message {
    variables: BTreeSet<String>,
    /// The text, when it has neither variables nor selectors.
    plain: Option<String>,
}

/// Writes `$OUT_DIR/words.rs` for the areas. `platform` is the path to the crate that formats
/// (`crate` inside it, `kehu_platform` elsewhere).
///
/// # Panics
/// When a file is missing or malformed or the languages disagree: a build script's way to fail.
#[expect(clippy::print_stdout, reason = "cargo listens to a build script's output")]
pub fn generate(areas: &[&str], platform: &str) {
    let crate_folder = std::env::var("CARGO_MANIFEST_DIR").expect("build scripts have a CARGO_MANIFEST_DIR");
    let root = Path::new(&crate_folder).join("../../locales");
    let out = std::env::var("OUT_DIR").expect("build scripts have an OUT_DIR");
    println!("cargo::rerun-if-changed=build.rs");
    let mut code = String::new();
    for area in areas {
        let mut texts = Vec::new();
        for locale in LOCALES {
            let path = root.join(locale).join(format!("{area}.ftl"));
            println!("cargo::rerun-if-changed={}", path.display());
            let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            texts.push((path.display().to_string(), text));
        }
        match module(area, &texts, platform) {
            Ok(text) => code.push_str(&text),
            Err(problems) => panic!("\n{}\n", problems.join("\n")),
        }
    }
    std::fs::write(Path::new(&out).join("words.rs"), code).expect("OUT_DIR is writable");
}

/// The module of one area, or every disagreement between its languages.
fn module(area: &str, texts: &[(String, String)], platform: &str) -> Result<String, Vec<String>> {
    let mut problems = Vec::new();
    let parsed: Vec<_> = texts
        .iter()
        .map(|(path, text)| {
            parse(text).unwrap_or_else(|faults| {
                problems.extend(faults.into_iter().map(|fault| format!("{path}: {fault}")));
                BTreeMap::new()
            })
        })
        .collect();
    let keys: BTreeSet<&String> = parsed.iter().flat_map(BTreeMap::keys).collect();
    for key in &keys {
        let variables: BTreeSet<&String> =
            parsed.iter().filter_map(|m| m.get(*key)).flat_map(|m| &m.variables).collect();
        for (messages, (path, _)) in parsed.iter().zip(texts) {
            match messages.get(*key) {
                None => problems.push(format!("{path}: `{key}` is missing")),
                Some(message) if message.variables.iter().collect::<BTreeSet<_>>() != variables => {
                    problems.push(format!("{path}: `{key}` does not use all of {variables:?}"));
                }
                Some(_) => {}
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut code = format!("pub mod {area} {{\n");
    if parsed.iter().flat_map(BTreeMap::values).any(|message| message.plain.is_none()) {
        let sources: Vec<String> = texts.iter().map(|(_, text)| format!("{text:?}")).collect();
        let _ = writeln!(
            code,
            "static WORDS: {platform}::i18n::Words = {platform}::i18n::Words::new([{}]);",
            sources.join(", ")
        );
    }
    for key in keys {
        let name = key.replace('-', "_");
        let in_each: Vec<&Message> = parsed.iter().filter_map(|m| m.get(key)).collect();
        let plain: Vec<&String> = in_each.iter().filter_map(|m| m.plain.as_ref()).collect();
        let variables: Vec<&String> =
            in_each.iter().flat_map(|m| &m.variables).collect::<BTreeSet<_>>().into_iter().collect();
        if plain.len() == LOCALES.len() {
            let _ = writeln!(
                code,
                "pub fn {name}(locale: kehu_core::Locale) -> &'static str {{ match locale {{ \
                 kehu_core::Locale::ZhHans => {:?}, kehu_core::Locale::ZhHant => {:?}, kehu_core::Locale::En => {:?} }} }}",
                plain[0], plain[1], plain[2]
            );
        } else {
            let parameters: String = variables
                .iter()
                .map(|v| format!(", {}: impl Into<{platform}::i18n::Value<'a>>", v.replace('-', "_")))
                .collect();
            let arguments: String = variables
                .iter()
                .map(|v| format!("({v:?}, {}.into())", v.replace('-', "_")))
                .collect::<Vec<_>>()
                .join(", ");
            let _ = writeln!(
                code,
                "pub fn {name}<'a>(locale: kehu_core::Locale{parameters}) -> String {{ WORDS.format(locale, {key:?}, [{arguments}]) }}"
            );
        }
    }
    code.push_str("}\n");
    Ok(code)
}

fn parse(text: &str) -> Result<BTreeMap<String, Message>, Vec<String>> {
    let resource = fluent_syntax::parser::parse(text)
        .map_err(|(_, errors)| errors.iter().map(|e| format!("{e} at byte {}", e.pos.start)).collect::<Vec<_>>())?;
    let mut messages = BTreeMap::new();
    let mut twice = Vec::new();
    for entry in &resource.body {
        if let Entry::Message(message) = entry
            && let Some(pattern) = &message.value
        {
            let mut variables = BTreeSet::new();
            collect(pattern, &mut variables);
            let found = Message { variables, plain: plain(pattern) };
            if messages.insert(message.id.name.to_owned(), found).is_some() {
                twice.push(format!("`{}` stands twice", message.id.name));
            }
        }
    }
    if twice.is_empty() { Ok(messages) } else { Err(twice) }
}

fn plain(pattern: &Pattern<&str>) -> Option<String> {
    pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::TextElement { value } => Some((*value).to_owned()),
            PatternElement::Placeable { expression: Expression::Inline(InlineExpression::StringLiteral { value }) } => {
                Some((*value).to_owned())
            }
            PatternElement::Placeable { .. } => None,
        })
        .collect()
}

fn collect(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            collect_expression(expression, into);
        }
    }
}

fn collect_expression(expression: &Expression<&str>, into: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => collect_inline(inline, into),
        Expression::Select { selector, variants } => {
            collect_inline(selector, into);
            for variant in variants {
                collect(&variant.value, into);
            }
        }
    }
}

fn collect_inline(inline: &InlineExpression<&str>, into: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            into.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                collect_inline(argument, into);
            }
        }
        InlineExpression::Placeable { expression } => collect_expression(expression, into),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::module;

    fn three(hans: &str, hant: &str, en: &str) -> Vec<(String, String)> {
        [("zh-Hans", hans), ("zh-Hant", hant), ("en", en)].map(|(l, t)| (l.to_owned(), t.to_owned())).to_vec()
    }

    #[test]
    fn a_key_missing_in_one_language_stops_the_build() {
        let problems = module("visits", &three("a = 甲\n", "a = 甲\n", "b = B\n"), "crate").err();
        assert_eq!(
            problems,
            Some(vec!["en: `a` is missing".into(), "zh-Hans: `b` is missing".into(), "zh-Hant: `b` is missing".into()])
        );
    }

    #[test]
    fn a_language_that_forgets_a_variable_stops_the_build() {
        let problems = module("visits", &three("a = { $n } 次\n", "a = 次\n", "a = { $n }\n"), "crate").err();
        assert_eq!(problems, Some(vec!["zh-Hant: `a` does not use all of {\"n\"}".into()]));
    }

    #[test]
    fn plain_words_cost_no_formatting() {
        let code = module("visits", &three("a-b = 甲\n", "a-b = 乙\n", "a-b = C\n"), "crate").unwrap_or_default();
        assert!(code.contains("pub fn a_b(locale: kehu_core::Locale) -> &'static str"), "{code}");
    }
}
