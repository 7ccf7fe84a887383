//! The working days of a year at a glance: twelve small months with holidays and make-up days.

use std::ops::Range;

use axum::Router;
use axum::routing::get;
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use kehu_core::Locale;
use kehu_core::calendar::{Calendar, DayKind, HolidayName};
use maud::{Markup, html};

use super::{calendar_forms, history, is_administrator};
use crate::directory::{self, CALENDAR_YEARS};
use crate::t::directory as t;
use crate::web::kit::{self, Icon, Look, PageHead, Tone, tag};
use crate::web::{Answer, App, Page, when};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/calendar", get(show))
}

async fn show(page: Page) -> Answer {
    let (l, on) = (page.locale, page.app.db.read());
    let calendar = directory::calendar(on).await?;
    let today = calendar.zone().local_date(page.now);
    let query = page.query();
    let chosen = query.get("day").parse::<NaiveDate>().ok();
    let year = query.get("year").parse().ok().or(chosen.map(|day| day.year())).unwrap_or_else(|| today.year());
    let year = year.clamp(*CALENDAR_YEARS.start(), *CALENDAR_YEARS.end());
    let administrator = is_administrator(&page.actor);
    let settled = directory::settled_days(on).await?;
    let title = t::calendar_of(l, year.to_string());
    let body = html! {
        (kit::page_head(&PageHead {
            title: &title,
            tags: html! { @if is_provisional(&calendar, year) { (tag(Tone::Warn, t::provisional(l))) } },
            sub: html! { (t::calendar_text(l)) },
            actions: html! {
                (turn(l, year - 1, Icon::ChevronLeft))
                (turn(l, year + 1, Icon::ChevronRight))
                @if administrator {
                    (kit::button_link(Look::Plain, &format!("/calendar/notice?year={year}"), t::notice_enter(l), Some(Icon::Pencil)))
                }
            },
            ..PageHead::default()
        }))
        @if is_provisional(&calendar, year) { p.k-note { (kit::icon(Icon::InfoCircle)) " " (t::provisional_text(l)) } }
        (legend(l))
        div.k-year {
            @for month in 1..=12 {
                @if let Some(first) = NaiveDate::from_ymd_opt(year, month, 1) {
                    (month_sheet(l, &calendar, first, today, administrator))
                }
            }
        }
        @if administrator {
            div.k-after.k-stack {
                (calendar_forms::day_panel(&page, &calendar, &settled, chosen))
                @let roster = page.roster();
                (kit::panel(t::history(l), Markup::default(), history::of(&page, roster, "calendar", directory::year_id(year)).await?))
            }
        }
    };
    Ok(page.html(&title, body).await)
}

fn turn(l: Locale, year: i32, mark: Icon) -> Markup {
    html! {
        @if CALENDAR_YEARS.contains(&year) {
            (kit::icon_link(&format!("/calendar?year={year}"), &t::calendar_of(l, year.to_string()), mark))
        }
    }
}

/// A year is provisional while any of its days may still change by a notice.
fn is_provisional(calendar: &Calendar, year: i32) -> bool {
    days_of(year).any(|day| calendar.is_provisional(day))
}

pub(super) fn days_of(year: i32) -> impl Iterator<Item = NaiveDate> {
    NaiveDate::from_ymd_opt(year, 1, 1)
        .into_iter()
        .flat_map(move |first| first.iter_days().take_while(move |day| day.year() == year))
}

/// How a day looks, and the word that goes with the colour.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DayLook {
    Working,
    Weekend,
    Holiday,
    MakeUp,
}

fn look(calendar: &Calendar, day: NaiveDate) -> DayLook {
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    match calendar.day(day) {
        Some(DayKind::Holiday { .. }) => DayLook::Holiday,
        Some(DayKind::WorkingDay) if weekend => DayLook::MakeUp,
        _ if calendar.is_working(day) => DayLook::Working,
        _ => DayLook::Weekend,
    }
}

impl DayLook {
    const fn class(self) -> &'static str {
        match self {
            DayLook::Working => "is-working",
            DayLook::Weekend => "is-weekend",
            DayLook::Holiday => "is-holiday",
            DayLook::MakeUp => "is-makeup",
        }
    }

    fn mark(self, l: Locale) -> &'static str {
        match self {
            DayLook::Holiday => t::mark_off(l),
            DayLook::MakeUp => t::mark_work(l),
            DayLook::Working | DayLook::Weekend => "",
        }
    }
}

fn legend(l: Locale) -> Markup {
    let sample = |look: DayLook, label: &str| {
        html! { span { span.k-daymark.(look.class()) aria-hidden="true" { (look.mark(l)) } (label) } }
    };
    html! {
        div.k-legend {
            (sample(DayLook::Holiday, t::legend_holiday(l)))
            (sample(DayLook::MakeUp, t::legend_make_up(l)))
            (sample(DayLook::Weekend, t::legend_weekend(l)))
            (sample(DayLook::Working, t::legend_working(l)))
        }
    }
}

fn month_sheet(l: Locale, calendar: &Calendar, first: NaiveDate, today: NaiveDate, administrator: bool) -> Markup {
    let days = first..first.checked_add_months(Months::new(1)).unwrap_or(first);
    let start = first - Days::new(u64::from(first.weekday().num_days_from_monday()));
    let weeks: Vec<NaiveDate> = start.iter_weeks().take_while(|monday| *monday < days.end).collect();
    html! {
        section.k-panel.k-month {
            table {
                caption { (when::month(l, first)) }
                thead { tr { @for day in start.iter_days().take(7) {
                    th scope="col" abbr=(when::weekday(l, day.weekday())) { (when::weekday_letter(l, day.weekday())) }
                } } }
                tbody {
                    @for monday in weeks {
                        tr { @for day in monday.iter_days().take(7) {
                            @if days.contains(&day) { (cell(l, calendar, day, today, administrator)) } @else { td {} }
                        } }
                    }
                }
            }
            (named_days(l, calendar, &days))
        }
    }
}

fn cell(l: Locale, calendar: &Calendar, day: NaiveDate, today: NaiveDate, administrator: bool) -> Markup {
    let look = look(calendar, day);
    html! {
        td.(look.class()).is-today[day == today] aria-current=[(day == today).then_some("date")] {
            // The keyboard reaches every day through the field of the form instead of 365 links.
            @if administrator {
                a tabindex="-1" href={ "/calendar?year=" (day.year()) "&day=" (day) "#day" } { (day.day()) }
            } @else {
                (day.day())
            }
            @if !look.mark(l).is_empty() { small { (look.mark(l)) } }
        }
    }
}

/// The holidays and make-up days of a month in words.
fn named_days(l: Locale, calendar: &Calendar, days: &Range<NaiveDate>) -> Markup {
    let holidays = holidays_in(calendar, days);
    let make_up: Vec<String> = calendar
        .days_in(days.clone())
        .filter(|(_, kind)| matches!(kind, DayKind::WorkingDay))
        .map(|(day, _)| day.day().to_string())
        .collect();
    html! {
        @if !holidays.is_empty() || !make_up.is_empty() {
            ul {
                @for (name, first, last) in holidays {
                    li { (t::month_holiday(l, span(first, last), holiday_name(l, &name))) }
                }
                @if !make_up.is_empty() {
                    li { (t::month_make_up(l, make_up.join(crate::t::app::list_comma(l)))) }
                }
            }
        }
    }
}

fn span(first: NaiveDate, last: NaiveDate) -> String {
    if first == last { first.day().to_string() } else { format!("{}–{}", first.day(), last.day()) }
}

/// Holidays as stretches of days under one name.
pub(super) fn holidays_in(calendar: &Calendar, days: &Range<NaiveDate>) -> Vec<(HolidayName, NaiveDate, NaiveDate)> {
    let mut stretches: Vec<(HolidayName, NaiveDate, NaiveDate)> = Vec::new();
    for (day, kind) in calendar.days_in(days.clone()) {
        let DayKind::Holiday { name } = kind else { continue };
        match stretches.last_mut() {
            Some((known, _, last)) if known == name && last.succ_opt() == Some(day) => *last = day,
            _ => stretches.push((name.clone(), day, day)),
        }
    }
    stretches
}

/// A holiday in the reader's language; a day off without a name is just that.
pub(super) fn holiday_name(l: Locale, name: &HolidayName) -> String {
    match name {
        HolidayName::NewYear => t::new_year(l),
        HolidayName::SpringFestival => t::spring_festival(l),
        HolidayName::Qingming => t::qingming(l),
        HolidayName::LabourDay => t::labour_day(l),
        HolidayName::DragonBoat => t::dragon_boat(l),
        HolidayName::MidAutumn => t::mid_autumn(l),
        HolidayName::NationalDay => t::national_day(l),
        HolidayName::NationalDayAndMidAutumn => t::national_day_and_mid_autumn(l),
        HolidayName::VictoryDay => t::victory_day(l),
        HolidayName::Own(words) if words.is_empty() => t::day_off(l),
        HolidayName::Own(words) => return words.clone(),
    }
    .to_owned()
}
