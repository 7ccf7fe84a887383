//! The numbers and choices inside a clause that a company sets for itself: "calls per week: 1". A parameter
//! knows its kind and bounds, so that a value is refused where it is entered and rules never meet a
//! value they cannot work with.

use kehu_core::Locale;
use serde::{Deserialize, Serialize};

use super::words::Words;

/// One setting of a clause. It stands in the clause's sentence as `{name}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    pub name: String,
    pub label: Words,
    #[serde(flatten)]
    pub kind: Kind,
    /// What is counted, shown after a number ("次", "hours").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The smallest number, or for lists the fewest entries. `None`: no bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The largest number, or for lists the most entries. `None`: no bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    pub value: Value,
}

/// What a parameter holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    Count,
    Hours,
    WorkingDays,
    /// Calendar days.
    Days,
    Months,
    /// A full hour of the day in the company's time zone, 0 to 23.
    HourOfDay,
    Percent,
    /// In minor units (fen) of the company's currency.
    Money,
    /// One of the options.
    Choice {
        options: Vec<Choice>,
    },
    /// Several of the options.
    ChoiceList {
        options: Vec<Choice>,
    },
    /// Codes that another part of the product defines, such as account tiers. `options` names the ones that
    /// the built-in rulebook knows; a page offers those that the other part keeps.
    CodeList {
        options: Vec<Choice>,
    },
    /// Yes or no, with the words that the sentence reads in either case.
    Flag {
        yes: Words,
        no: Words,
    },
}

/// One option of a choice, and how it reads in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub code: String,
    pub label: Words,
}

/// The words for what a number counts. The English words give singular and plural as `call|calls`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub code: String,
    pub words: Words,
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Every numeric kind; money in minor units.
    Number(i64),
    Choice(String),
    Codes(Vec<String>),
    Flag(bool),
}

/// Why a value was refused: the message next to the field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParameterError {
    #[error("the rulebook has no such clause")]
    UnknownClause,
    #[error("the clause has no such parameter")]
    UnknownParameter,
    #[error("not a number")]
    NotANumber,
    /// The bound in the parameter's own unit, for money in minor units; `Parameter::show` renders it.
    #[error("smaller than {min}")]
    TooSmall { min: i64 },
    #[error("larger than {max}")]
    TooLarge { max: i64 },
    #[error("{option:?} is not one of the options")]
    UnknownOption { option: String },
    #[error("{code:?} is not a code: letters, digits, - and _")]
    BadCode { code: String },
    #[error("fewer than {min} entries")]
    TooFew { min: i64 },
    #[error("more than {max} entries")]
    TooMany { max: i64 },
    #[error("neither yes nor no")]
    NotYesOrNo,
    #[error("a value of another kind")]
    WrongKind,
}

impl ParameterError {
    /// The stable name of the error, for messages and the API.
    pub fn code(&self) -> &'static str {
        match self {
            ParameterError::UnknownClause => "unknown-clause",
            ParameterError::UnknownParameter => "unknown-parameter",
            ParameterError::NotANumber => "not-a-number",
            ParameterError::TooSmall { .. } => "too-small",
            ParameterError::TooLarge { .. } => "too-large",
            ParameterError::UnknownOption { .. } => "unknown-option",
            ParameterError::BadCode { .. } => "bad-code",
            ParameterError::TooFew { .. } => "too-few",
            ParameterError::TooMany { .. } => "too-many",
            ParameterError::NotYesOrNo => "not-yes-or-no",
            ParameterError::WrongKind => "wrong-kind",
        }
    }
}

impl Kind {
    /// The name of the kind in files.
    pub fn code(&self) -> &'static str {
        match self {
            Kind::Count => "count",
            Kind::Hours => "hours",
            Kind::WorkingDays => "working_days",
            Kind::Days => "days",
            Kind::Months => "months",
            Kind::HourOfDay => "hour_of_day",
            Kind::Percent => "percent",
            Kind::Money => "money",
            Kind::Choice { .. } => "choice",
            Kind::ChoiceList { .. } => "choice_list",
            Kind::CodeList { .. } => "code_list",
            Kind::Flag { .. } => "flag",
        }
    }

    /// True for the kinds whose value is a number.
    pub fn is_number(&self) -> bool {
        !matches!(self, Kind::Choice { .. } | Kind::ChoiceList { .. } | Kind::CodeList { .. } | Kind::Flag { .. })
    }

    /// The options that a form offers; none for numbers and flags.
    pub fn options(&self) -> &[Choice] {
        match self {
            Kind::Choice { options } | Kind::ChoiceList { options } | Kind::CodeList { options } => options,
            _ => &[],
        }
    }
}

impl Parameter {
    /// Whether the value is of this parameter's kind and within its bounds.
    pub fn accepts(&self, value: &Value) -> Result<(), ParameterError> {
        match (&self.kind, value) {
            (kind, Value::Number(number)) if kind.is_number() => match (self.min, self.max) {
                (Some(min), _) if *number < min => Err(ParameterError::TooSmall { min }),
                (_, Some(max)) if *number > max => Err(ParameterError::TooLarge { max }),
                _ => Ok(()),
            },
            (Kind::Choice { .. }, Value::Choice(option)) => self.offers(option),
            (Kind::ChoiceList { .. }, Value::Codes(codes)) => {
                codes.iter().try_for_each(|code| self.offers(code))?;
                self.holds(codes.len())
            }
            (Kind::CodeList { .. }, Value::Codes(codes)) => {
                codes.iter().try_for_each(|code| is_code(code))?;
                self.holds(codes.len())
            }
            (Kind::Flag { .. }, Value::Flag(_)) => Ok(()),
            _ => Err(ParameterError::WrongKind),
        }
    }

    /// Offers these codes in a list of codes. One that stands in the value and is not among them keeps its words.
    pub fn offer(&mut self, codes: &[Choice]) {
        let (Kind::CodeList { options }, Value::Codes(chosen)) = (&mut self.kind, &self.value) else { return };
        let mut offered = codes.to_vec();
        for code in chosen {
            if !offered.iter().any(|option| option.code == *code) {
                let known = options.iter().find(|option| option.code == *code).cloned();
                offered.push(known.unwrap_or_else(|| Choice {
                    code: code.clone(),
                    label: Words::from([(Locale::En, code.as_str())]),
                }));
            }
        }
        *options = offered;
    }

    /// The value as it reads in a sentence: "1 次", "24 hours", "12:00".
    pub fn shown(&self, locale: Locale) -> String {
        self.show(&self.value, locale)
    }

    /// Any value, such as a bound or an earlier value, as it reads in a sentence.
    pub fn show(&self, value: &Value, locale: Locale) -> String {
        match (&self.kind, value) {
            (Kind::Flag { yes, .. }, Value::Flag(true)) => yes.get(locale).to_owned(),
            (Kind::Flag { no, .. }, Value::Flag(false)) => no.get(locale).to_owned(),
            (Kind::HourOfDay, Value::Number(hour)) => format!("{hour}:00"),
            (Kind::Percent, Value::Number(percent)) => format!("{percent}%"),
            (Kind::Money, Value::Number(minor)) => self.amount(*minor, locale),
            (_, Value::Number(number)) => self.with_unit(grouped(*number), *number, locale),
            (_, Value::Choice(code)) => self.option_label(code, locale).to_owned(),
            (_, Value::Codes(codes)) => {
                let labels: Vec<_> = codes.iter().map(|code| self.option_label(code, locale)).collect();
                labels.join(if locale == Locale::En { ", " } else { "、" })
            }
            (_, Value::Flag(flag)) => flag.to_string(),
        }
    }

    /// The words for one code, or the code itself when the rulebook does not know it.
    pub fn option_label<'a>(&'a self, code: &'a str, locale: Locale) -> &'a str {
        self.kind.options().iter().find(|option| option.code == code).map_or(code, |option| option.label.get(locale))
    }

    /// An amount of money; Chinese readers count large round sums in ten thousands ("500 万元").
    fn amount(&self, minor: i64, locale: Locale) -> String {
        const TEN_THOUSAND: i64 = 10_000 * 100;
        let ten_thousands = match locale {
            Locale::ZhHans => Some("万"),
            Locale::ZhHant => Some("萬"),
            Locale::En => None,
        };
        let unit = self.unit.as_ref().map_or("", |unit| unit.words.get(locale));
        match ten_thousands {
            Some(word) if minor >= TEN_THOUSAND && minor % TEN_THOUSAND == 0 => {
                format!("{} {word}{unit}", grouped(minor / TEN_THOUSAND))
            }
            _ => {
                let major = grouped(minor / 100);
                let amount = match minor % 100 {
                    0 => major,
                    rest => format!("{major}.{:02}", rest.abs()),
                };
                self.with_unit(amount, minor / 100, locale)
            }
        }
    }

    fn with_unit(&self, amount: String, number: i64, locale: Locale) -> String {
        match self.unit.as_ref().map(|unit| unit.for_number(number, locale)) {
            Some(unit) if !unit.is_empty() => format!("{amount} {unit}"),
            _ => amount,
        }
    }

    fn offers(&self, code: &str) -> Result<(), ParameterError> {
        if self.kind.options().iter().any(|option| option.code == code) {
            Ok(())
        } else {
            Err(ParameterError::UnknownOption { option: code.to_owned() })
        }
    }

    fn holds(&self, entries: usize) -> Result<(), ParameterError> {
        let entries = i64::try_from(entries).unwrap_or(i64::MAX);
        match (self.min, self.max) {
            (Some(min), _) if entries < min => Err(ParameterError::TooFew { min }),
            (_, Some(max)) if entries > max => Err(ParameterError::TooMany { max }),
            _ => Ok(()),
        }
    }
}

impl Unit {
    /// The word after this number: "call" or "calls".
    pub fn for_number(&self, number: i64, locale: Locale) -> &str {
        let words = self.words.get(locale);
        match words.split_once('|') {
            Some((one, _)) if number == 1 => one,
            Some((_, many)) => many,
            None => words,
        }
    }
}

fn is_code(code: &str) -> Result<(), ParameterError> {
    let is_well_formed = !code.is_empty()
        && code.chars().count() <= 40
        && code.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if is_well_formed { Ok(()) } else { Err(ParameterError::BadCode { code: code.to_owned() }) }
}

/// Digits in groups of three, as both Chinese and English readers write large amounts.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut shown = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use kehu_core::Locale::{En, ZhHans, ZhHant};

    use super::{Choice, Kind, Parameter, ParameterError, Unit, Value};
    use crate::clauses::words::Words;

    fn number(kind: Kind, unit: Option<(&str, &str)>, value: i64) -> Parameter {
        Parameter {
            name: "amount".to_owned(),
            label: Words::default(),
            kind,
            unit: unit.map(|(zh, en)| Unit { code: "u".to_owned(), words: [(ZhHans, zh), (En, en)].into() }),
            min: Some(1),
            max: Some(7),
            value: Value::Number(value),
        }
    }

    fn tiers(codes: &[&str]) -> Parameter {
        let option = |code: &str, zh| Choice { code: code.to_owned(), label: [(ZhHans, zh)].into() };
        Parameter {
            kind: Kind::CodeList { options: vec![option("strategic", "战略"), option("core", "核心")] },
            value: Value::Codes(codes.iter().map(|&code| code.to_owned()).collect()),
            ..number(Kind::Count, None, 0)
        }
    }

    #[test]
    fn values_read_as_in_a_sentence() {
        let calls = number(Kind::Count, Some(("次", "time|times")), 1);
        assert_eq!(
            [calls.shown(ZhHans), calls.shown(En), calls.show(&Value::Number(2), En)],
            ["1 次", "1 time", "2 times"]
        );
        assert_eq!(number(Kind::Hours, Some(("小时", "hour|hours")), 24).shown(En), "24 hours");
        assert_eq!(number(Kind::HourOfDay, None, 12).shown(ZhHant), "12:00");
        assert_eq!(number(Kind::Percent, None, 15).shown(ZhHans), "15%");
        assert_eq!(number(Kind::Money, Some(("元", "yuan")), 20_000).shown(ZhHans), "200 元");
        let large = number(Kind::Money, Some(("元", "yuan")), 500_000_000);
        assert_eq!([large.shown(ZhHans), large.shown(En)], ["500 万元", "5,000,000 yuan"]);
        assert_eq!(number(Kind::Money, None, 123_456_705).shown(En), "1,234,567.05");
    }

    #[test]
    fn codes_read_as_their_labels_and_unknown_ones_as_themselves() {
        assert_eq!(tiers(&["strategic", "core", "A"]).shown(ZhHans), "战略、核心、A");
        assert_eq!(tiers(&["strategic", "core"]).shown(En), "战略, 核心");
    }

    #[test]
    fn a_list_offers_what_the_company_keeps_and_what_it_holds_already() {
        let mut key = tiers(&["strategic", "gold", "old"]);
        let own = |code: &str, zh| Choice { code: code.to_owned(), label: [(ZhHans, zh)].into() };
        key.offer(&[own("core", "核心伙伴"), own("gold", "金牌")]);
        let offered: Vec<&str> = key.kind.options().iter().map(|option| option.code.as_str()).collect();
        assert_eq!(offered, ["core", "gold", "strategic", "old"]);
        assert_eq!(key.shown(ZhHans), "战略、金牌、old");
    }

    #[test]
    fn a_value_outside_its_bounds_is_refused_with_the_bound() {
        let calls = number(Kind::Count, None, 1);
        assert_eq!(calls.accepts(&Value::Number(7)), Ok(()));
        assert_eq!(calls.accepts(&Value::Number(0)), Err(ParameterError::TooSmall { min: 1 }));
        assert_eq!(calls.accepts(&Value::Number(8)), Err(ParameterError::TooLarge { max: 7 }));
        assert_eq!(calls.accepts(&Value::Flag(true)), Err(ParameterError::WrongKind));
    }

    #[test]
    fn a_list_needs_entries_and_any_tier_code_will_do() {
        let key = tiers(&["strategic"]);
        assert_eq!(key.accepts(&Value::Codes(vec![])), Err(ParameterError::TooFew { min: 1 }));
        assert_eq!(key.accepts(&Value::Codes(vec!["A-1".to_owned()])), Ok(()));
        let bad = Value::Codes(vec!["a b".to_owned()]);
        assert_eq!(key.accepts(&bad), Err(ParameterError::BadCode { code: "a b".to_owned() }));
    }
}
