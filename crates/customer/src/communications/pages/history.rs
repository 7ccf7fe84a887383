//! The history of one logged contact, as the journal tells it: newest first.

use kehu_core::{AccountId, ContactId, MemberId};
use kehu_platform::journal::{self, Journaled};
use kehu_platform::web::kit::{Entry, Icon, TimelineDay, timeline};
use kehu_platform::web::{Page, when};
use kehu_platform::{Error, t::app};
use maud::{Markup, html};
use serde_json::Value as Json;

use super::names;
use super::show::Record;
use crate::accounts;
use crate::communications::Kind;
use crate::t::communications as t;

pub(super) async fn of(page: &Page, record: &Record) -> Result<Markup, Error> {
    let (l, on) = (page.locale, page.app.db.read());
    let mut entries = journal::of_record(on, "communication", record.contact.id).await?;
    entries.extend(journal::of_record(on, "minutes", record.contact.id).await?);
    for question in &record.questions {
        entries.extend(journal::of_record(on, "question", question.id).await?);
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.seq));
    // Drafts are saved again and again: once says it.
    entries.dedup_by(|later, earlier| later.verb == "drafted" && earlier.verb == "drafted");
    let mut days: Vec<TimelineDay> = Vec::new();
    for entry in &entries {
        let Some((icon, words)) = happening(page, record, entry) else { continue };
        let day = when::near_day(l, page.zone, page.now, page.zone.local_date(entry.at));
        let who = if entry.member_id.is_none() { t::system(l) } else { &entry.actor_name };
        let told = Entry::new(icon, when::clock(page.zone, entry.at), html! { strong { (who) } " " (words) })
            .body(changes(page, record, entry).await?);
        match days.last_mut() {
            Some(last) if last.day == day => last.entries.push(told),
            _ => days.push(TimelineDay { day, entries: vec![told] }),
        }
    }
    Ok(timeline(&days))
}

fn happening(page: &Page, record: &Record, entry: &Journaled) -> Option<(Icon, String)> {
    let l = page.locale;
    let question = || {
        let asked = record.questions.iter().find(|q| q.id.uuid() == entry.record_id);
        asked.map(|q| q.text.clone()).unwrap_or_default()
    };
    Some(match (entry.record_kind.as_str(), entry.verb.as_str()) {
        ("communication", "logged") => (Icon::Plus, t::did_log(l).to_owned()),
        ("communication", "corrected") => (Icon::Pencil, t::did_correct(l).to_owned()),
        ("communication", "deleted") => (Icon::Trash, t::did_delete(l).to_owned()),
        ("communication", "restored") => (Icon::ArrowBackUp, t::did_restore(l).to_owned()),
        ("minutes", "drafted") => (Icon::Note, t::did_draft(l).to_owned()),
        ("minutes", "sent") => (Icon::Send, t::did_send(l).to_owned()),
        ("minutes", "read") => (Icon::Eye, t::did_read(l).to_owned()),
        ("question", "solution_proposed") => (Icon::Writing, t::did_solve(l, question())),
        ("question", "answered") => (Icon::CircleCheck, t::did_answer(l, question())),
        _ => return None,
    })
}

/// Each value that a correction changed, before and after; the reason of a deletion.
async fn changes(page: &Page, record: &Record, entry: &Journaled) -> Result<Markup, Error> {
    let l = page.locale;
    let empty = serde_json::Map::new();
    let after = entry.after_values.as_ref().and_then(Json::as_object).unwrap_or(&empty);
    if entry.verb == "deleted" {
        let reason = after.get("reason").and_then(Json::as_str).unwrap_or_default();
        return Ok(html! { (t::because(l, reason)) });
    }
    if entry.verb != "corrected" {
        return Ok(Markup::default());
    }
    let before = entry.before_values.as_ref().and_then(Json::as_object).unwrap_or(&empty);
    let mut lines = Vec::new();
    for (field, label) in [
        ("account", t::account(l)),
        ("kind", t::kind(l)),
        ("connected", t::connected(l)),
        ("occurred_at", t::when_moment(l)),
        ("ended_at", t::ended_at(l)),
        ("by", t::by(l)),
        ("contacts", t::with_whom(l)),
    ] {
        let (old, new) = (before.get(field), after.get(field));
        if old != new {
            lines.push((label, words(page, record, field, old).await?, words(page, record, field, new).await?));
        }
    }
    Ok(html! {
        @if !lines.is_empty() {
            ul.k-changes {
                @for (label, before, after) in lines {
                    li { span.k-changes-field { (label) } del { (before) } " " ins { (after) } }
                }
            }
        }
    })
}

async fn words(page: &Page, record: &Record, field: &str, value: Option<&Json>) -> Result<String, Error> {
    let l = page.locale;
    let text = value.and_then(Json::as_str).unwrap_or_default();
    Ok(match (field, value) {
        ("kind", _) => Kind::from_code(text).map_or(text, |kind| names::kind(l, kind)).to_owned(),
        ("connected", Some(Json::Bool(true))) => t::connected_yes(l).to_owned(),
        ("connected", _) => t::connected_no(l).to_owned(),
        ("occurred_at" | "ended_at", _) => match text.parse() {
            Ok(at) => when::moment(l, page.zone, page.now, at),
            Err(_) => text.to_owned(),
        },
        ("by", _) => text.parse::<MemberId>().map_or("", |id| record.roster.name(id)).to_owned(),
        ("account", _) => match text.parse::<AccountId>() {
            // The other account may be one that this reader does not see: its number is enough.
            Ok(id) => accounts::account(page.app.db.read(), id).await?.map(|a| a.label()).unwrap_or_default(),
            Err(_) => String::new(),
        },
        ("contacts", Some(Json::Array(ids))) => {
            let names: Vec<&str> = ids
                .iter()
                .filter_map(|id| id.as_str()?.parse::<ContactId>().ok())
                .filter_map(|id| record.person(id).map(|p| p.facts.name.as_str()))
                .collect();
            names.join(app::list_comma(l))
        }
        _ => text.to_owned(),
    })
}
