//! The contact log as it is being made up: what has not happened or not been written down by now
//! is left out.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use kehu_core::{AgreementId, CommunicationId, ContactId, MemberId, QuestionId};
use kehu_customer::communications::{
    Agreement, Communication, Kind, Minutes, PastCommunication, Place, Question, Recipient, Told,
};
use kehu_platform::journal::{Entry, Past};
use serde_json::json;

use super::Day;
use super::cast::Cast;
use super::chance::Chance;
use super::customers::Customer;
use super::words::{Ask, said};

/// A contact about to be entered.
pub struct Talk {
    pub kind: Kind,
    pub place: Place,
    pub connected: bool,
    pub at: DateTime<Utc>,
    pub ended: DateTime<Utc>,
    pub by: MemberId,
    pub recorded_at: DateTime<Utc>,
    /// How many of the customer's people took part.
    pub people: usize,
    pub summary: &'static str,
}

/// Everything logged so far, of all customers.
pub struct Log<'a> {
    pub day: &'a Day,
    pub cast: &'a Cast,
    pub past: Vec<PastCommunication>,
}

impl Log<'_> {
    /// Enters a contact; answers its place in the log, or `None` when it lies in the future.
    pub fn talk(&mut self, customer: &Customer, chance: &mut Chance, talk: Talk) -> Option<usize> {
        let line = customer.line(chance);
        let product = chance.pick(&customer.products);
        let first = chance.below(customer.contacts.len());
        if talk.recorded_at > self.day.now || talk.ended > self.day.now {
            return None;
        }
        let people = talk.people.min(customer.contacts.len());
        let contacts: Vec<ContactId> =
            (0..people).map(|n| customer.contacts[(first + n) % customer.contacts.len()].id).collect();
        self.past.push(PastCommunication {
            contact: Communication {
                id: CommunicationId::new(talk.recorded_at),
                account: customer.account.id,
                kind: talk.kind,
                place: talk.place,
                connected: talk.connected,
                occurred_at: talk.at,
                ended_at: talk.ended,
                by: talk.by,
                recorded_at: talk.recorded_at,
                established_at: talk.recorded_at,
                summary: said(talk.summary, product, line),
                contacts,
                deleted: false,
                version: 1,
            },
            questions: Vec::new(),
            agreements: Vec::new(),
            minutes: None,
        });
        Some(self.past.len() - 1)
    }

    /// Adds a question that was answered on the spot.
    pub fn answered_there(&mut self, of: usize, customer: &Customer, chance: &mut Chance, ask: &Ask) {
        let (product, line) = (chance.pick(&customer.products), customer.line(chance));
        let mut question = self.question(of, customer, said(ask.text, product, line));
        question.on_the_spot = true;
        question.spot_answer = said(ask.spot, product, line);
        self.past[of].questions.push(question);
    }

    /// Adds a question left open, with its reply date and, once that has happened, the telling.
    pub fn left_open(
        &mut self,
        of: usize,
        customer: &Customer,
        chance: &mut Chance,
        ask: &Ask,
        reply_by: NaiveDate,
        told_at: Option<DateTime<Utc>>,
    ) {
        let (product, line) = (chance.pick(&customer.products), customer.line(chance));
        let how = *chance.pick(&[Kind::PhoneCall, Kind::PhoneCall, Kind::Email, Kind::Message, Kind::Visit]);
        let later = Duration::minutes(chance.between(4, 90));
        let mut question = self.question(of, customer, said(ask.text, product, line));
        question.reply_by = Some(reply_by);
        question.department = self.cast.helper(ask.helper).map(|(department, _)| department);
        question.solution = said(ask.solution, product, line);
        let contact = &self.past[of].contact;
        question.told = told_at.filter(|at| *at + later <= self.day.now).map(|at| Told {
            at,
            by: self.cast.in_charge(question.owner, self.day.zone.local_date(at)),
            to: contact.contacts.first().copied().unwrap_or(customer.contacts[0].id),
            how,
            text: said(ask.told, product, line),
            recorded_at: at + later,
        });
        if question.told.is_some() {
            question.version = 2;
        }
        self.past[of].questions.push(question);
    }

    fn question(&self, of: usize, customer: &Customer, text: String) -> Question {
        let contact = &self.past[of].contact;
        let number = self.past[of].questions.len() as i64;
        let owner = customer.holding_on(contact.occurred_at).map_or(customer.account.owner, |h| h.owner);
        Question {
            id: QuestionId::new(contact.recorded_at + Duration::milliseconds(number)),
            communication: contact.id,
            account: customer.account.id,
            text,
            on_the_spot: false,
            spot_answer: String::new(),
            reply_by: None,
            solution: String::new(),
            owner,
            follows_manager: true,
            department: None,
            told: None,
            version: 1,
        }
    }

    pub fn agreed(
        &mut self,
        of: usize,
        customer: &Customer,
        chance: &mut Chance,
        agreement: &'static str,
        due_on: Option<NaiveDate>,
    ) {
        let (product, line) = (chance.pick(&customer.products), customer.line(chance));
        let contact = &self.past[of].contact;
        let number = self.past[of].agreements.len() as i64;
        let agreement = Agreement {
            id: AgreementId::new(contact.recorded_at + Duration::milliseconds(number)),
            communication: contact.id,
            text: said(agreement, product, line),
            due_on,
        };
        self.past[of].agreements.push(agreement);
    }

    /// Writes the minutes; sent at the moment given, or a draft when that is still to come.
    pub fn minutes(&mut self, of: usize, customer: &Customer, chance: &mut Chance, sent_at: Option<DateTime<Utc>>) {
        let past = &self.past[of];
        let contact = &past.contact;
        let sent_at = sent_at.filter(|at| *at <= self.day.now);
        let recipients = if let Some(sent_at) = sent_at {
            self.recipients(past, customer)
                .into_iter()
                .map(|(member, department)| {
                    let read = sent_at + Duration::minutes(chance.between(6, 2_600));
                    let read_at = (chance.percent(82) && read <= self.day.now).then_some(read);
                    Recipient { member, department, removed_reason: None, read_at }
                })
                .collect()
        } else {
            Vec::new()
        };
        let minutes = Minutes {
            text: text(past),
            changed_at: sent_at.unwrap_or(contact.recorded_at),
            sent_at,
            sent_by: sent_at.map(|_| contact.by),
            recipients,
            version: 1,
        };
        self.past[of].minutes = Some(minutes);
    }

    /// The account team, its leader, and the liaison of each department that has to help.
    fn recipients(
        &self,
        past: &PastCommunication,
        customer: &Customer,
    ) -> Vec<(MemberId, Option<kehu_core::DepartmentId>)> {
        let by = past.contact.by;
        let mut all: Vec<_> = customer.team.iter().map(|(member, _, _)| (*member, None)).collect();
        all.push((self.cast.leader(self.cast.team_of(customer.manager)), None));
        for department in past.questions.iter().filter_map(|q| q.department) {
            all.extend(self.cast.liaison(department).map(|liaison| (liaison, Some(department))));
        }
        let mut seen = vec![by];
        all.retain(|(member, _)| {
            let new = !seen.contains(member);
            seen.push(*member);
            new
        });
        all
    }

    /// What the journal says of the whole log.
    pub fn journal(&self) -> Vec<Past> {
        let mut history = Vec::new();
        for past in &self.past {
            let contact = &past.contact;
            let logged = Entry::new("communication", contact.id, "logged").account(contact.account).after(json!({
                "kind": contact.kind.code(),
                "connected": contact.connected,
                "occurred_at": contact.occurred_at,
                "by": contact.by,
            }));
            history.push(self.cast.entry_by(contact.by, contact.recorded_at, logged));
            if let Some((minutes, sent_at)) = past.minutes.as_ref().and_then(|m| Some((m, m.sent_at?))) {
                let to: Vec<MemberId> = minutes.recipients.iter().map(|r| r.member).collect();
                let sent = Entry::new("minutes", contact.id, "sent")
                    .account(contact.account)
                    .after(json!({ "recipients": to }));
                history.push(self.cast.entry_by(contact.by, sent_at, sent));
            }
            for question in &past.questions {
                if let Some(told) = &question.told {
                    let answered = Entry::new("question", question.id, "answered").account(contact.account).after(
                        json!({ "to": told.to, "how": told.how.code(), "at": told.at, "solution": question.solution }),
                    );
                    history.push(self.cast.entry_by(told.by, told.recorded_at, answered));
                }
            }
        }
        history
    }
}

/// Minutes as people write them: what was said, what was asked, what was agreed.
fn text(past: &PastCommunication) -> String {
    let mut text = format!("一、会谈情况\n{}", past.contact.summary);
    if !past.questions.is_empty() {
        text.push_str("\n\n二、客户提出的问题");
        for (n, question) in past.questions.iter().enumerate() {
            let answer = if question.on_the_spot { &question.spot_answer } else { &question.solution };
            let how = if question.on_the_spot { "当场答复" } else { "会后答复" };
            text.push_str(&format!("\n{}. {}（{how}：{answer}）", n + 1, question.text));
        }
    }
    if !past.agreements.is_empty() {
        text.push_str(if past.questions.is_empty() { "\n\n二、共识" } else { "\n\n三、共识" });
        for (n, agreement) in past.agreements.iter().enumerate() {
            text.push_str(&format!("\n{}. {}", n + 1, agreement.text));
        }
    }
    text
}
