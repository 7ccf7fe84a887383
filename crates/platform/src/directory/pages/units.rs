//! What the pages of teams and of departments have in common: each has a name, somebody at its head and a history,
//! and is archived when nobody is in it any more.

use maud::{Markup, html};
use uuid::Uuid;

use super::asked::Asked;
use crate::error::{Error, Invalid};
use crate::t::directory as t;
use crate::web::kit::{self, Choice, Crumb, Look, PageHead};
use crate::web::{Answer, Page};

/// An archived unit in the list at the end of the page.
pub(super) struct Archived<'a> {
    pub id: Uuid,
    pub name: &'a str,
    pub version: i64,
}

/// The archived ones, folded away, each with a way back into use.
pub(super) fn archived(page: &Page, all: &str, units: &[Archived<'_>]) -> Markup {
    let l = page.locale;
    if units.is_empty() {
        return Markup::default();
    }
    kit::disclosure(
        &t::archived_count(l, units.len()),
        false,
        html! {
            ul.k-list {
                @for unit in units {
                    li {
                        span { (unit.name) }
                        (turn(page, &format!("{all}/{}/restore", unit.id), unit.version, Look::Quiet, t::restore(l)))
                    }
                }
            }
        },
    )
}

/// What stands below the form of a unit: its end, when nobody is in it, and its history.
pub(super) fn below(page: &Page, at: &str, version: i64, may_end: bool, past: &Markup) -> Markup {
    let l = page.locale;
    html! {
        div.k-after {
            @if may_end { p { (turn(page, &format!("{at}/archive"), version, Look::Danger, t::archive(l))) } }
            (kit::panel(t::history(l), Markup::default(), past.clone()))
        }
    }
}

fn turn(page: &Page, action: &str, version: i64, look: Look, words: &str) -> Markup {
    html! {
        form.k-inline method="post" action=(action) {
            (kit::csrf_field(&page.csrf)) (kit::hidden("version", &version.to_string()))
            (kit::submit(look, words))
        }
    }
}

/// The form of a unit.
pub(super) struct UnitForm<'a> {
    pub title: &'a str,
    /// The list that it belongs to: its address and its name.
    pub all: (&'a str, &'a str),
    pub id: Option<Uuid>,
    pub name: &'a str,
    pub head: Head<'a>,
    /// Further fields.
    pub more: Markup,
}

/// Whoever stands at the head of a unit.
pub(super) struct Head<'a> {
    pub field: &'a str,
    pub label: &'a str,
    pub hint: &'a str,
    pub nobody: &'a str,
    pub choices: Vec<Choice>,
}

impl UnitForm<'_> {
    pub(super) fn show(self, page: &Page, asked: &Asked) -> Markup {
        let (l, (all, all_name)) = (page.locale, self.all);
        let action = self.id.map_or_else(|| all.to_owned(), |id| format!("{all}/{id}"));
        let head = self.head;
        html! {
            (kit::page_head(&PageHead { title: self.title, crumbs: &[Crumb::new(all, all_name)], ..PageHead::default() }))
            (kit::post_form(&page.csrf, &action, html! {
                (asked.summary())
                (kit::hidden("version", asked.value("version")))
                (kit::text(l, &asked.field("name", self.name).required().max_length(60)))
                (kit::select(l, &asked.field(head.field, head.label).hint(head.hint), &head.choices, Some(head.nobody)))
                (self.more)
                (kit::form_actions(html! {
                    (kit::submit(Look::Primary, t::save(l)))
                    (kit::button_link(Look::Plain, all, t::cancel(l), None))
                }))
            }))
        }
    }
}

/// Back to the list once it is saved; `again` shows the form with what was refused, under a title.
pub(super) async fn saved<T>(
    page: &Page,
    all: &str,
    outcome: Result<T, Error>,
    again: impl AsyncFnOnce(&Invalid) -> Result<(String, Markup), Error>,
) -> Answer {
    match outcome {
        Ok(_) => Ok(page.done(all, t::saved(page.locale))),
        Err(Error::Invalid(invalid)) => {
            let (title, body) = again(&invalid).await?;
            Ok(page.refused(&title, body).await)
        }
        Err(other) => Err(other.into()),
    }
}
