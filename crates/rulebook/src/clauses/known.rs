//! The parameters that rules of the product read, as typed names. A rulebook that lacks one (an older export, a
//! clause the company took out) answers with the built-in default, so that a rule always has its number.

use super::builtin::builtin;
use super::model::Rulebook;
use super::number::ClauseNumber;
use super::parameter::{Kind, Parameter, Value};

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub clause: ClauseNumber,
    pub name: &'static str,
}

/// The name of a numeric parameter of any kind; money is in minor units, hours of the day are 0 to 23.
#[derive(Clone, Copy, Debug)]
pub struct NumberParameter(Place);

/// The name of a list of codes or of options.
#[derive(Clone, Copy, Debug)]
pub struct CodesParameter(Place);

/// The name of a choice of one option.
#[derive(Clone, Copy, Debug)]
pub struct ChoiceParameter(Place);

/// The name of a yes-or-no parameter.
#[derive(Clone, Copy, Debug)]
pub struct FlagParameter(Place);

/// A typed name of a parameter: what `Rulebook::get` takes, and what it answers with.
pub trait Handle {
    type Answer<'a>;

    fn place(&self) -> Place;

    /// The value as this handle's type, or `None` when the value is of another kind.
    fn answer<'a>(&self, value: &'a Value) -> Option<Self::Answer<'a>>;
}

macro_rules! handle {
    ($name:ident, $answer:ty, $pattern:pat => $value:expr) => {
        impl $name {
            /// The clause as written, `"4.4.1"`, and the parameter's name in it.
            pub const fn new(clause: &'static str, name: &'static str) -> $name {
                $name(Place { clause: ClauseNumber::literal(clause), name })
            }
        }

        impl Handle for $name {
            type Answer<'a> = $answer;

            fn place(&self) -> Place {
                self.0
            }

            fn answer<'a>(&self, value: &'a Value) -> Option<Self::Answer<'a>> {
                match value {
                    $pattern => Some($value),
                    _ => None,
                }
            }
        }
    };
}

handle!(NumberParameter, i64, Value::Number(number) => *number);
handle!(CodesParameter, &'a [String], Value::Codes(codes) => codes);
handle!(ChoiceParameter, &'a str, Value::Choice(code) => code);
handle!(FlagParameter, bool, Value::Flag(flag) => *flag);

impl Rulebook {
    /// The value that this rulebook sets, else the built-in default.
    ///
    /// # Panics
    /// When the built-in rulebook has no parameter of that name and type: a mistake in the code. Every handle
    /// therefore belongs into a test that calls [`is_builtin`].
    pub fn get<H: Handle>(&self, handle: &H) -> H::Answer<'_> {
        let Place { clause, name } = handle.place();
        let find = |rulebook: &'static Rulebook| rulebook.parameter(clause, name);
        let own = self.parameter(clause, name).and_then(|parameter| handle.answer(&parameter.value));
        own.or_else(|| find(builtin()).and_then(|parameter| handle.answer(&parameter.value)))
            .unwrap_or_else(|| panic!("the built-in rulebook has no {name} of this type in {clause}"))
    }

    /// The parameter itself, for its label and bounds: this rulebook's, else the built-in one.
    pub fn known_parameter(&self, place: Place) -> Option<&Parameter> {
        self.parameter(place.clause, place.name).or_else(|| builtin().parameter(place.clause, place.name))
    }
}

/// Whether the built-in rulebook answers this handle, so that `Rulebook::get` cannot fail.
pub fn is_builtin<H: Handle>(handle: &H) -> bool {
    let Place { clause, name } = handle.place();
    builtin().parameter(clause, name).is_some_and(|parameter| handle.answer(&parameter.value).is_some())
}

/// 4.2.3: hours from the end of a visit until its minutes are sent.
pub const MINUTES_WITHIN_HOURS: NumberParameter = NumberParameter::new("4.2.3", "minutes_within_hours");
/// 4.2.3: the hour on the next working day to which a deadline on a day off moves.
pub const MINUTES_ROLLED_TO_HOUR: NumberParameter = NumberParameter::new("4.2.3", "minutes_rolled_to_hour");
/// 4.2.3: working days after its deadline at which an undone duty of a visit counts as missed.
pub const MISSED_AFTER_WORKING_DAYS: NumberParameter = NumberParameter::new("4.2.3", "missed_after_working_days");
/// 4.2.3: working days proposed as the reply date of a question left open.
pub const DEFAULT_REPLY_WORKING_DAYS: NumberParameter = NumberParameter::new("4.2.3", "default_reply_working_days");

/// 4.4.1: connected conversations owed to each key account per week.
pub const CALLS_PER_WEEK: NumberParameter = NumberParameter::new("4.4.1", "calls_per_week");
/// 4.4.1: face-to-face visits owed to each key account per month.
pub const VISITS_PER_MONTH: NumberParameter = NumberParameter::new("4.4.1", "visits_per_month");
/// 4.4.1: a week with fewer working days than this asks for no call.
pub const MIN_WORKING_DAYS_IN_WEEK: NumberParameter = NumberParameter::new("4.4.1", "min_working_days_in_week");
/// 4.4.1: working days after a week or month closes in which a contact may still be entered.
pub const RECORD_WITHIN_WORKING_DAYS: NumberParameter = NumberParameter::new("4.4.1", "record_within_working_days");
/// 4.4.1: seminars or social events owed to the team's accounts per half-year.
pub const SEMINARS_PER_HALF_YEAR: NumberParameter = NumberParameter::new("4.4.1", "seminars_per_half_year");
/// 4.4.1: codes of the account tiers that make an account a key account.
pub const KEY_TIERS: CodesParameter = CodesParameter::new("4.4.1", "key_tiers");
/// 4.4.1: the kinds of contact that count as face to face: [`VISIT_AT_CUSTOMER`], [`VISIT_BY_CUSTOMER`],
/// [`EVENT_MEETING`].
pub const FACE_TO_FACE_KINDS: CodesParameter = CodesParameter::new("4.4.1", "face_to_face_kinds");

pub const VISIT_AT_CUSTOMER: &str = "visit_at_customer";
pub const VISIT_BY_CUSTOMER: &str = "visit_by_customer";
pub const EVENT_MEETING: &str = "event_meeting";

/// 5.1: the weights of the appraisal indicators, in percent; together 100.
pub const INDICATOR_WEIGHTS: [NumberParameter; 9] = [
    NumberParameter::new("5.1.1", "new_accounts_weight"),
    NumberParameter::new("5.1.1", "development_quality_weight"),
    NumberParameter::new("5.1.2", "satisfaction_weight"),
    NumberParameter::new("5.1.2", "churn_weight"),
    NumberParameter::new("5.1.3", "on_time_weight"),
    NumberParameter::new("5.1.3", "quality_weight"),
    NumberParameter::new("5.1.3", "cost_weight"),
    NumberParameter::new("5.1.4", "internal_weight"),
    NumberParameter::new("5.1.4", "cross_department_weight"),
];

/// 5.3: the weights of those who rate a member, in percent; together 100.
pub const RATER_WEIGHTS: [NumberParameter; 3] = [
    NumberParameter::new("5.3.3", "customer_weight"),
    NumberParameter::new("5.3.4", "self_weight"),
    NumberParameter::new("5.3.4", "superior_weight"),
];

/// 5.2: the weights of the quarters' mean and of the annual review, in percent; together 100.
pub const YEAR_WEIGHTS: [NumberParameter; 2] =
    [NumberParameter::new("5.2", "quarters_weight"), NumberParameter::new("5.2", "annual_weight")];

/// 5.3.4: the lowest scores of grades S, A, B and C.
pub const GRADE_STEPS: [NumberParameter; 4] = [
    NumberParameter::new("5.3.4", "grade_s_from"),
    NumberParameter::new("5.3.4", "grade_a_from"),
    NumberParameter::new("5.3.4", "grade_b_from"),
    NumberParameter::new("5.3.4", "grade_c_from"),
];

/// True when `given` may replace `known` without a rule meeting a value it cannot work with: the same kind and
/// no wider bounds.
pub(super) fn fits(given: &Parameter, known: &Parameter) -> bool {
    let same_kind = given.kind.code() == known.kind.code();
    let no_lower = known.min.is_none_or(|known| given.min.is_some_and(|given| given >= known));
    let no_higher = known.max.is_none_or(|known| given.max.is_some_and(|given| given <= known));
    let same_options = match (&given.kind, &known.kind) {
        (Kind::Choice { options }, Kind::Choice { options: known })
        | (Kind::ChoiceList { options }, Kind::ChoiceList { options: known }) => {
            options.iter().all(|option| known.iter().any(|known| known.code == option.code))
        }
        _ => true,
    };
    same_kind && no_lower && no_higher && same_options
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::clauses::number::ClauseNumber;

    const CONTACT: ClauseNumber = ClauseNumber::literal("4.4.1");

    #[test]
    fn every_known_parameter_is_in_the_builtin_rulebook() {
        let numbers = [
            MINUTES_WITHIN_HOURS,
            MINUTES_ROLLED_TO_HOUR,
            MISSED_AFTER_WORKING_DAYS,
            DEFAULT_REPLY_WORKING_DAYS,
            CALLS_PER_WEEK,
            VISITS_PER_MONTH,
            MIN_WORKING_DAYS_IN_WEEK,
            RECORD_WITHIN_WORKING_DAYS,
            SEMINARS_PER_HALF_YEAR,
        ];
        let all =
            numbers.iter().chain(&INDICATOR_WEIGHTS).chain(&RATER_WEIGHTS).chain(&YEAR_WEIGHTS).chain(&GRADE_STEPS);
        for handle in all {
            assert!(is_builtin(handle), "{handle:?}");
        }
        assert!(is_builtin(&KEY_TIERS) && is_builtin(&FACE_TO_FACE_KINDS));
        assert!(!is_builtin(&FlagParameter::new("4.4.1", "calls_per_week")), "a handle of another type");
    }

    #[test]
    fn the_running_rules_have_the_defaults_of_their_clauses() {
        let book = builtin();
        assert_eq!([book.get(&CALLS_PER_WEEK), book.get(&VISITS_PER_MONTH)], [1, 1]);
        assert_eq!([book.get(&MIN_WORKING_DAYS_IN_WEEK), book.get(&RECORD_WITHIN_WORKING_DAYS)], [3, 2]);
        assert_eq!([book.get(&MINUTES_WITHIN_HOURS), book.get(&MINUTES_ROLLED_TO_HOUR)], [24, 12]);
        assert_eq!([book.get(&MISSED_AFTER_WORKING_DAYS), book.get(&DEFAULT_REPLY_WORKING_DAYS)], [5, 3]);
        assert_eq!(book.get(&KEY_TIERS), ["strategic", "core", "key"]);
        assert_eq!(book.get(&FACE_TO_FACE_KINDS), [VISIT_AT_CUSTOMER, VISIT_BY_CUSTOMER, EVENT_MEETING]);
    }

    #[test]
    fn the_running_rules_have_the_agreed_bounds() {
        for (handle, min, max) in [
            (CALLS_PER_WEEK, 1, 7),
            (VISITS_PER_MONTH, 1, 8),
            (MIN_WORKING_DAYS_IN_WEEK, 1, 5),
            (RECORD_WITHIN_WORKING_DAYS, 0, 10),
            (MINUTES_WITHIN_HOURS, 1, 120),
            (MINUTES_ROLLED_TO_HOUR, 0, 23),
            (MISSED_AFTER_WORKING_DAYS, 1, 30),
        ] {
            let parameter = builtin().known_parameter(handle.place()).unwrap();
            assert_eq!((parameter.min, parameter.max), (Some(min), Some(max)), "{}", parameter.name);
        }
    }

    #[test]
    fn a_rulebook_without_the_parameter_answers_with_the_default() {
        let mut book = builtin().clone();
        book.set_parameter(CONTACT, "calls_per_week", "2").unwrap();
        assert_eq!(book.get(&CALLS_PER_WEEK), 2);
        book.clause_mut(CONTACT).unwrap().parameters.clear();
        assert_eq!(book.get(&CALLS_PER_WEEK), 1);
        assert_eq!(Rulebook::default().get(&KEY_TIERS).len(), 3);
    }
}
