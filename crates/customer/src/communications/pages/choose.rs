//! Choosing the account: those owed a contact first, then those one spoke with lately; the rest is
//! found by typing a character or two.

use std::collections::HashMap;

use axum::Router;
use axum::routing::get;
use kehu_core::AccountId;
use kehu_platform::Error;
use kehu_platform::web::kit::{self, Icon, PageHead, Tone, icon, tag};
use kehu_platform::web::{Answer, App, Page, Query, when};
use maud::{Markup, html};

use super::store::{self, Choosable, OwedContact};
use super::way_back;
use crate::accounts;
use crate::t::communications as t;

/// As many as a thumb scrolls through.
const SHOWN: u64 = 60;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/record/accounts", get(found))
}

/// The page on which the account is chosen.
pub(super) async fn page(page: &Page, query: &Query) -> Answer {
    let l = page.locale;
    let body = html! {
        (kit::page_head(&PageHead {
            title: t::record(l),
            sub: html! {
                (t::choose_account(l)) " · "
                a href=(Query::default().with("back", way_back(query.get("back")).unwrap_or_default()).on("/record/several")) {
                    (t::record_several(l))
                }
            },
            ..PageHead::default()
        }))
        form.k-choose method="get" action="/record" role="search" {
            (kit::hidden("kind", query.get("kind")))
            (kit::hidden("back", query.get("back")))
            label.k-searchbox {
                (icon(Icon::Search)) span.visually-hidden { (t::find_account(l)) }
                input type="search" name="find" value=(query.get("find")) placeholder=(t::find_account(l)) autocomplete="off"
                    hx-get="/record/accounts" hx-include="closest form" hx-trigger="input changed delay:180ms"
                    hx-target="#accounts" hx-sync="this:replace";
            }
            button.btn.k-filter-apply type="submit" { (t::find(l)) }
        }
        div id="accounts" aria-live="polite" { (list(page, query).await?) }
    };
    Ok(page.html(t::record(l), body).await)
}

async fn found(page: Page) -> Answer {
    let query = page.query();
    let list = list(&page, &query).await?;
    Ok(page.part(list))
}

async fn list(page: &Page, query: &Query) -> Result<Markup, Error> {
    let (l, on) = (page.locale, page.app.db.read());
    let search = query.get("find");
    let all = store::choosable(on, &page.actor, search, SHOWN).await?;
    let owed = owed_to(page).await?;
    let link = |account: &Choosable| row(page, query, account, owed.get(&account.id()));
    if !search.is_empty() {
        return Ok(html! {
            @if all.is_empty() { (kit::empty(Icon::Search, t::none_found(l), t::none_found_text(l), Markup::default())) }
            @else { ul.k-choices { @for account in &all { li { (link(account)) } } } }
        });
    }
    let recent = store::recently_logged(on, page.member, 12).await?;
    let (mut waiting, rest): (Vec<&Choosable>, Vec<&Choosable>) =
        all.iter().partition(|account| owed.contains_key(&account.id()));
    waiting.sort_by_key(|account| owed.get(&account.id()).and_then(|o| o.first()).map(|o| o.due_at));
    let (mut lately, others): (Vec<&Choosable>, Vec<&Choosable>) =
        rest.into_iter().partition(|account| recent.contains(&account.id()));
    lately.sort_by_key(|account| recent.iter().position(|id| *id == account.id()));
    let sections = [(t::accounts_owed(l), waiting), (t::accounts_recent(l), lately), (t::accounts_others(l), others)];
    let one = sections.iter().filter(|(_, accounts)| !accounts.is_empty()).count() < 2;
    Ok(html! {
        @if all.is_empty() { (kit::empty(Icon::Building, t::no_accounts(l), t::no_accounts_text(l), Markup::default())) }
        @for (title, accounts) in &sections {
            @if !accounts.is_empty() {
                @if !one { h2.k-group { (title) span.k-count { (accounts.len()) } } }
                ul.k-choices { @for account in accounts { li { (link(account)) } } }
            }
        }
        @if all.len() as u64 == SHOWN { p.k-hint { (t::more_by_search(l)) } }
    })
}

/// What the reader owes to each account, or owes for somebody they stand in for.
async fn owed_to(page: &Page) -> Result<HashMap<AccountId, Vec<OwedContact>>, Error> {
    let mut owed: HashMap<AccountId, Vec<OwedContact>> = HashMap::new();
    for contact in store::owed_by(page.app.db.read(), page.member).await? {
        owed.entry(contact.account()).or_default().push(contact);
    }
    Ok(owed)
}

fn row(page: &Page, query: &Query, account: &Choosable, owed: Option<&Vec<OwedContact>>) -> Markup {
    let href = Query::default()
        .with("account", &account.id().to_string())
        .with("kind", query.get("kind"))
        .with("back", way_back(query.get("back")).unwrap_or_default())
        .on("/record");
    line(page, &href, account, owed)
}

/// One account to choose: when it was last spoken with, and what is owed to it.
pub(super) fn line(page: &Page, href: &str, account: &Choosable, owed: Option<&Vec<OwedContact>>) -> Markup {
    let l = page.locale;
    html! {
        a.k-choice href=(href) {
            span.k-choice-words {
                strong { (account.called()) }
                small {
                    @match account.last_at {
                        Some(at) => (t::last_contact(l, when::near_day(l, page.zone, page.now, page.zone.local_date(at)))),
                        None => (t::never_contacted(l)),
                    }
                    " · " (accounts::label(account.number))
                }
            }
            span.k-choice-tags {
                @for contact in owed.into_iter().flatten() {
                    @let late = contact.due_at <= page.now;
                    (tag(if late { Tone::Bad } else { Tone::Warn }, match (contact.rule.as_str(), late) {
                        ("weekly_call", false) => t::owed_call(l),
                        ("weekly_call", true) => t::overdue_call(l),
                        (_, false) => t::owed_visit(l),
                        (_, true) => t::overdue_visit(l),
                    }))
                }
            }
            (icon(Icon::ChevronRight))
        }
    }
}
