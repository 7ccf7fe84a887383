//! When something happened, in one tap: just now, this morning, yesterday, or a moment of choice.

use chrono::{DateTime, Duration, NaiveDateTime, NaiveTime, Timelike, Utc};
use kehu_core::calendar::Zone;
use kehu_platform::Invalid;
use kehu_platform::web::kit::{self, Field};
use kehu_platform::web::{Form, Page, when};
use maud::{Markup, html};

use crate::t::communications as t;

/// The hours that stand for a morning and for yesterday when nobody remembers the minute.
const MORNING: u32 = 10;
const YESTERDAY: u32 = 15;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum When {
    #[default]
    Now,
    Morning,
    Yesterday,
    /// As typed beside it.
    At,
}

impl When {
    const ALL: [When; 4] = [When::Now, When::Morning, When::Yesterday, When::At];

    const fn code(self) -> &'static str {
        match self {
            When::Now => "now",
            When::Morning => "morning",
            When::Yesterday => "yesterday",
            When::At => "at",
        }
    }
}

/// A moment as it was chosen.
#[derive(Clone, Debug, Default)]
pub(super) struct Moment {
    pub when: When,
    /// As an `input type=datetime-local` has it.
    pub typed: String,
}

impl Moment {
    pub fn read(form: &Form, field: &str) -> Self {
        let code = form.text("when");
        let typed = form.text(field).to_owned();
        let when = When::ALL.into_iter().find(|when| when.code() == code);
        // A caller without the quick choices sends the moment alone.
        Self { when: when.unwrap_or(if typed.is_empty() { When::Now } else { When::At }), typed }
    }

    pub fn at(zone: Zone, moment: DateTime<Utc>) -> Self {
        Self { when: When::At, typed: when::input(zone, moment) }
    }

    /// The moment meant; an unreadable one is noted and taken as now.
    pub fn told(&self, page: &Page, field: &str, invalid: &mut Invalid) -> DateTime<Utc> {
        match self.when {
            When::At => read(page.zone, &self.typed).unwrap_or_else(|| {
                invalid.add(field, "not_a_time", kehu_platform::t::app::not_a_time);
                page.now
            }),
            quick => moment_of(quick, page.zone, page.now).unwrap_or(page.now),
        }
    }
}

/// `2026-11-24T14:30`, with or without seconds.
pub(super) fn read(zone: Zone, typed: &str) -> Option<DateTime<Utc>> {
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(typed, form).ok())?;
    Some(zone.instant(local))
}

/// What a quick choice stands for at the moment; `None` while it lies ahead.
fn moment_of(when: When, zone: Zone, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let local = zone.local(now);
    let at = |hour, days| {
        let day = local.date() - Duration::days(days);
        NaiveTime::from_hms_opt(hour, 0, 0).map(|time| zone.instant(day.and_time(time)))
    };
    match when {
        When::Now => Some(now),
        When::Morning => (local.hour() > MORNING).then(|| at(MORNING, 0)).flatten(),
        When::Yesterday => at(YESTERDAY, 1),
        When::At => None,
    }
}

/// The quick choices, and under the last of them the moment itself. It stands in a form of class
/// `k-log`, which shows the moment only when it is asked for.
pub(super) fn fields(page: &Page, moment: &Moment, field: &str, error: Option<String>, scope: &str) -> Markup {
    let l = page.locale;
    let choices: Vec<(When, &'static str, Option<String>)> = When::ALL
        .into_iter()
        .filter(|when| *when == When::At || *when == moment.when || moment_of(*when, page.zone, page.now).is_some())
        .map(|choice| {
            let label = match choice {
                When::Now => t::when_now(l),
                When::Morning => t::when_morning(l),
                When::Yesterday => t::when_yesterday(l),
                When::At => t::when_at(l),
            };
            let hour = matches!(choice, When::Morning | When::Yesterday)
                .then(|| moment_of(choice, page.zone, page.now).map(|m| when::clock(page.zone, m)));
            (choice, label, hour.flatten())
        })
        .collect();
    let typed = Field::new(field, t::when_moment(l)).value(moment.typed.as_str()).error(error).scope(scope);
    html! {
        fieldset.k-field.k-field-wide {
            legend.form-label { (t::when(l)) }
            div.k-pills.k-pills-tight {
                @for (choice, label, hour) in choices {
                    label.k-pill {
                        input type="radio" name="when" value=(choice.code()) checked[choice == moment.when];
                        span { (label) @if let Some(hour) = hour { small { (hour) } } }
                    }
                }
            }
            div.k-log-moment { (kit::datetime(l, &typed)) }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use chrono::{DateTime, Utc};
    use kehu_core::calendar::Zone;

    use super::{When, moment_of, read};

    fn at(text: &str) -> DateTime<Utc> {
        read(Zone::SHANGHAI, text).unwrap()
    }

    #[test]
    fn a_moment_is_typed_in_the_companys_zone() {
        assert_eq!(at("2026-11-24T14:30").to_rfc3339(), "2026-11-24T06:30:00+00:00");
        assert_eq!(read(Zone::SHANGHAI, "yesterday"), None);
    }

    #[test]
    fn this_morning_is_offered_only_once_it_has_passed() {
        let of = |when, now| moment_of(when, Zone::SHANGHAI, at(now));
        assert_eq!(of(When::Morning, "2026-11-24T09:30"), None);
        assert_eq!(of(When::Morning, "2026-11-24T14:30"), Some(at("2026-11-24T10:00")));
        assert_eq!(of(When::Yesterday, "2026-11-24T00:30"), Some(at("2026-11-23T15:00")));
    }
}
