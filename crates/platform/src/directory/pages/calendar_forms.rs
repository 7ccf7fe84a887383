//! How an administrator enters the yearly notice and changes single days.

use axum::Router;
use axum::routing::{get, post};
use chrono::{Datelike, NaiveDate};
use kehu_core::Locale;
use kehu_core::calendar::{Calendar, DayKind, HolidayName};
use maud::{Markup, html};

use super::asked::Asked;
use super::calendar::{holiday_name, holidays_in};
use crate::directory::{self, CALENDAR_YEARS, DayDraft, HolidayDraft, NoticeDraft};
use crate::error::{Error, Invalid};
use crate::t::directory as t;
use crate::web::kit::{self, Choice, Crumb, Look, PageHead};
use crate::web::{Answer, App, Failure, Form, Page, when};

/// Holidays that a notice can hold.
const ROWS: usize = 10;

const LEGAL: [HolidayName; 9] = [
    HolidayName::NewYear,
    HolidayName::SpringFestival,
    HolidayName::Qingming,
    HolidayName::LabourDay,
    HolidayName::DragonBoat,
    HolidayName::MidAutumn,
    HolidayName::NationalDay,
    HolidayName::NationalDayAndMidAutumn,
    HolidayName::VictoryDay,
];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/calendar/notice", get(notice).post(enter))
        .route("/calendar/days", post(change))
        .route("/calendar/days/reset", post(reset))
}

/// What was typed or is shown of a holiday, as it is stored: the law's holidays by their key.
fn key(words: &str) -> String {
    let known = LEGAL
        .iter()
        .find(|name| Locale::ALL.into_iter().any(|l| holiday_name(l, name).eq_ignore_ascii_case(words.trim())));
    known.map_or_else(|| HolidayName::from(words).to_string(), ToString::to_string)
}

async fn notice(page: Page) -> Answer {
    page.actor.administrator()?;
    let calendar = directory::calendar(page.app.db.read()).await?;
    let today = calendar.zone().local_date(page.now);
    let year: i32 = page.query().get("year").parse().unwrap_or(today.year() + 1);
    if !CALENDAR_YEARS.contains(&year) {
        return Err(Failure::not_found());
    }
    let body = notice_form(&page, year, &as_known(page.locale, &calendar, year));
    Ok(page.html(&t::notice_of(page.locale, year.to_string()), body).await)
}

/// The form starts with what the calendar says: the statutory days, or the notice entered before.
fn as_known(l: Locale, calendar: &Calendar, year: i32) -> Asked {
    let (Some(first), Some(next)) = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year + 1, 1, 1))
    else {
        return Asked::fresh(l, []);
    };
    let days = first..next;
    let holidays = holidays_in(calendar, &days);
    let make_up: Vec<String> = calendar
        .days_in(days)
        .filter(|(_, kind)| matches!(kind, DayKind::WorkingDay))
        .map(|(day, _)| day.to_string())
        .collect();
    let mut values = vec![("make_up_days".to_owned(), make_up.join("\n"))];
    for (row, (name, first, last)) in holidays.into_iter().enumerate().take(ROWS) {
        values.push((format!("name-{row}"), holiday_name(l, &name)));
        values.push((format!("first-{row}"), first.to_string()));
        values.push((format!("last-{row}"), last.to_string()));
    }
    Asked::fresh(l, values.iter().map(|(name, value)| (name.as_str(), value.clone())))
}

async fn enter(page: Page, sent: Form) -> Answer {
    let admin = page.actor.administrator()?;
    let l = page.locale;
    let mut invalid = Invalid::default();
    let year: i32 = sent.text("year").parse().map_err(|_| Error::NotFound)?;
    let draft =
        NoticeDraft { year, holidays: holidays(&sent, &mut invalid), make_up_days: make_up(&sent, year, &mut invalid) };
    let outcome = match invalid.check() {
        Ok(()) => directory::enter_notice(&page.app, admin, page.now, draft).await,
        Err(refusal) => Err(refusal),
    };
    let title = t::notice_of(l, year.to_string());
    match outcome {
        Ok(()) => Ok(page.done(&format!("/calendar?year={year}"), t::notice_entered(l, year.to_string()))),
        Err(Error::Invalid(invalid)) => {
            let body = notice_form(&page, year, &Asked::refused(l, &sent, &invalid));
            Ok(page.refused(&title, body).await)
        }
        Err(other) => Err(other.into()),
    }
}

/// The rows that are filled in; a holiday of one day needs no last day.
fn holidays(form: &Form, invalid: &mut Invalid) -> Vec<HolidayDraft> {
    let mut found = Vec::new();
    for row in 0..ROWS {
        let (first_field, last_field) = (format!("first-{row}"), format!("last-{row}"));
        let name = key(form.text(&format!("name-{row}")));
        let first = form.date(&first_field, invalid);
        let last = form.date(&last_field, invalid).or(first);
        match (first, last) {
            (Some(first), Some(last)) => found.push(HolidayDraft { name, first, last, row }),
            (None, Some(_)) => invalid.add(first_field, "required", crate::t::app::required),
            _ if !name.is_empty() && form.text(&first_field).is_empty() => {
                invalid.add(first_field, "required", crate::t::app::required);
            }
            _ => {}
        }
    }
    found
}

fn make_up(form: &Form, year: i32, invalid: &mut Invalid) -> Vec<NaiveDate> {
    let mut days = Vec::new();
    for word in form.text("make_up_days").split([',', '，', '、', ';', '；', ' ', '\n', '\r', '\t', '\u{3000}']) {
        let word = word.trim();
        match day_of_notice(word, year) {
            Some(day) => days.push(day),
            None if word.is_empty() => {}
            None => {
                let word = word.to_owned();
                invalid.add("make_up_days", "not_a_date", move |l| t::make_up_not_a_date(l, word.clone()));
            }
        }
    }
    days
}

/// `2027-02-14`, `2027年2月14日`, or as the notice has it without the year: `2月14日`.
fn day_of_notice(word: &str, year: i32) -> Option<NaiveDate> {
    let numbers: Vec<u32> =
        word.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).map_while(|n| n.parse().ok()).collect();
    match numbers[..] {
        [year, month, day] => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day),
        [month, day] => NaiveDate::from_ymd_opt(year, month, day),
        _ => None,
    }
}

fn notice_form(page: &Page, year: i32, asked: &Asked) -> Markup {
    let l = page.locale;
    let names: Vec<String> = LEGAL.iter().map(|name| holiday_name(l, name)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let back = format!("/calendar?year={year}");
    html! {
        (kit::page_head(&PageHead {
            title: &t::notice_of(l, year.to_string()),
            sub: html! { (t::notice_text(l)) },
            crumbs: &[Crumb::new(&back, t::calendar(l))],
            ..PageHead::default()
        }))
        (kit::panel("", Markup::default(), kit::post_form(&page.csrf, "/calendar/notice", html! {
            (asked.summary())
            (kit::hidden("year", &year.to_string()))
            @for row in 0..ROWS { (holiday_row(l, row, &names, asked)) }
            (kit::textarea(
                l,
                &asked.field("make_up_days", t::make_up_days(l)).hint(t::make_up_hint(l)).wide(),
                4,
            ))
            (kit::form_actions(html! {
                (kit::submit(Look::Primary, t::save(l)))
                (kit::button_link(Look::Plain, &back, t::cancel(l), None))
            }))
        })))
    }
}

fn holiday_row(l: Locale, row: usize, names: &[&str], asked: &Asked) -> Markup {
    let (name, first, last) = (format!("name-{row}"), format!("first-{row}"), format!("last-{row}"));
    html! {
        fieldset.k-row3 {
            legend.visually-hidden { (t::holiday_row(l, row + 1)) }
            (kit::text_with_suggestions(l, &asked.field(&name, t::holiday(l)).max_length(40), names))
            (kit::date(l, &asked.field(&first, t::holiday_first(l))))
            (kit::date(l, &asked.field(&last, t::holiday_last(l))))
        }
    }
}

async fn change(page: Page, sent: Form) -> Answer {
    let admin = page.actor.administrator()?;
    let l = page.locale;
    let mut invalid = Invalid::default();
    let day = sent.date("day", &mut invalid);
    let draft = DayDraft { day, working: sent.text("kind") == "working", name: key(sent.text("name")) };
    let outcome = match invalid.check() {
        Ok(()) => directory::change_day(&page.app, admin, page.now, draft).await,
        Err(refusal) => Err(refusal),
    };
    match (outcome, day) {
        (Ok(()), Some(day)) => {
            Ok(page.done(&format!("/calendar?year={}", day.year()), t::day_changed(l, when::full_day(l, day))))
        }
        (Ok(()), None) => Err(Failure::not_found()),
        (Err(Error::Invalid(invalid)), _) => {
            let body = html! {
                (kit::page_head(&PageHead {
                    title: t::day_change(l),
                    crumbs: &[Crumb::new("/calendar", t::calendar(l))],
                    ..PageHead::default()
                }))
                (day_form(&page, &Asked::refused(l, &sent, &invalid)))
            };
            Ok(page.refused(t::day_change(l), body).await)
        }
        (Err(other), _) => Err(other.into()),
    }
}

async fn reset(page: Page, sent: Form) -> Answer {
    let admin = page.actor.administrator()?;
    let day: NaiveDate = sent.text("day").parse().map_err(|_| Error::NotFound)?;
    directory::reset_day(&page.app, admin, page.now, day).await?;
    let l = page.locale;
    Ok(page.done(&format!("/calendar?year={}", day.year()), t::day_changed(l, when::full_day(l, day))))
}

/// The form for one day; with a day chosen it shows how the day stands.
pub(super) fn day_panel(page: &Page, calendar: &Calendar, settled: &[NaiveDate], chosen: Option<NaiveDate>) -> Markup {
    let l = page.locale;
    let mut values = Vec::new();
    if let Some(day) = chosen {
        values.push(("day", day.to_string()));
        values.push(("kind", if calendar.is_working(day) { "working" } else { "off" }.to_owned()));
        if let Some(DayKind::Holiday { name: HolidayName::Own(words) }) = calendar.day(day) {
            values.push(("name", words.clone()));
        } else if let Some(DayKind::Holiday { name }) = calendar.day(day) {
            values.push(("name", holiday_name(l, name)));
        }
    }
    html! {
        div id="day" {
            (kit::panel(t::day_change(l), Markup::default(), html! {
                (day_form(page, &Asked::fresh(l, values)))
                @if let Some(day) = chosen.filter(|day| settled.contains(day)) {
                    form.k-inline method="post" action="/calendar/days/reset" {
                        (kit::csrf_field(&page.csrf)) (kit::hidden("day", &day.to_string()))
                        (kit::submit(Look::Quiet, &t::day_reset_to(l, when::full_day(l, day))))
                    }
                }
            }))
        }
    }
}

fn day_form(page: &Page, asked: &Asked) -> Markup {
    let l = page.locale;
    let kinds = [Choice::new("off", t::day_off(l)), Choice::new("working", t::day_working(l))];
    kit::post_form(
        &page.csrf,
        "/calendar/days",
        html! {
            (asked.summary())
            (kit::date(l, &asked.field("day", t::day(l)).required()))
            (kit::radios(l, &asked.field("kind", t::day_counts_as(l)).required(), &kinds))
            (kit::text(l, &asked.field("name", t::day_name(l)).max_length(40).hint(t::day_name_hint(l))))
            (kit::form_actions(kit::submit(Look::Plain, t::day_change(l))))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_make_up_day_is_read_as_the_notice_writes_it() {
        let day = NaiveDate::from_ymd_opt(2027, 2, 14);
        for written in ["2027-02-14", "2027/2/14", "2027年2月14日", "2月14日", "2月14日（周日）"] {
            assert_eq!(day_of_notice(written, 2027), day, "{written}");
        }
        assert_eq!(day_of_notice("2月30日", 2027), None);
        assert_eq!(day_of_notice("周日", 2027), None);
    }

    #[test]
    fn a_holiday_of_the_law_is_known_in_every_language() {
        assert_eq!(key("春節"), "spring-festival");
        assert_eq!(key("Spring Festival"), "spring-festival");
        assert_eq!(key("春节"), "spring-festival");
        assert_eq!(key("公司周年庆"), "公司周年庆");
    }
}
