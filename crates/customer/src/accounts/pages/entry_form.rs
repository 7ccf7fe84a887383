//! Making an account, and changing its facts.

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use kehu_core::{AccountId, CreditCode, CreditCodeError, Locale, Money, Position};
use kehu_platform::db::Lock;
use kehu_platform::directory::Roster;
use kehu_platform::web::kit::{self, Choice, Crumb, Filled, Look, PageHead};
use kehu_platform::web::{Answer, App, Failure, Form, Page};
use kehu_platform::{Error, Invalid};
use maud::{Markup, html};

use crate::accounts::{
    self, Account, AccountFacts, Grade, GradeKind, NewAccount, editor, grade_name, grades, may_create,
};
use crate::duties::Books;
use crate::ledger::{AmountUnit, read_amount};
use crate::t::accounts as t;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/accounts/new", get(new).post(create)).route("/accounts/{id}/edit", get(edit).post(change))
}

async fn new(page: Page) -> Answer {
    if !may_create(&page.actor) {
        return Err(Error::Forbidden.into());
    }
    let form = Form::new(
        vec![
            ("stage".into(), "active".into()),
            ("owner".into(), page.actor.member.map(|m| m.to_string()).unwrap_or_default()),
        ],
        vec![],
    );
    entry(&page, None, &form, &Invalid::default()).await
}

async fn create(page: Page, form: Form) -> Answer {
    if !may_create(&page.actor) {
        return Err(Error::Forbidden.into());
    }
    let mut invalid = Invalid::default();
    let facts = read(&form, &mut invalid);
    let owner = form.parsed("owner", &mut invalid);
    if owner.is_none() && invalid.of("owner", page.locale).is_none() {
        invalid.add("owner", "required", t::owner_unknown);
    }
    let (Some(owner), true) = (owner, invalid.is_empty()) else { return entry(&page, None, &form, &invalid).await };
    let (now, actor) = (page.now, page.actor.clone());
    let made = page
        .app
        .db
        .write(Lock::company(), async |tx| {
            let books = page.app.kept.within::<Books>(tx).await?;
            accounts::create(tx, &actor, now, &books, NewAccount { facts, owner }).await
        })
        .await;
    match made {
        Ok(account) => {
            Ok(page
                .done(&format!("/accounts/{}", account.id), t::created(page.locale, account.called(), account.label())))
        }
        Err(Error::Invalid(invalid)) => entry(&page, None, &form, &invalid).await,
        Err(error) => Err(error.into()),
    }
}

async fn edit(page: Page, Path(id): Path<AccountId>) -> Answer {
    let editor = editor(page.app.db.read(), &page.actor, id).await?;
    entry(&page, Some(editor.account()), &filled(editor.account()), &Invalid::default()).await
}

async fn change(page: Page, Path(id): Path<AccountId>, form: Form) -> Answer {
    let mut invalid = Invalid::default();
    let facts = read(&form, &mut invalid);
    let (now, actor, version) = (page.now, page.actor.clone(), form.version());
    let before = editor(page.app.db.read(), &actor, id).await?;
    if !invalid.is_empty() {
        return entry(&page, Some(before.account()), &form, &invalid).await;
    }
    let changed = page
        .app
        .db
        .write(Lock::account(id), async |tx| {
            let books = page.app.kept.within::<Books>(tx).await?;
            let editor = editor(&**tx, &actor, id).await?;
            accounts::edit(tx, &actor, now, &books, &editor, version, facts).await
        })
        .await;
    match changed {
        Ok(_) => Ok(page.done(&format!("/accounts/{id}"), t::changed(page.locale))),
        Err(Error::Invalid(invalid)) => entry(&page, Some(before.account()), &form, &invalid).await,
        Err(Error::Stale) => stale(&page, id, &form).await,
        Err(error) => Err(error.into()),
    }
}

/// Somebody else was faster: shows what stands now beside what was typed, to be sent again.
async fn stale(page: &Page, id: AccountId, form: &Form) -> Result<Response, Failure> {
    let now = editor(page.app.db.read(), &page.actor, id).await?;
    let mut invalid = Invalid::default();
    let current = filled(now.account());
    for (name, value) in current.fields() {
        if name != "version" && form.text(name) != value {
            let value = value.clone();
            invalid.add(name.clone(), "stale", move |l| t::stands_now(l, value.as_str()));
        }
    }
    let mut fields: Vec<(String, String)> = form.fields().iter().filter(|(n, _)| n != "version").cloned().collect();
    fields.push(("version".into(), now.account().version.to_string()));
    entry(page, Some(now.account()), &Form::new(fields, vec![]), &invalid).await
}

fn filled(account: &Account) -> Form {
    let f = &account.facts;
    let amount = f.annual_amount.map(|Money(fen)| ten_thousands(fen)).unwrap_or_default();
    let fields = [
        ("name", f.name.clone()),
        ("short_name", f.short_name.clone()),
        ("former_name", f.former_name.clone()),
        ("english_name", f.english_name.clone()),
        ("credit_code", f.credit_code.as_ref().map(|c| c.as_str().to_owned()).unwrap_or_default()),
        ("industry", f.industry.clone()),
        ("province", f.province.clone()),
        ("city", f.city.clone()),
        ("address", f.address.clone()),
        ("website", f.website.clone()),
        ("phone", f.phone.clone()),
        ("tier", f.tier.clone()),
        ("stage", f.stage.clone()),
        ("first_signed_on", f.first_signed_on.map(|d| d.to_string()).unwrap_or_default()),
        ("annual_amount", amount),
        ("remark", f.remark.clone()),
        ("version", account.version.to_string()),
    ];
    Form::new(fields.into_iter().map(|(n, v)| (n.to_owned(), v)).collect(), vec![])
}

/// Fen as 万元 with as many decimals as it takes.
pub(super) fn ten_thousands(fen: i64) -> String {
    let (whole, rest) = (fen / 1_000_000, (fen % 1_000_000).abs());
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:06}").trim_end_matches('0').to_owned() }
}

fn read(form: &Form, invalid: &mut Invalid) -> AccountFacts {
    let credit_code = form.optional("credit_code").and_then(|text| match CreditCode::parse(text) {
        Ok(code) => Some(code),
        Err(error) => {
            let words: fn(Locale) -> &'static str = match error {
                CreditCodeError::WrongLength { .. } => t::credit_code_length,
                CreditCodeError::BadCharacter { .. } => t::credit_code_character,
                CreditCodeError::WrongCheckDigit { .. } => t::credit_code_check_digit,
            };
            invalid.add("credit_code", "credit_code", words);
            None
        }
    });
    let annual_amount =
        form.optional("annual_amount").and_then(|text| match read_amount(text, AmountUnit::TenThousand) {
            Ok(fen) => fen.map(Money),
            Err(_) => {
                invalid.add("annual_amount", "malformed", t::amount_malformed);
                None
            }
        });
    AccountFacts {
        name: form.required("name", 200, invalid),
        short_name: form.text("short_name").to_owned(),
        former_name: form.text("former_name").to_owned(),
        english_name: form.text("english_name").to_owned(),
        credit_code,
        industry: form.text("industry").to_owned(),
        province: form.text("province").to_owned(),
        city: form.text("city").to_owned(),
        address: form.text("address").to_owned(),
        website: form.text("website").to_owned(),
        phone: form.text("phone").to_owned(),
        tier: form.text("tier").to_owned(),
        stage: form.text("stage").to_owned(),
        first_signed_on: form.date("first_signed_on", invalid),
        annual_amount,
        remark: form.limited("remark", 4000, invalid),
    }
}

async fn entry(page: &Page, account: Option<&Account>, form: &Form, invalid: &Invalid) -> Answer {
    let (l, on) = (page.locale, page.app.db.read());
    let (tiers, stages) = (grades(on, GradeKind::Tier).await?, grades(on, GradeKind::Stage).await?);
    let owners = if account.is_none() { owners(page, page.roster()) } else { Vec::new() };
    let title = if account.is_some() { t::edit_account(l) } else { t::new_account(l) };
    let action = account.map_or_else(|| "/accounts/new".to_owned(), |a| format!("/accounts/{}/edit", a.id));
    let back = account.map_or_else(|| "/accounts".to_owned(), |a| format!("/accounts/{}", a.id));
    let mut crumbs = vec![Crumb::new("/accounts", t::accounts(l))];
    crumbs.extend(account.map(|a| Crumb::new(back.clone(), a.called())));
    let body = html! {
        (kit::page_head(&PageHead { title, crumbs: &crumbs, ..PageHead::default() }))
        (kit::post_form(&page.csrf, &action, html! {
            (kit::form_errors(l, "", invalid))
            (kit::hidden("version", form.text("version")))
            (fields(l, form, invalid, &tiers, &stages, &owners))
            (kit::form_actions(html! {
                (kit::submit(Look::Primary, t::save(l)))
                (kit::button_link(Look::Quiet, &back, t::cancel(l), None))
            }))
        }))
    };
    Ok(if invalid.is_empty() { page.html(title, body).await } else { page.refused(title, body).await })
}

fn owners(page: &Page, roster: &Roster) -> Vec<Choice> {
    roster
        .members
        .iter()
        .filter(|m| m.active && m.positions.holds(Position::AccountManager))
        .filter(|m| page.actor.is(m.id) || m.team.is_some_and(|team| page.actor.leads(team)))
        .map(|m| Choice::new(m.id.to_string(), m.name.clone()))
        .collect()
}

fn fields(l: Locale, form: &Form, invalid: &Invalid, tiers: &[Grade], stages: &[Grade], owners: &[Choice]) -> Markup {
    let filled = Filled::new(l, form, invalid);
    let graded = |all: &[Grade], chosen: &str| -> Vec<Choice> {
        all.iter()
            .filter(|g| !g.archived || g.code == chosen)
            .map(|g| Choice::new(g.code.clone(), grade_name(l, all, &g.code)))
            .collect()
    };
    let choose = Some(t::choose(l));
    html! {
        (kit::form_section(t::section_company(l), html! {
            (kit::text(l, &filled.field("name", t::name(l)).required().autofocus().wide()))
            (kit::text(l, &filled.field("short_name", t::short_name(l)).hint(t::short_name_hint(l))))
            (kit::text(l, &filled.field("credit_code", t::credit_code(l)).hint(t::credit_code_hint(l))))
            (kit::text(l, &filled.field("former_name", t::former_name(l))))
            (kit::text(l, &filled.field("english_name", t::english_name(l))))
            (kit::text(l, &filled.field("industry", t::industry(l))))
            (kit::tel(l, &filled.field("phone", t::phone(l))))
            (kit::text(l, &filled.field("province", t::province(l))))
            (kit::text(l, &filled.field("city", t::city(l))))
            (kit::text(l, &filled.field("address", t::address(l)).wide()))
            (kit::text(l, &filled.field("website", t::website(l)).wide()))
        }))
        (kit::form_section(t::section_business(l), html! {
            (kit::select(l, &filled.field("tier", t::tier(l)).required(), &graded(tiers, form.text("tier")), choose))
            (kit::select(l, &filled.field("stage", t::stage(l)).required(), &graded(stages, form.text("stage")), choose))
            @if !owners.is_empty() {
                (kit::select(l, &filled.field("owner", t::owner(l)).required(), owners, choose))
            }
            (kit::date(l, &filled.field("first_signed_on", t::first_signed_on(l))))
            (kit::text(l, &filled.field("annual_amount", t::annual_amount(l)).hint(t::annual_amount_hint(l))))
            (kit::textarea(l, &filled.field("remark", t::remark(l)).wide(), 3))
        }))
    }
}
