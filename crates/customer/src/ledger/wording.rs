//! The words in which a person reads of fields, files and rows.

use kehu_core::Locale;

use super::fields::Field;
use super::issue::{IssueCode, RowIssue};
use super::read::{MAX_BYTES, MAX_ROWS, ReadError};
use super::values::AmountUnit;
use crate::t::ledger as words;

impl Field {
    pub fn label(self, l: Locale) -> &'static str {
        match self {
            Field::CompanyName => words::field_company_name(l),
            Field::ShortName => words::field_short_name(l),
            Field::FormerName => words::field_former_name(l),
            Field::EnglishName => words::field_english_name(l),
            Field::CreditCode => words::field_credit_code(l),
            Field::Industry => words::field_industry(l),
            Field::Province => words::field_province(l),
            Field::City => words::field_city(l),
            Field::Region => words::field_region(l),
            Field::Address => words::field_address(l),
            Field::Tier => words::field_tier(l),
            Field::Stage => words::field_stage(l),
            Field::Manager => words::field_manager(l),
            Field::Team => words::field_team(l),
            Field::FirstSigned => words::field_first_signed(l),
            Field::AnnualAmount => words::field_annual_amount(l),
            Field::Website => words::field_website(l),
            Field::ContactName => words::field_contact_name(l),
            Field::ContactTitle => words::field_contact_title(l),
            Field::Department => words::field_department(l),
            Field::Mobile => words::field_mobile(l),
            Field::Phone => words::field_phone(l),
            Field::Email => words::field_email(l),
            Field::Wechat => words::field_wechat(l),
            Field::Birthday => words::field_birthday(l),
            Field::ContactRemark => words::field_contact_remark(l),
            Field::Remark => words::field_remark(l),
            Field::Serial => words::field_serial(l),
        }
    }
}

impl AmountUnit {
    pub const ALL: [AmountUnit; 5] = [
        AmountUnit::Yuan,
        AmountUnit::Thousand,
        AmountUnit::TenThousand,
        AmountUnit::Million,
        AmountUnit::HundredMillion,
    ];

    /// The name in forms and mapping files.
    pub const fn code(self) -> &'static str {
        match self {
            AmountUnit::Yuan => "yuan",
            AmountUnit::Thousand => "thousand",
            AmountUnit::TenThousand => "ten_thousand",
            AmountUnit::Million => "million",
            AmountUnit::HundredMillion => "hundred_million",
        }
    }

    pub fn from_code(code: &str) -> Option<AmountUnit> {
        AmountUnit::ALL.into_iter().find(|unit| unit.code() == code)
    }

    pub fn label(self, l: Locale) -> &'static str {
        match self {
            AmountUnit::Yuan => words::unit_yuan(l),
            AmountUnit::Thousand => words::unit_thousand(l),
            AmountUnit::TenThousand => words::unit_ten_thousand(l),
            AmountUnit::Million => words::unit_million(l),
            AmountUnit::HundredMillion => words::unit_hundred_million(l),
        }
    }
}

impl ReadError {
    pub fn message(&self, l: Locale) -> String {
        match self {
            ReadError::NotASpreadsheet => words::file_not_a_spreadsheet(l).to_owned(),
            ReadError::WebPage => words::file_web_page(l).to_owned(),
            ReadError::PasswordProtected => words::file_password_protected(l).to_owned(),
            ReadError::Damaged => words::file_damaged(l).to_owned(),
            ReadError::Empty => words::file_empty(l).to_owned(),
            ReadError::SheetNotFound { asked, sheets } if sheets.is_empty() => words::file_no_sheets(l, asked.as_str()),
            ReadError::SheetNotFound { asked, sheets } => {
                words::file_sheet_not_found(l, asked.as_str(), sheets.join(kehu_platform::t::app::list_comma(l)))
            }
            ReadError::FileTooLarge => words::file_too_large(l, MAX_BYTES / 1024 / 1024),
            ReadError::TooManyRows => words::file_too_many_rows(l, MAX_ROWS),
            ReadError::NoHeader => words::file_no_header(l).to_owned(),
        }
    }
}

impl super::NoCompanyColumn {
    pub fn message(self, l: Locale) -> &'static str {
        words::no_company_column(l)
    }
}

/// The heading of the last column in the file of bad rows.
pub fn reason_heading(l: Locale) -> &'static str {
    words::reason_heading(l)
}

impl RowIssue {
    pub fn message(&self, l: Locale) -> String {
        let (column, value) = (self.column.as_str(), self.value.as_str());
        match self.code {
            IssueCode::NoCompany => words::row_no_company(l).to_owned(),
            IssueCode::CreditCodeLength => words::row_credit_code_length(l, value),
            IssueCode::CreditCodeCharacter => words::row_credit_code_character(l, value),
            IssueCode::CreditCodeCheckDigit => words::row_credit_code_check_digit(l, value),
            IssueCode::ImpossibleDate => words::row_impossible_date(l, column, value),
            IssueCode::UnreadableDate => words::row_unreadable_date(l, column, value),
            IssueCode::PartialDate => words::row_partial_date(l, column, value),
            IssueCode::AmbiguousDate => words::row_ambiguous_date(l, column, value),
            IssueCode::UnreadableAmount => words::row_unreadable_amount(l, column, value),
            IssueCode::ForeignAmount => words::row_foreign_amount(l, column, value),
            IssueCode::UnreadablePhone => words::row_unreadable_phone(l, column, value),
            IssueCode::UnreadableEmail => words::row_unreadable_email(l, column, value),
            IssueCode::UnnamedContact => words::row_unnamed_contact(l, value),
            IssueCode::OtherManager => words::row_other_manager(l, value),
            IssueCode::Namesake => words::row_namesake(l, value),
            IssueCode::NameFitsSeveral => words::row_name_fits_several(l, value),
            IssueCode::NameTooLong => words::row_name_too_long(l, value),
            IssueCode::UnknownManager => words::row_unknown_manager(l, value),
            IssueCode::NoManager => words::row_no_manager(l).to_owned(),
            IssueCode::ManagerOutOfReach => words::row_manager_out_of_reach(l, value),
            IssueCode::AccountElsewhere => words::row_account_elsewhere(l, value),
            IssueCode::Shortened => words::row_shortened(l, column, value),
            IssueCode::TierAssumed => words::row_tier_assumed(l, value),
            IssueCode::StageAssumed => words::row_stage_assumed(l, value),
            IssueCode::ManagerStays => words::row_manager_stays(l, value),
            IssueCode::Archived => words::row_archived(l, value),
            IssueCode::KnownAs => words::row_known_as(l, value),
        }
    }
}

#[cfg(test)]
mod tests {
    use kehu_core::Locale;

    use crate::ledger::{IssueCode, ReadError, RowIssue};

    #[test]
    fn every_issue_is_worded_in_every_language_with_the_value_at_fault() {
        for l in Locale::ALL {
            for code in IssueCode::ALL {
                let issue = RowIssue { row: 4, column: "生日".to_owned(), code, value: "2024-02-30".to_owned() };
                let message = issue.message(l);
                let without_value = matches!(code, IssueCode::NoCompany | IssueCode::NoManager);
                assert!(without_value || message.contains("2024-02-30"), "{message}");
            }
        }
    }

    #[test]
    fn a_missing_sheet_is_answered_with_those_there_are() {
        let error = ReadError::SheetNotFound {
            asked: "客户".to_owned(),
            sheets: vec!["台账".to_owned(), "说明".to_owned()],
        };
        assert_eq!(error.message(Locale::ZhHans), "没有名为“客户”的工作表。文件中有：台账、说明。");
        assert_eq!(error.message(Locale::En), "There is no sheet “客户”. The file has: 台账, 说明.");
    }
}
