//! 阅知: confirming that one has read a version, and who has not yet.

use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use kehu_core::RulebookVersionId;
use kehu_platform::directory::{Roster, position_name};
use kehu_platform::web::kit::{self, Column, Crumb, Look, PageHead, TableRow, Tone, tag};
use kehu_platform::web::{Answer, App, Failure, Page, when};
use maud::{Markup, html};

use super::versions::{address, find};
use super::{crumbs, number_name, version_name};
use crate::t::rulebook as t;
use crate::versions::{self, Reading, ReadingObserver, State};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/rulebook/versions/{key}/read", post(confirm))
        .route("/rulebook/versions/{key}/readings", get(list))
}

/// Asks a member who has not confirmed to read the version and to say so.
pub(super) async fn read_notice(page: &Page, id: Option<RulebookVersionId>, number: i64) -> Result<Markup, Failure> {
    let l = page.locale;
    let Some(id) = id else { return Ok(Markup::default()) };
    if versions::has_read(page.app.db.read(), id, page.member).await? {
        return Ok(Markup::default());
    }
    let address = format!("/rulebook/versions/{number}");
    Ok(html! {
        div.k-notice.k-notice-read.(Tone::Accent.class()) {
            p { (t::please_read(l, number_name(l, number))) }
            div.k-notice-actions {
                @if number > 1 { (kit::button_link(Look::Quiet, &format!("{address}/difference"), t::what_changes(l), None)) }
                (kit::post_button(&page.csrf, &format!("{address}/read"), Look::Primary, t::i_have_read(l)))
            }
        }
    })
}

async fn confirm(page: Page, Path(key): Path<String>) -> Answer {
    let version = find(&page, &key).await?;
    versions::confirm_reading(&page.app, &page.actor, page.now, version.id).await?;
    Ok(page.done("/rulebook", t::reading_kept(page.locale)))
}

async fn list(page: Page, Path(key): Path<String>) -> Answer {
    let observer = ReadingObserver::of(&page.actor)?;
    let (l, on) = (page.locale, page.app.db.read());
    let version = find(&page, &key).await?;
    if version.state != State::Approved {
        return Err(Failure::not_found());
    }
    let roster = page.roster();
    let readings = versions::readings(on, &observer, roster, &version).await?;
    let read = readings.iter().filter(|reading| reading.at.is_some()).count();
    let title = t::readings_of(l, version_name(l, &version));
    let columns = [
        Column::new(t::member(l)),
        Column::new(t::team(l)),
        Column::new(t::reading_state(l)),
        Column::new(t::reading_at(l)),
    ];
    let rows: Vec<TableRow> = readings.iter().map(|reading| row(&page, roster, reading)).collect();
    let crumbs = [
        crumbs(l),
        vec![
            Crumb::new("/rulebook/versions", t::versions(l)),
            Crumb::new(address(&version), version_name(l, &version)),
        ],
    ]
    .concat();
    let body = html! {
        (kit::page_head(&PageHead {
            title: &title,
            sub: html! { (t::read_by(l, readings.len(), read)) },
            crumbs: &crumbs,
            ..PageHead::default()
        }))
        (kit::table(l, &title, &columns, &rows))
    };
    Ok(page.html(&title, body).await)
}

fn row(page: &Page, roster: &Roster, reading: &Reading) -> TableRow {
    let (l, member) = (page.locale, &reading.member);
    let positions: Vec<&str> = member.positions.iter().map(|position| position_name(l, position)).collect();
    let state = match reading.at {
        Some(_) => tag(Tone::Good, t::has_read(l)),
        None if member.can_sign_in => tag(Tone::Warn, t::has_not_read(l)),
        None => tag(Tone::Quiet, t::cannot_sign_in(l)),
    };
    let place = match member.team {
        Some(_) => roster.team_name(member.team),
        None => roster.department_name(member.department),
    };
    TableRow::new(vec![
        kit::person(&member.name, &positions.join(t::list_comma(l))),
        html! { (place) },
        state,
        html! { @if let Some(at) = reading.at { (when::moment(l, page.zone, page.now, at)) } },
    ])
}
