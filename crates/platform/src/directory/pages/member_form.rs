//! The form by which an administrator adds a member or changes one.

use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use kehu_core::{Locale, MemberId, Position, Positions};
use maud::{Markup, html};

use super::asked::Asked;
use crate::directory::{self, Member, MemberDraft, Roster, position_name};
use crate::error::{Error, Invalid};
use crate::t::directory as t;
use crate::web::kit::{self, Choice, Crumb, Look, PageHead};
use crate::web::{Answer, App, Failure, Form, Page};
use crate::{db::DbFault, sign_in};

/// Zones proposed first; any of the IANA database may be typed.
pub(super) const ZONES: [&str; 8] = [
    "Asia/Shanghai",
    "Asia/Urumqi",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Europe/Berlin",
    "America/New_York",
];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/members/new", get(new))
        .route("/members", post(create))
        .route("/members/{id}/edit", get(edit))
        .route("/members/{id}", post(save))
}

async fn new(page: Page) -> Answer {
    page.actor.administrator()?;
    let asked = Asked::fresh(
        page.locale,
        [
            ("positions", Position::AccountManager.code().to_owned()),
            ("locale", page.locale.tag().to_owned()),
            ("zone", page.company.zone.clone()),
            ("with_password", "yes".to_owned()),
        ],
    );
    let body = form(&page, None, &asked).await?;
    Ok(page.html(t::member_new(page.locale), body).await)
}

async fn create(page: Page, form_sent: Form) -> Answer {
    let admin = page.actor.administrator()?;
    let l = page.locale;
    let mut invalid = Invalid::default();
    let draft = read(&form_sent, &mut invalid);
    let name = draft.name.clone();
    let password = if form_sent.checked("with_password") { Some(sign_in::random_password()?) } else { None };
    let outcome = match invalid.check() {
        Ok(()) => directory::add_member(&page.app, admin, page.now, draft, password.clone()).await,
        Err(refusal) => Err(refusal),
    };
    match (outcome, password) {
        (Ok(id), Some(password)) => super::member::show_password(&page, id, &password).await,
        (Ok(id), None) => Ok(page.done(&format!("/members/{id}"), t::member_added(l, name))),
        (Err(Error::Invalid(invalid)), _) => {
            let body = form(&page, None, &Asked::refused(l, &form_sent, &invalid)).await?;
            Ok(page.refused(t::member_new(l), body).await)
        }
        (Err(other), _) => Err(other.into()),
    }
}

async fn edit(page: Page, Path(id): Path<MemberId>) -> Answer {
    page.actor.administrator()?;
    let member = directory::member(page.app.db.read(), id).await?.ok_or_else(Failure::not_found)?;
    let body = form(&page, Some(&member), &on_record(page.locale, &member)).await?;
    Ok(page.html(&member.name, body).await)
}

async fn save(page: Page, Path(id): Path<MemberId>, form_sent: Form) -> Answer {
    let admin = page.actor.administrator()?;
    let l = page.locale;
    let member = directory::member(page.app.db.read(), id).await?.ok_or_else(Failure::not_found)?;
    let mut invalid = Invalid::default();
    let draft = read(&form_sent, &mut invalid);
    let outcome = match invalid.check() {
        Ok(()) => directory::edit_member(&page.app, admin, page.now, id, form_sent.version(), draft).await,
        Err(refusal) => Err(refusal),
    };
    match outcome {
        Ok(()) => Ok(page.done(&format!("/members/{id}"), t::saved(l))),
        Err(Error::Invalid(invalid)) => {
            let body = form(&page, Some(&member), &Asked::refused(l, &form_sent, &invalid)).await?;
            Ok(page.refused(&member.name, body).await)
        }
        Err(other) => Err(other.into()),
    }
}

fn read(form: &Form, invalid: &mut Invalid) -> MemberDraft {
    MemberDraft {
        login: form.text("login").to_owned(),
        name: form.text("name").to_owned(),
        positions: form.all("positions").filter_map(|code| code.parse::<Position>().ok()).collect::<Positions>(),
        team: form.parsed("team", invalid),
        department: form.parsed("department", invalid),
        specialties: form.text("specialties").to_owned(),
        email: form.text("email").to_owned(),
        mobile: form.text("mobile").to_owned(),
        locale: form.parsed("locale", invalid).unwrap_or_default(),
        zone: form.text("zone").to_owned(),
    }
}

fn on_record(l: Locale, member: &Member) -> Asked {
    let mut values = vec![
        ("version", member.version.to_string()),
        ("login", member.login.clone()),
        ("name", member.name.clone()),
        ("team", member.team.map(|t| t.to_string()).unwrap_or_default()),
        ("department", member.department.map(|d| d.to_string()).unwrap_or_default()),
        ("specialties", member.specialties.clone()),
        ("email", member.email.clone()),
        ("mobile", member.mobile.clone()),
        ("locale", member.locale.clone()),
        ("zone", member.zone.clone()),
    ];
    values.extend(member.positions.iter().map(|p| ("positions", p.code().to_owned())));
    Asked::fresh(l, values)
}

async fn form(page: &Page, member: Option<&Member>, asked: &Asked) -> Result<Markup, DbFault> {
    let l = page.locale;
    let roster = page.roster();
    let action = member.map_or_else(|| "/members".to_owned(), |m| format!("/members/{}", m.id));
    let mut crumbs = vec![Crumb::new("/members", t::members(l))];
    crumbs.extend(member.map(|m| Crumb::new(format!("/members/{}", m.id), &m.name)));
    let title = if member.is_some() { t::member_edit(l) } else { t::member_new(l) };
    let back = member.map_or_else(|| "/members".to_owned(), |m| format!("/members/{}", m.id));
    Ok(html! {
        (kit::page_head(&PageHead { title, crumbs: &crumbs, ..PageHead::default() }))
        (kit::post_form(&page.csrf, &action, html! {
            (asked.summary())
            (kit::hidden("version", asked.value("version")))
            (person_section(l, asked))
            (place_section(l, roster, member, asked))
            (reach_section(l, asked))
            @if member.is_none() {
                (kit::check(
                    l,
                    &asked.field("with_password", t::with_password(l)).hint(t::with_password_hint(l)).wide(),
                    !asked.value("with_password").is_empty(),
                ))
            }
            (kit::form_actions(html! {
                (kit::submit(Look::Primary, t::save(l)))
                (kit::button_link(Look::Plain, &back, t::cancel(l), None))
            }))
        }))
    })
}

fn person_section(l: Locale, asked: &Asked) -> Markup {
    let positions: Vec<Choice> = Position::ALL.iter().map(|p| Choice::new(p.code(), position_name(l, *p))).collect();
    kit::form_section(
        t::section_person(l),
        html! {
            (kit::text(l, &asked.field("name", t::name(l)).required().max_length(60).autocomplete("off")))
            (kit::text(
                l,
                &asked.field("login", t::login(l)).required().max_length(40).hint(t::login_hint(l)).autocomplete("off"),
            ))
            (kit::checks(
                l,
                &asked.field("positions", t::positions(l)).required().wide(),
                &positions,
                &asked.values("positions"),
            ))
        },
    )
}

fn place_section(l: Locale, roster: &Roster, member: Option<&Member>, asked: &Asked) -> Markup {
    let teams: Vec<Choice> = roster
        .teams
        .iter()
        .filter(|team| !team.archived || member.is_some_and(|m| m.team == Some(team.id)))
        .map(|team| Choice::new(team.id.to_string(), &team.name))
        .collect();
    let departments: Vec<Choice> = roster
        .departments
        .iter()
        .filter(|d| !d.archived || member.is_some_and(|m| m.department == Some(d.id)))
        .map(|d| Choice::new(d.id.to_string(), &d.name))
        .collect();
    kit::form_section(
        t::section_place(l),
        html! {
            (kit::select(l, &asked.field("team", t::team(l)), &teams, Some(t::no_team(l))))
            (kit::select(l, &asked.field("department", t::department(l)), &departments, Some(t::no_department(l))))
            (kit::text(
                l,
                &asked.field("specialties", t::specialties(l)).max_length(300).hint(t::specialties_hint(l)).wide(),
            ))
        },
    )
}

fn reach_section(l: Locale, asked: &Asked) -> Markup {
    kit::form_section(
        t::section_reach(l),
        html! {
            (kit::tel(l, &asked.field("mobile", t::mobile(l)).max_length(40).autocomplete("off")))
            (kit::email(l, &asked.field("email", t::email(l)).max_length(120).autocomplete("off")))
            (reading_fields(l, asked))
        },
    )
}

/// Language and time zone, as members choose them for themselves too.
pub(super) fn reading_fields(l: Locale, asked: &Asked) -> Markup {
    let languages: Vec<Choice> =
        Locale::ALL.iter().map(|locale| Choice::new(locale.tag(), language_name(*locale))).collect();
    html! {
        (kit::select(l, &asked.field("locale", t::language(l)).required(), &languages, None))
        (kit::text_with_suggestions(l, &asked.field("zone", t::zone(l)).required().hint(t::zone_hint(l)), &ZONES))
    }
}

/// Each language by its own name, so that its reader recognises it.
pub(super) const fn language_name(locale: Locale) -> &'static str {
    match locale {
        Locale::ZhHans => "简体中文",
        Locale::ZhHant => "繁體中文",
        Locale::En => "English",
    }
}
