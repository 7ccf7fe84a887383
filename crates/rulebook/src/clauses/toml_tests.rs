//! Rulebook files as people edit them.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use kehu_core::Locale::{En, ZhHans, ZhHant};

use super::known::{CALLS_PER_WEEK, KEY_TIERS, VISITS_PER_MONTH};
use super::{ClauseNumber, Fault, Kind, Parameter, Rulebook, Value, Words, builtin};

const CONTACT: ClauseNumber = ClauseNumber::literal("4.4.1");

/// A small company's file: one language, and only what it changes about a parameter.
const COMPANY: &str = r#"
title = "华信公司大客户办法"

[[clause]]
number = "4.4.1"
title = "常联系"
responsible = ["account_manager"]
text = """
每周通话 {calls_per_week}。
(a) 每月见面 {visits_per_month}。
"""

[[clause.parameter]]
name = "calls_per_week"
value = 2

[[clause.parameter]]
name = "key_tiers"
value = ["A", "B"]
"#;

fn problems(text: &str) -> Vec<String> {
    Rulebook::from_toml(text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn an_export_reads_back_as_the_same_rulebook() {
    assert_eq!(&Rulebook::from_toml(&builtin().to_toml()).unwrap(), builtin());
}

#[test]
fn any_words_and_values_survive_export_and_import() {
    let mut book = builtin().clone();
    let awkward = "a \"quoted\" \\ back\\slash \\\n\n\"\"\"three\"\"\"\ttab \u{7} #no comment\n(a) 'single' 💡 \\u0041";
    book.set_text(CONTACT, En, awkward).unwrap();
    book.set_title(CONTACT, ZhHant, "").unwrap();
    book.set_title(CONTACT, En, "two\nlines").unwrap();
    book.set_parameter(ClauseNumber::literal("4.4.2"), "gift_max_amount", "199.50").unwrap();
    book.set_parameter(ClauseNumber::literal("4.1.3"), "export_approval", "no").unwrap();
    book.set_value(CONTACT, "key_tiers", Value::Codes(vec!["重点".to_owned(), "A".to_owned()])).unwrap();
    assert_eq!(Rulebook::from_toml(&book.to_toml()).unwrap(), book);
}

#[test]
fn a_company_may_write_one_language_and_only_what_it_changes() {
    let book = Rulebook::from_toml(COMPANY).unwrap();
    let clause = book.clause(CONTACT).unwrap();
    assert_eq!(clause.title.get(En), "常联系");
    assert_eq!(book.get(&CALLS_PER_WEEK), 2);
    assert_eq!(book.get(&KEY_TIERS), ["A", "B"]);
    let calls = clause.parameter("calls_per_week").unwrap();
    assert_eq!((calls.shown(ZhHans), calls.max), ("2 次".to_owned(), Some(7)));
    assert_eq!(book.chapters().len(), builtin().chapters().len(), "headings come from the built-in rulebook");
}

#[test]
fn a_parameter_in_the_text_must_be_in_the_clause() {
    // The text above speaks of {visits_per_month}, which the file need not repeat.
    let book = Rulebook::from_toml(COMPANY).unwrap();
    assert_eq!(book.get(&VISITS_PER_MONTH), 1);
    assert!(book.clause(CONTACT).unwrap().plain_text(ZhHans).contains("每月见面 1 次"));
    let typo = COMPANY.replace("{visits_per_month}", "{visits_a_month}");
    assert_eq!(problems(&typo), ["line 8: 4.4.1 text.zh-Hans: {visits_a_month} is no parameter of this clause"]);
}

#[test]
fn every_mistake_is_told_with_its_line() {
    let text = r#"
title = "办法"
verison = 3

[[clause]]
number = "4.4.1"
titel = "x"
text = { zh-Hans = "a", fr = "b" }
responsible = ["boss"]

[[clause.parameter]]
name = "calls_per_week"
value = 9

[[clause.parameter]]
name = "visits_per_month"
value = "often"

[[clause.parameter]]
name = "letters_per_year"
kind = "counts"
value = 1

[[clause]]
number = "4.4.x"
"#;
    assert_eq!(
        problems(text),
        [
            "line 3: verison: unknown field",
            "line 5: 4.4.1 title: missing",
            "line 7: 4.4.1 titel: unknown field",
            "line 8: 4.4.1 text.fr: unknown field",
            "line 9: 4.4.1 responsible: unknown position \"boss\"",
            "line 13: 4.4.1 calls_per_week.value: larger than 7",
            "line 17: 4.4.1 visits_per_month.value: not a number",
            "line 21: 4.4.1 letters_per_year.kind: unknown kind \"counts\"",
            "line 25: 4.4.x number: not a number of the kind 4.4.1",
        ]
    );
}

#[test]
fn an_unreadable_parameter_is_told_once() {
    let text = COMPANY.replace("value = 2", "valeu = 2").replace("{calls_per_week}", "{calls_per_week}、{key_tiers}");
    assert_eq!(
        problems(&text),
        ["line 13: 4.4.1 calls_per_week.value: missing", "line 15: 4.4.1 calls_per_week.valeu: unknown field"]
    );
}

#[test]
fn what_is_not_toml_is_told_with_its_line() {
    let found = Rulebook::from_toml("title = \"办法\"\n\n[[clause]\n").unwrap_err();
    assert_eq!(found[0].line, Some(3));
    assert!(matches!(found[0].fault, Fault::Syntax { .. }));
    let unclosed = builtin().to_toml().replacen("\"\"\"\n", "", 1);
    assert_eq!(problems(&unclosed).len(), 1, "what follows the first error would be noise");
    assert!(Rulebook::from_toml("title = 3").is_err());
}

#[test]
fn a_company_may_add_clauses_and_parameters_of_its_own() {
    let text = r#"
[unit]
letter = "封"

[[chapter]]
number = 4
title = "日常工作"

[[section]]
number = "4.5"
title = "书信"

[[clause]]
number = "4.5.1"
title = "贺信"
text = "每年寄 {letters}，{tone}。"

[[clause.parameter]]
name = "letters"
label = "贺信数"
kind = "count"
unit = "letter"
min = 0
max = 12
value = 0x2

[[clause.parameter]]
name = "tone"
label = "语气"
kind = "choice"
options = [{ code = "formal", label = "庄重" }, { code = "warm", label = "亲切" }]
value = "warm"
"#;
    let book = Rulebook::from_toml(text).unwrap();
    assert_eq!(book.title, builtin().title);
    assert_eq!(book.clauses()[0].plain_text(En), "每年寄 2 封，亲切。");
    assert_eq!(Rulebook::from_toml(&book.to_toml()).unwrap(), book);
    let ownerless = text.replace("unit = \"letter\"", "unit = \"page\"");
    assert_eq!(problems(&ownerless), ["line 22: 4.5.1 letters.unit: unknown unit \"page\""]);
}

#[test]
fn a_clause_stands_under_a_heading_and_once() {
    let lonely = "[[clause]]\nnumber = \"9.1\"\ntitle = \"甲\"\ntext = \"乙\"\n";
    assert_eq!(problems(lonely), ["line 1: 9.1 number: the chapter has no heading"].map(str::to_owned));
    let twice = format!("{COMPANY}{}", "\n[[clause]]\nnumber = \"4.4.1\"\ntitle = \"甲\"\ntext = \"乙\"\n");
    assert_eq!(problems(&twice).len(), 1);
    assert!(problems(&twice)[0].ends_with("stands in the rulebook twice"));
}

#[test]
fn every_kind_is_written_and_read() {
    let kinds = [
        (Kind::Count, Value::Number(1)),
        (Kind::Hours, Value::Number(2)),
        (Kind::WorkingDays, Value::Number(3)),
        (Kind::Days, Value::Number(4)),
        (Kind::Months, Value::Number(5)),
        (Kind::HourOfDay, Value::Number(6)),
        (Kind::Percent, Value::Number(7)),
        (Kind::Money, Value::Number(800)),
        (Kind::Flag { yes: [(En, "must")].into(), no: [(En, "may")].into() }, Value::Flag(true)),
    ];
    let mut book = builtin().clone();
    let clause = book.clause_mut(ClauseNumber::literal("1.1")).unwrap();
    for (at, (kind, value)) in kinds.into_iter().enumerate() {
        let label = Words::from([(En, "Own")]);
        let unit = super::read_toml::usual_unit(&kind).and_then(|code| {
            builtin()
                .clauses()
                .iter()
                .flat_map(|c| &c.parameters)
                .find_map(|p| p.unit.clone().filter(|u| u.code == code))
        });
        let (min, max) = if kind.is_number() { (Some(0), Some(1000)) } else { (None, None) };
        clause.parameters.push(Parameter { name: format!("own_{at}"), label, kind, unit, min, max, value });
    }
    assert_eq!(Rulebook::from_toml(&book.to_toml()).unwrap(), book);
}
