//! Small pieces that the pages of an account share.

use kehu_core::{ContactId, Locale};
use kehu_platform::web::kit::{self, Tone};
use maud::{Markup, html};

use crate::accounts::{Account, AccountRole, Contact, Grade, grade_name};
use crate::t::accounts as t;

pub(super) fn role(l: Locale, role: AccountRole) -> &'static str {
    match role {
        AccountRole::Owner => t::role_owner(l),
        AccountRole::Expert => t::role_expert(l),
        AccountRole::Support => t::role_support(l),
        AccountRole::AfterSales => t::role_after_sales(l),
        AccountRole::Member => t::role_member(l),
    }
}

pub(super) fn tier_tag(l: Locale, tiers: &[Grade], account: &Account) -> Markup {
    let name = grade_name(l, tiers, &account.facts.tier);
    let tone = if account.facts.tier == "strategic" { Tone::Accent } else { Tone::Quiet };
    kit::tag(tone, &name)
}

/// `138****1234` for whoever is not of the account team.
pub(in crate::accounts) fn masked(number: &str, inside: bool) -> String {
    let digits: Vec<char> = number.chars().collect();
    if inside || digits.is_empty() {
        return number.to_owned();
    }
    if digits.len() < 8 {
        return "****".to_owned();
    }
    let head: String = digits[..3].iter().collect();
    let tail: String = digits[digits.len() - 4..].iter().collect();
    format!("{head}****{tail}")
}

pub(super) fn contact_name(people: &[Contact], id: ContactId) -> &str {
    people.iter().find(|p| p.id == id).map_or("", |p| p.facts.name.as_str())
}

/// A province and city without saying the same twice (北京市 北京市).
pub(super) fn region(account: &Account) -> String {
    let f = &account.facts;
    if f.province == f.city { f.city.clone() } else { format!("{} {}", f.province, f.city).trim().to_owned() }
}

/// A link that dials, when there is a number to show.
pub(super) fn dial(number: &str, inside: bool) -> Markup {
    html! {
        @if !number.is_empty() {
            @if inside { a href={ "tel:" (number) } { (number) } } @else { span { (masked(number, false)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_number_is_masked_for_outsiders_of_the_account_team() {
        assert_eq!(masked("13812341234", true), "13812341234");
        assert_eq!(masked("13812341234", false), "138****1234");
        assert_eq!(masked("6688", false), "****");
        assert_eq!(masked("", false), "");
    }
}
