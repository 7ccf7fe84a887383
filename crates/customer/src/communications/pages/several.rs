//! Logging one seminar or event for several accounts: one contact each, held together by a batch.

use axum::Router;
use axum::routing::get;
use kehu_core::{AccountId, ContactId};
use kehu_platform::db::Lock;
use kehu_platform::web::kit::{self, Icon, Look, PageHead, icon};
use kehu_platform::web::{Answer, App, Form, Page};
use kehu_platform::{Error, Invalid};
use kehu_rulebook::clauses::known;
use maud::{Markup, html};

use super::draft::{Draft, chosen};
use super::log_form::{self, PlaceCounts};
use super::names::sentences;
use super::outcome::{self, Outcome};
use super::store::{self, Choosable, Person};
use super::{moments, way_back};
use crate::accounts;
use crate::communications::{self, Kind, NewCommunication, Place};
use crate::duties::Books;
use crate::t::communications as t;

/// As many accounts as a page can offer to tick.
const OFFERED: u64 = 300;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/record/several", get(show).post(save))
}

/// What was ticked and typed.
struct Seminar {
    accounts: Vec<AccountId>,
    /// Those who were there, of all accounts.
    persons: Vec<String>,
    draft: Draft,
}

impl Seminar {
    fn fresh() -> Self {
        let draft = Draft { kind: Kind::Visit, place: Place::Event, ..Draft::blank() };
        Self { accounts: Vec::new(), persons: Vec::new(), draft }
    }

    fn read(form: &Form) -> Self {
        Self {
            accounts: form.all("accounts").filter_map(|id| id.parse().ok()).collect(),
            persons: form.all("persons").map(str::to_owned).collect(),
            draft: Draft::read(form),
        }
    }
}

async fn show(page: Page) -> Answer {
    let query = page.query();
    let body = body(&page, &Seminar::fresh(), &Invalid::default(), query.get("back")).await?;
    Ok(page.html(t::record_several(page.locale), body).await)
}

async fn save(page: Page, form: Form) -> Answer {
    let seminar = Seminar::read(&form);
    let back = form.text("back");
    match keep(&page, &seminar).await {
        Ok(told) => Ok(page.done(way_back(back).unwrap_or("/communications"), told)),
        Err(Error::Invalid(invalid)) => {
            let body = body(&page, &seminar, &invalid, back).await?;
            Ok(page.refused(t::record_several(page.locale), body).await)
        }
        Err(other) => Err(other.into()),
    }
}

/// Writes one contact for each account, all of them or none.
async fn keep(page: &Page, seminar: &Seminar) -> Result<String, Error> {
    let mut invalid = Invalid::default();
    let (occurred_at, ended_at) = seminar.draft.span(page, &mut invalid);
    if seminar.accounts.is_empty() {
        invalid.add("accounts", "required", t::accounts_required);
    }
    invalid.check()?;
    let people = store::people_of(page.app.db.read(), &seminar.accounts).await?;
    let persons = chosen(&seminar.persons);
    let of_account = |account: AccountId| -> Vec<ContactId> {
        people.iter().filter(|p| p.account() == account && persons.contains(&p.id())).map(Person::id).collect()
    };
    let new: Vec<(AccountId, NewCommunication)> = seminar
        .accounts
        .iter()
        .map(|account| {
            let new = NewCommunication {
                kind: seminar.draft.kind,
                place: seminar.draft.place,
                connected: true,
                occurred_at,
                ended_at,
                by: page.member,
                contacts: of_account(*account),
                summary: seminar.draft.summary.clone(),
                questions: Vec::new(),
                agreements: Vec::new(),
            };
            (*account, new)
        })
        .collect();
    let (actor, now, batch) = (page.actor.clone(), page.now, kehu_core::fresh(page.now));
    let nameless = new.iter().filter(|(_, contact)| contact.contacts.is_empty()).count();
    let count = new.len();
    let locks = Lock::several(seminar.accounts.iter().map(|id| Lock::account(*id)));
    let cleared = page
        .app
        .db
        .write(locks, async move |tx| {
            let books = page.app.kept.within::<Books>(tx).await?;
            let mut cleared = 0;
            for (account, contact) in new {
                let editor = accounts::editor(&**tx, &actor, account).await?;
                let before = outcome::cadences_of(&**tx, account).await?;
                let record = communications::log(tx, &actor, now, &books, &editor, contact, Some(batch)).await?;
                cleared += Outcome::of(tx, before, &record).await?.cleared();
            }
            Ok::<_, Error>(cleared)
        })
        .await?;
    let l = page.locale;
    let mut told = vec![t::logged_several(l, count)];
    if cleared > 0 {
        told.push(t::cleared_several(l, cleared));
    }
    if nameless > 0 {
        told.push(t::nameless_several(l, nameless));
    }
    Ok(sentences(l, &told))
}

async fn body(page: &Page, seminar: &Seminar, invalid: &Invalid, back: &str) -> Result<Markup, Error> {
    let (l, on) = (page.locale, page.app.db.read());
    let accounts = store::choosable(on, &page.actor, "", OFFERED).await?;
    let ids: Vec<AccountId> = accounts.iter().map(Choosable::id).collect();
    let people = store::people_of(on, &ids).await?;
    let books = page.kept::<Books>().await?;
    let counts = PlaceCounts(books.at(page.now).rulebook.get(&known::FACE_TO_FACE_KINDS).to_vec());
    let draft = &seminar.draft;
    Ok(html! {
        (kit::page_head(&PageHead { title: t::record_several(l), sub: html! { (t::several_text(l)) }, ..PageHead::default() }))
        form.k-form.k-log method="post" action="/record/several" data-once {
            (kit::csrf_field(&page.csrf))
            (kit::hidden("back", way_back(back).unwrap_or_default()))
            (log_form::default_submit())
            (kit::form_errors(l, "", invalid))
            (offered(page, seminar, invalid, &accounts, &people))
            (log_form::kinds(l, draft))
            (log_form::places(l, &counts, draft, ""))
            (moments::fields(page, &draft.moment, "occurred_at", invalid.of("occurred_at", l), ""))
            (log_form::ended(l, draft, invalid, ""))
            (log_form::summary(l, draft, invalid, 3, ""))
            (kit::form_actions(kit::submit(Look::Primary, t::save(l))))
        }
    })
}

fn offered(page: &Page, seminar: &Seminar, invalid: &Invalid, accounts: &[Choosable], people: &[Person]) -> Markup {
    let l = page.locale;
    let error = invalid.of("accounts", l);
    html! {
        fieldset.k-field.k-field-wide data-filtered {
            legend.form-label { (t::which_accounts(l)) }
            @if accounts.len() > 8 {
                label.k-searchbox.k-filter-rows {
                    (icon(Icon::Search)) span.visually-hidden { (t::find_account(l)) }
                    input type="search" placeholder=(t::find_account(l)) autocomplete="off" data-filter;
                }
            }
            ul.k-choices.k-choices-long[accounts.len() > 8] {
                @for (place, account) in accounts.iter().enumerate() {
                    @let ticked = seminar.accounts.contains(&account.id());
                    li data-words={ (account.name) " " (account.short_name) } {
                        label.k-choice.k-tick {
                            input.form-check-input type="checkbox" name="accounts" value=(account.id()) checked[ticked]
                                id=[(place == 0).then_some("f-accounts")]
                                aria-describedby=[error.as_ref().map(|_| "f-accounts-error")];
                            span.k-choice-words {
                                strong { (account.called()) } small { (accounts::label(account.number)) }
                            }
                        }
                        (there(seminar, account, people))
                    }
                }
            }
            @if let Some(error) = &error { div.k-error id="f-accounts-error" { (icon(Icon::AlertCircle)) (error) } }
            p.k-hint { (t::several_persons(l)) }
        }
    }
}

/// The people of a ticked account who may have been there.
fn there(seminar: &Seminar, account: &Choosable, people: &[Person]) -> Markup {
    html! {
        div.k-there {
            div.k-pills {
                @for person in people.iter().filter(|p| p.account() == account.id()) {
                    @let id = person.id().to_string();
                    label.k-pill {
                        input type="checkbox" name="persons" value=(id) checked[seminar.persons.contains(&id)];
                        span { (person.name) @if !person.title.is_empty() { small { (person.title) } } }
                    }
                }
            }
        }
    }
}
