//! Minutes that were sent to the reader, the unread ones first.

use axum::Router;
use axum::routing::get;
use kehu_platform::web::kit::{self, Icon, PageHead, Tone, icon, tag};
use kehu_platform::web::{Answer, App, Page, when};
use maud::{Markup, html};

use super::list::tabs;
use super::store;
use crate::t::communications as t;

const SHOWN: u64 = 100;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/minutes", get(show))
}

async fn show(page: Page) -> Answer {
    let (l, on) = (page.locale, page.app.db.read());
    let received = store::minutes_sent_to(on, page.member, SHOWN).await?;
    let roster = page.roster();
    let unread = received.iter().filter(|m| m.read_at.is_none()).count();
    let body = html! {
            (kit::page_head(&PageHead {
                title: t::inbox(l),
                sub: html! { @if unread > 0 { (t::unread_count(l, unread)) } @else { (t::inbox_text(l)) } },
                ..PageHead::default()
            }))
            (tabs(&page, "/minutes"))
            @if received.is_empty() { (kit::empty(Icon::Note, t::inbox_none(l), t::inbox_none_text(l), Markup::default())) }
            @else {
                ul.k-choices.k-choices-wide {
                    @for minutes in &received {
                        li {
                            a.k-choice href={ "/communications/" (minutes.id()) "#minutes" } {
                                span.k-choice-words {
                                    strong {
                                        @if minutes.read_at.is_none() { span.k-unread { (tag(Tone::Accent, t::unread(l))) } " " }
                                        (minutes.called())
                                    }
                                    small {
                                        (t::sent_line(
                                            l,
                                            when::moment(l, page.zone, page.now, minutes.sent_at),
    minutes.sent_by().map_or("", |id| roster.name(id)),
                                        ))
                                    }
                                    span.k-excerpt { (minutes.text) }
                                }
                                (icon(Icon::ChevronRight))
                            }
                        }
                    }
                }
            }
        };
    Ok(page.html(t::inbox(l), body).await)
}
