//! Departments and their liaisons.

use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use kehu_core::DepartmentId;
use maud::{Markup, html};

use super::asked::Asked;
use super::units::{self, Archived, Head, UnitForm};
use super::{directory_tabs, history, is_administrator};
use crate::directory::{self, Department, DepartmentDraft, Roster};
use crate::error::{Error, Invalid};
use crate::t::directory as t;
use crate::web::kit::{self, Choice, Column, Icon, Look, PageHead, TableRow, Tone, tag};
use crate::web::{Answer, App, Failure, Form, Page};

const ALL: &str = "/departments";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/departments", get(list).post(create))
        .route("/departments/new", get(new))
        .route("/departments/{id}/edit", get(edit))
        .route("/departments/{id}", post(save))
        .route("/departments/{id}/archive", post(archive))
        .route("/departments/{id}/restore", post(restore))
}

async fn list(page: Page) -> Answer {
    let l = page.locale;
    let roster = page.roster();
    let administrator = is_administrator(&page.actor);
    let (ended, in_use): (Vec<&Department>, Vec<&Department>) = roster.departments.iter().partition(|d| d.archived);
    let archived: Vec<Archived<'_>> =
        ended.into_iter().map(|d| Archived { id: d.id.uuid(), name: &d.name, version: d.version }).collect();
    let head = PageHead {
        title: t::departments(l),
        sub: html! { (t::departments_text(l)) },
        actions: html! {
            @if administrator {
                (kit::button_link(Look::Primary, "/departments/new", t::department_new(l), Some(Icon::Plus)))
            }
        },
        ..PageHead::default()
    };
    let body = html! {
        (kit::page_head(&head))
        (directory_tabs(l, "/departments"))
        @if in_use.is_empty() {
            (kit::empty(Icon::Building, t::departments_none(l), t::departments_none_text(l), Markup::default()))
        } @else {
            (table(&page, roster, &in_use, administrator))
        }
        @if administrator { (units::archived(&page, ALL, &archived)) }
    };
    Ok(page.html(t::departments(l), body).await)
}

fn table(page: &Page, roster: &Roster, departments: &[&Department], administrator: bool) -> Markup {
    let l = page.locale;
    let columns = [
        Column::new(t::department(l)),
        Column::new(t::liaison(l)),
        Column::new(t::mobile(l)),
        Column::new(t::people(l)).numeric(),
    ];
    let rows: Vec<TableRow> = departments
        .iter()
        .map(|d| {
            let liaison = d.liaison.and_then(|id| roster.member(id));
            TableRow::new(vec![
                html! {
                    @if administrator { a href={ "/departments/" (d.id) "/edit" } { (d.name) } } @else { (d.name) }
                },
                html! {
                    @match liaison {
                        Some(m) => a href={ "/members/" (m.id) } { (kit::person(&m.name, "")) },
                        None => (tag(Tone::Warn, t::no_liaison(l))),
                    }
                },
                html! {
                    @if let Some(m) = liaison.filter(|m| !m.mobile.is_empty()) {
                        a href={ "tel:" (m.mobile) } { (m.mobile) }
                    }
                },
                html! { (roster.of_department(d.id).count()) },
            ])
        })
        .collect();
    kit::table(l, t::departments(l), &columns, &rows)
}

async fn new(page: Page) -> Answer {
    page.actor.administrator()?;
    let roster = page.roster();
    let body = form(&page, roster, None, &Asked::fresh(page.locale, []));
    Ok(page.html(t::department_new(page.locale), body).await)
}

async fn create(page: Page, sent: Form) -> Answer {
    let admin = page.actor.administrator()?;
    let l = page.locale;
    let mut invalid = Invalid::default();
    let draft = read(&sent, &mut invalid);
    let outcome = match invalid.check() {
        Ok(()) => directory::add_department(&page.app, admin, page.now, draft).await,
        Err(refusal) => Err(refusal),
    };
    units::saved(&page, ALL, outcome, async |invalid| {
        let roster = page.roster();
        Ok((t::department_new(l).to_owned(), form(&page, roster, None, &Asked::refused(l, &sent, invalid))))
    })
    .await
}

async fn edit(page: Page, Path(id): Path<DepartmentId>) -> Answer {
    page.actor.administrator()?;
    let roster = page.roster();
    let department = roster.department(id).ok_or_else(Failure::not_found)?;
    let values = [
        ("version", department.version.to_string()),
        ("name", department.name.clone()),
        ("liaison", department.liaison.map(|m| m.to_string()).unwrap_or_default()),
    ];
    let past = history::of(&page, roster, "department", id.uuid()).await?;
    let body = html! {
        (form(&page, roster, Some(department), &Asked::fresh(page.locale, values)))
        (units::below(
            &page,
            &format!("{ALL}/{id}"),
            department.version,
            !department.archived && roster.of_department(id).next().is_none(),
            &past,
        ))
    };
    Ok(page.html(&department.name, body).await)
}

async fn save(page: Page, Path(id): Path<DepartmentId>, sent: Form) -> Answer {
    let admin = page.actor.administrator()?;
    let l = page.locale;
    let mut invalid = Invalid::default();
    let draft = read(&sent, &mut invalid);
    let outcome = match invalid.check() {
        Ok(()) => directory::edit_department(&page.app, admin, page.now, id, sent.version(), draft).await,
        Err(refusal) => Err(refusal),
    };
    units::saved(&page, ALL, outcome, async |invalid| {
        let roster = page.roster();
        let department = roster.department(id).ok_or(Error::NotFound)?;
        Ok((department.name.clone(), form(&page, roster, Some(department), &Asked::refused(l, &sent, invalid))))
    })
    .await
}

async fn archive(page: Page, Path(id): Path<DepartmentId>, sent: Form) -> Answer {
    let admin = page.actor.administrator()?;
    directory::archive_department(&page.app, admin, page.now, id, sent.version(), true).await?;
    Ok(page.done("/departments", t::did_archived(page.locale)))
}

async fn restore(page: Page, Path(id): Path<DepartmentId>, sent: Form) -> Answer {
    let admin = page.actor.administrator()?;
    directory::archive_department(&page.app, admin, page.now, id, sent.version(), false).await?;
    Ok(page.done(&format!("/departments/{id}/edit"), t::did_restored(page.locale)))
}

fn read(form: &Form, invalid: &mut Invalid) -> DepartmentDraft {
    DepartmentDraft { name: form.text("name").to_owned(), liaison: form.parsed("liaison", invalid) }
}

fn form(page: &Page, roster: &Roster, department: Option<&Department>, asked: &Asked) -> Markup {
    let l = page.locale;
    let head = Head {
        field: "liaison",
        label: t::liaison(l),
        hint: t::liaison_hint(l),
        nobody: t::no_liaison(l),
        choices: roster.active().map(|m| Choice::new(m.id.to_string(), &m.name)).collect(),
    };
    let form = UnitForm {
        title: if department.is_some() { t::department_edit(l) } else { t::department_new(l) },
        all: (ALL, t::departments(l)),
        id: department.map(|department| department.id.uuid()),
        name: t::department_name(l),
        head,
        more: Markup::default(),
    };
    form.show(page, asked)
}
