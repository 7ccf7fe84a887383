//! What is wrong, or worth a look, in one row of a ledger.

use serde::{Deserialize, Serialize};

/// One finding, with the place where a person finds it in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowIssue {
    pub row: u32,
    /// The heading of the column.
    pub column: String,
    pub code: IssueCode,
    /// What stands in the cell.
    pub value: String,
}

/// Errors keep a row out of the import; notes do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueCode {
    /// Error: the row names no company.
    NoCompany,
    /// Error: a credit code must have 18 characters.
    CreditCodeLength,
    /// Error: a character that no credit code has.
    CreditCodeCharacter,
    /// Error: the check digit does not agree.
    CreditCodeCheckDigit,
    /// Error: a day that no calendar has.
    ImpossibleDate,
    /// Error: no date in a column of dates.
    UnreadableDate,
    /// Note: a month or year alone; its first day is taken.
    PartialDate,
    /// Note: could be two days; left out.
    AmbiguousDate,
    /// Note: left out.
    UnreadableAmount,
    /// Note: not in yuan; left out.
    ForeignAmount,
    /// Note: no number, or none of a mobile phone where one belongs.
    UnreadablePhone,
    /// Note: left out.
    UnreadableEmail,
    /// Note: facts of a person without a name; numbers go to the company.
    UnnamedContact,
    /// Note: another manager than in an earlier row of the company; the earlier one stays.
    OtherManager,
    /// Note: the same name as an earlier company with another credit code; two companies.
    Namesake,
    /// Note: several companies have this name; the first is taken.
    NameFitsSeveral,
    /// Error: no company has a name that long.
    NameTooLong,
    /// Error: a new account would belong to a manager who is not a member.
    UnknownManager,
    /// Error: a new account would have no manager.
    NoManager,
    /// Error: the importing member may not make accounts for this manager.
    ManagerOutOfReach,
    /// Error: the account is here already and in the care of others.
    AccountElsewhere,
    /// Note: longer than the field holds; its beginning is taken.
    Shortened,
    /// Note: a word for a tier that means none of ours; the lowest is taken.
    TierAssumed,
    /// Note: a word for a stage that means none of ours; the usual one is taken.
    StageAssumed,
    /// Note: the account has another manager; an import hands nothing over.
    ManagerStays,
    /// Note: the account was archived; it is left as it is.
    Archived,
    /// Note: an account that is called otherwise here.
    KnownAs,
}

impl IssueCode {
    pub const ALL: [IssueCode; 27] = [
        IssueCode::NoCompany,
        IssueCode::CreditCodeLength,
        IssueCode::CreditCodeCharacter,
        IssueCode::CreditCodeCheckDigit,
        IssueCode::ImpossibleDate,
        IssueCode::UnreadableDate,
        IssueCode::PartialDate,
        IssueCode::AmbiguousDate,
        IssueCode::UnreadableAmount,
        IssueCode::ForeignAmount,
        IssueCode::UnreadablePhone,
        IssueCode::UnreadableEmail,
        IssueCode::UnnamedContact,
        IssueCode::OtherManager,
        IssueCode::Namesake,
        IssueCode::NameFitsSeveral,
        IssueCode::NameTooLong,
        IssueCode::UnknownManager,
        IssueCode::NoManager,
        IssueCode::ManagerOutOfReach,
        IssueCode::AccountElsewhere,
        IssueCode::Shortened,
        IssueCode::TierAssumed,
        IssueCode::StageAssumed,
        IssueCode::ManagerStays,
        IssueCode::Archived,
        IssueCode::KnownAs,
    ];

    /// The stable name in answers.
    pub fn code(self) -> &'static str {
        match self {
            IssueCode::NoCompany => "no_company",
            IssueCode::CreditCodeLength => "credit_code_length",
            IssueCode::CreditCodeCharacter => "credit_code_character",
            IssueCode::CreditCodeCheckDigit => "credit_code_check_digit",
            IssueCode::ImpossibleDate => "impossible_date",
            IssueCode::UnreadableDate => "unreadable_date",
            IssueCode::PartialDate => "partial_date",
            IssueCode::AmbiguousDate => "ambiguous_date",
            IssueCode::UnreadableAmount => "unreadable_amount",
            IssueCode::ForeignAmount => "foreign_amount",
            IssueCode::UnreadablePhone => "unreadable_phone",
            IssueCode::UnreadableEmail => "unreadable_email",
            IssueCode::UnnamedContact => "unnamed_contact",
            IssueCode::OtherManager => "other_manager",
            IssueCode::Namesake => "namesake",
            IssueCode::NameFitsSeveral => "name_fits_several",
            IssueCode::NameTooLong => "name_too_long",
            IssueCode::UnknownManager => "unknown_manager",
            IssueCode::NoManager => "no_manager",
            IssueCode::ManagerOutOfReach => "manager_out_of_reach",
            IssueCode::AccountElsewhere => "account_elsewhere",
            IssueCode::Shortened => "shortened",
            IssueCode::TierAssumed => "tier_assumed",
            IssueCode::StageAssumed => "stage_assumed",
            IssueCode::ManagerStays => "manager_stays",
            IssueCode::Archived => "archived",
            IssueCode::KnownAs => "known_as",
        }
    }

    /// Whether it keeps the row out of the import.
    pub fn is_error(self) -> bool {
        matches!(
            self,
            IssueCode::NoCompany
                | IssueCode::CreditCodeLength
                | IssueCode::CreditCodeCharacter
                | IssueCode::CreditCodeCheckDigit
                | IssueCode::ImpossibleDate
                | IssueCode::UnreadableDate
                | IssueCode::NameTooLong
                | IssueCode::UnknownManager
                | IssueCode::NoManager
                | IssueCode::ManagerOutOfReach
                | IssueCode::AccountElsewhere
        )
    }
}
