//! The list of accounts.

use axum::Router;
use axum::routing::get;
use chrono::{DateTime, Utc};
use kehu_core::calendar::{Window, WindowKind};
use kehu_platform::directory::Roster;
use kehu_platform::export;
use kehu_platform::web::kit::{self, Choice, Column, Icon, Look, PageHead, Pager, Sorted, TableRow, Tone};
use kehu_platform::web::{Answer, App, Page, Query, when};
use kehu_rulebook::clauses::known;
use kehu_rulebook::obligations::{OpenCount, open_by_account};
use maud::{Markup, html};

use super::filters::{self, Control};
use super::index_export::Accounts;
use super::names;
use crate::accounts::{self, Account, Grade, GradeKind, Order, Wanted, grade_name, grades, list_accounts, may_create};
use crate::communications;
use crate::duties::Books;
use crate::t::accounts as t;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/accounts", get(index)).merge(export::routes::<Accounts>())
}

pub(super) fn wanted(query: &Query, books: &Books, now: DateTime<Utc>) -> Wanted {
    let not_tiers = if query.get("key") == "unmapped" {
        books.at(now).rulebook.get(&known::KEY_TIERS).to_vec()
    } else {
        Vec::new()
    };
    Wanted {
        search: query.get("q").to_owned(),
        tier: query.get("tier").to_owned(),
        stage: query.get("stage").to_owned(),
        owner: query.get("owner").parse().ok(),
        team: query.get("team").parse().ok(),
        region: query.get("region").to_owned(),
        overdue: query.get("overdue") == "yes",
        not_tiers,
        archived: query.get("archived") == "yes",
        order: Order::from_code(query.get("sort")),
        descending: query.get("down") == "yes",
        offset: query.get("from").parse().unwrap_or(0),
        limit: None,
    }
}

async fn index(page: Page) -> Answer {
    let (l, on, query) = (page.locale, page.app.db.read(), page.query());
    let books = page.kept::<Books>().await?;
    let wanted = wanted(&query, &books, page.now);
    let listed = list_accounts(on, &page.actor, page.now, &wanted).await?;
    let roster = page.roster();
    let (tiers, stages) = (grades(on, GradeKind::Tier).await?, grades(on, GradeKind::Stage).await?);
    let ids: Vec<_> = listed.accounts.iter().map(|a| a.id).collect();
    let last = communications::last_contacts(on, &ids).await?;
    let week = Window::containing(WindowKind::Week, page.zone.local_date(page.now)).bounds(page.zone).1;
    let open = open_by_account(on, &ids, page.now, week).await?;

    let columns = columns(l, &query, &wanted);
    let rows: Vec<TableRow> = listed
        .accounts
        .iter()
        .map(|account| {
            let count = open.get(&account.id).copied().unwrap_or_default();
            let reached =
                last.get(&account.id).map(|at| when::near_day(l, page.zone, page.now, page.zone.local_date(*at)));
            let row = TableRow::new(vec![
                html! {
                    a.k-strong href={ "/accounts/" (account.id) } { (account.called()) }
                    small.k-hint { (account.label()) " · " (account.facts.name) }
                },
                names::tier_tag(l, &tiers, account),
                html! { (grade_name(l, &stages, &account.facts.stage)) },
                html! {
                    (roster.name(account.owner))
                    @if let Some(until) = page.actor.stands_in_for(account.owner) {
                        " " (kit::tag(Tone::Accent, &t::standing_in(l, when::day(l, until))))
                    }
                },
                html! { (names::region(account)) },
                html! { @match reached { Some(day) => (day), None => span.k-none { (t::never(l)) } } },
                owed(l, account, count),
            ]);
            if count.overdue > 0 { TableRow { tone: Tone::Bad, ..row } } else { row }
        })
        .collect();
    let first = if listed.total == 0 { 0 } else { wanted.offset + 1 };
    let shown = u64::try_from(rows.len()).unwrap_or_default();
    let previous = (wanted.offset > 0)
        .then(|| query.with("from", &wanted.offset.saturating_sub(accounts::PAGE).to_string()).on("/accounts"));
    let next = (wanted.offset + shown < listed.total)
        .then(|| query.with("from", &(wanted.offset + shown).to_string()).on("/accounts"));
    let filtered = ["q", "tier", "stage", "owner", "team", "region", "overdue", "key", "archived"]
        .iter()
        .any(|name| !query.get(name).is_empty());

    let body = html! {
        (kit::page_head(&PageHead {
            title: t::accounts(l),
            sub: html! { (t::accounts_count(l, listed.total)) },
            actions: html! {
                @if !rows.is_empty() { (export::link::<Accounts>(&page)) }
                @if may_create(&page.actor) {
                    (kit::button_link(Look::Plain, "/import", t::import(l), Some(Icon::FileImport)))
                    (kit::button_link(Look::Primary, "/accounts/new", t::new_account(l), Some(Icon::Plus)))
                }
            },
            ..PageHead::default()
        }))
        (filter_bar(&page, &query, roster, &tiers, &stages).await?)
        @if rows.is_empty() {
            @if filtered {
                (kit::empty(Icon::Search, t::none_found(l), t::none_found_text(l), html! {}))
            } @else {
                (kit::empty(Icon::BuildingCommunity, t::none_yet(l), t::none_yet_text(l), html! {
                    @if may_create(&page.actor) {
                        (kit::button_link(Look::Primary, "/import", t::import(l), Some(Icon::FileImport)))
                    }
                }))
            }
        } @else {
            (kit::table(l, t::accounts(l), &columns, &rows))
            (kit::pager(l, &Pager {
                first,
                last: wanted.offset + shown,
                total: listed.total,
                previous: previous.as_deref(),
                next: next.as_deref(),
            }))
        }
    };
    Ok(page.html(t::accounts(l), body).await)
}

/// What waits: overdue in words, the rest of the week quietly.
fn owed(l: kehu_core::Locale, account: &Account, count: OpenCount) -> Markup {
    html! {
        @if count.overdue > 0 {
            a href={ "/accounts/" (account.id) "#owed" } { (kit::tag(Tone::Bad, &t::overdue_count(l, count.overdue))) }
        }
        @if count.soon > 0 { " " (kit::tag(Tone::Quiet, &t::week_count(l, count.soon))) }
        @if count == OpenCount::default() { span.k-none { "—" } }
    }
}

fn columns(l: kehu_core::Locale, query: &Query, wanted: &Wanted) -> Vec<Column> {
    let sortable = |label: &str, order: Order, first_down: bool| {
        let current = wanted.order == order;
        let down = if current { !wanted.descending } else { first_down };
        let href = query.with("sort", order.code()).with("down", if down { "yes" } else { "" }).with("from", "");
        let sorted = match (current, wanted.descending) {
            (false, _) => Sorted::No,
            (true, true) => Sorted::Down,
            (true, false) => Sorted::Up,
        };
        Column::new(label).sort(href.on("/accounts"), sorted)
    };
    vec![
        sortable(t::name(l), Order::Name, false),
        Column::new(t::tier(l)),
        Column::new(t::stage(l)).minor(),
        Column::new(t::owner(l)),
        Column::new(t::region(l)).minor(),
        sortable(t::last_contact(l), Order::LastContact, true),
        Column::new(t::owed(l)),
    ]
}

async fn filter_bar(
    page: &Page,
    query: &Query,
    roster: &Roster,
    tiers: &[Grade],
    stages: &[Grade],
) -> Result<Markup, kehu_platform::Error> {
    let l = page.locale;
    let (owners, teams) = (filters::managers(roster), filters::teams(roster));
    let regions: Vec<Choice> = accounts::regions(page.app.db.read(), &page.actor)
        .await?
        .into_iter()
        .map(|region| Choice::new(region.clone(), region))
        .collect();
    let state = [Choice::new("yes", t::only_overdue(l))];
    let unmapped = [Choice::new("unmapped", t::only_unmapped(l))];
    let (tier_choices, stage_choices) = (filters::graded(l, tiers), filters::graded(l, stages));
    let controls: [Control<'_>; 7] = [
        ("tier", t::tier(l), &tier_choices),
        ("stage", t::stage(l), &stage_choices),
        ("owner", t::owner(l), &owners),
        ("team", t::team(l), &teams),
        ("region", t::region(l), &regions),
        ("overdue", t::overdue(l), &state),
        ("key", t::key_or_not(l), &unmapped),
    ];
    let keep = [("sort", query.get("sort")), ("down", query.get("down"))];
    Ok(filters::bar(l, "/accounts", query, t::search(l), &controls, &keep))
}
