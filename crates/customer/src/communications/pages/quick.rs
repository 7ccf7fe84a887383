//! The shortest log form: in place on Today, where account and kind are known already. Without
//! scripts it is a page of its own.

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use kehu_core::AccountId;
use kehu_platform::web::kit::{self, Icon, Look, PageHead, icon};
use kehu_platform::web::{Answer, App, Failure, Form, Page, Query};
use kehu_platform::{Error, Invalid};
use maud::{Markup, html};

use super::desk::Desk;
use super::draft::Draft;
use super::record::{self, Kept};
use super::{log_form, moments, names, way_back};
use crate::communications::Kind;
use crate::t::communications as t;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/record/quick", get(show).post(save))
}

async fn show(page: Page) -> Answer {
    let query = page.query();
    let account: AccountId = query.get("account").parse().map_err(|_| Failure::not_found())?;
    let desk = Desk::load(&page, account).await?;
    let draft = Draft::fresh(Kind::from_code(query.get("kind")).unwrap_or(Kind::PhoneCall), &desk);
    let form = form(&page, &desk, &draft, &Invalid::default(), query.get("back"));
    Ok(if page.fragment { page.part(form) } else { page.html(t::record(page.locale), whole(&page, &desk, form)).await })
}

async fn save(page: Page, sent: Form) -> Answer {
    let account: AccountId = sent.text("account").parse().map_err(|_| Failure::not_found())?;
    let desk = Desk::load(&page, account).await?;
    let (draft, back) = (Draft::read(&sent), sent.text("back"));
    match record::keep(&page, &desk, &draft).await {
        Ok(kept) if page.fragment => Ok(page.part(done(&page, &kept))),
        Ok(kept) => Ok(record::done(&page, back, &kept)),
        Err(Error::Invalid(invalid)) => {
            let form = form(&page, &desk, &draft, &invalid, back);
            Ok(refused(&page, &desk, form).await)
        }
        Err(other) => Err(other.into()),
    }
}

async fn refused(page: &Page, desk: &Desk, form: Markup) -> Response {
    if page.fragment {
        return page.part(form);
    }
    page.refused(t::record(page.locale), whole(page, desk, form)).await
}

fn whole(page: &Page, desk: &Desk, form: Markup) -> Markup {
    let head = PageHead { title: desk.account.called(), sub: record::owed(page, desk), ..PageHead::default() };
    html! { (kit::page_head(&head)) (form) }
}

fn form(page: &Page, desk: &Desk, draft: &Draft, invalid: &Invalid, back: &str) -> Markup {
    let l = page.locale;
    let account = desk.account.id.to_string();
    let scope = account.as_str();
    let back = way_back(back).unwrap_or_default();
    let all = Query::default()
        .with("account", scope)
        .with("kind", draft.kind.code())
        .with("back", if back.is_empty() { "/" } else { back })
        .on("/record");
    html! {
        form.k-form.k-log.k-owed-form.k-quick method="post" action="/record/quick" hx-post="/record/quick" hx-target="this"
            hx-swap="outerHTML" {
            (kit::csrf_field(&page.csrf))
            (kit::hidden("account", scope))
            (kit::hidden("kind", draft.kind.code()))
            (kit::hidden("by", &draft.by))
            (kit::hidden("back", back))
            (kit::form_errors(l, scope, invalid))
            p.k-quick-kind { (icon(names::icon(draft.kind))) (names::kind(l, draft.kind)) }
            @if draft.kind.may_fail_to_connect() { (log_form::connected(l, draft, scope)) }
            @if draft.kind == Kind::Visit { (log_form::places(l, &desk.counts, draft, scope)) }
            (log_form::persons(l, desk, draft, invalid, scope))
            (moments::fields(page, &draft.moment, "occurred_at", invalid.of("occurred_at", l), scope))
            @if draft.kind == Kind::Visit { (log_form::ended(l, draft, invalid, scope)) }
            (log_form::summary(l, draft, invalid, 2, scope))
            (log_form::not_manager(l, desk, draft))
            (kit::form_actions(html! {
                (kit::submit(Look::Primary, t::save(l)))
                (kit::button_link(Look::Quiet, &all, t::whole_form(l), None))
            }))
        }
    }
}

/// What stands in the form's place once it is done.
fn done(page: &Page, kept: &Kept) -> Markup {
    let l = page.locale;
    html! {
        div.k-quick-done.k-owed-form role="status" {
            (icon(Icon::CircleCheck)) span { (kept.told) }
            @if kept.minutes_due { a href=(record::minutes_path(&kept.record)) { (t::write_minutes(l)) } }
            @else { a href={ "/communications/" (kept.record.id) } { (t::open_record(l)) } }
        }
    }
}
