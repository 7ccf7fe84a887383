//! Handing an account over: to whom, and what moves with it.

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use kehu_core::{AccountId, Position};
use kehu_platform::db::Lock;
use kehu_platform::web::kit::{self, Choice, Crumb, Filled, Look, PageHead};
use kehu_platform::web::{Answer, App, Form, Page, when};
use kehu_platform::{Error, Invalid};
use kehu_rulebook::obligations::{State, unsettled_of_account};
use maud::html;

use crate::accounts::{self, editor};
use crate::duties::Books;
use crate::t::accounts as t;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/accounts/{id}/hand-over", get(ask).post(hand_over))
}

async fn ask(page: Page, Path(id): Path<AccountId>) -> Answer {
    show(&page, id, &Form::default(), &Invalid::default()).await
}

async fn hand_over(page: Page, Path(id): Path<AccountId>, form: Form) -> Answer {
    let mut invalid = Invalid::default();
    let Some(to) = form.parsed("to", &mut invalid) else {
        if invalid.is_empty() {
            invalid.add("to", "required", t::receiver_unknown);
        }
        return show(&page, id, &form, &invalid).await;
    };
    let (now, actor) = (page.now, page.actor.clone());
    let moved = page
        .app
        .db
        .write(Lock::account(id), async |tx| {
            let books = page.app.kept.within::<Books>(tx).await?;
            let editor = editor(&**tx, &actor, id).await?;
            accounts::hand_over(tx, &actor, now, &books, &editor, to).await
        })
        .await;
    match moved {
        // The one who handed over may not read the account any more.
        Ok(account) => Ok(page.done("/accounts", t::handed_over(page.locale, account.called()))),
        Err(Error::Invalid(invalid)) => show(&page, id, &form, &invalid).await,
        Err(error) => Err(error.into()),
    }
}

async fn show(page: &Page, id: AccountId, form: &Form, invalid: &Invalid) -> Answer {
    let (l, on) = (page.locale, page.app.db.read());
    let editor = editor(on, &page.actor, id).await?;
    let account = editor.account();
    let roster = page.roster();
    let receivers: Vec<Choice> = roster
        .members
        .iter()
        .filter(|m| m.active && m.positions.holds(Position::AccountManager) && m.id != account.owner)
        .map(|m| Choice::new(m.id.to_string(), format!("{} {}", m.name, roster.team_name(m.team))))
        .collect();
    let moving: Vec<_> = unsettled_of_account(on, id).await?.into_iter().filter(|o| o.state == State::Open).collect();
    let title = t::hand_over(l);
    let home = format!("/accounts/{id}");
    let filled = Filled::new(l, form, invalid);
    let body = html! {
           (kit::page_head(&PageHead {
               title,
               sub: html! { (t::hand_over_sub(l, account.called(), roster.name(account.owner))) },
               crumbs: &[Crumb::new("/accounts", t::accounts(l)), Crumb::new(home.clone(), account.called())],
               ..PageHead::default()
           }))
           (kit::post_form(&page.csrf, &format!("{home}/hand-over"), html! {
               (kit::form_errors(l, "", invalid))
               (kit::form_section("", kit::select(l, &filled.field("to", t::receiver(l)).required(), &receivers, Some(t::choose(l)))))
               (kit::panel(&t::moving(l, moving.len()), html! {}, html! {
                   @if moving.is_empty() { p { (t::nothing_moves(l)) } }
                   ul.k-list {
                       @for o in &moving {
                           li.k-owedline {
    (kit::clause_chip(l, &o.clause, None)) " "
                               @if o.detail.is_empty() { (o.title) } @else { (o.detail) }
                               " " small.k-hint { (when::near_day(l, page.zone, page.now, page.zone.local_date(o.due_at - chrono::Duration::microseconds(1)))) }
                           }
                       }
                   }
                   p.k-hint { (t::history_stays(l)) }
               }))
               (kit::form_actions(html! {
                   (kit::submit(Look::Primary, t::hand_over(l)))
                   (kit::button_link(Look::Quiet, &home, t::cancel(l), None))
               }))
           }))
       };
    Ok(if invalid.is_empty() { page.html(title, body).await } else { page.refused(title, body).await })
}
