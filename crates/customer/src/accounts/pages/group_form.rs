//! The group of one account, and the end of an account that leads one.

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use kehu_core::{AccountGroupId, AccountId};
use kehu_platform::db::Lock;
use kehu_platform::web::kit::{self, Choice, Crumb, Filled, Look, PageHead};
use kehu_platform::web::{Answer, App, Form, Page};
use kehu_platform::{Error, Invalid};
use maud::{Markup, html};

use crate::accounts::{
    self, Account, AccountGroup, GroupKeeper, Succession, accounts_in_group, editor, kept_groups, place_in_group,
};
use crate::duties::Books;
use crate::t::accounts as t;

/// The value of the field of succession when each account is to owe its own.
const EACH: &str = "each";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/accounts/{id}/group", get(ask_group).post(place))
        .route("/accounts/{id}/archive", get(ask_archive).post(archive))
}

async fn ask_group(page: Page, Path(id): Path<AccountId>) -> Answer {
    let account = editor(page.app.db.read(), &page.actor, id).await?.account().clone();
    let chosen = account.group.map(|group| group.to_string()).unwrap_or_default();
    group_form(&page, &account, &Form::new(vec![("group".into(), chosen)], vec![]), &Invalid::default()).await
}

async fn place(page: Page, Path(id): Path<AccountId>, form: Form) -> Answer {
    let to: Option<AccountGroupId> = form.text("group").parse().ok();
    let (now, actor, succession) = (page.now, page.actor.clone(), read(&form));
    let placed = page
        .app
        .db
        .write(Lock::company(), async |tx| {
            let books = page.app.kept.within::<Books>(tx).await?;
            let editor = editor(&**tx, &actor, id).await?;
            place_in_group(tx, &actor, now, &books, &editor, to, succession).await
        })
        .await;
    match placed {
        Ok(()) => Ok(page.done(&format!("/accounts/{id}"), t::changed(page.locale))),
        Err(Error::Invalid(invalid)) => {
            let account = editor(page.app.db.read(), &page.actor, id).await?.account().clone();
            group_form(&page, &account, &form, &invalid).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn ask_archive(page: Page, Path(id): Path<AccountId>) -> Answer {
    let account = editor(page.app.db.read(), &page.actor, id).await?.account().clone();
    archive_form(&page, &account, &Form::default(), &Invalid::default()).await
}

async fn archive(page: Page, Path(id): Path<AccountId>, form: Form) -> Answer {
    let (now, actor, succession) = (page.now, page.actor.clone(), read(&form));
    let done = page
        .app
        .db
        .write(Lock::company(), async |tx| {
            let books = page.app.kept.within::<Books>(tx).await?;
            let editor = editor(&**tx, &actor, id).await?;
            if editor.account().archived {
                accounts::restore(tx, &actor, now, &books, &editor).await
            } else {
                accounts::archive(tx, &actor, now, &books, &editor, succession).await
            }
        })
        .await;
    match done {
        Ok(()) => Ok(page.done(&format!("/accounts/{id}"), t::changed(page.locale))),
        Err(Error::Invalid(invalid)) => {
            let account = editor(page.app.db.read(), &page.actor, id).await?.account().clone();
            archive_form(&page, &account, &form, &invalid).await
        }
        Err(error) => Err(error.into()),
    }
}

fn read(form: &Form) -> Option<Succession> {
    match form.text("lead") {
        EACH => Some(Succession::Each),
        lead => lead.parse().ok().map(Succession::Lead),
    }
}

async fn group_form(page: &Page, account: &Account, form: &Form, invalid: &Invalid) -> Answer {
    let (l, on) = (page.locale, page.app.db.read());
    let keeper = GroupKeeper::of(&page.actor)?;
    if !keeper.places(account) {
        return Err(Error::Forbidden.into());
    }
    let mut all: Vec<AccountGroup> = kept_groups(on, keeper).await?.into_iter().map(|(group, _)| group).collect();
    if let Some(own) = account.group.filter(|own| all.iter().all(|group| group.id != *own)) {
        all.extend(accounts::group(on, own).await?);
    }
    let choices: Vec<Choice> = all.iter().map(|g| Choice::new(g.id.to_string(), g.name.clone())).collect();
    let filled = Filled::new(l, form, invalid);
    let fields = html! {
        (kit::select(l, &filled.field("group", t::group(l)).hint(t::group_hint(l)), &choices, Some(t::group_none(l))))
        (succession(page, account, form, invalid).await?)
    };
    ask(page, account, (t::group(l), "group", t::save(l)), fields, invalid).await
}

async fn archive_form(page: &Page, account: &Account, form: &Form, invalid: &Invalid) -> Answer {
    let l = page.locale;
    let fields = html! {
        p.k-field-wide { (t::archive_text(l)) }
        (succession(page, account, form, invalid).await?)
    };
    ask(page, account, (t::archive(l), "archive", t::archive(l)), fields, invalid).await
}

/// Who is to lead the group that the account leads, when it owes once for others.
async fn succession(page: &Page, account: &Account, form: &Form, invalid: &Invalid) -> Result<Markup, Error> {
    let (l, on) = (page.locale, page.app.db.read());
    let group = match account.group {
        Some(id) => accounts::group(on, id).await?.filter(|group| group.once && group.lead == Some(account.id)),
        None => None,
    };
    let Some(group) = group else { return Ok(html! {}) };
    let mut others = accounts_in_group(on, group.id).await?;
    others.retain(|other| other.id != account.id);
    if others.is_empty() {
        return Ok(html! {});
    }
    // An account that the reader does not see is not named; whoever keeps the group can choose it.
    let ids: Vec<AccountId> = others.iter().map(|other| other.id).collect();
    let seen = accounts::seen_among(on, &page.actor, &ids).await?;
    let named = others.iter().filter(|other| seen.contains(&other.id));
    let mut heirs: Vec<Choice> =
        named.map(|other| Choice::new(other.id.to_string(), t::successor_leads(l, other.called()))).collect();
    heirs.push(Choice::new(EACH, t::cadence_each(l)));
    let filled = Filled::new(l, form, invalid);
    Ok(html! {
        p.k-note.k-field-wide { (t::successor_text(l, group.name.as_str())) }
        (kit::select(l, &filled.field("lead", t::successor(l)).required(), &heirs, Some(t::choose(l))))
    })
}

async fn ask(
    page: &Page,
    account: &Account,
    (title, path, act): (&str, &str, &str),
    fields: Markup,
    invalid: &Invalid,
) -> Answer {
    let l = page.locale;
    let home = format!("/accounts/{}", account.id);
    let body = html! {
        (kit::page_head(&PageHead {
            title,
            crumbs: &[Crumb::new("/accounts", t::accounts(l)), Crumb::new(home.clone(), account.called())],
            ..PageHead::default()
        }))
        (kit::post_form(&page.csrf, &format!("{home}/{path}"), html! {
            (kit::form_errors(l, "", invalid))
            (kit::form_section("", fields))
            (kit::form_actions(html! {
                (kit::submit(Look::Primary, act))
                (kit::button_link(Look::Quiet, &home, t::cancel(l), None))
            }))
        }))
    };
    Ok(if invalid.is_empty() { page.html(title, body).await } else { page.refused(title, body).await })
}
