//! A signed-in page being answered: who asked, in which language, and the frame around the content.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use kehu_core::calendar::Zone;
use kehu_core::{Actor, Locale, MemberId};
use maud::{Markup, html};

use super::guard::{Identity, RequestId, VISITOR_COOKIE, cookie, set_cookie};
use super::kit::{self, Frame, Icon, MenuItem, NavGroup, NavItem, Search, Tone, Who};
use super::{App, paths};
use crate::db::DbFault;
use crate::directory::{Company, Leave, Roster, Standing};
use crate::kept::Settled;
use crate::sign_in::Session;
use crate::{directory, t};

const FLASH_COOKIE: &str = "kehu_flash";

/// Somebody who may or may not have signed in.
#[derive(Clone)]
pub struct Visitor {
    pub app: App,
    pub locale: Locale,
    pub csrf: String,
    pub session: Option<Session>,
    pub address: std::net::IpAddr,
    pub company: Company,
    pub(super) standing: Arc<Standing>,
}

/// A member with a session, and everything for answering with a page.
#[derive(Clone)]
pub struct Page {
    pub app: App,
    pub actor: Actor,
    pub member: MemberId,
    pub session: Session,
    pub locale: Locale,
    pub csrf: String,
    pub company: Company,
    /// The company's zone, in which days and times are shown and typed.
    pub zone: Zone,
    /// The moment of this request, the same for everything in it.
    pub now: DateTime<Utc>,
    /// The member's own zone, for moments that concern nobody else.
    pub own_zone: Zone,
    /// Whether htmx asks for a fragment.
    pub fragment: bool,
    standing: Arc<Standing>,
    path: String,
    query: String,
    flash: Option<String>,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, StatusCode> {
        let identity = parts.extensions.get::<Identity>().cloned().ok_or(StatusCode::INTERNAL_SERVER_ERROR)?;
        Ok(Self {
            app: app.clone(),
            locale: identity.locale,
            csrf: identity.csrf,
            session: identity.session,
            address: identity.address,
            company: identity.standing.company.clone(),
            standing: identity.standing,
        })
    }
}

impl FromRequestParts<App> for Page {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, StatusCode> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        let session = visitor.session.ok_or(StatusCode::UNAUTHORIZED)?;
        let flash = cookie(&parts.headers, FLASH_COOKIE).and_then(decode);
        Ok(Self {
            app: app.clone(),
            actor: session.actor.clone(),
            member: session.member,
            locale: visitor.locale,
            csrf: visitor.csrf,
            zone: visitor.company.zone.parse().unwrap_or_default(),
            company: visitor.company,
            own_zone: session.zone,
            standing: visitor.standing,
            session,
            now: app.clock.now(),
            fragment: parts.headers.contains_key("hx-request"),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            flash,
        })
    }
}

fn decode(text: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&format!("t={text}")).ok()?;
    pairs.into_iter().next().map(|(_, value)| value)
}

impl Page {
    /// The members, teams and departments as this request found them.
    pub fn roster(&self) -> &Arc<Roster> {
        &self.standing.roster
    }

    /// Every leave that has not been cancelled.
    pub fn leaves(&self) -> &[Leave] {
        &self.standing.leaves
    }

    /// What is kept between requests, as this request found it.
    pub async fn kept<T: Settled>(&self) -> Result<Arc<T>, DbFault> {
        self.app.kept.at(self.app.db.read(), self.standing.revision).await
    }

    /// The query of the address, for filters and paging.
    pub fn query(&self) -> paths::Query {
        paths::Query::parse(&self.query)
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    /// A whole page.
    pub async fn html(&self, title: &str, body: Markup) -> Response {
        self.with_status(StatusCode::OK, title, body, &[]).await
    }

    /// A whole page whose fragments refresh when one of the topics changes.
    pub async fn live(&self, title: &str, topics: &[String], body: Markup) -> Response {
        self.with_status(StatusCode::OK, title, body, topics).await
    }

    /// A form shown again with messages next to the fields.
    pub async fn refused(&self, title: &str, body: Markup) -> Response {
        self.with_status(StatusCode::UNPROCESSABLE_ENTITY, title, body, &[]).await
    }

    /// A part of a page, for htmx to put in place.
    pub fn part(&self, body: Markup) -> Response {
        Html(body.into_string()).into_response()
    }

    /// On to another page, with a message about what was done.
    pub fn done(&self, to: &str, message: impl AsRef<str>) -> Response {
        let mut response = Redirect::to(to).into_response();
        let cookie = set_cookie(FLASH_COOKIE, &paths::encode(message.as_ref()), 60, self.app.secure_cookies);
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        response
    }

    /// As [`Page::done`], with an offer of what to do next: where it is done, and what it is called.
    pub fn done_offering(&self, to: &str, message: impl AsRef<str>, (href, label): (&str, &str)) -> Response {
        self.done(to, format!("{}\n{href}\n{label}", message.as_ref().replace('\n', " ")))
    }

    async fn with_status(&self, status: StatusCode, title: &str, body: Markup, topics: &[String]) -> Response {
        let live = (!topics.is_empty()).then(|| format!("/events?topics={}", topics.join(",")));
        let overdue = overdue(&self.app, &self.actor, self.now).await;
        let markup = frame(self, title, live.as_deref(), &overdue, body);
        let mut response = (status, Html(markup.into_string())).into_response();
        if self.flash.is_some()
            && let Ok(value) = HeaderValue::from_str(&set_cookie(FLASH_COOKIE, "", 0, self.app.secure_cookies))
        {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        response
    }
}

fn frame(page: &Page, title: &str, live: Option<&str>, overdue: &Overdue, body: Markup) -> Markup {
    let l = page.locale;
    let nav = navigation(&page.app, &page.actor, l, &page.path, overdue);
    let positions: Vec<&str> = page.actor.positions.iter().map(|p| directory::position_name(l, p)).collect();
    let menu = [MenuItem::new("/profile", t::app::profile(l)).icon(Icon::User)];
    let query = page.query();
    let asked = query.get("q");
    let looking = page.actor.onlooker.is_some();
    Frame {
        locale: l,
        title,
        csrf: &page.csrf,
        member: Some(Who {
            name: &page.actor.name,
            positions: &positions.join(t::app::list_comma(l)),
            menu: &menu,
            sign_out: "/sign-out",
        }),
        nav: &nav,
        record: record(&page.actor),
        viewing: looking.then_some(&page.actor.name),
        search: Some(Search { action: "/accounts", query: asked }),
        flash: page.flash.as_deref().map(flash),
        demo: page.company.demo,
        live,
        zone: page.zone.name(),
    }
    .page(body)
}

/// The message, and on lines of their own the address and the name of what is offered.
fn flash(told: &str) -> kit::Flash {
    let mut lines = told.splitn(3, '\n').map(str::to_owned);
    let text = lines.next().unwrap_or_default();
    let link = lines.next().filter(|href| href.starts_with('/')).zip(lines.next());
    kit::Flash { tone: Tone::Good, text, link }
}

/// How much is overdue behind the places of the side bar, by their address.
type Overdue = HashMap<&'static str, i64>;

/// A page does without the counts when they cannot be read.
async fn overdue(app: &App, actor: &Actor, now: DateTime<Utc>) -> Overdue {
    let mut counts = Overdue::new();
    for entry in app.nav.iter() {
        let Some(count) = entry.count else { continue };
        match count(app, actor, now).await {
            Ok(0) => {}
            Ok(count) => {
                counts.insert(entry.href, count);
            }
            Err(fault) => tracing::error!(%fault, place = entry.href, "counting for the side bar"),
        }
    }
    counts
}

/// Where contacts are logged, for those who may log one in their own name.
fn record(actor: &Actor) -> Option<&'static str> {
    (actor.onlooker.is_none() && actor.logs_contacts()).then_some("/record")
}

fn navigation(app: &App, actor: &Actor, l: Locale, path: &str, overdue: &Overdue) -> Vec<NavGroup> {
    use super::NavGroup as Group;
    let under = |place: &str| path == place || (place != "/" && path.starts_with(&format!("{place}/")));
    let through = app.beside.iter().find(|(page, _)| under(page)).map(|(_, place)| *place);
    [Group::Work, Group::Customers, Group::Team, Group::Administration]
        .into_iter()
        .map(|group| NavGroup {
            heading: match group {
                Group::Work => None,
                Group::Customers => Some(t::app::nav_customers(l).to_owned()),
                Group::Team => Some(t::app::nav_team(l).to_owned()),
                Group::Administration => Some(t::app::nav_administration(l).to_owned()),
            },
            items: app
                .nav
                .iter()
                .filter(|entry| entry.group == group && (entry.visible)(actor))
                .map(|entry| {
                    let current = through.map_or_else(|| under(entry.href), |place| place == entry.href);
                    let item = NavItem::new(entry.icon, entry.href, (entry.label)(l)).current(current);
                    let item = match overdue.get(entry.href) {
                        Some(count) => item.count(count.to_string(), true),
                        None => item,
                    };
                    if entry.thumb { item.thumb() } else { item }
                })
                .collect(),
        })
        .filter(|group: &NavGroup| !group.items.is_empty())
        .collect()
}

impl Visitor {
    /// A page without navigation; sets the cookie that its form's token belongs to.
    pub async fn bare(&self, status: StatusCode, title: &str, body: Markup) -> Response {
        let markup = kit::bare_page(self.locale, title, &self.csrf, self.company.demo, body);
        let mut response = (status, Html(markup.into_string())).into_response();
        if self.session.is_none()
            && let Ok(value) =
                HeaderValue::from_str(&set_cookie(VISITOR_COOKIE, &self.csrf, 24 * 3600, self.app.secure_cookies))
        {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        response
    }
}

/// The page that says what went wrong.
pub(super) fn error(
    app: &App,
    identity: &Identity,
    status: StatusCode,
    message: Option<&str>,
    id: &RequestId,
) -> Response {
    let l = identity.locale;
    let body = match status {
        StatusCode::NOT_FOUND => kit::not_found(l, "/"),
        StatusCode::FORBIDDEN => kit::forbidden(l, "/"),
        status if status.is_server_error() => kit::fault(l, "/", &id.0),
        _ => kit::empty(
            Icon::AlertTriangle,
            t::app::refused(l),
            message.unwrap_or_else(|| t::app::refused_text(l)),
            html! { a.btn href="/" { (t::app::home(l)) } },
        ),
    };
    let title = t::app::refused(l);
    (status, Html(around(app, identity, title, body).into_string())).into_response()
}

/// The frame around what is said in place of a page.
fn around(app: &App, identity: &Identity, title: &str, body: Markup) -> Markup {
    let l = identity.locale;
    let Some(session) = &identity.session else { return kit::bare_page(l, title, &identity.csrf, false, body) };
    let nav = navigation(app, &session.actor, l, "", &Overdue::new());
    let looking = session.actor.onlooker.is_some();
    let frame = Frame {
        locale: l,
        title,
        csrf: &identity.csrf,
        nav: &nav,
        record: record(&session.actor),
        viewing: looking.then_some(&session.actor.name),
        ..Frame::default()
    };
    frame.page(body)
}

/// What stands in place of a page that may show customers whom an onlooker does not see.
pub(super) fn withheld(app: &App, identity: &Identity) -> Response {
    let l = identity.locale;
    let name = identity.session.as_ref().map_or("", |session| session.actor.name.as_str());
    let body = html! {
        h1.visually-hidden { (t::app::withheld(l)) }
        (kit::empty(Icon::EyeOff, t::app::withheld(l), &t::app::withheld_text(l, name), html! {
            a.btn href="/" { (t::app::home(l)) }
        }))
    };
    (StatusCode::FORBIDDEN, Html(around(app, identity, t::app::withheld(l), body).into_string())).into_response()
}
