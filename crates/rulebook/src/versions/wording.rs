//! Why the rulebook refuses something, in words beside the field.

use kehu_core::Locale;
use kehu_platform::Invalid;

use crate::clauses::{Fault, Parameter, ParameterError, Problem, Responsible, Value, WordsError};
use crate::t::rulebook as t;

/// Who must do it, in the reader's language.
pub fn responsible_name(l: Locale, responsible: Responsible) -> &'static str {
    match responsible {
        Responsible::TeamLead => t::position_team_lead(l),
        Responsible::AccountManager => t::position_account_manager(l),
        Responsible::IndustryExpert => t::position_industry_expert(l),
        Responsible::TechnicalSupport => t::position_technical_support(l),
        Responsible::AfterSales => t::position_after_sales(l),
        Responsible::AllMembers => t::position_all_members(l),
        Responsible::ProjectOwner => t::position_project_owner(l),
        Responsible::CompanyLeadership => t::position_company_leadership(l),
        Responsible::HrDepartment => t::position_hr_department(l),
        Responsible::BusinessDepartment => t::position_business_department(l),
    }
}

/// Why a parameter's value cannot stand; bounds read as the parameter itself does where it is known.
pub fn parameter_error(l: Locale, parameter: Option<&Parameter>, error: &ParameterError) -> String {
    let bound = |bound: i64| match parameter {
        Some(parameter) => parameter.show(&Value::Number(bound), l),
        None => bound.to_string(),
    };
    match error {
        ParameterError::UnknownClause => t::unknown_clause(l).to_owned(),
        ParameterError::UnknownParameter => t::unknown_parameter(l).to_owned(),
        ParameterError::NotANumber => t::not_a_number(l).to_owned(),
        ParameterError::TooSmall { min } => t::too_small(l, bound(*min)),
        ParameterError::TooLarge { max } => t::too_large(l, bound(*max)),
        ParameterError::UnknownOption { option } => t::unknown_option(l, option.as_str()),
        ParameterError::BadCode { code } => t::bad_code(l, code.as_str()),
        ParameterError::TooFew { min } => t::too_few(l, *min),
        ParameterError::TooMany { max } => t::too_many(l, *max),
        ParameterError::NotYesOrNo => t::not_yes_or_no(l).to_owned(),
        ParameterError::WrongKind => t::wrong_kind(l).to_owned(),
    }
}

pub(super) fn parameter_refused(invalid: &mut Invalid, field: String, parameter: &Parameter, error: ParameterError) {
    let (code, parameter) = (error.code(), parameter.clone());
    invalid.add(field, code, move |l| parameter_error(l, Some(&parameter), &error));
}

pub(super) fn words_refused(invalid: &mut Invalid, field: String, error: WordsError) {
    invalid.add(field, error.code(), move |l| match &error {
        WordsError::UnknownClause => t::unknown_clause(l).to_owned(),
        WordsError::Empty => t::words_empty(l).to_owned(),
        WordsError::UnknownMarker { name } => t::unknown_marker(l, name.as_str()),
    });
}

/// What is wrong with a rulebook, without its place.
pub fn fault(l: Locale, fault: &Fault) -> String {
    match fault {
        Fault::Syntax { message } => t::fault_syntax(l, message.as_str()),
        Fault::Missing => t::fault_missing(l).to_owned(),
        Fault::UnknownField => t::fault_unknown_field(l).to_owned(),
        Fault::WrongType { expected } => t::fault_wrong_type(l, *expected),
        Fault::BadNumber => t::fault_bad_number(l).to_owned(),
        Fault::BadName => t::fault_bad_name(l).to_owned(),
        Fault::Duplicate => t::fault_duplicate(l).to_owned(),
        Fault::NoChapter => t::fault_no_chapter(l).to_owned(),
        Fault::NoSection => t::fault_no_section(l).to_owned(),
        Fault::UnknownPosition { code } => t::fault_unknown_position(l, code.as_str()),
        Fault::UnknownKind { code } => t::fault_unknown_kind(l, code.as_str()),
        Fault::UnknownUnit { code } => t::fault_unknown_unit(l, code.as_str()),
        Fault::UnknownMarker { name } => t::unknown_marker(l, name.as_str()),
        Fault::EmptyBounds => t::fault_empty_bounds(l).to_owned(),
        Fault::UnfitForRule => t::fault_unfit_for_rule(l).to_owned(),
        Fault::Value(error) => parameter_error(l, None, error),
        Fault::WeightsTotal { total } => t::fault_weights_total(l, *total),
        Fault::GradesOrder => t::fault_grades_order(l).to_owned(),
    }
}

/// What is wrong, with its place: "line 12 · 4.4.1 calls_per_week.value: larger than 7".
pub fn problem(l: Locale, problem: &Problem) -> String {
    let line = problem.line.map(|line| t::problem_line(l, line));
    let place = [problem.clause.as_deref().unwrap_or_default(), &problem.field].join(" ");
    let words = fault(l, &problem.fault);
    let words = if place.trim().is_empty() { words } else { t::problem_at(l, place.trim(), words) };
    line.into_iter().chain([words]).collect::<Vec<_>>().join(" · ")
}
