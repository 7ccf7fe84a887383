//! The people at all customers.

use axum::Router;
use axum::routing::get;
use kehu_core::Locale;
use kehu_platform::Error;
use kehu_platform::directory::Roster;
use kehu_platform::export;
use kehu_platform::web::kit::{self, Choice, Column, Icon, PageHead, Pager, TableRow, Tone};
use kehu_platform::web::{Answer, App, Page, Query};
use maud::{Markup, html};

use super::filters::{self, Control};
use super::names;
use super::people_export::Contacts;
use crate::accounts::{
    self, Grade, GradeKind, PAGE, PeopleWanted, Person, few_accounts, grade_name, grades, list_people,
};
use crate::t::accounts as t;

/// So many accounts can be chosen from; more are found by the search.
const CHOOSABLE: usize = 200;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/contacts", get(index)).merge(export::routes::<Contacts>())
}

pub(super) fn wanted(query: &Query) -> PeopleWanted {
    PeopleWanted {
        search: query.get("q").to_owned(),
        account: query.get("account").parse().ok(),
        owner: query.get("owner").parse().ok(),
        team: query.get("team").parse().ok(),
        tier: query.get("tier").to_owned(),
        gone: query.get("gone") == "yes",
        offset: query.get("from").parse().unwrap_or(0),
        limit: PAGE,
    }
}

async fn index(page: Page) -> Answer {
    let (l, on, query) = (page.locale, page.app.db.read(), page.query());
    let wanted = wanted(&query);
    let found = list_people(on, &page.actor, &wanted).await?;
    let (roster, tiers) = (page.roster(), grades(on, GradeKind::Tier).await?);
    let rows: Vec<TableRow> = found.people.iter().map(|person| line(l, person, roster, &tiers)).collect();
    let filtered = ["q", "account", "owner", "team", "tier", "gone"].iter().any(|name| !query.get(name).is_empty());
    let shown = wanted.offset + u64::try_from(rows.len()).unwrap_or_default();
    let turn = |to: u64| query.with("from", &to.to_string()).on("/contacts");
    let previous = (wanted.offset > 0).then(|| turn(wanted.offset.saturating_sub(PAGE)));
    let next = (shown < found.total).then(|| turn(shown));
    let columns = [
        Column::new(t::contact_name(l)),
        Column::new(t::contact_title(l)),
        Column::new(t::account(l)),
        Column::new(t::mobile(l)),
        Column::new(t::owner(l)).minor(),
    ];
    let body = html! {
        (kit::page_head(&PageHead {
            title: t::contacts(l),
            sub: html! { (t::contacts_count(l, found.total)) },
            actions: html! { @if !rows.is_empty() { (export::link::<Contacts>(&page)) } },
            ..PageHead::default()
        }))
        (filter_bar(&page, &query, roster, &tiers).await?)
        @if !rows.is_empty() {
            (kit::table(l, t::contacts(l), &columns, &rows))
            (kit::pager(l, &Pager {
                first: wanted.offset + 1,
                last: shown,
                total: found.total,
                previous: previous.as_deref(),
                next: next.as_deref(),
            }))
        } @else if filtered {
            (kit::empty(Icon::Search, t::no_contacts_found(l), t::no_contacts_found_text(l), Markup::default()))
        } @else {
            (kit::empty(Icon::User, t::no_contacts(l), t::no_contacts_text(l), Markup::default()))
        }
    };
    Ok(page.html(t::contacts(l), body).await)
}

fn line(l: Locale, person: &Person, roster: &Roster, tiers: &[Grade]) -> TableRow {
    let (account, facts) = (&person.account, &person.contact.facts);
    let edit = if person.inside {
        format!("/contacts/{}/edit", person.contact.id)
    } else {
        format!("/accounts/{}#people", account.id)
    };
    TableRow::new(vec![
        html! {
            a.k-strong href=(edit) { (facts.name) }
            @if person.contact.archived { " " (kit::tag(Tone::Quiet, t::gone(l))) }
        },
        html! { (facts.title) @if !facts.department.is_empty() { small.k-hint { (facts.department) } } },
        html! {
            a href={ "/accounts/" (account.id) } { (account.called()) }
            small.k-hint { (account.label()) " · " (grade_name(l, tiers, &account.facts.tier)) }
        },
        html! {
            @if facts.mobile.is_empty() { (names::dial(&facts.phone, person.inside)) }
            @else { (names::dial(&facts.mobile, person.inside)) }
        },
        html! { (roster.name(account.owner)) },
    ])
}

async fn filter_bar(page: &Page, query: &Query, roster: &Roster, tiers: &[Grade]) -> Result<Markup, Error> {
    let (l, on) = (page.locale, page.app.db.read());
    let mut customers: Vec<Choice> = few_accounts(on, &page.actor, CHOOSABLE)
        .await?
        .into_iter()
        .map(|(id, name)| Choice::new(id.to_string(), name))
        .collect();
    // An account that was asked for by a link is named even when it cannot be chosen here.
    let asked = query.get("account");
    if let Ok(id) = asked.parse()
        && !customers.iter().any(|choice| choice.value == asked)
        && let Ok(seen) = accounts::viewer(on, &page.actor, id).await
    {
        customers.push(Choice::new(asked, seen.account().called().to_owned()));
    }
    let (owners, teams, graded) = (filters::managers(roster), filters::teams(roster), filters::graded(l, tiers));
    let gone = [Choice::new("yes", t::only_gone(l))];
    let controls: [Control<'_>; 5] = [
        ("account", t::account(l), &customers),
        ("owner", t::owner(l), &owners),
        ("team", t::team(l), &teams),
        ("tier", t::tier(l), &graded),
        ("gone", t::still_there(l), &gone),
    ];
    Ok(filters::bar(l, "/contacts", query, t::search_contacts(l), &controls, &[]))
}
