//! The sign-in page, and the way out.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use kehu_core::{Locale, MemberId, Position};
use maud::{Markup, html};

use super::{DEMO_PASSWORD, SignInRefusal, end_view, sign_in, sign_out, view_as};
use crate::directory::{self, Member};
use crate::error::Error;
use crate::t::sign_in as t;
use crate::web::kit::{self, Field, Icon, Look};
use crate::web::{Answer, App, Form, Page, SESSION_COOKIE, VIEW_AS_END, Visitor, set_cookie};

/// Longer than a session lasts unused; the session itself decides when it ends.
const COOKIE_AGE: i64 = 180 * 24 * 3600;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(ask).post(enter))
        .route("/sign-out", post(leave))
        .route("/members/{id}/view-as", post(look))
        .route(VIEW_AS_END, post(look_no_more))
}

/// What the form holds when it is shown.
#[derive(Default)]
struct Asked<'a> {
    login: &'a str,
    next: &'a str,
    refusal: Option<&'a str>,
}

async fn ask(visitor: Visitor, query: axum::extract::RawQuery) -> Answer {
    let query = crate::web::Query::parse(query.0.as_deref().unwrap_or_default());
    let next = safe(query.get("next"));
    if visitor.session.is_some() {
        return Ok(Redirect::to(next).into_response());
    }
    show(&visitor, StatusCode::OK, Asked { next, ..Asked::default() }).await
}

async fn enter(visitor: Visitor, headers: HeaderMap, form: Form) -> Answer {
    let (app, l) = (&visitor.app, visitor.locale);
    let next = safe(form.text("next"));
    let login = form.text("login");
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let address = visitor.address.to_string();
    match sign_in(&app.db, app.clock.now(), login, form.raw("password"), agent, &address).await {
        Ok(token) => with_session(Redirect::to(next).into_response(), &token, COOKIE_AGE, app.secure_cookies),
        Err(SignInRefusal::Wrong) => {
            let asked = Asked { login, next, refusal: Some(t::wrong(l)) };
            show(&visitor, StatusCode::UNPROCESSABLE_ENTITY, asked).await
        }
        Err(SignInRefusal::TooMany) => {
            let asked = Asked { login, next, refusal: Some(t::too_many(l)) };
            show(&visitor, StatusCode::TOO_MANY_REQUESTS, asked).await
        }
        Err(SignInRefusal::Failed(error)) => Err(error.into()),
    }
}

async fn leave(page: Page) -> Answer {
    sign_out(&page.app.db, page.now, &page.session).await?;
    with_session(Redirect::to("/sign-in").into_response(), "", 0, page.app.secure_cookies)
}

async fn look(page: Page, Path(member): Path<MemberId>) -> Answer {
    view_as(&page.app.db, page.now, &page.session, member).await?;
    Ok(Redirect::to("/").into_response())
}

async fn look_no_more(page: Page) -> Answer {
    end_view(&page.app.db, page.now, &page.session).await?;
    Ok(page.done(&format!("/members/{}", page.member), crate::t::app::viewing_ended(page.locale)))
}

fn with_session(mut response: Response, token: &str, age: i64, secure: bool) -> Answer {
    let cookie = HeaderValue::from_str(&set_cookie(SESSION_COOKIE, token, age, secure))
        .map_err(|e| Error::Broken(format!("the session's cookie: {e}")))?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// Only paths of this site are followed after signing in.
fn safe(next: &str) -> &str {
    let inside = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(|c: char| c == '\\' || c.is_control())
        && !next.starts_with("/sign-");
    if inside { next } else { "/" }
}

async fn show(visitor: &Visitor, status: StatusCode, asked: Asked<'_>) -> Answer {
    let (app, l) = (&visitor.app, visitor.locale);
    let members = directory::members(app.db.read()).await?;
    if members.is_empty() {
        return Ok(visitor.bare(status, t::first_title(l), first_visit(l)).await);
    }
    let company = &visitor.company;
    let body = html! {
        h1 { @if company.name.is_empty() { (t::title(l)) } @else { (t::title_of(l, company.name.clone())) } }
        (sign_in_form(l, &visitor.csrf, &asked))
        @if company.demo { (demo_entrances(l, &visitor.csrf, asked.next, &members)) }
    };
    Ok(visitor.bare(status, t::title(l), body).await)
}

fn sign_in_form(l: Locale, csrf: &str, asked: &Asked<'_>) -> Markup {
    let login = Field::new("login", t::login(l)).value(asked.login).autocomplete("username").required();
    let password = Field::new("password", t::password(l)).autocomplete("current-password").required();
    let (login, password) = match asked.refusal {
        None => (login.autofocus(), password),
        refusal => (login, password.error(refusal).autofocus()),
    };
    kit::post_form(
        csrf,
        "/sign-in",
        html! {
            (kit::hidden("next", asked.next))
            (kit::text(l, &login))
            (kit::password(l, &password))
            (kit::form_actions(kit::submit(Look::Primary, t::enter(l))))
            p.k-hint { (t::forgotten(l)) }
        },
    )
}

/// The demo company is entered by a click: one person for each position.
fn demo_entrances(l: Locale, csrf: &str, next: &str, members: &[Member]) -> Markup {
    let somebody = |position: Position| {
        members
            .iter()
            .filter(|m| m.active && m.can_sign_in && m.positions.holds(position))
            .min_by_key(|m| (m.positions.iter().count(), m.created_at, m.id))
    };
    html! {
        section.k-entrances {
            h2 { (t::demo_title(l)) }
            p.k-hint { (t::demo_text(l, DEMO_PASSWORD)) }
            ul {
                @for position in Position::ALL {
                    @if let Some(member) = somebody(position) {
                        li {
                            form method="post" action="/sign-in" {
                                (kit::csrf_field(csrf)) (kit::hidden("next", next))
                                (kit::hidden("login", &member.login)) (kit::hidden("password", DEMO_PASSWORD))
                                button.k-entrance type="submit" {
                                    (kit::person(&member.name, directory::position_name(l, position)))
                                    code { (member.login) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Nobody is in the directory yet: the first administrator is made where the data lies.
fn first_visit(l: Locale) -> Markup {
    html! {
        (kit::empty(Icon::Key, t::first_title(l), t::first_text(l), Markup::default()))
        pre.k-command tabindex="0" { code { "kehu init --login admin --name \"" (t::first_name(l)) "\"" } }
        p.k-hint { (t::first_then(l)) }
        (kit::button_link(Look::Plain, "/sign-in", t::first_again(l), Some(Icon::Refresh)))
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn after_signing_in_only_pages_of_this_site_are_opened() {
        assert_eq!(safe("/accounts?q=a"), "/accounts?q=a");
        for elsewhere in ["https://evil.example", "//evil.example", "/\\evil.example", "", "/sign-out", "/a\nb"] {
            assert_eq!(safe(elsewhere), "/", "{elsewhere}");
        }
    }
}
