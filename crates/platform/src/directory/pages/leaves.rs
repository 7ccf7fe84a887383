//! Leaves on the member's page and on one's own profile, and the form that announces one.

use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use chrono::NaiveDate;
use kehu_core::{LeaveId, Locale, MemberId};
use maud::{Markup, html};

use super::asked::Asked;
use crate::db::DbFault;
use crate::directory::{self, Leave, LeaveDraft, LeaveKeeper, Member, Roster};
use crate::error::{Error, Invalid};
use crate::t::directory as t;
use crate::web::kit::{self, Choice, Crumb, Icon, Look, PageHead, Tone, tag};
use crate::web::{Answer, App, Failure, Form, Page, when};

/// How many leaves that are over are shown.
const OVER_SHOWN: usize = 5;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/members/{id}/leaves/new", get(new))
        .route("/members/{id}/leaves", post(announce))
        .route("/members/{id}/leaves/{leave}/cancel", post(cancel))
}

/// The leaves of a member; the reason is for those who keep them.
pub(super) async fn panel(page: &Page, roster: &Roster, member: &Member, keeper: bool) -> Result<Markup, DbFault> {
    let (l, on) = (page.locale, page.app.db.read());
    let today = page.zone.local_date(page.now);
    let leaves = directory::leaves_of(on, member.id).await?;
    let (to_come, over): (Vec<&Leave>, Vec<&Leave>) = leaves.iter().partition(|leave| leave.ends_on >= today);
    let announce = html! {
        @if keeper && member.active {
            (kit::button_link(
                Look::Plain,
                &format!("/members/{}/leaves/new", member.id),
                t::leave_announce(l),
                Some(Icon::Plus),
            ))
        }
    };
    Ok(kit::panel(
        t::leaves(l),
        announce,
        html! {
            @if to_come.is_empty() { p.k-none { (t::leaves_none(l)) } }
            ul.k-list {
                @for leave in to_come.iter().rev() {
                    li {
                        div { (line(l, roster, leave, keeper, leave.starts_on <= today)) }
                        @if keeper {
                            (kit::post_button(
                                &page.csrf,
                                &format!("/members/{}/leaves/{}/cancel", member.id, leave.id),
                                Look::Quiet,
                                if leave.starts_on < today { t::leave_end(l) } else { t::leave_cancel(l) },
                            ))
                        }
                    }
                }
            }
            @if !over.is_empty() {
                (kit::disclosure(&t::leaves_over(l, over.len()), false, html! {
                    ul.k-list { @for leave in over.iter().take(OVER_SHOWN) { li { div { (line(l, roster, leave, keeper, false)) } } } }
                }))
            }
        },
    ))
}

fn line(l: Locale, roster: &Roster, leave: &Leave, keeper: bool, running: bool) -> Markup {
    html! {
        strong { (span(l, leave.starts_on, leave.ends_on)) }
        " " (t::leave_deputy_is(l, roster.name(leave.deputy)))
        @if running { " " (tag(Tone::Warn, t::leave_now(l))) }
        @if keeper && !leave.reason.is_empty() { small { (leave.reason) } }
    }
}

/// A stretch of days; one day is named once.
fn span(l: Locale, first: NaiveDate, last: NaiveDate) -> String {
    if first == last { when::full_day(l, first) } else { t::days(l, when::full_day(l, first), when::full_day(l, last)) }
}

async fn new(page: Page, Path(id): Path<MemberId>) -> Answer {
    let roster = page.roster();
    let member = roster.member(id).ok_or_else(Failure::not_found)?;
    LeaveKeeper::of(&page.actor, member)?;
    let body = form(&page, roster, member, &Asked::fresh(page.locale, []));
    Ok(page.html(t::leave_announce(page.locale), body).await)
}

async fn announce(page: Page, Path(id): Path<MemberId>, form_sent: Form) -> Answer {
    let l = page.locale;
    let roster = page.roster();
    let member = roster.member(id).ok_or_else(Failure::not_found)?;
    let keeper = LeaveKeeper::of(&page.actor, member)?;
    let mut invalid = Invalid::default();
    let draft = LeaveDraft {
        deputy: form_sent.parsed("deputy", &mut invalid),
        starts_on: form_sent.date("starts_on", &mut invalid),
        ends_on: form_sent.date("ends_on", &mut invalid),
        reason: form_sent.text("reason").to_owned(),
    };
    let outcome = match invalid.check() {
        Ok(()) => directory::announce_leave(&page.app, keeper, page.now, draft).await,
        Err(refusal) => Err(refusal),
    };
    match outcome {
        Ok(_) => Ok(page.done(&home(&page, id), t::leave_announced(l))),
        Err(Error::Invalid(invalid)) => {
            let body = form(&page, roster, member, &Asked::refused(l, &form_sent, &invalid));
            Ok(page.refused(t::leave_announce(l), body).await)
        }
        Err(other) => Err(other.into()),
    }
}

async fn cancel(page: Page, Path((id, leave)): Path<(MemberId, LeaveId)>) -> Answer {
    let member = directory::member(page.app.db.read(), id).await?.ok_or_else(Failure::not_found)?;
    let keeper = LeaveKeeper::of(&page.actor, &member)?;
    directory::cancel_leave(&page.app, keeper, page.now, leave).await?;
    Ok(page.done(&home(&page, id), t::leave_cancelled(page.locale)))
}

/// One's own leaves stand on the profile.
fn home(page: &Page, id: MemberId) -> String {
    if page.actor.is(id) { "/profile".to_owned() } else { format!("/members/{id}") }
}

fn form(page: &Page, roster: &Roster, member: &Member, asked: &Asked) -> Markup {
    let l = page.locale;
    let home = home(page, member.id);
    // Colleagues of the same team come first: one of them usually steps in.
    let (near, far): (Vec<&Member>, Vec<&Member>) =
        roster.active().filter(|m| m.id != member.id).partition(|m| m.team.is_some() && m.team == member.team);
    let deputies: Vec<Choice> = near
        .into_iter()
        .chain(far)
        .map(|m| {
            let team = roster.team_name(m.team);
            let label = if team.is_empty() { m.name.clone() } else { t::name_in_team(l, m.name.clone(), team) };
            Choice::new(m.id.to_string(), label)
        })
        .collect();
    html! {
        (kit::page_head(&PageHead {
            title: t::leave_announce(l),
            sub: html! { (t::leave_text(l)) },
            crumbs: &[Crumb::new(&home, &member.name)],
            ..PageHead::default()
        }))
        (kit::post_form(&page.csrf, &format!("/members/{}/leaves", member.id), html! {
            (asked.summary())
            (kit::date(l, &asked.field("starts_on", t::leave_first(l)).required()))
            (kit::date(l, &asked.field("ends_on", t::leave_last(l)).required()))
            (kit::select(
                l,
                &asked.field("deputy", t::deputy(l)).required().hint(t::deputy_hint(l)),
                &deputies,
                Some(t::choose(l)),
            ))
            (kit::text(l, &asked.field("reason", t::leave_reason(l)).max_length(200).hint(t::leave_reason_hint(l))))
            (kit::form_actions(html! {
                (kit::submit(Look::Primary, t::leave_announce(l)))
                (kit::button_link(Look::Plain, &home, t::cancel(l), None))
            }))
        }))
    }
}
