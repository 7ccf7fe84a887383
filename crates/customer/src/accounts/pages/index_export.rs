//! The list of accounts as a file: what its reader sees of each customer, under the list's filter.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kehu_core::Locale;
use kehu_core::calendar::Zone;
use kehu_platform::Error;
use kehu_platform::export::{Cell, Column, List, MOST};
use kehu_platform::web::{Page, Query};

use super::index::wanted;
use crate::accounts::{Account, GradeKind, Wanted, grade_name, grades, list_accounts};
use crate::communications;
use crate::duties::Books;
use crate::t::accounts as t;

/// The list of accounts.
pub(super) struct Accounts;

pub(super) struct Told {
    account: Account,
    tier: String,
    stage: String,
    owner: String,
    team: String,
    reached_at: Option<DateTime<Utc>>,
    zone: Zone,
}

impl List for Accounts {
    type Row = Told;

    const NAME: &'static str = "accounts";
    const PATH: &'static str = "/accounts";

    fn title(l: Locale) -> &'static str {
        t::accounts(l)
    }

    fn columns() -> Vec<Column<Told>> {
        vec![
            Column::new("number", t::number, |a| a.account.label().into()),
            Column::new("name", t::name, |a| a.account.facts.name.as_str().into()),
            Column::new("short_name", t::short_name, |a| a.account.facts.short_name.as_str().into()),
            Column::new("credit_code", t::credit_code, |a| {
                a.account.facts.credit_code.as_ref().map(|code| code.as_str()).into()
            }),
            Column::new("tier", t::tier, |a| a.tier.as_str().into()),
            Column::new("stage", t::stage, |a| a.stage.as_str().into()),
            Column::new("owner", t::owner, |a| a.owner.as_str().into()),
            Column::new("team", t::team, |a| a.team.as_str().into()),
            Column::new("province", t::province, |a| a.account.facts.province.as_str().into()),
            Column::new("city", t::city, |a| a.account.facts.city.as_str().into()),
            Column::new("industry", t::industry, |a| a.account.facts.industry.as_str().into()),
            Column::new("last_contact", t::last_contact, |a| {
                a.reached_at.map_or(Cell::Empty, |at| Cell::Moment(at, a.zone))
            }),
            Column::new("first_signed_on", t::first_signed_on, |a| a.account.facts.first_signed_on.into()),
            Column::new("annual_amount", t::annual_amount_yuan, |a: &Told| a.account.facts.annual_amount.into())
                .unusual(),
            Column::new("address", t::address, |a: &Told| a.account.facts.address.as_str().into()).unusual(),
            Column::new("phone", t::phone, |a: &Told| a.account.facts.phone.as_str().into()).unusual(),
            Column::new("website", t::website, |a: &Told| a.account.facts.website.as_str().into()).unusual(),
            Column::new("remark", t::remark, |a: &Told| a.account.facts.remark.as_str().into()).unusual(),
        ]
    }

    async fn rows(page: &Page, query: &Query) -> Result<Vec<Told>, Error> {
        let (l, on) = (page.locale, page.app.db.read());
        let books = page.kept::<Books>().await?;
        let all = Wanted { offset: 0, limit: Some(MOST as u64 + 1), ..wanted(query, &books, page.now) };
        let found = list_accounts(on, &page.actor, page.now, &all).await?.accounts;
        let roster = page.roster();
        let (tiers, stages) = (grades(on, GradeKind::Tier).await?, grades(on, GradeKind::Stage).await?);
        let ids: Vec<_> = found.iter().map(|account| account.id).collect();
        let reached: HashMap<_, _> = communications::last_contacts(on, &ids).await?;
        Ok(found
            .into_iter()
            .map(|account| Told {
                tier: grade_name(l, &tiers, &account.facts.tier),
                stage: grade_name(l, &stages, &account.facts.stage),
                owner: roster.name(account.owner).to_owned(),
                team: roster.team_name(account.team).to_owned(),
                reached_at: reached.get(&account.id).copied(),
                zone: page.zone,
                account,
            })
            .collect())
    }
}
