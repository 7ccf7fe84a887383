//! The rulebook as a document: chapters, sections and numbered clauses, each with the positions that it binds
//! and the parameters that a company sets. A rulebook is a plain value; versions, approval and what is in
//! force are decided elsewhere.

use serde::{Deserialize, Serialize};

use super::number::{ClauseNumber, SectionNumber};
use super::parameter::Parameter;
use super::words::Words;

/// A whole rulebook. Its parts stand in the order of their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rulebook {
    pub title: Words,
    pub(super) chapters: Vec<Chapter>,
    pub(super) sections: Vec<Section>,
    pub(super) clauses: Vec<Clause>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chapter {
    pub number: u8,
    pub title: Words,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub number: SectionNumber,
    pub title: Words,
}

/// One numbered paragraph of the rulebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    pub number: ClauseNumber,
    pub title: Words,
    /// Sentences with `{parameter}` markers; a line that begins with `(a) ` is a lettered duty.
    pub text: Words,
    /// Who must do it; empty for clauses that state a principle.
    pub responsible: Vec<Responsible>,
    /// A proposal of the built-in rulebook where common practice is silent or differs: the company should
    /// read it with more care than the rest.
    #[serde(default)]
    pub inferred: bool,
    #[serde(default)]
    pub parameters: Vec<Parameter>,
}

/// Who answers for a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Responsible {
    TeamLead,
    AccountManager,
    IndustryExpert,
    TechnicalSupport,
    AfterSales,
    AllMembers,
    ProjectOwner,
    CompanyLeadership,
    HrDepartment,
    BusinessDepartment,
}

/// A chapter as it is read: its clauses, under their section when the section has a title of its own.
#[derive(Debug, PartialEq, Eq)]
pub struct ChapterOutline<'a> {
    pub chapter: &'a Chapter,
    pub sections: Vec<SectionOutline<'a>>,
}

/// Consecutive clauses of one section; `section` is `None` for a section that is a single clause (`5.2`).
#[derive(Debug, PartialEq, Eq)]
pub struct SectionOutline<'a> {
    pub section: Option<&'a Section>,
    pub clauses: Vec<&'a Clause>,
}

impl Rulebook {
    pub fn chapters(&self) -> &[Chapter] {
        &self.chapters
    }

    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// Every clause in the order of its number.
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// The clause, or `None` when this company's rulebook does not have it.
    pub fn clause(&self, number: ClauseNumber) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.number == number)
    }

    pub(crate) fn clause_mut(&mut self, number: ClauseNumber) -> Option<&mut Clause> {
        self.clauses.iter_mut().find(|clause| clause.number == number)
    }

    pub fn parameter(&self, clause: ClauseNumber, name: &str) -> Option<&Parameter> {
        self.clause(clause)?.parameter(name)
    }

    /// The document chapter by chapter, as a page or a printout shows it.
    pub fn outline(&self) -> Vec<ChapterOutline<'_>> {
        self.chapters.iter().map(|chapter| ChapterOutline { chapter, sections: self.sections_of(chapter) }).collect()
    }

    fn sections_of(&self, chapter: &Chapter) -> Vec<SectionOutline<'_>> {
        let clauses: Vec<&Clause> = self.clauses.iter().filter(|c| c.number.chapter() == chapter.number).collect();
        clauses
            .chunk_by(|a, b| a.number.section() == b.number.section())
            .map(|clauses| SectionOutline {
                section: clauses.first().and_then(|clause| self.section(clause.number.section())),
                clauses: clauses.to_vec(),
            })
            .collect()
    }

    fn section(&self, number: SectionNumber) -> Option<&Section> {
        self.sections.iter().find(|section| section.number == number)
    }

    /// Puts the parts in the order of their numbers; equal numbers keep the order they were written in.
    pub(super) fn sort(&mut self) {
        self.chapters.sort_by_key(|chapter| chapter.number);
        self.sections.sort_by_key(|section| section.number);
        self.clauses.sort_by_key(|clause| clause.number);
    }
}

impl Clause {
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }
}

impl Responsible {
    pub const ALL: [Responsible; 10] = [
        Responsible::TeamLead,
        Responsible::AccountManager,
        Responsible::IndustryExpert,
        Responsible::TechnicalSupport,
        Responsible::AfterSales,
        Responsible::AllMembers,
        Responsible::ProjectOwner,
        Responsible::CompanyLeadership,
        Responsible::HrDepartment,
        Responsible::BusinessDepartment,
    ];

    /// The name in files and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Responsible::TeamLead => "team_lead",
            Responsible::AccountManager => "account_manager",
            Responsible::IndustryExpert => "industry_expert",
            Responsible::TechnicalSupport => "technical_support",
            Responsible::AfterSales => "after_sales",
            Responsible::AllMembers => "all_members",
            Responsible::ProjectOwner => "project_owner",
            Responsible::CompanyLeadership => "company_leadership",
            Responsible::HrDepartment => "hr_department",
            Responsible::BusinessDepartment => "business_department",
        }
    }

    pub fn from_code(code: &str) -> Option<Responsible> {
        Responsible::ALL.into_iter().find(|responsible| responsible.code() == code)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::{Responsible, Rulebook};
    use crate::clauses::{ClauseNumber, builtin};

    #[test]
    fn the_outline_shows_every_clause_once_under_its_section() {
        let outline = builtin().outline();
        let shown: Vec<_> = outline.iter().flat_map(|c| &c.sections).flat_map(|s| &s.clauses).collect();
        assert!(shown.into_iter().copied().eq(builtin().clauses()));
        let daily_work = outline.iter().find(|c| c.chapter.number == 4).unwrap();
        assert!(daily_work.sections.iter().all(|s| s.section.is_some()));
        let appraisal = outline.iter().find(|c| c.chapter.number == 5).unwrap();
        let cycle = appraisal.sections.iter().find(|s| s.clauses[0].number == ClauseNumber::literal("5.2")).unwrap();
        assert_eq!((cycle.section, cycle.clauses.len()), (None, 1));
    }

    #[test]
    fn a_rulebook_survives_its_stored_form() {
        let stored = serde_json::to_string(builtin()).unwrap();
        assert_eq!(&serde_json::from_str::<Rulebook>(&stored).unwrap(), builtin());
    }

    #[test]
    fn files_and_database_name_a_position_alike() {
        for responsible in Responsible::ALL {
            assert_eq!(serde_json::to_value(responsible).unwrap(), responsible.code());
            assert_eq!(Responsible::from_code(responsible.code()), Some(responsible));
        }
    }
}
