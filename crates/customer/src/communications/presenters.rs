//! How the obligations of 4.4.1 and 4.2.3 are worded, and where they are discharged.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use kehu_core::calendar::{Window, WindowKind};
use kehu_core::{AccountId, Actor, CommunicationId, ContactId, Locale, QuestionId};
use kehu_platform::db::{Db, DbFault, Tx};
use kehu_platform::sea_orm::ConnectionTrait;
use kehu_platform::web::when;
use kehu_rulebook::clauses::{Choice, known};
use kehu_rulebook::obligations::{
    Action, Evidence, Later, Moment, Obligation, Presenter, RecordKind, Registry, Rule, State,
};
use uuid::Uuid;

use super::pages;
use crate::accounts::GradeKind;
use crate::duties::{MINUTES_SENT, MONTHLY_VISIT, QUESTION_ANSWERED, WEEKLY_CALL, reassess};
use crate::t::communications as t;
use crate::{accounts, communications};

/// So much of a question is quoted in a row.
const QUOTED: usize = 28;

/// What chapter 4 tells the ledger.
pub fn registry() -> Registry {
    Registry {
        rules: rules().to_vec(),
        records: records().to_vec(),
        accounts_of: Some(|db, actor| Box::pin(async move { accounts::served_by(db.read(), &actor).await })),
        last_contacts: Some(|db, ids| Box::pin(async move { communications::last_contacts(db.read(), &ids).await })),
        approvals: Vec::new(),
        codes: vec![(known::KEY_TIERS, |db| Box::pin(async move { tiers(db.read()).await }))],
    }
}

/// The company's tiers, to choose from when the rulebook says which of them are key.
async fn tiers(on: &impl ConnectionTrait) -> Result<Vec<Choice>, DbFault> {
    let all = accounts::grades(on, GradeKind::Tier).await?;
    let in_use = all.iter().filter(|tier| !tier.archived);
    let choice = |code: &str| {
        let names = Locale::ALL.map(|l| (l, accounts::grade_name(l, &all, code)));
        Choice { code: code.to_owned(), label: names.each_ref().map(|(l, name)| (*l, name.as_str())).into() }
    };
    Ok(in_use.map(|tier| choice(&tier.code)).collect())
}

fn rules() -> [Rule; 4] {
    let rule = |key, clause, presenter| Rule { key, clause, presenter, reassess: again };
    [
        rule(WEEKLY_CALL, "4.4.1", WEEKLY),
        rule(MONTHLY_VISIT, "4.4.1", MONTHLY),
        rule(MINUTES_SENT, "4.2.3", MINUTES),
        rule(QUESTION_ANSWERED, "4.2.3", ANSWER),
    ]
}

fn again<'a>(tx: &'a Tx, actor: &'a Actor, now: DateTime<Utc>, obligation: &'a Obligation) -> Later<'a, ()> {
    Box::pin(reassess(tx, actor, now, obligation))
}

fn records() -> [RecordKind; 3] {
    [
        RecordKind {
            kind: "communication",
            name: t::present_record_communication,
            href: |id| format!("/communications/{id}"),
            heading: |l, all, moment| {
                let day = opened(l, all.first(), moment);
                match all.iter().any(|o| o.rule == MINUTES_SENT) {
                    true => t::present_visit_of(l, day),
                    false => t::present_contact_of(l, day),
                }
            },
            proves: Some(|db, ids, l, moment| Box::pin(contacts_prove(db, ids, l, moment))),
        },
        RecordKind {
            kind: "question",
            name: t::present_record_question,
            href: |id| format!("/questions/{id}/answer"),
            heading: |l, _, _| t::present_record_question(l).to_owned(),
            proves: Some(|db, ids, l, moment| Box::pin(answers_prove(db, ids, l, moment))),
        },
        RecordKind {
            kind: "account",
            name: t::present_record_account,
            href: |id| format!("/accounts/{id}"),
            heading: |l, _, _| t::present_record_account(l).to_owned(),
            proves: None,
        },
    ]
}

/// A logged contact proves by its kind, its moment and who was there; a visit's minutes by the visit.
async fn contacts_prove(db: Db, ids: Vec<Uuid>, l: Locale, moment: Moment) -> Result<HashMap<Uuid, Evidence>, DbFault> {
    let ids: Vec<CommunicationId> = ids.into_iter().map(CommunicationId).collect();
    let found = communications::communications(db.read(), &ids).await?;
    let persons = names_of_persons(db.read(), found.iter().map(|c| c.account).collect()).await?;
    let told = found.into_iter().map(|c| {
        let what = evidence(l, pages::kind(l, c.kind).to_owned(), c.occurred_at, moment);
        let with = c.contacts.iter().filter_map(|id| persons.get(id).cloned()).collect();
        (c.id.uuid(), Evidence { what, with, by: c.by })
    });
    Ok(told.collect())
}

/// An answered question proves by the telling.
async fn answers_prove(db: Db, ids: Vec<Uuid>, l: Locale, moment: Moment) -> Result<HashMap<Uuid, Evidence>, DbFault> {
    let mut told = HashMap::new();
    for id in ids {
        let Some(question) = communications::question(db.read(), QuestionId(id)).await? else { continue };
        let Some(answer) = question.told else { continue };
        let persons = names_of_persons(db.read(), vec![question.account]).await?;
        let what = evidence(l, t::evidence_told(l, pages::kind(l, answer.how)), answer.at, moment);
        let with = persons.get(&answer.to).cloned().into_iter().collect();
        told.insert(id, Evidence { what, with, by: answer.by });
    }
    Ok(told)
}

fn evidence(l: Locale, what: String, at: DateTime<Utc>, moment: Moment) -> String {
    format!("{what} · {}", when::moment(l, moment.zone, moment.now, at))
}

async fn names_of_persons(
    on: &impl ConnectionTrait,
    of: Vec<AccountId>,
) -> Result<HashMap<ContactId, String>, DbFault> {
    let persons = accounts::contacts_of_accounts(on, &of).await?;
    Ok(persons.into_iter().map(|person| (person.id, person.facts.name)).collect())
}

const WEEKLY: Presenter = Presenter {
    name: t::present_weekly_name,
    why: |l, o, moment| {
        let window = week(l, o, moment);
        match standing(o, moment) {
            Standing::Ahead if o.done > 0 => t::present_weekly_partly(l, o.done, o.needed),
            Standing::Ahead => t::present_weekly_open(l).to_owned(),
            Standing::Recordable => t::present_weekly_overdue(l, record_by(l, o, moment), window),
            Standing::Late => t::present_to_confirm(l, window),
            Standing::Over => t::present_weekly_missed(l, window),
        }
    },
    action: |l, o| contact(o, "phone_call", t::present_do_call(l)),
    step: |l, _| t::present_weekly_step(l).to_owned(),
    fold: Some(|l, o, count, moment| match standing(o, moment) {
        Standing::Ahead => t::present_weekly_fold(l, count),
        _ => t::present_weekly_fold_past(l, count, week(l, o, moment)),
    }),
    left: Some(t::present_weekly_left),
    promised: false,
};

const MONTHLY: Presenter = Presenter {
    name: t::present_monthly_name,
    why: |l, o, moment| {
        let month = month(l, o, moment);
        match standing(o, moment) {
            Standing::Ahead if o.done > 0 => t::present_monthly_partly(l, o.done, month, o.needed),
            Standing::Ahead => t::present_monthly_open(l, month),
            Standing::Recordable => t::present_monthly_overdue(l, record_by(l, o, moment), month),
            Standing::Late => t::present_to_confirm(l, month),
            Standing::Over => t::present_monthly_missed(l, month),
        }
    },
    action: |l, o| contact(o, "visit", t::present_do_visit(l)),
    step: |l, _| t::present_monthly_step(l).to_owned(),
    fold: Some(|l, o, count, moment| match standing(o, moment) {
        Standing::Ahead => t::present_monthly_fold(l, count, month(l, o, moment)),
        _ => t::present_monthly_fold_past(l, count, month(l, o, moment)),
    }),
    left: Some(t::present_monthly_left),
    promised: false,
};

const MINUTES: Presenter = Presenter {
    name: t::present_minutes_name,
    why: |l, o, moment| t::present_minutes_open(l, opened(l, Some(o), moment)),
    action: |l, o| page(t::present_do_minutes(l), format!("/communications/{}/minutes", o.about)),
    step: |l, _| t::present_minutes_step(l).to_owned(),
    fold: None,
    left: None,
    promised: false,
};

const ANSWER: Presenter = Presenter {
    name: t::present_answer_name,
    why: |l, o, moment| t::present_answer_open(l, opened(l, Some(o), moment), quoted(&o.detail)),
    action: |l, o| page(t::present_do_answer(l), format!("/questions/{}/answer", o.subject)),
    step: |l, o| t::present_answer_step(l, quoted(&o.detail)),
    fold: None,
    left: None,
    promised: true,
};

/// How a cadence stands, as far as the words differ.
enum Standing {
    Ahead,
    /// Past its date, but a contact of the window may still be entered.
    Recordable,
    /// Entered after that; the leader is to confirm it.
    Late,
    Over,
}

fn standing(o: &Obligation, moment: &Moment) -> Standing {
    match o.state {
        _ if o.to_confirm => Standing::Late,
        State::Open if o.due_at > moment.now => Standing::Ahead,
        State::Open => Standing::Recordable,
        _ => Standing::Over,
    }
}

/// "last week", "the week of 16 Nov".
fn week(l: Locale, o: &Obligation, moment: &Moment) -> String {
    let first = moment.zone.local_date(o.window_start.unwrap_or(o.opened_at));
    let last_week = Window::containing(WindowKind::Week, moment.today()).previous();
    if last_week.contains(first) {
        t::present_last_week(l).to_owned()
    } else {
        t::present_week_of(l, when::day(l, first))
    }
}

fn month(l: Locale, o: &Obligation, moment: &Moment) -> String {
    when::month(l, moment.zone.local_date(o.window_start.unwrap_or(o.opened_at)))
}

/// The last day on which a contact of the window may be entered.
fn record_by(l: Locale, o: &Obligation, moment: &Moment) -> String {
    when::near_day(l, moment.zone, moment.now, moment.zone.local_date(o.record_by - Duration::microseconds(1)))
}

/// The day of the contact that opened the obligation.
fn opened(l: Locale, o: Option<&Obligation>, moment: &Moment) -> String {
    o.map(|o| when::day(l, moment.zone.local_date(o.opened_at))).unwrap_or_default()
}

fn quoted(question: &str) -> String {
    let mut words: String = question.chars().take(QUOTED).collect();
    if question.chars().count() > QUOTED {
        words.push('…');
    }
    words
}

fn page(label: &str, href: String) -> Option<Action> {
    Some(Action { label: label.to_owned(), href, quick: None })
}

/// Logging a contact with the account; in place where scripts run.
fn contact(o: &Obligation, kind: &str, label: &str) -> Option<Action> {
    let account = o.account?;
    let asked = format!("account={account}&kind={kind}");
    Some(Action {
        label: label.to_owned(),
        href: format!("/record?{asked}"),
        quick: Some(format!("/record/quick?{asked}")),
    })
}
