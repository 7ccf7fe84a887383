//! One clause of the draft: its title and words in each language, and its parameters.

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use kehu_core::Locale;
use kehu_platform::web::kit::{self, Crumb, Field, Look, PageHead, Tone, tag};
use kehu_platform::web::{Answer, App, Form, Page};
use kehu_platform::{Error, Invalid};
use maud::{Markup, html};

use super::codes::Offered;
use super::{crumbs, language, parameter};
use crate::clauses::{Clause, ClauseNumber};
use crate::t::rulebook as t;
use crate::versions::{self, ClauseDraft, Drafter, text_field, title_field};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/rulebook/draft/clauses/{number}", get(edit).post(save))
}

async fn edit(page: Page, Path(number): Path<String>) -> Answer {
    Drafter::of(&page.actor)?;
    let clause = clause(&page, &number).await?;
    let title = title(page.locale, &clause);
    Ok(page.html(&title, body(&page, &clause, None).await?).await)
}

/// The clause as the draft has it, or as a draft would begin with it.
async fn clause(page: &Page, number: &str) -> Result<Clause, Error> {
    let number: ClauseNumber = number.parse().map_err(|_| Error::NotFound)?;
    let on = page.app.db.read();
    let said = match versions::open(on).await? {
        Some(open) if !open.state.is_editable() => {
            return Err(Error::conflict("submitted", t::already_submitted));
        }
        Some(open) => versions::document(on, &open).await?,
        None => versions::newest(on).await?,
    };
    said.clause(number).cloned().ok_or(Error::NotFound)
}

fn title(l: Locale, clause: &Clause) -> String {
    format!("{} {}", clause.number, clause.title.get(l))
}

async fn body(page: &Page, clause: &Clause, refused: Option<(&Form, &Invalid)>) -> Result<Markup, Error> {
    let l = page.locale;
    let named = Offered::load(page).await?.in_clause(clause);
    let mut crumbs = crumbs(l);
    crumbs.push(Crumb::new("/rulebook/draft", t::draft(l)));
    let head = PageHead {
        title: &title(l, clause),
        tags: html! { @if clause.inferred { (tag(Tone::Quiet, t::proposal(l))) } },
        sub: html! { (t::clause_text(l)) },
        crumbs: &crumbs,
        ..PageHead::default()
    };
    // The reader's own language first.
    let mut languages = Locale::ALL;
    languages.sort_by_key(|of| *of != l);
    Ok(html! {
        (kit::page_head(&head))
        (kit::post_form(&page.csrf, &format!("/rulebook/draft/clauses/{}", clause.number), html! {
            @if let Some((_, invalid)) = refused { (kit::form_errors(l, "", invalid)) }
            (kit::hidden("seen", &refused.map_or_else(|| versions::mark(clause), |(form, _)| form.text("seen").to_owned())))
            @for of in languages { (words(l, clause, of, refused)) }
            @if !clause.parameters.is_empty() {
                (kit::form_section(t::parameters(l), html! {
                    p.k-hint.k-field-wide { (t::markers_text(l)) }
                    @for of in &named.parameters {
                        div.k-set-parameter {
                            (parameter::field(l, of, "", refused))
                            code.k-marker { "{" (of.name) "}" }
                        }
                    }
                }))
            }
            (kit::form_actions(html! {
                (kit::submit(Look::Primary, t::keep(l)))
                (kit::button_link(Look::Plain, "/rulebook/draft", t::back_to_draft(l), None))
            }))
        }))
    })
}

fn words(l: Locale, clause: &Clause, of: Locale, refused: Option<(&Form, &Invalid)>) -> Markup {
    let (title, text) = (title_field(of), text_field(of));
    let field = |name: &str, written: Option<&str>| {
        refused.map_or_else(|| written.unwrap_or_default().to_owned(), |(form, _)| form.text(name).to_owned())
    };
    let error = |name: &str| refused.and_then(|(_, invalid)| invalid.of(name, l));
    kit::form_section(
        language(l, of),
        html! {
            (kit::text(l, &Field::new(&title, t::title_field(l)).value(field(&title, clause.title.written(of)))
                .error(error(&title)).max_length(100).wide()))
            (kit::textarea(l, &Field::new(&text, t::text_field(l)).value(field(&text, clause.text.written(of)))
                .error(error(&text)).wide(), 4))
        },
    )
}

async fn save(page: Page, Path(number): Path<String>, form: Form) -> Answer {
    let by = Drafter::of(&page.actor)?;
    let l = page.locale;
    let clause = clause(&page, &number).await?;
    let text = |name: String| form.text(&name).replace("\r\n", "\n");
    let draft = ClauseDraft {
        titles: Locale::ALL.map(|of| (of, text(title_field(of)))).to_vec(),
        texts: Locale::ALL.map(|of| (of, text(text_field(of)))).to_vec(),
        parameters: clause.parameters.iter().map(|of| (of.name.clone(), parameter::typed(&form, of))).collect(),
    };
    match versions::change_clause(&page.app, by, page.now, clause.number, form.text("seen"), draft).await {
        Ok(()) => Ok(page.done("/rulebook/draft", t::kept_in_draft(l))),
        Err(Error::Invalid(invalid)) => {
            let body = body(&page, &clause, Some((&form, &invalid))).await?;
            Ok(page.refused(&title(l, &clause), body).await)
        }
        Err(other) => Err(other.into()),
    }
}
