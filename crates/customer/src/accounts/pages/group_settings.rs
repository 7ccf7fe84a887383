//! Groups of companies: which there are, and how each owes its calls and visits.

use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use kehu_core::{AccountGroupId, AccountId};
use kehu_platform::db::Lock;
use kehu_platform::web::kit::{self, Choice, Column, Crumb, Filled, Icon, Look, PageHead, TableRow};
use kehu_platform::web::{Answer, App, Form, Page};
use kehu_platform::{Error, Invalid};
use maud::{Markup, html};

use crate::accounts::{
    self, Account, AccountGroup, GroupDraft, GroupKeeper, accounts_in_group, candidates, kept_groups,
};
use crate::duties::Books;
use crate::t::accounts as t;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/settings/groups", get(index))
        .route("/settings/groups/new", get(new).post(add))
        .route("/settings/groups/{id}", get(edit).post(change))
        .route("/settings/groups/{id}/dissolve", post(dissolve))
}

async fn index(page: Page) -> Answer {
    let keeper = GroupKeeper::of(&page.actor)?;
    let (l, on) = (page.locale, page.app.db.read());
    let all = kept_groups(on, keeper).await?;
    let rows: Vec<TableRow> = all.iter().map(|(group, accounts)| row(&page, group, accounts)).collect();
    let columns = [
        Column::new(t::group_name(l)),
        Column::new(t::group_accounts(l)),
        Column::new(t::group_cadence(l)),
        Column::new(t::group_lead(l)),
    ];
    let add = || kit::button_link(Look::Primary, "/settings/groups/new", t::group_new(l), Some(Icon::Plus));
    let body = html! {
        (kit::page_head(&PageHead {
            title: t::groups(l),
            sub: html! { (t::groups_sub(l)) },
            actions: html! { @if !rows.is_empty() { (add()) } },
            ..PageHead::default()
        }))
        @if rows.is_empty() {
            (kit::empty(Icon::BuildingCommunity, t::groups_none(l), t::groups_none_text(l), add()))
        } @else {
            (kit::table(l, t::groups(l), &columns, &rows))
        }
    };
    Ok(page.html(t::groups(l), body).await)
}

fn row(page: &Page, group: &AccountGroup, accounts: &[Account]) -> TableRow {
    let l = page.locale;
    let names: Vec<&str> = accounts.iter().map(Account::called).collect();
    let lead = accounts.iter().find(|account| group.lead == Some(account.id));
    TableRow::new(vec![
        html! { a.k-strong href={ "/settings/groups/" (group.id) } { (group.name) } },
        html! { @if names.is_empty() { span.k-none { "—" } } @else { (names.join(super::show::comma(l))) } },
        html! { (if group.once { t::cadence_once(l) } else { t::cadence_each(l) }) },
        html! { @match lead { Some(lead) => (lead.called()), None => span.k-none { "—" } } },
    ])
}

async fn new(page: Page) -> Answer {
    GroupKeeper::of(&page.actor)?;
    let form = Form::new(vec![("cadence".into(), "each".into())], vec![]);
    show(&page, None, &form, &Invalid::default()).await
}

async fn add(page: Page, form: Form) -> Answer {
    GroupKeeper::of(&page.actor)?;
    let draft = read(&form);
    let (now, actor) = (page.now, page.actor.clone());
    let added = page
        .app
        .db
        .write(Lock::company(), async |tx| {
            let books = page.app.kept.within::<Books>(tx).await?;
            accounts::add_group(tx, GroupKeeper::of(&actor)?, now, &books, draft).await
        })
        .await;
    match added {
        Ok(_) => Ok(page.done("/settings/groups", t::changed(page.locale))),
        Err(Error::Invalid(invalid)) => show(&page, None, &form, &invalid).await,
        Err(error) => Err(error.into()),
    }
}

async fn edit(page: Page, Path(id): Path<AccountGroupId>) -> Answer {
    GroupKeeper::of(&page.actor)?;
    let on = page.app.db.read();
    let group = accounts::group(on, id).await?.ok_or(Error::NotFound)?;
    let mut fields = vec![
        ("name".to_owned(), group.name.clone()),
        ("cadence".to_owned(), if group.once { "once" } else { "each" }.to_owned()),
        ("lead".to_owned(), group.lead.map(|lead| lead.to_string()).unwrap_or_default()),
        ("version".to_owned(), group.version.to_string()),
    ];
    fields.extend(accounts_in_group(on, id).await?.iter().map(|a| ("accounts".to_owned(), a.id.to_string())));
    show(&page, Some(&group), &Form::new(fields, vec![]), &Invalid::default()).await
}

async fn change(page: Page, Path(id): Path<AccountGroupId>, form: Form) -> Answer {
    GroupKeeper::of(&page.actor)?;
    let (draft, version) = (read(&form), form.version());
    let (now, actor) = (page.now, page.actor.clone());
    let changed = page
        .app
        .db
        .write(Lock::company(), async |tx| {
            let books = page.app.kept.within::<Books>(tx).await?;
            accounts::edit_group(tx, GroupKeeper::of(&actor)?, now, &books, (id, version), draft).await
        })
        .await;
    match changed {
        Ok(()) => Ok(page.done("/settings/groups", t::changed(page.locale))),
        Err(Error::Invalid(invalid)) => {
            let group = accounts::group(page.app.db.read(), id).await?.ok_or(Error::NotFound)?;
            show(&page, Some(&group), &form, &invalid).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn dissolve(page: Page, Path(id): Path<AccountGroupId>) -> Answer {
    let (now, actor) = (page.now, page.actor.clone());
    page.app
        .db
        .write(Lock::company(), async |tx| {
            let books = page.app.kept.within::<Books>(tx).await?;
            accounts::dissolve_group(tx, GroupKeeper::of(&actor)?, now, &books, id).await
        })
        .await?;
    Ok(page.done("/settings/groups", t::group_dissolved(page.locale)))
}

fn read(form: &Form) -> GroupDraft {
    GroupDraft {
        name: form.text("name").to_owned(),
        once: form.text("cadence") == "once",
        lead: form.text("lead").parse().ok(),
        accounts: form.all("accounts").filter_map(|id| id.parse().ok()).collect(),
    }
}

async fn show(page: &Page, group: Option<&AccountGroup>, form: &Form, invalid: &Invalid) -> Answer {
    let (l, on) = (page.locale, page.app.db.read());
    let mut offered = match group {
        Some(group) => accounts_in_group(on, group.id).await?,
        None => Vec::new(),
    };
    let keeper = GroupKeeper::of(&page.actor)?;
    if !keeper.keeps(&offered) {
        return Err(Error::NotFound.into());
    }
    offered.extend(candidates(on, keeper).await?);
    let title = group.map_or(t::group_new(l), |group| group.name.as_str());
    let action =
        group.map_or_else(|| "/settings/groups/new".to_owned(), |group| format!("/settings/groups/{}", group.id));
    let filled = Filled::new(l, form, invalid);
    let cadences = [
        Choice::new("each", t::cadence_each(l)).hint(t::cadence_each_hint(l)),
        Choice::new("once", t::cadence_once(l)).hint(t::cadence_once_hint(l)),
    ];
    let leads: Vec<Choice> =
        offered.iter().map(|account| Choice::new(account.id.to_string(), account.called().to_owned())).collect();
    let body = html! {
        (kit::page_head(&PageHead {
            title,
            crumbs: &[Crumb::new("/settings/groups", t::groups(l))],
            actions: html! {
                @if group.is_some() {
                    (kit::post_button(&page.csrf, &format!("{action}/dissolve"), Look::Quiet, t::group_dissolve(l)))
                }
            },
            ..PageHead::default()
        }))
        (kit::post_form(&page.csrf, &action, html! {
            (kit::form_errors(l, "", invalid))
            (kit::hidden("version", form.text("version")))
            (kit::form_section("", html! {
                (kit::text(l, &filled.field("name", t::group_name(l)).required()))
                (members(page, &offered, form, invalid))
                (kit::radios(l, &filled.field("cadence", t::group_cadence(l)), &cadences))
                (kit::select(l, &filled.field("lead", t::group_lead(l)).hint(t::group_lead_hint(l)), &leads, Some(t::choose(l))))
            }))
            (kit::form_actions(html! {
                (kit::submit(Look::Primary, t::save(l)))
                (kit::button_link(Look::Quiet, "/settings/groups", t::cancel(l), None))
            }))
        }))
    };
    Ok(if invalid.is_empty() { page.html(title, body).await } else { page.refused(title, body).await })
}

fn members(page: &Page, offered: &[Account], form: &Form, invalid: &Invalid) -> Markup {
    let l = page.locale;
    let error = invalid.of("accounts", l);
    let ticked: Vec<AccountId> = form.all("accounts").filter_map(|id| id.parse().ok()).collect();
    html! {
        fieldset.k-field.k-field-wide data-filtered {
            legend.form-label { (t::group_accounts(l)) }
            @if offered.is_empty() { p.k-hint { (t::group_nobody_free(l)) } }
            @if offered.len() > 8 {
                label.k-searchbox.k-filter-rows {
                    (kit::icon(Icon::Search)) span.visually-hidden { (t::search(l)) }
                    input type="search" placeholder=(t::search(l)) autocomplete="off" data-filter;
                }
            }
            ul.k-choices.k-choices-long[offered.len() > 8] {
                @for (place, account) in offered.iter().enumerate() {
                    li data-words={ (account.facts.name) " " (account.facts.short_name) } {
                        label.k-choice.k-tick {
                            input.form-check-input type="checkbox" name="accounts" value=(account.id)
                                checked[ticked.contains(&account.id)] id=[(place == 0).then_some("f-accounts")]
                                aria-describedby=[error.as_ref().map(|_| "f-accounts-error")];
                            span.k-choice-words { strong { (account.called()) } small { (account.label()) } }
                        }
                    }
                }
            }
            @if let Some(error) = &error { div.k-error id="f-accounts-error" { (kit::icon(Icon::AlertCircle)) (error) } }
        }
    }
}
