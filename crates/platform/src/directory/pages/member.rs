//! One member: what they are here, when they are away, and for administrators their history.

use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use kehu_core::{Locale, MemberId};
use maud::{Markup, html};

use super::{history, is_administrator, leaves, members};
use crate::directory::{self, LeaveKeeper, Member, Roster};
use crate::t::directory as t;
use crate::web::kit::{self, Crumb, Icon, Look, PageHead};
use crate::web::{Answer, App, Failure, Form, Page, when};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/members/{id}", get(show)).route("/members/{id}/password", post(reset_password))
}

async fn show(page: Page, Path(id): Path<MemberId>) -> Answer {
    let l = page.locale;
    let roster = page.roster();
    let member = roster.member(id).ok_or_else(Failure::not_found)?;
    let away = members::away_today(&page);
    let keeper = LeaveKeeper::of(&page.actor, member).is_ok();
    let past = if is_administrator(&page.actor) || page.actor.is(id) {
        Some(history::of(&page, roster, "member", id.uuid()).await?)
    } else {
        None
    };
    let body = html! {
        (kit::page_head(&PageHead {
            title: &member.name,
            tags: members::tags(&page, roster, member, away.get(&id).copied()),
            sub: html! { (members::positions(l, member)) },
            crumbs: &[Crumb::new("/members", t::members(l))],
            actions: actions(&page, member),
        }))
        div.k-stack {
            (kit::panel("", Markup::default(), facts(l, &page, roster, member)))
            (leaves::panel(&page, roster, member, keeper).await?)
            @if let Some(past) = past { (kit::panel(t::history(l), Markup::default(), past)) }
        }
    };
    Ok(page.html(&member.name, body).await)
}

fn actions(page: &Page, member: &Member) -> Markup {
    let l = page.locale;
    let at = format!("/members/{}", member.id);
    html! {
        @if is_administrator(&page.actor) {
            @if member.active {
                @if !page.actor.is(member.id) {
                    (kit::post_button(&page.csrf, &format!("{at}/view-as"), Look::Plain, t::view_as(l)))
                }
                (kit::button_link(Look::Plain, &format!("{at}/edit"), t::edit(l), Some(Icon::Pencil)))
                (kit::dialog_opener(Look::Plain, "password", password_label(l, member), Some(Icon::Key)))
                (kit::button_link(Look::Plain, &format!("{at}/departure"), t::depart(l), Some(Icon::UserOff)))
                (kit::dialog(l, "password", password_label(l, member), html! {
                    p { (t::reset_text(l)) }
                    (kit::post_button(&page.csrf, &format!("{at}/password"), Look::Primary, t::reset_do(l)))
                }))
            } @else {
                form.k-inline method="post" action={ (at) "/return" } {
                    (kit::csrf_field(&page.csrf)) (kit::hidden("version", &member.version.to_string()))
                    (kit::submit(Look::Plain, t::rejoin(l)))
                }
            }
        }
    }
}

fn password_label(l: Locale, member: &Member) -> &'static str {
    if member.can_sign_in { t::reset_password(l) } else { t::allow_sign_in(l) }
}

fn facts(l: Locale, page: &Page, roster: &Roster, member: &Member) -> Markup {
    let led: Vec<&str> = roster.led_by(member.id).map(|team| team.name.as_str()).collect();
    let comma = crate::t::app::list_comma(l);
    let mut list = vec![
        (t::team(l), html! { (roster.team_name(member.team)) }),
        (t::department(l), html! { (roster.department_name(member.department)) }),
        (t::specialties(l), html! { (member.specialties) }),
        (
            t::mobile(l),
            html! { @if !member.mobile.is_empty() { a href={ "tel:" (member.mobile) } { (member.mobile) } } },
        ),
        (
            t::email(l),
            html! { @if !member.email.is_empty() { a href={ "mailto:" (member.email) } { (member.email) } } },
        ),
    ];
    if !led.is_empty() {
        list.insert(1, (t::leads_teams(l), html! { (led.join(comma)) }));
    }
    if is_administrator(&page.actor) || page.actor.is(member.id) {
        list.push((t::login(l), html! { (member.login) }));
        list.push((t::joined(l), html! { (when::full_day(l, page.own_zone.local_date(member.created_at))) }));
    }
    if let Some(left) = member.left_on {
        list.push((t::left_on(l), html! { (when::full_day(l, left)) }));
    }
    kit::facts(&list)
}

async fn reset_password(page: Page, Path(id): Path<MemberId>, _form: Form) -> Answer {
    let admin = page.actor.administrator()?;
    match directory::reset_password(&page.app, admin, page.now, id, None).await? {
        Some(password) => show_password(&page, id, &password).await,
        None => Err(Failure::not_found()),
    }
}

/// The only time that a random password is seen.
pub(super) async fn show_password(page: &Page, id: MemberId, password: &str) -> Answer {
    let l = page.locale;
    let member = directory::member(page.app.db.read(), id).await?.ok_or_else(Failure::not_found)?;
    let title = t::password_title(l, member.name.clone());
    let crumbs = [Crumb::new("/members", t::members(l)), Crumb::new(format!("/members/{id}"), &member.name)];
    let body = html! {
        (kit::page_head(&PageHead { title: &title, crumbs: &crumbs, ..PageHead::default() }))
        (kit::panel("", Markup::default(), html! {
            (kit::facts(&[
                (t::login(l), html! { code { (member.login) } }),
                (t::one_time_password(l), html! { code.k-secret { (password) } }),
            ]))
            p.k-hint { (t::password_once(l)) }
            (kit::button_link(Look::Primary, &format!("/members/{id}"), t::password_noted(l), None))
        }))
    };
    Ok(page.html(&title, body).await)
}
