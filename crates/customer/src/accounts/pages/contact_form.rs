//! The people at an account: adding, changing, noting that somebody has gone.

use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use kehu_core::{AccountId, ContactId};
use kehu_platform::db::Lock;
use kehu_platform::web::kit::{self, Crumb, Filled, Look, PageHead};
use kehu_platform::web::{Answer, App, Form, Page};
use kehu_platform::{Error, Invalid};
use maud::html;

use crate::accounts::{self, Account, Contact, ContactFacts, editor};
use crate::t::accounts as t;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/accounts/{id}/contacts/new", get(new).post(add))
        .route("/contacts/{id}/edit", get(edit).post(change))
        .route("/contacts/{id}/archive", post(archive))
}

async fn new(page: Page, Path(id): Path<AccountId>) -> Answer {
    let editor = editor(page.app.db.read(), &page.actor, id).await?;
    entry(&page, editor.account(), None, &Form::default(), &Invalid::default()).await
}

async fn add(page: Page, Path(id): Path<AccountId>, form: Form) -> Answer {
    let (now, actor, facts) = (page.now, page.actor.clone(), read(&form));
    let added = page
        .app
        .db
        .write(Lock::account(id), async |tx| {
            let editor = editor(&**tx, &actor, id).await?;
            accounts::add_contact(tx, &actor, now, &editor, facts).await
        })
        .await;
    match added {
        Ok(contact) => {
            Ok(page.done(&format!("/accounts/{id}#people"), t::contact_added(page.locale, contact.facts.name)))
        }
        Err(Error::Invalid(invalid)) => {
            let editor = editor(page.app.db.read(), &page.actor, id).await?;
            entry(&page, editor.account(), None, &form, &invalid).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn find(page: &Page, id: ContactId) -> Result<(Account, Contact), Error> {
    let on = page.app.db.read();
    let contact = accounts::contact(on, id).await?.ok_or(Error::NotFound)?;
    let editor = editor(on, &page.actor, contact.account).await?;
    Ok((editor.account().clone(), contact))
}

async fn edit(page: Page, Path(id): Path<ContactId>) -> Answer {
    let (account, contact) = find(&page, id).await?;
    let f = &contact.facts;
    let fields = [
        ("name", &f.name),
        ("title", &f.title),
        ("department", &f.department),
        ("mobile", &f.mobile),
        ("phone", &f.phone),
        ("email", &f.email),
        ("wechat", &f.wechat),
        ("birthday", &f.birthday),
        ("remark", &f.remark),
        ("version", &contact.version.to_string()),
    ];
    let form = Form::new(fields.into_iter().map(|(n, v)| (n.to_owned(), v.clone())).collect(), vec![]);
    entry(&page, &account, Some(&contact), &form, &Invalid::default()).await
}

async fn change(page: Page, Path(id): Path<ContactId>, form: Form) -> Answer {
    let (account, contact) = find(&page, id).await?;
    let (now, actor, facts, version) = (page.now, page.actor.clone(), read(&form), form.version());
    let changed = page
        .app
        .db
        .write(Lock::account(account.id), async |tx| {
            let editor = editor(&**tx, &actor, account.id).await?;
            accounts::edit_contact(tx, &actor, now, &editor, id, version, facts).await
        })
        .await;
    match changed {
        Ok(_) => Ok(page.done(&format!("/accounts/{}#people", account.id), t::changed(page.locale))),
        Err(Error::Invalid(invalid)) => entry(&page, &account, Some(&contact), &form, &invalid).await,
        Err(error) => Err(error.into()),
    }
}

async fn archive(page: Page, Path(id): Path<ContactId>) -> Answer {
    let (account, contact) = find(&page, id).await?;
    let (now, actor) = (page.now, page.actor.clone());
    page.app
        .db
        .write(Lock::account(account.id), async |tx| {
            let editor = editor(&**tx, &actor, account.id).await?;
            accounts::archive_contact(tx, &actor, now, &editor, id, !contact.archived).await
        })
        .await?;
    Ok(page.done(&format!("/accounts/{}#people", account.id), t::changed(page.locale)))
}

/// A birthday is kept in the form that the calendar reads; what it cannot read comes back with a message.
fn read(form: &Form) -> ContactFacts {
    let text = |name: &str| form.text(name).to_owned();
    let birthday = form.text("birthday").parse::<kehu_core::calendar::lunar::YearlyDay>();
    ContactFacts {
        name: text("name"),
        title: text("title"),
        department: text("department"),
        mobile: text("mobile"),
        phone: text("phone"),
        email: text("email"),
        wechat: text("wechat"),
        birthday: birthday.map_or_else(|_| text("birthday"), |day| day.to_string()),
        remark: text("remark"),
    }
}

async fn entry(page: &Page, account: &Account, contact: Option<&Contact>, form: &Form, invalid: &Invalid) -> Answer {
    let l = page.locale;
    let filled = Filled::new(l, form, invalid);
    let title = if contact.is_some() { t::edit_contact(l) } else { t::new_contact(l) };
    let home = format!("/accounts/{}", account.id);
    let action = contact.map_or_else(|| format!("{home}/contacts/new"), |c| format!("/contacts/{}/edit", c.id));
    let body = html! {
        (kit::page_head(&PageHead {
            title,
            crumbs: &[Crumb::new("/accounts", t::accounts(l)), Crumb::new(home.clone(), account.called())],
            ..PageHead::default()
        }))
        (kit::post_form(&page.csrf, &action, html! {
            (kit::form_errors(l, "", invalid))
            (kit::hidden("version", form.text("version")))
            (kit::form_section("", html! {
                (kit::text(l, &filled.field("name", t::contact_name(l)).required().autofocus()))
                (kit::text(l, &filled.field("title", t::contact_title(l))))
                (kit::text(l, &filled.field("department", t::contact_department(l))))
                (kit::tel(l, &filled.field("mobile", t::mobile(l))))
                (kit::tel(l, &filled.field("phone", t::phone(l))))
                (kit::email(l, &filled.field("email", t::email(l))))
                (kit::text(l, &filled.field("wechat", t::wechat(l))))
                (kit::text(l, &filled.field("birthday", t::birthday(l)).hint(t::birthday_hint(l))))
                (kit::textarea(l, &filled.field("remark", t::remark(l)).wide(), 2))
            }))
            (kit::form_actions(html! {
                (kit::submit(Look::Primary, t::save(l)))
                (kit::button_link(Look::Quiet, &home, t::cancel(l), None))
            }))
        }))
        @if let Some(contact) = contact {
            (kit::post_button(&page.csrf, &format!("/contacts/{}/archive", contact.id), Look::Quiet,
                if contact.archived { t::contact_back(l) } else { t::contact_gone(l) }))
        }
    };
    Ok(if invalid.is_empty() { page.html(title, body).await } else { page.refused(title, body).await })
}
