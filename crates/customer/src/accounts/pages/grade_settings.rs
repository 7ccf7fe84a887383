//! The company's own names for tiers and stages, and tiers of its own.

use axum::Router;
use axum::routing::get;
use kehu_platform::db::Lock;
use kehu_platform::web::kit::{self, Filled, Look, PageHead};
use kehu_platform::web::{Answer, App, Form, Page};
use kehu_platform::{Error, Invalid};
use maud::{Markup, html};

use crate::accounts::{Grade, GradeKind, grade_name, grades, set_grade};
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
    let (now, actor) = (page.now, page.actor.clone());
    let done =
        page.app.db.write(Lock::company(), async |tx| set_grade(tx, actor.administrator()?, now, grade).await).await;
    match done {
        Ok(()) => Ok(page.done("/settings/grades", t::changed(page.locale))),
        Err(Error::Invalid(invalid)) => settings(&page, &form, &invalid).await,
        Err(error) => Err(error.into()),
    }
}

async fn settings(page: &Page, form: &Form, invalid: &Invalid) -> Answer {
    let (l, on) = (page.locale, page.app.db.read());
    let body = html! {
        (kit::page_head(&PageHead { title: t::grades(l), sub: html! { (t::grades_sub(l)) }, ..PageHead::default() }))
        (kit::form_errors(l, "new-tier", invalid))
        @for (kind, title) in [(GradeKind::Tier, t::tier(l)), (GradeKind::Stage, t::stage(l))] {
            (kind_panel(page, kind, title, &grades(on, kind).await?, form, invalid))
        }
    };
    let title = t::grades(l);
    Ok(if invalid.is_empty() { page.html(title, body).await } else { page.refused(title, body).await })
}

fn kind_panel(page: &Page, kind: GradeKind, title: &str, all: &[Grade], form: &Form, invalid: &Invalid) -> Markup {
    let l = page.locale;
    let nothing = (Form::default(), Invalid::default());
    let (form, invalid) = if form.text("kind") == kind.code() { (form, invalid) } else { (&nothing.0, &nothing.1) };
    let filled = Filled::new(l, form, invalid);
    let scope = format!("new-{}", kind.code());
    kit::panel(
        title,
        html! {},
        html! {
            @for grade in all {
                @let name = grade_name(l, all, &grade.code);
                (kit::disclosure(
                    &if grade.archived { format!("{name} · {} · {}", grade.code, t::grade_archived(l)) } else { format!("{name} · {}", grade.code) },
                    false,
                    kit::post_form(&page.csrf, "/settings/grades", html! {
                        (kit::hidden("kind", kind.code()))
                        (kit::hidden("code", &grade.code))
                        (kit::text(l, &kit::Field::new("name", t::grade_name(l)).value(&name).scope(&grade.code)))
                        (kit::text(l, &kit::Field::new("position", t::grade_position(l)).value(grade.position.to_string()).scope(&grade.code)))
                        (kit::check(l, &kit::Field::new("archived", t::grade_archive(l)).scope(&grade.code), grade.archived))
                        (kit::submit(Look::Row, t::save(l)))
                    }),
                ))
            }
            (kit::disclosure(t::grade_add(l), !invalid.is_empty(), kit::post_form(&page.csrf, "/settings/grades", html! {
                (kit::hidden("kind", kind.code()))
                (kit::text(l, &filled.field("code", t::grade_code(l)).hint(t::grade_code_hint(l)).required().scope(&scope)))
                (kit::text(l, &filled.field("name", t::grade_name(l)).required().scope(&scope)))
                (kit::submit(Look::Row, t::save(l)))
            })))
        },
    )
}
