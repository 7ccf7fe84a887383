//! 4.2.3: a visit's minutes are sent within the deadline, and every question left open gets its
//! answer by the date promised, proved by a record of telling the customer.

use chrono::{DateTime, Duration, Utc};
use kehu_core::{Actor, CommunicationId, MemberId, TeamId};
use kehu_platform::db::{DbFault, Tx};
use kehu_platform::directory::{self, in_charge};
use kehu_rulebook::clauses::known;
use kehu_rulebook::obligations::{self, Holding, Kept, Obligation, PromiseTerms, State, Wanted, about, promise};
use uuid::Uuid;

use super::books::Books;
use crate::accounts;
use crate::communications::{self, Communication, Kind, Question};

pub const MINUTES_SENT: &str = "minutes_sent";
pub const QUESTION_ANSWERED: &str = "question_answered";
const CLAUSE: &str = "4.2.3";

/// Brings the obligations that one logged contact opened up to date.
pub async fn promises(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    id: CommunicationId,
) -> Result<(), DbFault> {
    let had = about(&**tx, id.uuid()).await?;
    let Some(contact) = communications::communication(&**tx, id).await? else { return Ok(()) };
    let mut wanted = Vec::new();
    if !contact.deleted {
        let judge = Judge::load(tx, books, &contact, &had, now).await?;
        if contact.kind == Kind::Visit {
            wanted.push(judge.minutes(tx).await?);
        }
        for question in communications::questions(&**tx, id).await? {
            wanted.extend(judge.answer(&question));
        }
    }
    obligations::settle(tx, actor, now, had, &wanted).await
}

struct Judge<'a> {
    books: &'a Books,
    contact: &'a Communication,
    had: &'a [Obligation],
    holdings: Vec<Holding>,
    leaves: Vec<directory::Leave>,
    title: String,
    now: DateTime<Utc>,
}

/// Who is responsible: a member, or whoever is the account's manager by then.
#[derive(Clone, Copy)]
struct Responsible {
    member: MemberId,
    follows_manager: bool,
}

impl<'a> Judge<'a> {
    async fn load(
        tx: &Tx,
        books: &'a Books,
        contact: &'a Communication,
        had: &'a [Obligation],
        now: DateTime<Utc>,
    ) -> Result<Judge<'a>, DbFault> {
        let tenures = accounts::tenures_of(&**tx, contact.account).await?;
        let from = books.zone().local_date(contact.occurred_at);
        let until = books.zone().local_date(now.max(contact.ended_at)) + Duration::days(400);
        let account = accounts::account(&**tx, contact.account).await?;
        Ok(Judge {
            books,
            contact,
            had,
            holdings: tenures.into_iter().map(|t| t.holding).collect(),
            leaves: directory::leaves_between(&**tx, from, until).await?,
            title: account.map(|a| a.called().to_owned()).unwrap_or_default(),
            now,
        })
    }

    async fn minutes(&self, tx: &Tx) -> Result<Wanted, DbFault> {
        let ended = self.contact.ended_at;
        let hours = self.number(&known::MINUTES_WITHIN_HOURS);
        let hour = u32::try_from(self.number(&known::MINUTES_ROLLED_TO_HOUR)).unwrap_or(12);
        let due_at = self.books.calendar.rolled_to(ended + Duration::hours(hours), hour);
        let kept = communications::minutes(&**tx, self.contact.id).await?.and_then(|m| m.sent_at).map(|at| Kept {
            record: self.contact.id.uuid(),
            at,
            recorded_at: at,
        });
        let responsible =
            Responsible { member: self.contact.by, follows_manager: self.manager_at(ended) == Some(self.contact.by) };
        Ok(self.want(MINUTES_SENT, self.contact.id.uuid(), String::new(), due_at, kept, responsible))
    }

    /// `None` when the question was answered on the spot.
    fn answer(&self, question: &Question) -> Option<Wanted> {
        let reply_by = question.reply_by.filter(|_| !question.on_the_spot)?;
        let due_at = self.books.zone().end_of_day(reply_by);
        let kept =
            question.told.as_ref().map(|t| Kept { record: question.id.uuid(), at: t.at, recorded_at: t.recorded_at });
        let responsible = Responsible { member: question.owner, follows_manager: question.follows_manager };
        Some(self.want(QUESTION_ANSWERED, question.id.uuid(), question.text.clone(), due_at, kept, responsible))
    }

    fn number(&self, handle: &known::NumberParameter) -> i64 {
        self.books.at(self.contact.ended_at).rulebook.get(handle)
    }

    fn manager_at(&self, moment: DateTime<Utc>) -> Option<MemberId> {
        self.holding_at(moment).map(|h| h.owner)
    }

    /// The holding at a moment; before the first and after the last these.
    fn holding_at(&self, moment: DateTime<Utc>) -> Option<&Holding> {
        self.holdings.iter().find(|h| h.at(moment)).or_else(|| match self.holdings.first() {
            Some(first) if moment < first.from => Some(first),
            _ => self.holdings.last(),
        })
    }

    fn member_at(&self, responsible: Responsible, moment: DateTime<Utc>) -> MemberId {
        if responsible.follows_manager {
            self.manager_at(moment).unwrap_or(responsible.member)
        } else {
            responsible.member
        }
    }

    fn want(
        &self,
        rule: &'static str,
        subject: Uuid,
        detail: String,
        due_at: DateTime<Utc>,
        kept: Option<Kept>,
        responsible: Responsible,
    ) -> Wanted {
        let days = |handle| u32::try_from(self.number(handle)).unwrap_or_default();
        let terms = PromiseTerms {
            due_at,
            record_by: self.books.calendar.end_of_working_day_after(due_at, days(&known::RECORD_WITHIN_WORKING_DAYS)),
            missed_at: self.books.calendar.end_of_working_day_after(due_at, days(&known::MISSED_AFTER_WORKING_DAYS)),
        };
        let before = self.had.iter().find(|o| o.rule == rule && o.subject == subject);
        let waived = before.is_some_and(|o| o.waived_at.is_some());
        let due = promise(terms, kept, waived, self.now);

        let zone = self.books.zone();
        let falls_due = due_at - Duration::microseconds(1);
        let settled = due.settled_at.filter(|_| matches!(due.state, State::Met | State::MetLate)).unwrap_or(self.now);
        let owner =
            in_charge(&self.leaves, self.member_at(responsible, settled.min(falls_due)), zone.local_date(falls_due));
        // What is overdue is for whoever has taken the account over since.
        let heir = self.member_at(responsible, self.now);
        let undone = matches!(due.state, State::Open | State::Missed);
        let acting = if undone && heir != self.member_at(responsible, falls_due.min(self.now)) { heir } else { owner };
        Wanted {
            rule,
            clause: CLAUSE,
            rulebook_version: self.books.at(self.contact.ended_at).number,
            subject,
            window_key: String::new(),
            account: Some(self.contact.account),
            team: self.team(falls_due),
            owner,
            acting,
            about_kind: "communication",
            about: self.contact.id.uuid(),
            title: self.title.clone(),
            detail,
            window: None,
            opened_at: self.contact.ended_at,
            due_at,
            record_by: terms.record_by,
            closes_at: terms.missed_at,
            state: due.state,
            excused: false,
            needed: 1,
            settled_at: due.settled_at,
            recorded_late: due.recorded_late,
            to_confirm: false,
            evidence_kind: if rule == MINUTES_SENT { "communication" } else { "question" },
            evidence: kept.map(|k| k.record).into_iter().collect(),
        }
    }

    fn team(&self, falls_due: DateTime<Utc>) -> Option<TeamId> {
        self.holding_at(falls_due.min(self.now)).and_then(|h| h.team)
    }
}

/// The contacts of an account whose obligations are not settled.
pub(super) fn unsettled(had: &[Obligation]) -> Vec<CommunicationId> {
    let mut ids: Vec<CommunicationId> = had
        .iter()
        .filter(|o| o.about_kind == "communication" && matches!(o.state, State::Open | State::Missed))
        .map(|o| o.about.into())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
