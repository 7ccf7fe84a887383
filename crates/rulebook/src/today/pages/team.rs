//! What is overdue in the teams that somebody leads, person by person.

use std::collections::BTreeMap;

use kehu_core::{Locale, MemberId};
use kehu_platform::web::kit::{self, Icon, Owed, PageHead, Tone, tag};
use kehu_platform::web::{Answer, Page};
use maud::{Markup, html};

use super::super::due::due;
use super::super::gather;
use super::rows::{page_of, why};
use super::side::{self, figure};
use crate::obligations::{Moment, Obligation, Reach, State, Tally, clause_href, tallies_by_member};
use crate::t::today as t;

pub(super) async fn show(page: &Page, moment: &Moment, tabs: Markup) -> Answer {
    let (l, on) = (page.locale, page.app.db.read());
    let found = side::team_overdue(page, moment).await?;
    let members = &page.roster().members;
    let (_, from, to) = gather::months(moment);
    let tallies = tallies_by_member(on, moment.now, &Reach::of(&page.actor), from, to).await?;
    let waiting = gather::waiting(&page.app.db, &page.actor, l).await?;
    let mut of_member: BTreeMap<MemberId, Vec<&Obligation>> = BTreeMap::new();
    for obligation in &found {
        of_member.entry(obligation.owner).or_default().push(obligation);
    }
    let team: Vec<_> = members
        .iter()
        .filter(|m| of_member.contains_key(&m.id) || (m.active && m.team.is_some_and(|team| page.actor.leads(team))))
        .collect();
    let mut behind: Vec<_> = team.iter().filter(|m| of_member.contains_key(&m.id)).collect();
    behind.sort_by_key(|m| std::cmp::Reverse(of_member.get(&m.id).map_or(0, Vec::len)));
    let clear: Vec<_> = team.iter().filter(|m| !of_member.contains_key(&m.id)).collect();
    let none = Tally::default();
    let body = html! {
        (kit::page_head(&PageHead {
            title: t::today(l),
            sub: html! { (t::team_overdue(l, found.len(), behind.len())) },
            ..PageHead::default()
        }))
        (tabs)
        div.k-cols {
            div {
                @if behind.is_empty() {
                    (kit::empty(Icon::CircleCheck, t::team_clear(l), t::team_clear_text(l), Markup::default()))
                }
                @for member in &behind {
                    section.k-person-group {
                        h2.k-group.is-bad {
                            span.k-dot {}
                            (member.name)
                            span.k-count { (of_member.get(&member.id).map_or(0, Vec::len)) }
                            (rate(l, member.id, tallies.get(&member.id).unwrap_or(&none)))
                        }
                        @for obligation in of_member.get(&member.id).into_iter().flatten() {
                            (row(l, obligation, moment))
                        }
                    }
                }
            }
            aside.k-stack aria-label=(t::beside(l)) {
                (side::waiting(l, moment, &waiting))
                @if !clear.is_empty() {
                    (kit::side_card(t::team_others(l), Some(clear.len()), None, html! {
                        ul.k-list {
                            @for member in &clear {
                                li {
                                    (kit::person(&member.name, ""))
                                    (rate(l, member.id, tallies.get(&member.id).unwrap_or(&none)))
                                }
                            }
                        }
                    }))
                }
            }
        }
    };
    let mut topics: Vec<String> = team.iter().map(|m| format!("owner:{}", m.id)).collect();
    topics.push(format!("owner:{}", page.member));
    topics.truncate(100);
    Ok(page.live(t::today(l), &topics, body).await)
}

fn rate(l: Locale, member: MemberId, tally: &Tally) -> Markup {
    html! {
        a.k-rate href={ "/obligations?period=month&owner=" (member) } {
            @if tally.settled() == 0 { (t::month_none(l)) }
            @else { (t::month_short(l, tally.met, tally.settled())) @if tally.percent().is_some() { " · " (figure(tally)) } }
        }
    }
}

fn row(l: Locale, o: &Obligation, moment: &Moment) -> Markup {
    let (tone, words) = due(l, o, moment);
    let unexplained = o.state == State::Missed && o.explanation.is_none();
    let tags = html! {
        @if o.to_confirm { (tag(Tone::Warn, t::tag_to_confirm(l))) }
        @else if unexplained { (tag(Tone::Quiet, t::tag_unexplained(l))) }
    };
    let why = html! {
        (why(l, o, moment))
        @if let Some(explanation) = &o.explanation { " " q { (explanation) } }
    };
    let row = Owed::new(&o.title)
        .id(format!("o-{}", o.id))
        .href(page_of(o))
        .clause(&o.clause, clause_href(&o.clause))
        .why(why)
        .tags(tags)
        .due(tone, words);
    kit::owed(l, &row)
}
