//! The log form as it stands: preset, or as it was typed, so that a refusal loses nothing.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use kehu_core::ContactId;
use kehu_platform::Invalid;
use kehu_platform::t::app;
use kehu_platform::web::{Form, Page};

use super::desk::Desk;
use super::moments::{Moment, When};
use crate::accounts::ContactFacts;
use crate::communications::{Kind, NewAgreement, NewCommunication, NewQuestion, Place};
use crate::t::communications as t;

/// More rows than this of one group are a mistake or an attack.
const MOST_ROWS: usize = 40;

#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub kind: Kind,
    pub place: Place,
    pub connected: bool,
    pub moment: Moment,
    /// The time of day at which a visit ended, `16:30`.
    pub ended: String,
    pub by: String,
    pub contacts: Vec<String>,
    pub new_name: String,
    pub new_title: String,
    pub summary: String,
    pub questions: Vec<QuestionDraft>,
    pub agreements: Vec<AgreementDraft>,
}

/// A question as typed.
#[derive(Clone, Debug, Default)]
pub(super) struct QuestionDraft {
    pub text: String,
    pub on_the_spot: bool,
    pub answer: String,
    pub reply_by: String,
    pub owner: String,
    pub department: String,
}

/// An agreement as typed.
#[derive(Clone, Debug, Default)]
pub(super) struct AgreementDraft {
    pub text: String,
    pub due_on: String,
}

impl Draft {
    /// An empty form for the kind; the only person there is to talk to is chosen already.
    pub fn fresh(kind: Kind, desk: &Desk) -> Self {
        let only = match desk.people.as_slice() {
            [only] => vec![only.id.to_string()],
            _ => Vec::new(),
        };
        Self { kind, contacts: only, by: desk.me.to_string(), ..Self::blank() }
    }

    /// A form with nothing in it.
    pub fn blank() -> Self {
        Self {
            kind: Kind::PhoneCall,
            place: Place::default(),
            connected: true,
            moment: Moment::default(),
            ended: String::new(),
            by: String::new(),
            contacts: Vec::new(),
            new_name: String::new(),
            new_title: String::new(),
            summary: String::new(),
            questions: Vec::new(),
            agreements: Vec::new(),
        }
    }

    pub fn read(form: &Form) -> Self {
        let kind = Kind::from_code(form.text("kind")).unwrap_or(Kind::PhoneCall);
        let questions = rows(form, "question")
            .map(|n| QuestionDraft {
                text: text(form, &format!("question-{n}")),
                on_the_spot: form.text(&format!("spot-{n}")) == "yes",
                answer: text(form, &format!("answer-{n}")),
                reply_by: text(form, &format!("reply-by-{n}")),
                owner: text(form, &format!("owner-{n}")),
                department: text(form, &format!("department-{n}")),
            })
            .filter(|q| !(q.text.is_empty() && q.answer.is_empty() && q.department.is_empty()))
            .collect();
        let agreements = rows(form, "agreement")
            .map(|n| AgreementDraft {
                text: text(form, &format!("agreement-{n}")),
                due_on: text(form, &format!("agreed-by-{n}")),
            })
            .filter(|a| !(a.text.is_empty() && a.due_on.is_empty()))
            .collect();
        Self {
            kind,
            place: Place::from_code(form.text("place")).unwrap_or_default(),
            connected: !(kind.may_fail_to_connect() && form.text("connected") == "no"),
            moment: Moment::read(form, "occurred_at"),
            ended: text(form, "ended_at"),
            by: text(form, "by"),
            contacts: form.all("contacts").map(str::to_owned).collect(),
            new_name: text(form, "new-name"),
            new_title: text(form, "new-title"),
            summary: text(form, "summary"),
            questions,
            agreements,
        }
    }

    /// Somebody at the customer's who is not on record yet.
    pub fn newcomer(&self) -> Option<ContactFacts> {
        (!self.new_name.is_empty() || !self.new_title.is_empty()).then(|| ContactFacts {
            name: self.new_name.clone(),
            title: self.new_title.clone(),
            ..ContactFacts::default()
        })
    }

    /// When it began and, for a meeting, ended.
    pub fn span(&self, page: &Page, invalid: &mut Invalid) -> (DateTime<Utc>, Option<DateTime<Utc>>) {
        let began = self.moment.told(page, "occurred_at", invalid);
        if !matches!(self.kind, Kind::Visit | Kind::VideoMeeting) || self.ended.is_empty() {
            return (began, None);
        }
        let time = ["%H:%M", "%H:%M:%S"].iter().find_map(|form| NaiveTime::parse_from_str(&self.ended, form).ok());
        let Some(time) = time else {
            invalid.add("ended_at", "not_a_time", app::not_a_time);
            return (began, None);
        };
        let ended = page.zone.instant(page.zone.local_date(began).and_time(time));
        // "Just now" and "this morning" are rough; the end that was typed is not.
        let began = if self.moment.when == When::At { began } else { began.min(ended) };
        (began, Some(ended))
    }

    /// What the verb is given. `people` are those chosen, with the newcomer among them.
    pub fn enter(&self, page: &Page, desk: &Desk, invalid: &mut Invalid) -> NewCommunication {
        let (occurred_at, ended_at) = self.span(page, invalid);
        let by = desk.team.iter().find(|mate| mate.id.to_string() == self.by).map(|mate| mate.id);
        if by.is_none() {
            invalid.add("by", "required", t::by_unknown);
        }
        let questions = self.questions.iter().enumerate().map(|(n, q)| NewQuestion {
            text: q.text.clone(),
            on_the_spot: q.on_the_spot,
            answer: q.answer.clone(),
            reply_by: if q.on_the_spot { None } else { day(&q.reply_by, &format!("reply-by-{n}"), invalid) },
            owner: desk.team.iter().find(|mate| mate.id.to_string() == q.owner).map(|mate| mate.id),
            department: desk.departments.iter().find(|d| d.id.to_string() == q.department).map(|d| d.id),
        });
        let questions = questions.collect();
        let agreements = self.agreements.iter().enumerate().map(|(n, a)| NewAgreement {
            text: a.text.clone(),
            due_on: day(&a.due_on, &format!("agreed-by-{n}"), invalid),
        });
        let agreements = agreements.collect();
        NewCommunication {
            kind: self.kind,
            place: self.place,
            connected: self.connected,
            occurred_at,
            ended_at,
            by: by.unwrap_or(desk.account.owner),
            contacts: chosen(&self.contacts),
            summary: self.summary.clone(),
            questions,
            agreements,
        }
    }
}

/// The ids among what was sent.
pub(super) fn chosen(ids: &[String]) -> Vec<ContactId> {
    let mut ids: Vec<ContactId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The numbers of the rows of a repeated group, in order: browsers may leave gaps.
fn rows<'a>(form: &'a Form, group: &str) -> impl Iterator<Item = usize> + use<'a> {
    let numbers: BTreeSet<usize> = form
        .fields()
        .iter()
        .filter_map(|(name, _)| name.strip_prefix(group)?.strip_prefix('-')?.parse().ok())
        .collect();
    numbers.into_iter().take(MOST_ROWS)
}

/// A text with line ends as we keep them.
pub(super) fn text(form: &Form, field: &str) -> String {
    form.text(field).replace("\r\n", "\n").replace('\0', "")
}

fn day(typed: &str, field: &str, invalid: &mut Invalid) -> Option<NaiveDate> {
    if typed.is_empty() {
        return None;
    }
    let day = NaiveDate::parse_from_str(typed, "%Y-%m-%d").ok();
    if day.is_none() {
        invalid.add(field, "not_a_date", app::not_a_date);
    }
    day
}

#[cfg(test)]
mod tests {
    use kehu_platform::web::Form;

    use super::Draft;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form::new(fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(), Vec::new())
    }

    #[test]
    fn questions_keep_their_order_and_empty_rows_fall_out() {
        let draft = Draft::read(&form(&[
            ("question-0", ""),
            ("reply-by-0", "2026-11-27"),
            ("question-7", "second"),
            ("spot-7", "yes"),
            ("question-2", "first"),
        ]));
        let questions: Vec<(&str, bool)> = draft.questions.iter().map(|q| (q.text.as_str(), q.on_the_spot)).collect();
        assert_eq!(questions, [("first", false), ("second", true)]);
    }

    #[test]
    fn only_a_call_can_go_unanswered() {
        assert!(!Draft::read(&form(&[("kind", "phone_call"), ("connected", "no")])).connected);
        assert!(Draft::read(&form(&[("kind", "visit"), ("connected", "no")])).connected);
    }
}
