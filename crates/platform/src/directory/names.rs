//! The directory's terms in the reader's language.

use kehu_core::{Locale, Position};

use crate::t;

pub fn position_name(l: Locale, position: Position) -> &'static str {
    match position {
        Position::TeamLead => t::directory::team_lead(l),
        Position::AccountManager => t::directory::account_manager(l),
        Position::IndustryExpert => t::directory::industry_expert(l),
        Position::TechnicalSupport => t::directory::technical_support(l),
        Position::AfterSales => t::directory::after_sales(l),
        Position::CompanyLeadership => t::directory::company_leadership(l),
        Position::HumanResources => t::directory::hr_department(l),
        Position::DepartmentStaff => t::directory::department_staff(l),
        Position::Administrator => t::directory::administrator(l),
    }
}
