//! The people at the customers as a file. Whoever is not of an account's team takes their numbers along
//! masked and their addresses not at all, as on the pages.

use kehu_core::Locale;
use kehu_platform::Error;
use kehu_platform::export::{Cell, Column, List, MOST};
use kehu_platform::web::{Page, Query};

use super::names::masked;
use super::people::wanted;
use crate::accounts::{GradeKind, PeopleWanted, Person, grade_name, grades, list_people};
use crate::t::accounts as t;

/// The list of people.
pub(super) struct Contacts;

pub(super) struct Told {
    person: Person,
    tier: String,
    owner: String,
    team: String,
}

impl Told {
    fn number(&self, number: &str) -> Cell {
        masked(number, self.person.inside).into()
    }

    fn own(&self, text: &str) -> Cell {
        if self.person.inside { text.into() } else { Cell::Empty }
    }
}

impl List for Contacts {
    type Row = Told;

    const NAME: &'static str = "contacts";
    const PATH: &'static str = "/contacts";

    fn title(l: Locale) -> &'static str {
        t::contacts(l)
    }

    fn columns() -> Vec<Column<Told>> {
        vec![
            Column::new("name", t::contact_name, |p| p.person.contact.facts.name.as_str().into()),
            Column::new("title", t::contact_title, |p| p.person.contact.facts.title.as_str().into()),
            Column::new("department", t::contact_department, |p| p.person.contact.facts.department.as_str().into()),
            Column::new("account", t::account, |p| p.person.account.facts.name.as_str().into()),
            Column::new("account_number", t::number, |p| p.person.account.label().into()),
            Column::new("mobile", t::mobile, |p| p.number(&p.person.contact.facts.mobile)),
            Column::new("phone", t::phone, |p| p.number(&p.person.contact.facts.phone)),
            Column::new("email", t::email, |p| p.own(&p.person.contact.facts.email)),
            Column::new("tier", t::tier, |p| p.tier.as_str().into()),
            Column::new("owner", t::owner, |p| p.owner.as_str().into()),
            Column::new("team", t::team, |p| p.team.as_str().into()),
            Column::new("wechat", t::wechat, |p: &Told| p.own(&p.person.contact.facts.wechat)).unusual(),
            Column::new("birthday", t::birthday, |p: &Told| p.own(&p.person.contact.facts.birthday)).unusual(),
            Column::new("remark", t::remark, |p: &Told| p.own(&p.person.contact.facts.remark)).unusual(),
        ]
    }

    async fn rows(page: &Page, query: &Query) -> Result<Vec<Told>, Error> {
        let (l, on) = (page.locale, page.app.db.read());
        let all = PeopleWanted { offset: 0, limit: MOST as u64 + 1, ..wanted(query) };
        let found = list_people(on, &page.actor, &all).await?.people;
        let (roster, tiers) = (page.roster(), grades(on, GradeKind::Tier).await?);
        Ok(found
            .into_iter()
            .map(|person| Told {
                tier: grade_name(l, &tiers, &person.account.facts.tier),
                owner: roster.name(person.account.owner).to_owned(),
                team: roster.team_name(person.account.team).to_owned(),
                person,
            })
            .collect())
    }
}
