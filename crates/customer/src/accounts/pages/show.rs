//! One account on one page: facts, people, who serves it, what is owed, what has happened.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use kehu_core::calendar::lunar::YearlyDay;
use kehu_core::{AccountId, Locale, MemberId};
use kehu_platform::directory::{self, Roster};
use kehu_platform::journal::{self, Journaled};
use kehu_platform::web::kit::{self, Choice, Crumb, Entry, Icon, Look, PageHead, TimelineDay, Tone};
use kehu_platform::web::{Answer, App, Page, when};
use kehu_rulebook::obligations::{Obligation, State, unsettled_of_account};
use maud::{Markup, html};

use super::{entry_form, names};
use crate::accounts::{
    self, Account, AccountGroup, AccountRole, AccountViewer, Contact, GradeKind, GroupKeeper, account_team,
    contacts_of, grade_name, grades, viewer,
};
use crate::communications::{self, Communication};
use crate::duties::Books;
use crate::t::accounts as t;

/// How many contacts and journal entries the timeline begins with.
const LATEST: u64 = 30;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/accounts/{id}", get(show))
}

async fn show(page: Page, Path(id): Path<AccountId>) -> Answer {
    let (l, on) = (page.locale, page.app.db.read());
    let seen = viewer(on, &page.actor, id).await?;
    let account = seen.account();
    let roster = page.roster();
    let books = page.kept::<Books>().await?;
    let people = contacts_of(on, id).await?;
    let team = account_team(on, id).await?;
    let owed = unsettled_of_account(on, id).await?;
    let (tiers, stages) = (grades(on, GradeKind::Tier).await?, grades(on, GradeKind::Stage).await?);
    let before = page.query().get("before").parse::<DateTime<Utc>>().ok();
    let log = communications::latest(on, id, before, LATEST).await?;
    let history = if before.is_none() { journal::of_account(on, id, None, LATEST).await? } else { Vec::new() };
    let key = books.is_key(&account.facts.tier, page.now);
    let today = books.zone().local_date(page.now);
    let charge = directory::charge_of(page.leaves(), account.owner, today);

    let group = match account.group {
        Some(id) => accounts::group(on, id).await?,
        None => None,
    };
    let lead = match group.as_ref().filter(|group| group.once).and_then(|group| group.lead) {
        Some(lead) if lead != id => accounts::account(on, lead).await?,
        _ => None,
    };

    let body = html! {
        (kit::page_head(&PageHead {
            title: account.called(),
            tags: html! {
                (names::tier_tag(l, &tiers, account)) " "
                (kit::tag(Tone::Quiet, &grade_name(l, &stages, &account.facts.stage)))
                @if account.archived { " " (kit::tag(Tone::Warn, t::archived(l))) }
                @if let Some(until) = page.actor.stands_in_for(account.owner) {
                    " " (kit::tag(Tone::Accent, &t::standing_in(l, when::day(l, until))))
                }
            },
            sub: html! {
                (account.label()) " · " (account.facts.name) " · " (t::owned_by(l, roster.name(account.owner)))
                @if let Some(until) = charge.until && !page.actor.is(charge.member) {
                    " · " (t::away_deputy(l, when::day(l, until), roster.name(charge.member)))
                }
            },
            crumbs: &[Crumb::new("/accounts", t::accounts(l))],
            actions: actions(&page, &seen),
        }))
        @if !key && !account.archived {
            p.k-note { (kit::icon(Icon::InfoCircle)) " " (t::not_key(l, grade_name(l, &tiers, &account.facts.tier))) }
        }
        @if let Some(lead) = &lead && key && !account.archived {
            p.k-note { (kit::icon(Icon::InfoCircle)) " " (t::owed_by_lead(l, lead.called())) }
        }
        div.k-cols {
            div.k-stack {
                (owed_panel(&page, &owed))
                (timeline_panel(&page, account, &people, roster, &log, &history))
            }
            div.k-stack {
                (people_panel(&page, &seen, &people))
                (facts_panel(&page, account, group.as_ref()))
                (team_panel(&page, &seen, &team, roster))
            }
        }
    };
    Ok(page.live(account.called(), &[format!("account:{id}")], body).await)
}

fn actions(page: &Page, seen: &AccountViewer) -> Markup {
    let (l, id, account) = (page.locale, seen.account().id, seen.account());
    let actor = &page.actor;
    let mut more = Vec::new();
    if actor.is(account.owner) || account.team.is_some_and(|team| actor.leads(team)) {
        more.push(kit::MenuItem::new(format!("/accounts/{id}/hand-over"), t::hand_over(l)));
    }
    if GroupKeeper::of(actor).is_ok_and(|keeper| keeper.places(account)) {
        more.push(kit::MenuItem::new(format!("/accounts/{id}/group"), t::group(l)));
    }
    if !account.archived {
        more.push(kit::MenuItem::new(format!("/accounts/{id}/archive"), t::archive(l)));
    }
    html! {
        @if seen.inside {
            @if !seen.account().archived {
                (kit::button_link(Look::Primary, &format!("/record?account={id}&back=/accounts/{id}"), t::record(l), Some(Icon::Plus)))
            }
            (kit::button_link(Look::Plain, &format!("/accounts/{id}/edit"), t::edit(l), Some(Icon::Edit)))
            (kit::menu(t::more(l), html! { (kit::icon(Icon::Dots)) }, &more, html! {
                @if seen.account().archived {
                    (kit::post_button(&page.csrf, &format!("/accounts/{id}/archive"), Look::Quiet, t::restore(l)))
                }
            }))
        }
    }
}

fn owed_panel(page: &Page, owed: &[Obligation]) -> Markup {
    let l = page.locale;
    let shown: Vec<&Obligation> =
        owed.iter().filter(|o| o.state == State::Open || o.due_at > page.now - Duration::days(14)).collect();
    kit::panel(
        t::owed_here(l),
        html! {},
        html! {
                   div id="owed" {
                       @if shown.is_empty() { p.k-hint { (t::nothing_owed(l)) } }
                       ul.k-list {
                           @for o in shown {
                               @let due = page.zone.local_date(o.due_at - Duration::microseconds(1));
                               @let overdue = o.is_overdue(page.now);
                               li.k-owedline {
        (kit::clause_chip(l, &o.clause, Some(&format!("/rulebook#c{}", o.clause)))) " "
                                   a href={ "/obligations/" (o.id) } { (rule(l, o)) } " "
                                   @if o.state == State::Missed { (kit::state_badge(l, kit::State::Missed)) }
                                   @else if overdue { (kit::tag(Tone::Bad, &t::overdue_since(l, when::near_day(l, page.zone, page.now, due)))) }
                                   @else { small.k-hint { (t::due_by(l, when::near_day(l, page.zone, page.now, due))) } }
                               }
                           }
                       }
                   }
               },
    )
}

fn rule(l: Locale, o: &Obligation) -> String {
    match o.rule.as_str() {
        "weekly_call" => t::rule_weekly_call(l).to_owned(),
        "monthly_visit" => t::rule_monthly_visit(l).to_owned(),
        "minutes_sent" => t::rule_minutes(l).to_owned(),
        _ => t::rule_answer(l, o.detail.as_str()),
    }
}

fn people_panel(page: &Page, seen: &AccountViewer, people: &[Contact]) -> Markup {
    let (l, id) = (page.locale, seen.account().id);
    let today = page.zone.local_date(page.now);
    let add = html! {
        @if seen.inside { (kit::icon_link(&format!("/accounts/{id}/contacts/new"), t::new_contact(l), Icon::Plus)) }
    };
    kit::panel(
        &t::people(l, people.len()),
        add,
        html! {
            div id="people" {
                @if people.is_empty() { p.k-hint { (t::no_people(l)) } }
                @for person in people {
                    @let f = &person.facts;
                    @let href = if seen.inside { format!("/contacts/{}/edit", person.id) } else { "#people".to_owned() };
                    (kit::contact_row(&f.name, &href, [f.title.as_str(), f.department.as_str()].join(" ").trim(), html! {
                        @if person.archived { " " (kit::tag(Tone::Quiet, t::gone(l))) }
                        @if let Some(next) = birthday_soon(&f.birthday, today) {
                            " " (kit::tag(Tone::Warn, &t::birthday_on(l, when::day(l, next))))
                        }
                    }, html! { (names::dial(&f.mobile, seen.inside)) " " (names::dial(&f.phone, seen.inside)) }))
                }
            }
        },
    )
}

/// The next birthday when it is within a month.
fn birthday_soon(stored: &str, today: NaiveDate) -> Option<NaiveDate> {
    let next = stored.parse::<YearlyDay>().ok()?.next_on_or_after(today)?;
    (next - today <= Duration::days(30)).then_some(next)
}

fn facts_panel(page: &Page, account: &Account, group: Option<&AccountGroup>) -> Markup {
    let l = page.locale;
    let f = &account.facts;
    let text = |value: &str| html! { (value) };
    kit::panel(
        t::facts(l),
        html! {},
        kit::facts(&[
            (t::credit_code(l), text(f.credit_code.as_ref().map(|c| c.as_str()).unwrap_or_default())),
            (t::group(l), text(group.map(|group| group.name.as_str()).unwrap_or_default())),
            (t::industry(l), text(&f.industry)),
            (t::region(l), text(&names::region(account))),
            (t::address(l), text(&f.address)),
            (t::phone(l), text(&f.phone)),
            (t::website(l), text(&f.website)),
            (t::first_signed_on(l), html! { @if let Some(day) = f.first_signed_on { (when::full_day(l, day)) } }),
            (
                t::annual_amount(l),
                html! {
                    @if let Some(amount) = f.annual_amount { (t::ten_thousand_yuan(l, entry_form::ten_thousands(amount.0))) }
                },
            ),
            (t::former_name(l), text(&f.former_name)),
            (t::english_name(l), text(&f.english_name)),
            (t::remark(l), html! { span.k-lines { (f.remark) } }),
        ]),
    )
}

fn team_panel(page: &Page, seen: &AccountViewer, team: &[(MemberId, AccountRole)], roster: &Roster) -> Markup {
    let (l, id) = (page.locale, seen.account().id);
    let members: Vec<Choice> = roster
        .members
        .iter()
        .filter(|m| m.active && !team.iter().any(|(on_team, _)| *on_team == m.id))
        .map(|m| Choice::new(m.id.to_string(), m.name.clone()))
        .collect();
    let roles: Vec<Choice> = AccountRole::ALL
        .into_iter()
        .filter(|role| *role != AccountRole::Owner)
        .map(|role| Choice::new(role.code(), names::role(l, role)))
        .collect();
    kit::panel(
        t::account_team(l),
        html! {},
        html! {
            div id="team" {
                ul.k-list {
                    @for (member, role) in team {
                        li.k-between {
                            (kit::person(roster.name(*member), names::role(l, *role)))
                            @if seen.inside && *role != AccountRole::Owner {
                                (kit::post_button(&page.csrf, &format!("/accounts/{id}/team/{member}/remove"), Look::Quiet, t::take_off(l)))
                            }
                        }
                    }
                }
                @if seen.inside {
                    (kit::disclosure(t::add_to_team(l), false, kit::post_form(&page.csrf, &format!("/accounts/{id}/team"), html! {
                        (kit::select(l, &kit::Field::new("member", t::member(l)).required(), &members, Some(t::choose(l))))
                        (kit::select(l, &kit::Field::new("role", t::role(l)).value("expert").required(), &roles, None))
                        (kit::submit(Look::Row, t::save(l)))
                    })))
                }
            }
        },
    )
}

/// Contacts and changes by day, the newest first.
fn timeline_panel(
    page: &Page,
    account: &Account,
    people: &[Contact],
    roster: &Roster,
    log: &[Communication],
    history: &[Journaled],
) -> Markup {
    let l = page.locale;
    // The journal reaches as far back as the contacts shown, so that the two stay in step.
    let reach = log.last().map(|c| c.occurred_at).filter(|_| log.len() as u64 == LATEST);
    let mut moments: Vec<(DateTime<Utc>, Entry)> =
        log.iter().map(|c| (c.occurred_at, contact_entry(page, c, people, roster))).collect();
    moments.extend(
        history
            .iter()
            .filter(|j| reach.is_none_or(|from| j.at >= from))
            .filter_map(|j| Some((j.at, change_entry(page, j)?))),
    );
    moments.sort_by_key(|(moment, _)| std::cmp::Reverse(*moment));
    let mut days: BTreeMap<NaiveDate, Vec<Entry>> = BTreeMap::new();
    for (moment, entry) in moments {
        days.entry(page.zone.local_date(moment)).or_default().push(entry);
    }
    let days: Vec<TimelineDay> = days
        .into_iter()
        .rev()
        .map(|(day, entries)| TimelineDay { day: when::near_day(l, page.zone, page.now, day), entries })
        .collect();
    kit::panel(
        t::timeline(l),
        html! {},
        html! {
            @if days.is_empty() { p.k-hint { (t::nothing_yet(l)) } }
            (kit::timeline(&days))
            @if let Some(from) = reach {
                @let query = page.query().with("before", &from.to_rfc3339());
                (kit::button_link(Look::Quiet, &query.on(&format!("/accounts/{}", account.id)), t::older(l), None))
            }
        },
    )
}

fn contact_entry(page: &Page, c: &Communication, people: &[Contact], roster: &Roster) -> Entry {
    let l = page.locale;
    let with: Vec<&str> =
        c.contacts.iter().map(|id| names::contact_name(people, *id)).filter(|n| !n.is_empty()).collect();
    let unanswered = c.kind.may_fail_to_connect() && !c.connected;
    let entry = Entry::new(
        communications::pages::icon(c.kind),
        when::clock(page.zone, c.occurred_at),
        html! {
            a href={ "/communications/" (c.id) } { (communications::pages::kind(l, c.kind)) }
            @if !with.is_empty() { " " (t::with(l, with.join(comma(l)))) }
            @if unanswered { " " (kit::tag(Tone::Quiet, t::unanswered(l))) }
            " " small.k-hint { (roster.name(c.by)) }
        },
    )
    .body(html! { @if !c.summary.is_empty() { p.k-lines { (c.summary) } } });
    if unanswered { entry } else { entry.tone(Tone::Good) }
}

pub(super) const fn comma(l: Locale) -> &'static str {
    if matches!(l, Locale::En) { ", " } else { "、" }
}

/// A change of the account itself; what the contact log shows anyway is left out.
fn change_entry(page: &Page, j: &Journaled) -> Option<Entry> {
    let l = page.locale;
    let words = match (j.record_kind.as_str(), j.verb.as_str()) {
        ("account", "created") => t::did_create(l),
        ("account", "changed") => t::did_change(l),
        ("account", "handed_over") => t::did_hand_over(l),
        ("account", "archived") => t::did_archive(l),
        ("account", "restored") => t::did_restore(l),
        ("account", "group_changed") => t::did_change_group(l),
        ("account", "role_given" | "role_taken") => t::did_change_team(l),
        ("contact", "created") => t::did_add_contact(l),
        ("contact", "changed" | "archived" | "restored") => t::did_change_contact(l),
        ("minutes", "sent") => t::did_send_minutes(l),
        ("question", "answered") => t::did_answer(l),
        ("obligation", "missed") => t::did_miss(l),
        _ => return None,
    };
    let who = if j.member_id.is_some() { j.actor_name.as_str() } else { "" };
    Some(Entry::new(Icon::History, when::clock(page.zone, j.at), html! { (words) " " small.k-hint { (who) } }))
}
