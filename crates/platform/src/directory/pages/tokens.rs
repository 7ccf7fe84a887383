//! One's own tokens of the API, on the profile page.

use axum::Router;
use axum::extract::Path;
use axum::routing::post;
use kehu_core::TokenId;
use maud::{Markup, html};

use super::asked::Asked;
use super::profile;
use crate::db::Lock;
use crate::error::Error;
use crate::t::api as t;
use crate::t::app;
use crate::tokens::{self, LONGEST_NAME, Token, TokenDraft};
use crate::web::kit::{self, Crumb, Field, Icon, Look, PageHead, Tone, tag};
use crate::web::{Answer, App, Failure, Form, Page, when};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/profile/tokens", post(make)).route("/profile/tokens/{id}/revoke", post(revoke))
}

async fn make(page: Page, form: Form) -> Answer {
    let (actor, now, owner) = (page.actor.clone(), page.now, page.member);
    let draft = TokenDraft { name: form.text("name").to_owned(), read_only: form.checked("read_only") };
    let made =
        page.app.db.write(Lock::member(owner), async |tx| tokens::make(tx, &actor, now, owner, draft).await).await;
    match made {
        Ok((token, secret)) => show_once(&page, &token, &secret).await,
        Err(Error::Invalid(invalid)) => profile::token_refused(&page, &form, &invalid).await,
        Err(other) => Err(other.into()),
    }
}

/// The only time that the token is seen.
async fn show_once(page: &Page, token: &Token, secret: &str) -> Answer {
    let l = page.locale;
    let title = t::token_title(l, token.name.as_str());
    let crumbs = [Crumb::new("/profile", app::profile(l))];
    let body = html! {
        (kit::page_head(&PageHead { title: &title, crumbs: &crumbs, ..PageHead::default() }))
        (kit::panel("", Markup::default(), html! {
            p { code.k-secret.k-break { (secret) } }
            p.k-hint { (t::token_once(l)) }
            pre.k-command { "curl -H 'Authorization: Bearer " (secret) "' https://…/api/v1/me" }
            (kit::button_link(Look::Primary, "/profile#tokens", t::token_noted(l), None))
            " " (kit::button_link(Look::Plain, "/api", t::reference(l), Some(Icon::Book2)))
        }))
    };
    Ok(page.html(&title, body).await)
}

async fn revoke(page: Page, Path(id): Path<TokenId>) -> Answer {
    let (actor, now) = (page.actor.clone(), page.now);
    page.app.db.write(Lock::member(page.member), async |tx| tokens::revoke(tx, &actor, now, id).await).await?;
    Ok(page.done("/profile#tokens", t::token_revoked(page.locale)))
}

/// The tokens and the form for a new one; a refused one comes back as it was typed.
pub(super) async fn panel(page: &Page, asked: Option<&Asked>) -> Result<Markup, Failure> {
    let l = page.locale;
    let all = tokens::of_member(page.app.db.read(), page.member).await?;
    let nothing_typed = Asked::fresh(l, []);
    let asked = asked.unwrap_or(&nothing_typed);
    let longest = u32::try_from(LONGEST_NAME).unwrap_or(u32::MAX);
    let form = kit::post_form(
        &page.csrf,
        "/profile/tokens",
        html! {
            (asked.summary())
            (kit::text(l, &asked.field("name", t::token_name(l)).hint(t::token_name_hint(l)).max_length(longest).required()))
            (kit::check(l, &Field::new("read_only", t::token_read_only(l)), !asked.value("read_only").is_empty()))
            (kit::form_actions(kit::submit(Look::Plain, t::token_make(l))))
        },
    );
    Ok(kit::panel(
        t::tokens(l),
        kit::button_link(Look::Quiet, "/api", t::reference(l), None),
        html! {
            p.k-hint { (t::tokens_intro(l)) }
            ul.k-list {
                @for token in &all {
                    li {
                        div {
                            (kit::icon(Icon::Key)) " " strong { (token.name) }
                            @if token.read_only { " " (tag(Tone::Quiet, t::token_reads(l))) }
                            small { (used(page, token)) }
                        }
                        (kit::post_button(
                            &page.csrf,
                            &format!("/profile/tokens/{}/revoke", token.id),
                            Look::Quiet,
                            t::token_revoke(l),
                        ))
                    }
                }
            }
            (kit::disclosure(t::token_new(l), asked.error("name").is_some(), form))
        },
    ))
}

fn used(page: &Page, token: &Token) -> String {
    let l = page.locale;
    let at = |moment| when::moment(l, page.own_zone, page.now, moment);
    match token.used_at {
        Some(used) => t::token_used(l, at(token.created_at), at(used)),
        None => t::token_unused(l, at(token.created_at)),
    }
}
