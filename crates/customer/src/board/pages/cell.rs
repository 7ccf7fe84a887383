//! One week of one account: the call and the visit of its month, with the records that prove them or
//! what is missing, the member's explanation, and what the reader may do about it.

use std::collections::HashMap;

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use chrono::NaiveDate;
use kehu_core::calendar::{Window, WindowKind};
use kehu_core::{AccountId, CommunicationId};
use kehu_platform::Error;
use kehu_platform::web::kit::{self, Crumb, PageHead, icon};
use kehu_platform::web::{Answer, App, Failure, Page, way_back, when};
use kehu_rulebook::obligations::of_window;
use kehu_rulebook::obligations::pages::Seen;
use maud::{Markup, html};

use super::sheet::{days, week_name};
use crate::accounts;
use crate::board::model::month_of;
use crate::communications::{self, Communication, pages as contact};
use crate::duties::{MONTHLY_VISIT, WEEKLY_CALL};
use crate::t::board as t;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/board/{account}/{week}", get(show))
}

async fn show(page: Page, Path((account, week)): Path<(AccountId, NaiveDate)>) -> Answer {
    let (l, on) = (page.locale, page.app.db.read());
    let week = Window::containing(WindowKind::Week, week);
    let mut seen = Vec::new();
    for (rule, window) in [(WEEKLY_CALL, week.start), (MONTHLY_VISIT, month_of(&week))] {
        for owed in of_window(on, rule, &window.to_string(), Some(&[account.uuid()])).await? {
            match Seen::load(&page, owed.id).await {
                Ok(found) => seen.push(found),
                Err(Error::NotFound) => {}
                Err(other) => return Err(other.into()),
            }
        }
    }
    // Whoever may see none of it is not told that there is such an account.
    let title = seen.iter().find(|s| s.names_customer()).map(|s| s.obligation.title.clone());
    let title = title.ok_or_else(Failure::not_found)?;
    let back = way_back(page.query().get("back")).unwrap_or("/board").to_owned();
    let mut sheets = Vec::new();
    for one in seen {
        let evidence = evidence(&page, &one).await?;
        sheets.push(one.sheet(&page, &back, &evidence));
    }
    let when = html! { (week_name(l, &week)) " · " (days(l, &week)) };
    if page.fragment {
        return Ok(page.part(html! {
            div.k-cell-sheet data-title=(title) {
                p.k-sub { (when) " · " a href={ "/accounts/" (account) } { (t::open_account(l)) } }
                @for sheet in &sheets { (sheet) }
            }
        }));
    }
    let body = html! {
        (kit::page_head(&PageHead {
            title: &title,
            sub: html! { (when) " · " a href={ "/accounts/" (account) } { (t::open_account(l)) } },
            crumbs: &[Crumb::new(back.as_str(), t::title(l))],
            ..PageHead::default()
        }))
        div.k-cell-sheet { @for sheet in &sheets { (sheet) } }
    };
    Ok(page.live(&title, &[format!("account:{account}")], body).await)
}

/// The contacts that discharged it; what was said there only for those who read the account.
async fn evidence(page: &Page, seen: &Seen) -> Result<Markup, Error> {
    let (l, on) = (page.locale, page.app.db.read());
    let mut found: Vec<(Communication, bool)> = Vec::new();
    for (_, id) in seen.evidence().iter().filter(|(kind, _)| kind == "communication") {
        let Some(contact) = communications::communication(on, CommunicationId(*id)).await? else { continue };
        let reads = accounts::viewer(on, &page.actor, contact.account).await.is_ok();
        found.push((contact, reads));
    }
    let persons: Vec<AccountId> = found.iter().filter(|(_, reads)| *reads).map(|(c, _)| c.account).collect();
    let persons: HashMap<_, String> = accounts::contacts_of_accounts(on, &persons)
        .await?
        .into_iter()
        .map(|person| (person.id, person.facts.name))
        .collect();
    Ok(html! {
        ul.k-proofs aria-label=(t::evidence(l)) {
            @for (contact, reads) in &found {
                li {
                    (icon(contact::icon(contact.kind)))
                    div {
                        @let at = when::moment(l, page.zone, page.now, contact.occurred_at);
                        @if *reads { a href={ "/communications/" (contact.id) } { (contact::kind(l, contact.kind)) " · " (at) } }
                        @else { (contact::kind(l, contact.kind)) " · " (at) }
                        @if *reads {
                            @let with: Vec<&str> = contact.contacts.iter().filter_map(|id| persons.get(id).map(String::as_str)).collect();
                            @if !with.is_empty() { " · " (with.join(t::list_comma(l))) }
                            @if !contact.summary.is_empty() { p { (contact.summary) } }
                        }
                    }
                }
            }
        }
    })
}
