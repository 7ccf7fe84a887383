//! The company's own names for tiers and stages, and tiers of its own.

use std::collections::HashMap;

use axum::Router;
use axum::routing::get;
use kehu_platform::db::Lock;
use kehu_platform::web::kit::{self, Filled, Look, PageHead};
use kehu_platform::web::{Answer, App, Form, Page};
use kehu_platform::{Error, Invalid};
use maud::{Markup, html};

use crate::accounts::{Grade, GradeKind, add_grade, grade_name, grades, holders, set_grade};
use crate::duties::Books;
use crate::t::accounts as t;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/settings/grades", get(show).post(set))
}

async fn show(page: Page) -> Answer {
    page.actor.administrator()?;
    settings(&page, &Form::default(), &Invalid::default()).await
}

async fn set(page: Page, form: Form) -> Answer {
    page.actor.administrator()?;
    let kind = if form.text("kind") == "stage" { GradeKind::Stage } else { GradeKind::Tier };
    let grade = Grade {
        kind,
        code: form.text("code").to_owned(),
        name: form.text("name").to_owned(),
        position: form.text("position").parse().unwrap_or(99),
        archived: form.checked("archived"),
    };
    let (now, actor, new) = (page.now, page.actor.clone(), form.text("new") == "yes");
    let done = page
        .app
        .db
        .write(Lock::company(), async |tx| {
            let (by, books) = (actor.administrator()?, page.app.kept.within::<Books>(tx).await?);
            if new { add_grade(tx, by, now, &books, grade).await } else { set_grade(tx, by, now, &books, grade).await }
        })
        .await;
    match done {
        Ok(()) => Ok(page.done("/settings/grades", t::changed(page.locale))),
        Err(Error::Invalid(invalid)) => settings(&page, &form, &invalid).await,
        Err(error) => Err(error.into()),
    }
}

async fn settings(page: &Page, form: &Form, invalid: &Invalid) -> Answer {
    let (l, on) = (page.locale, page.app.db.read());
    let books = page.kept::<Books>().await?;
    let key = |code: &str| books.is_key(code, page.now);
    let scope =
        if form.text("new") == "yes" { format!("new-{}", form.text("kind")) } else { form.text("code").to_owned() };
    let body = html! {
        (kit::page_head(&PageHead { title: t::grades(l), sub: html! { (t::grades_sub(l)) }, ..PageHead::default() }))
        (kit::form_errors(l, &scope, invalid))
        @for (kind, title) in [(GradeKind::Tier, t::tier(l)), (GradeKind::Stage, t::stage(l))] {
            @let listed = Listed { kind, all: grades(on, kind).await?, held: holders(on, kind).await? };
            (kit::panel(title, html! {}, kind_panel(page, &listed, &key, form, invalid)))
        }
    };
    let title = t::grades(l);
    Ok(if invalid.is_empty() { page.html(title, body).await } else { page.refused(title, body).await })
}

/// The tiers or the stages, and how many accounts are of each.
struct Listed {
    kind: GradeKind,
    all: Vec<Grade>,
    held: HashMap<String, i64>,
}

fn kind_panel(page: &Page, listed: &Listed, key: &dyn Fn(&str) -> bool, form: &Form, invalid: &Invalid) -> Markup {
    let (l, kind) = (page.locale, listed.kind);
    let nothing = (Form::default(), Invalid::default());
    // What was typed goes back into the form that it was typed into.
    let refused = |code: Option<&str>| {
        let own = form.text("kind") == kind.code()
            && !invalid.is_empty()
            && if form.text("new") == "yes" { code.is_none() } else { code == Some(form.text("code")) };
        own.then_some((form, invalid))
    };
    let own = refused(None);
    let (form, invalid) = own.unwrap_or((&nothing.0, &nothing.1));
    let filled = Filled::new(l, form, invalid);
    let scope = format!("new-{}", kind.code());
    html! {
        @for grade in &listed.all { (one(page, listed, grade, key(&grade.code), refused(Some(&grade.code)))) }
        (kit::disclosure(t::grade_add(l), own.is_some(), kit::post_form(&page.csrf, "/settings/grades", html! {
            (kit::hidden("kind", kind.code()))
            (kit::hidden("new", "yes"))
            (kit::text(l, &filled.field("code", t::grade_code(l)).hint(t::grade_code_hint(l)).required().scope(&scope)))
            (kit::text(l, &filled.field("name", t::grade_name(l)).required().scope(&scope)))
            (kit::submit(Look::Row, t::save(l)))
        })))
    }
}

/// A tier says whether the rulebook counts it as key; one that it does not is owed nothing.
fn one(page: &Page, listed: &Listed, grade: &Grade, key: bool, refused: Option<(&Form, &Invalid)>) -> Markup {
    let l = page.locale;
    let name = grade_name(l, &listed.all, &grade.code);
    let held = listed.held.get(&grade.code).copied().unwrap_or_default();
    let mut words = vec![name.clone(), grade.code.clone()];
    if grade.archived {
        words.push(t::grade_archived(l).to_owned());
    } else if listed.kind == GradeKind::Tier {
        words.push(if key { t::tier_is_key(l) } else { t::tier_unmapped(l) }.to_owned());
    }
    words.push(t::grade_held(l, held));
    let (name, position, archived) = match refused {
        Some((form, _)) => (form.text("name").to_owned(), form.text("position").to_owned(), form.checked("archived")),
        None => (name, grade.position.to_string(), grade.archived),
    };
    let error = |field: &str| refused.and_then(|(_, invalid)| invalid.of(field, l));
    let form = kit::post_form(
        &page.csrf,
        "/settings/grades",
        html! {
            (kit::hidden("kind", listed.kind.code()))
            (kit::hidden("code", &grade.code))
            (kit::text(l, &kit::Field::new("name", t::grade_name(l)).value(&name).error(error("name")).scope(&grade.code)))
            (kit::text(l, &kit::Field::new("position", t::grade_position(l)).value(&position).scope(&grade.code)))
            (kit::check(l, &kit::Field::new("archived", t::grade_archive(l)).error(error("archived")).scope(&grade.code), archived))
            (kit::submit(Look::Row, t::save(l)))
        },
    );
    kit::disclosure(&words.join(" · "), refused.is_some(), form)
}
