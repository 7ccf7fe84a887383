//! What is accepted as an account's or a contact's facts, for every door alike.

use chrono::Datelike as _;
use kehu_core::Money;
use kehu_core::calendar::lunar::YearlyDay;
use kehu_platform::Invalid;
use kehu_platform::db::DbFault;
use kehu_platform::sea_orm::ConnectionTrait;

use super::grades;
use super::model::{AccountFacts, ContactFacts, Grade, GradeKind};
use crate::t;

/// Ten trillion yuan; sums of them stay within what a database counts.
const LARGEST: Money = Money::from_yuan(10_000_000_000_000);

/// Tier and stage must be among the company's own; one that is no longer used may only stay as it is.
pub(super) async fn known_grades(
    on: &impl ConnectionTrait,
    before: Option<&AccountFacts>,
    facts: &AccountFacts,
    invalid: &mut Invalid,
) -> Result<(), DbFault> {
    for (kind, field, code, had) in [
        (GradeKind::Tier, "tier", &facts.tier, before.map(|f| &f.tier)),
        (GradeKind::Stage, "stage", &facts.stage, before.map(|f| &f.stage)),
    ] {
        let may_be = |grade: &Grade| grade.code == *code && (!grade.archived || had == Some(code));
        if !code.is_empty() && !grades(on, kind).await?.iter().any(may_be) {
            invalid.add(field, "unknown", t::accounts::grade_unknown);
        }
    }
    Ok(())
}

pub(super) fn account(facts: &AccountFacts) -> Invalid {
    let mut invalid = Invalid::default();
    if facts.name.trim().is_empty() {
        invalid.add("name", "required", t::accounts::name_required);
    }
    for (field, value, longest) in [
        ("name", &facts.name, 200),
        ("short_name", &facts.short_name, 60),
        ("former_name", &facts.former_name, 200),
        ("english_name", &facts.english_name, 200),
        ("industry", &facts.industry, 100),
        ("province", &facts.province, 60),
        ("city", &facts.city, 60),
        ("address", &facts.address, 300),
        ("website", &facts.website, 200),
        ("phone", &facts.phone, 60),
        ("remark", &facts.remark, 4000),
    ] {
        if value.chars().count() > longest {
            invalid.add(field, "too_long", move |l| t::accounts::too_long(l, longest));
        }
    }
    if facts.tier.is_empty() {
        invalid.add("tier", "required", t::accounts::tier_required);
    }
    if facts.stage.is_empty() {
        invalid.add("stage", "required", t::accounts::stage_required);
    }
    if facts.annual_amount.is_some_and(|amount| amount.0 < 0) {
        invalid.add("annual_amount", "negative", t::accounts::amount_negative);
    }
    if facts.annual_amount.is_some_and(|amount| amount > LARGEST) {
        invalid.add("annual_amount", "too_large", t::accounts::amount_too_large);
    }
    if facts.first_signed_on.is_some_and(|day| !(1900..=2200).contains(&day.year())) {
        invalid.add("first_signed_on", "impossible", t::accounts::year_impossible);
    }
    invalid
}

pub(super) fn contact(facts: &ContactFacts) -> Invalid {
    let mut invalid = Invalid::default();
    if facts.name.trim().is_empty() {
        invalid.add("name", "required", t::accounts::contact_name_required);
    }
    for (field, value, longest) in [
        ("name", &facts.name, 60),
        ("title", &facts.title, 100),
        ("department", &facts.department, 100),
        ("mobile", &facts.mobile, 40),
        ("phone", &facts.phone, 60),
        ("email", &facts.email, 200),
        ("wechat", &facts.wechat, 60),
        ("remark", &facts.remark, 2000),
    ] {
        if value.chars().count() > longest {
            invalid.add(field, "too_long", move |l| t::accounts::too_long(l, longest));
        }
    }
    if !facts.email.is_empty() && !facts.email.contains('@') {
        invalid.add("email", "malformed", t::accounts::email_malformed);
    }
    if !facts.birthday.is_empty() && facts.birthday.parse::<YearlyDay>().is_err() {
        invalid.add("birthday", "malformed", t::accounts::birthday_malformed);
    }
    invalid
}
