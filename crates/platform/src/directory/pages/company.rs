//! The company's name and time zone.

use axum::Router;
use axum::routing::get;
use maud::{Markup, html};
use uuid::Uuid;

use super::asked::Asked;
use super::history;
use super::member_form::ZONES;
use crate::directory::{self, COMPANY, CompanyDraft};
use crate::error::Error;
use crate::t::directory as t;
use crate::web::kit::{self, Look, PageHead};
use crate::web::{Answer, App, Form, Page};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/company", get(show).post(save))
}

async fn show(page: Page) -> Answer {
    page.actor.administrator()?;
    let company = page.company.clone();
    let asked = Asked::fresh(
        page.locale,
        [("version", company.version.to_string()), ("name", company.name), ("zone", company.zone)],
    );
    let body = body(&page, &asked, COMPANY).await?;
    Ok(page.html(t::company(page.locale), body).await)
}

async fn save(page: Page, sent: Form) -> Answer {
    let admin = page.actor.administrator()?;
    let draft = CompanyDraft { name: sent.text("name").to_owned(), zone: sent.text("zone").to_owned() };
    match directory::edit_company(&page.app, admin, page.now, sent.version(), draft).await {
        Ok(()) => Ok(page.done("/company", t::saved(page.locale))),
        Err(Error::Invalid(invalid)) => {
            let body = body(&page, &Asked::refused(page.locale, &sent, &invalid), COMPANY).await?;
            Ok(page.refused(t::company(page.locale), body).await)
        }
        Err(other) => Err(other.into()),
    }
}

async fn body(page: &Page, asked: &Asked, id: Uuid) -> Result<Markup, Error> {
    let l = page.locale;
    let roster = page.roster();
    let past = history::of(page, roster, "company", id).await?;
    Ok(html! {
        (kit::page_head(&PageHead { title: t::company(l), ..PageHead::default() }))
        (kit::post_form(&page.csrf, "/company", html! {
            (asked.summary())
            (kit::hidden("version", asked.value("version")))
            (kit::text(l, &asked.field("name", t::company_name(l)).required().max_length(100)))
            (kit::text_with_suggestions(
                l,
                &asked.field("zone", t::zone(l)).required().hint(t::company_zone_hint(l)),
                &ZONES,
            ))
            (kit::form_actions(kit::submit(Look::Primary, t::save(l))))
        }))
        div.k-after { (kit::panel(t::history(l), Markup::default(), past)) }
    })
}
