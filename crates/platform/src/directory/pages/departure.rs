//! A member leaves: what they hold is listed until it has been handed over.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::{get, post};
use kehu_core::MemberId;
use maud::{Markup, html};
use sea_orm::DatabaseExecutor;

use super::asked::Asked;
use crate::consequence::Held;
use crate::directory::{self, Member};
use crate::error::{Error, Invalid};
use crate::t::directory as t;
use crate::web::kit::{self, Crumb, Icon, Look, PageHead};
use crate::web::{Answer, App, Failure, Form, Page};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/members/{id}/departure", get(ask).post(depart)).route("/members/{id}/return", post(come_back))
}

async fn ask(page: Page, Path(id): Path<MemberId>) -> Answer {
    page.actor.administrator()?;
    let member = directory::member(page.app.db.read(), id).await?.ok_or_else(Failure::not_found)?;
    let today = page.zone.local_date(page.now);
    let asked = Asked::fresh(page.locale, [("version", member.version.to_string()), ("left_on", today.to_string())]);
    let body = body(&page, &member, &held(&page, id).await?, &asked);
    Ok(page.html(&t::depart_title(page.locale, member.name), body).await)
}

async fn held(page: &Page, id: MemberId) -> Result<Vec<Held>, Error> {
    Ok(page.app.held_by(&DatabaseExecutor::from(page.app.db.read()), id, page.now).await?)
}

async fn depart(page: Page, Path(id): Path<MemberId>, form: Form) -> Answer {
    let admin = page.actor.administrator()?;
    let l = page.locale;
    let member = directory::member(page.app.db.read(), id).await?.ok_or_else(Failure::not_found)?;
    let mut invalid = Invalid::default();
    let left_on = form.date("left_on", &mut invalid);
    if form.text("left_on").is_empty() {
        invalid.add("left_on", "required", crate::t::app::required);
    }
    let outcome = match (invalid.check(), left_on) {
        (Ok(()), Some(day)) => directory::leave_company(&page.app, admin, page.now, id, form.version(), day).await,
        (Err(refusal), _) => Err(refusal),
        (Ok(()), None) => Err(Error::NotFound),
    };
    match outcome {
        Ok(()) => Ok(page.done(&format!("/members/{id}"), t::departed(l, member.name))),
        Err(Error::Invalid(invalid)) => {
            let body = body(&page, &member, &held(&page, id).await?, &Asked::refused(l, &form, &invalid));
            Ok(page.refused(&t::depart_title(l, member.name.clone()), body).await)
        }
        Err(Error::Conflict { code: "still_holds", .. }) => {
            let body = body(&page, &member, &held(&page, id).await?, &Asked::refused(l, &form, &Invalid::default()));
            let mut answer = page.refused(&t::depart_title(l, member.name.clone()), body).await;
            *answer.status_mut() = StatusCode::CONFLICT;
            Ok(answer)
        }
        Err(other) => Err(other.into()),
    }
}

fn body(page: &Page, member: &Member, held: &[Held], asked: &Asked) -> Markup {
    let l = page.locale;
    let title = t::depart_title(l, member.name.clone());
    let at = format!("/members/{}", member.id);
    let crumbs = [Crumb::new("/members", t::members(l)), Crumb::new(&at, &member.name)];
    let leads = member.team.is_some_and(|team| page.actor.leads(team));
    html! {
        (kit::page_head(&PageHead { title: &title, crumbs: &crumbs, ..PageHead::default() }))
        @if held.is_empty() {
            p { (t::depart_text(l)) }
            (kit::post_form(&page.csrf, &format!("{at}/departure"), html! {
                (asked.summary())
                (kit::hidden("version", asked.value("version")))
                (kit::date(l, &asked.field("left_on", t::left_on(l)).required()))
                (kit::form_actions(html! {
                    (kit::submit(Look::Danger, t::depart(l)))
                    (kit::button_link(Look::Plain, &at, t::cancel(l), None))
                }))
            }))
        } @else {
            (kit::panel(&t::still_holds(l, held.len()), Markup::default(), html! {
                ul.k-list {
                    @for thing in held {
                        li {
                            @if thing.by_leader && !leads { (thing.label.text(l)) }
                            @else { a href=(thing.href) { (thing.label.text(l)) (kit::icon(Icon::ChevronRight)) } }
                        }
                    }
                }
                p.k-hint { (t::hand_over_first(l)) }
                (kit::button_link(Look::Plain, &format!("{at}/departure"), t::look_again(l), Some(Icon::Refresh)))
            }))
        }
    }
}

async fn come_back(page: Page, Path(id): Path<MemberId>, form: Form) -> Answer {
    let admin = page.actor.administrator()?;
    directory::rejoin(&page.app, admin, page.now, id, form.version()).await?;
    Ok(page.done(&format!("/members/{id}"), t::rejoined(page.locale)))
}
