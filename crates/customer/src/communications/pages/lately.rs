//! What was said last and what is still unanswered, beside the log form: the thread to take up.

use kehu_platform::Error;
use kehu_platform::web::kit::{self, Icon, icon};
use kehu_platform::web::{Page, when};
use maud::{Markup, html};

use super::names;
use crate::accounts::Account;
use crate::communications;
use crate::t::communications as t;

const SHOWN: u64 = 3;

pub(super) async fn aside(page: &Page, account: &Account) -> Result<Markup, Error> {
    let (l, on) = (page.locale, page.app.db.read());
    let latest = communications::latest(on, account.id, None, SHOWN).await?;
    let questions = communications::open_questions(on, account.id).await?;
    let day = |date| when::near_day(l, page.zone, page.now, date);
    Ok(html! {
        @if !questions.is_empty() {
            (kit::side_card(t::unanswered(l), Some(questions.len()), None, html! {
                @for question in questions.iter().take(5) {
                    (kit::side_line(
                        &format!("/questions/{}/answer", question.id),
                        html! { (icon(Icon::MessageQuestion)) },
                        &match question.reply_by {
                            Some(by) => t::question_due(l, day(by), question.text.as_str()),
                            None => question.text.clone(),
                        },
                    ))
                }
            }))
        }
        @if !latest.is_empty() {
            (kit::side_card(t::last_time(l), None, None, html! {
                @for contact in &latest {
                    a.k-lately href={ "/communications/" (contact.id) } {
                        small {
                            (icon(names::icon(contact.kind))) " " (day(page.zone.local_date(contact.occurred_at)))
                            " · " (names::kind(l, contact.kind))
                            @if !contact.connected { " · " (t::connected_no(l)) }
                        }
                        @if !contact.summary.is_empty() { span { (contact.summary) } }
                    }
                }
            }))
        }
    })
}
