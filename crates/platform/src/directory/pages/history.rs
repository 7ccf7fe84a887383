//! The history of one record of the directory, as its journal tells it.

use kehu_core::{DepartmentId, Locale, MemberId, Position, TeamId};
use maud::{Markup, html};
use serde_json::Value as Json;
use uuid::Uuid;

use super::calendar::holiday_name;
use super::member_form::language_name;
use crate::db::DbFault;
use crate::directory::{Roster, position_name};
use crate::journal::{self, Journaled};
use crate::t::directory as t;
use crate::web::kit::{Entry, Icon, TimelineDay, timeline};
use crate::web::{Page, when};

/// How many entries are shown, newest first.
const SHOWN: usize = 60;

pub(super) async fn of(page: &Page, roster: &Roster, kind: &str, id: Uuid) -> Result<Markup, DbFault> {
    let l = page.locale;
    let entries = journal::of_record(page.app.db.read(), kind, id).await?;
    let mut days: Vec<TimelineDay> = Vec::new();
    for entry in entries.iter().rev().take(SHOWN) {
        let day = when::near_day(l, page.own_zone, page.now, page.own_zone.local_date(entry.at));
        let told = tell(page, roster, entry);
        match days.last_mut() {
            Some(last) if last.day == day => last.entries.push(told),
            _ => days.push(TimelineDay { day, entries: vec![told] }),
        }
    }
    Ok(if days.is_empty() {
        html! { p.k-none { (t::history_none(l)) } }
    } else {
        timeline(&days)
    })
}

fn tell(page: &Page, roster: &Roster, entry: &Journaled) -> Entry {
    let l = page.locale;
    let (icon, words) = happening(l, &entry.verb);
    let who = if entry.member_id.is_none() { t::by_command(l).to_owned() } else { entry.actor_name.clone() };
    let told = Entry::new(icon, when::clock(page.own_zone, entry.at), html! { (t::happened(l, words, who)) });
    // What a record began with stands on its page, or further up as the value before a change.
    if entry.verb == "added" { told } else { told.body(changes(l, roster, entry)) }
}

fn happening(l: Locale, verb: &str) -> (Icon, &'static str) {
    match verb {
        "added" => (Icon::Plus, t::did_added(l)),
        "edited" => (Icon::Pencil, t::did_edited(l)),
        "archived" => (Icon::File, t::did_archived(l)),
        "restored" => (Icon::ArrowBackUp, t::did_restored(l)),
        "left" => (Icon::UserOff, t::did_left(l)),
        "rejoined" => (Icon::UserCheck, t::did_rejoined(l)),
        "password_reset" => (Icon::Key, t::did_password_reset(l)),
        "password_changed" => (Icon::Key, t::did_password_changed(l)),
        "leave_announced" => (Icon::CalendarEvent, t::did_leave_announced(l)),
        "leave_shortened" => (Icon::CalendarEvent, t::did_leave_shortened(l)),
        "leave_cancelled" => (Icon::CalendarEvent, t::did_leave_cancelled(l)),
        "token_made" => (Icon::Key, crate::t::api::did_make_token(l)),
        "token_revoked" => (Icon::Key, crate::t::api::did_revoke_token(l)),
        "device_signed_out" => (Icon::Logout, t::did_device_signed_out(l)),
        "other_devices_signed_out" => (Icon::Devices, t::did_devices_signed_out(l)),
        "view_as_started" => (Icon::Eye, t::did_view_as(l)),
        "view_as_ended" => (Icon::EyeOff, t::did_view_as_end(l)),
        "notice_entered" => (Icon::Calendar, t::did_notice_entered(l)),
        "day_changed" => (Icon::Calendar, t::did_day_changed(l)),
        "day_reset" => (Icon::Calendar, t::did_day_reset(l)),
        _ => (Icon::History, t::did_something(l)),
    }
}

/// Each value that changed, before and after.
fn changes(l: Locale, roster: &Roster, entry: &Journaled) -> Markup {
    let empty = serde_json::Map::new();
    let before = entry.before_values.as_ref().and_then(Json::as_object).unwrap_or(&empty);
    let after = entry.after_values.as_ref().and_then(Json::as_object).unwrap_or(&empty);
    let mut keys: Vec<&String> = after.keys().chain(before.keys().filter(|key| !after.contains_key(*key))).collect();
    keys.sort_by_key(|key| FIELDS.iter().position(|field| field == key));
    let lines: Vec<(&'static str, String, String)> = keys
        .into_iter()
        .filter_map(|key| {
            let value = |values: &serde_json::Map<String, Json>| {
                values.get(key).map(|v| words(l, roster, key, v)).unwrap_or_default()
            };
            Some((label(l, key)?, value(before), value(after)))
        })
        .filter(|(_, before, after)| before != after)
        .collect();
    html! {
        @if !lines.is_empty() {
            div.k-changes {
                @for (label, before, after) in lines {
                    div {
                        span.k-changes-field { (label) }
                        @if !before.is_empty() { del { (before) } " " }
                        @if after.is_empty() { span.k-none { "—" } } @else { ins { (after) } }
                    }
                }
            }
        }
    }
}

/// The fields that are told, in this order.
const FIELDS: [&str; 20] = [
    "token",
    "name",
    "login",
    "positions",
    "team",
    "department",
    "leader",
    "liaison",
    "specialties",
    "mobile",
    "email",
    "locale",
    "zone",
    "starts_on",
    "ends_on",
    "deputy",
    "left_on",
    "day",
    "working",
    "make_up_days",
];

fn label(l: Locale, field: &str) -> Option<&'static str> {
    Some(match field {
        "name" => t::name(l),
        "login" => t::login(l),
        "positions" => t::positions(l),
        "team" => t::team(l),
        "department" => t::department(l),
        "leader" => t::leader(l),
        "liaison" => t::liaison(l),
        "specialties" => t::specialties(l),
        "mobile" => t::mobile(l),
        "email" => t::email(l),
        "locale" => t::language(l),
        "zone" => t::zone(l),
        "starts_on" => t::leave_first(l),
        "ends_on" => t::leave_last(l),
        "deputy" => t::deputy(l),
        "left_on" => t::left_on(l),
        "day" => t::day(l),
        "working" => t::day_counts_as(l),
        "make_up_days" => t::make_up_days(l),
        "token" => crate::t::api::token(l),
        _ => return None,
    })
}

fn words(l: Locale, roster: &Roster, field: &str, value: &Json) -> String {
    let comma = crate::t::app::list_comma(l);
    match value {
        Json::Array(several) => several.iter().map(|one| words(l, roster, field, one)).collect::<Vec<_>>().join(comma),
        Json::Bool(true) => t::day_working(l).to_owned(),
        Json::Bool(false) => t::day_off(l).to_owned(),
        Json::String(text) => match field {
            "positions" => text.parse::<Position>().map_or_else(|_| text.clone(), |p| position_name(l, p).to_owned()),
            "team" => named(text, |id: TeamId| roster.team_name(Some(id))),
            "department" => named(text, |id: DepartmentId| roster.department_name(Some(id))),
            "leader" | "liaison" | "deputy" => named(text, |id: MemberId| roster.name(id)),
            "locale" => text.parse().map_or_else(|_| text.clone(), |locale| language_name(locale).to_owned()),
            "starts_on" | "ends_on" | "left_on" | "day" | "make_up_days" => {
                text.parse().map_or_else(|_| text.clone(), |day| when::full_day(l, day))
            }
            "name" => holiday_name(l, &text.as_str().into()),
            _ => text.clone(),
        },
        _ => String::new(),
    }
}

fn named<'a, T: std::str::FromStr>(text: &str, name: impl Fn(T) -> &'a str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), |id| name(id).to_owned())
}
