//! Teams: who leads and who is in them.

use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use kehu_core::{Locale, TeamId};
use maud::{Markup, html};

use super::asked::Asked;
use super::units::{self, Archived, Head, UnitForm};
use super::{directory_tabs, history, is_administrator, members};
use crate::directory::{self, Member, Roster, Team, TeamDraft};
use crate::error::{Error, Invalid};
use crate::t::directory as t;
use crate::web::kit::{self, Choice, Icon, Look, PageHead, Tone, tag};
use crate::web::{Answer, App, Failure, Form, Page};

const ALL: &str = "/teams";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/teams", get(list).post(create))
        .route("/teams/new", get(new))
        .route("/teams/{id}/edit", get(edit))
        .route("/teams/{id}", post(save))
        .route("/teams/{id}/archive", post(archive))
        .route("/teams/{id}/restore", post(restore))
}

async fn list(page: Page) -> Answer {
    let l = page.locale;
    let roster = page.roster();
    let administrator = is_administrator(&page.actor);
    let (ended, in_use): (Vec<&Team>, Vec<&Team>) = roster.teams.iter().partition(|team| team.archived);
    let archived: Vec<Archived<'_>> = ended
        .into_iter()
        .map(|team| Archived { id: team.id.uuid(), name: &team.name, version: team.version })
        .collect();
    let head = PageHead {
        title: t::teams(l),
        sub: html! { (t::teams_count(l, in_use.len())) },
        actions: html! {
            @if administrator { (kit::button_link(Look::Primary, "/teams/new", t::team_new(l), Some(Icon::Plus))) }
        },
        ..PageHead::default()
    };
    let body = html! {
        (kit::page_head(&head))
        (directory_tabs(l, "/teams"))
        @if in_use.is_empty() {
            (kit::empty(Icon::UsersGroup, t::teams_none(l), t::teams_none_text(l), Markup::default()))
        }
        div.k-two { @for team in &in_use { (card(l, roster, team, administrator)) } }
        @if administrator { (units::archived(&page, ALL, &archived)) }
    };
    Ok(page.html(t::teams(l), body).await)
}

fn card(l: Locale, roster: &Roster, team: &Team, administrator: bool) -> Markup {
    let leader = team.leader.and_then(|id| roster.member(id));
    let others: Vec<&Member> = roster.of_team(team.id).filter(|m| Some(m.id) != team.leader).collect();
    let edit = html! {
        @if administrator { (kit::icon_link(&format!("/teams/{}/edit", team.id), t::team_edit(l), Icon::Pencil)) }
    };
    kit::panel(
        &team.name,
        edit,
        html! {
            @match leader {
                Some(leader) => p { a href={ "/members/" (leader.id) } { (kit::person(&leader.name, t::leads(l))) } },
                None => p { (tag(Tone::Warn, t::no_leader(l))) },
            }
            @if others.is_empty() { p.k-none { (t::team_empty(l)) } }
            ul.k-people {
                @for member in others {
                    li { a href={ "/members/" (member.id) } {
                        (kit::person(&member.name, &members::positions(l, member)))
                    } }
                }
            }
        },
    )
}

async fn new(page: Page) -> Answer {
    page.actor.administrator()?;
    let roster = page.roster();
    let body = form(&page, roster, None, &Asked::fresh(page.locale, []));
    Ok(page.html(t::team_new(page.locale), body).await)
}

async fn create(page: Page, sent: Form) -> Answer {
    let admin = page.actor.administrator()?;
    let l = page.locale;
    let mut invalid = Invalid::default();
    let draft = read(&sent, &mut invalid);
    let outcome = match invalid.check() {
        Ok(()) => directory::add_team(&page.app, admin, page.now, draft).await,
        Err(refusal) => Err(refusal),
    };
    units::saved(&page, ALL, outcome, async |invalid| {
        let roster = page.roster();
        Ok((t::team_new(l).to_owned(), form(&page, roster, None, &Asked::refused(l, &sent, invalid))))
    })
    .await
}

async fn edit(page: Page, Path(id): Path<TeamId>) -> Answer {
    page.actor.administrator()?;
    let roster = page.roster();
    let team = roster.team(id).ok_or_else(Failure::not_found)?;
    let mut values = vec![
        ("version", team.version.to_string()),
        ("name", team.name.clone()),
        ("leader", team.leader.map(|m| m.to_string()).unwrap_or_default()),
    ];
    values.extend(roster.of_team(id).map(|m| ("members", m.id.to_string())));
    let past = history::of(&page, roster, "team", id.uuid()).await?;
    let body = html! {
        (form(&page, roster, Some(team), &Asked::fresh(page.locale, values)))
        (units::below(
            &page,
            &format!("{ALL}/{id}"),
            team.version,
            !team.archived && roster.of_team(id).next().is_none(),
            &past,
        ))
    };
    Ok(page.html(&team.name, body).await)
}

async fn save(page: Page, Path(id): Path<TeamId>, sent: Form) -> Answer {
    let admin = page.actor.administrator()?;
    let l = page.locale;
    let mut invalid = Invalid::default();
    let draft = read(&sent, &mut invalid);
    let outcome = match invalid.check() {
        Ok(()) => directory::edit_team(&page.app, admin, page.now, id, sent.version(), draft).await,
        Err(refusal) => Err(refusal),
    };
    units::saved(&page, ALL, outcome, async |invalid| {
        let roster = page.roster();
        let team = roster.team(id).ok_or(Error::NotFound)?;
        Ok((team.name.clone(), form(&page, roster, Some(team), &Asked::refused(l, &sent, invalid))))
    })
    .await
}

async fn archive(page: Page, Path(id): Path<TeamId>, sent: Form) -> Answer {
    let admin = page.actor.administrator()?;
    directory::archive_team(&page.app, admin, page.now, id, sent.version(), true).await?;
    Ok(page.done("/teams", t::did_archived(page.locale)))
}

async fn restore(page: Page, Path(id): Path<TeamId>, sent: Form) -> Answer {
    let admin = page.actor.administrator()?;
    directory::archive_team(&page.app, admin, page.now, id, sent.version(), false).await?;
    Ok(page.done(&format!("/teams/{id}/edit"), t::did_restored(page.locale)))
}

fn read(form: &Form, invalid: &mut Invalid) -> TeamDraft {
    TeamDraft {
        name: form.text("name").to_owned(),
        leader: form.parsed("leader", invalid),
        members: form.all("members").filter_map(|id| id.parse().ok()).collect(),
    }
}

fn form(page: &Page, roster: &Roster, team: Option<&Team>, asked: &Asked) -> Markup {
    let l = page.locale;
    let people = people(l, roster, team);
    let members = asked.field("members", t::team_members(l)).hint(t::team_members_hint(l)).wide();
    let head = Head {
        field: "leader",
        label: t::leader(l),
        hint: t::leader_hint(l),
        nobody: t::no_leader(l),
        choices: roster.leaders().map(|m| Choice::new(m.id.to_string(), &m.name)).collect(),
    };
    let form = UnitForm {
        title: if team.is_some() { t::team_edit(l) } else { t::team_new(l) },
        all: (ALL, t::teams(l)),
        id: team.map(|team| team.id.uuid()),
        name: t::team_name(l),
        head,
        more: kit::checks(l, &members, &people, &asked.values("members")),
    };
    form.show(page, asked)
}

/// Everybody who could be in the team: those in it, those in none, then those in others, who say so.
fn people(l: Locale, roster: &Roster, team: Option<&Team>) -> Vec<Choice> {
    let here = team.map(|team| team.id);
    let mut people: Vec<&Member> = roster.active().collect();
    people.sort_by_key(|m| (m.team != here || here.is_none(), m.team.is_some()));
    people
        .into_iter()
        .map(|m| {
            let choice = Choice::new(m.id.to_string(), &m.name);
            match m.team.filter(|team| Some(*team) != here) {
                Some(other) => choice.hint(t::now_in(l, roster.team_name(Some(other)))),
                None => choice,
            }
        })
        .collect()
}
