//! The members as a file, under the list's filter; logins are the administrators' to see.

use chrono::NaiveDate;
use kehu_core::Locale;

use super::is_administrator;
use super::members::{Wanted, positions};
use crate::directory::Member;
use crate::error::Error;
use crate::export::{Column, List};
use crate::t::directory as t;
use crate::web::{Page, Query};

/// Who is who.
pub(super) struct Members;

pub(super) struct Told {
    member: Member,
    positions: String,
    team: String,
    department: String,
    login: String,
    joined_on: NaiveDate,
}

impl List for Members {
    type Row = Told;

    const NAME: &'static str = "members";
    const PATH: &'static str = "/members";

    fn title(l: Locale) -> &'static str {
        t::members(l)
    }

    fn columns() -> Vec<Column<Told>> {
        vec![
            Column::new("name", t::name, |m| m.member.name.as_str().into()),
            Column::new("positions", t::positions, |m| m.positions.as_str().into()),
            Column::new("team", t::team, |m| m.team.as_str().into()),
            Column::new("department", t::department, |m| m.department.as_str().into()),
            Column::new("specialties", t::specialties, |m| m.member.specialties.as_str().into()),
            Column::new("mobile", t::mobile, |m| m.member.mobile.as_str().into()),
            Column::new("email", t::email, |m| m.member.email.as_str().into()),
            Column::new("login", t::login, |m: &Told| m.login.as_str().into()).unusual(),
            Column::new("joined_on", t::joined, |m: &Told| m.joined_on.into()).unusual(),
            Column::new("left_on", t::left_on, |m: &Told| m.member.left_on.into()).unusual(),
        ]
    }

    async fn rows(page: &Page, query: &Query) -> Result<Vec<Told>, Error> {
        let roster = page.roster();
        let wanted = Wanted::read(query);
        let logins = is_administrator(&page.actor);
        Ok(roster
            .members
            .iter()
            .filter(|member| wanted.fits(member))
            .map(|member| Told {
                positions: positions(page.locale, member),
                team: roster.team_name(member.team).to_owned(),
                department: roster.department_name(member.department).to_owned(),
                login: if logins || page.actor.is(member.id) { member.login.clone() } else { String::new() },
                joined_on: page.zone.local_date(member.created_at),
                member: member.clone(),
            })
            .collect())
    }
}
