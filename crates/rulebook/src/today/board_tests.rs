#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use chrono::{DateTime, Duration, Utc};
use kehu_core::calendar::Zone;
use kehu_core::{AccountId, Locale, MemberId, ObligationId};
use uuid::Uuid;

use super::board::{Row, Urgency, board, records, urgency};
use super::due::due;
use crate::obligations::{Moment, Obligation, State};

/// Tuesday 24 November 2026, 10:00 in Shanghai.
fn moment() -> Moment {
    Moment { now: at("2026-11-24T10:00"), zone: Zone::SHANGHAI }
}

fn at(local: &str) -> DateTime<Utc> {
    Zone::SHANGHAI.instant(format!("{local}:00").parse().unwrap())
}

/// An obligation of the rule towards customer `n`.
fn owed(n: u128, rule: &str, window: &str, due: &str) -> Obligation {
    let opened = at("2026-11-23T00:00");
    let me = MemberId(Uuid::from_u128(1));
    Obligation {
        id: ObligationId(Uuid::from_u128(n * 1000 + due.len() as u128)),
        rule: rule.to_owned(),
        clause: "4.4.1".to_owned(),
        rulebook_version: 1,
        subject: Uuid::from_u128(n),
        window_key: window.to_owned(),
        account: Some(AccountId(Uuid::from_u128(n))),
        team: None,
        owner: me,
        acting: me,
        about_kind: "account".to_owned(),
        about: Uuid::from_u128(n),
        title: n.to_string(),
        detail: String::new(),
        window_start: Some(opened),
        window_end: Some(opened + Duration::days(7)),
        opened_at: opened,
        due_at: at(due),
        record_by: at(due),
        closes_at: at(due),
        state: State::Open,
        excused: false,
        needed: 1,
        done: 0,
        settled_at: None,
        recorded_late: false,
        to_confirm: false,
        confirmed_at: None,
        confirmed_by: None,
        waived_at: None,
        explanation: None,
        explained_at: None,
        version: 1,
    }
}

const FRIDAY_NIGHT: &str = "2026-11-28T00:00";
const MONTH_END: &str = "2026-12-01T00:00";

#[test]
fn a_manager_of_eight_accounts_sees_a_dozen_rows() {
    let mut mine: Vec<Obligation> = (1..=8).map(|n| owed(n, "weekly_call", "2026-11-23", FRIDAY_NIGHT)).collect();
    mine.extend((1..=8).map(|n| owed(n, "monthly_visit", "2026-11-01", MONTH_END)));
    let mut cards = Vec::new();
    for visit in 1..=4 {
        for (rule, due) in [
            ("minutes_sent", "2026-11-24T18:00"),
            ("question_answered", "2026-11-26T00:00"),
            ("question_answered", "2026-11-27T00:00"),
        ] {
            let mut step = owed(visit, rule, "", due);
            step.about = Uuid::from_u128(100 + visit);
            cards.push(step);
        }
    }
    mine.extend(cards.iter().cloned());
    mine.sort_by_key(|o| o.due_at);
    let groups = board(&mine, &cards, |o| !o.window_key.is_empty(), &moment());
    let rows: usize = groups.iter().map(|group| group.rows.len()).sum();
    assert_eq!(mine.len(), 28);
    assert_eq!(rows, 6, "four visits, the week's calls, the month's visits");
    assert_eq!(records(&mine).len(), 4);
    let found: Vec<(Urgency, usize)> = groups.iter().map(|group| (group.urgency, group.count())).collect();
    assert_eq!(found, [(Urgency::Today, 4), (Urgency::ThisWeek, 8), (Urgency::Later, 8)]);
}

#[test]
fn a_visit_is_one_card_with_the_steps_that_are_done() {
    let mut minutes = owed(1, "minutes_sent", "", "2026-11-23T18:00");
    minutes.state = State::Met;
    let question = owed(1, "question_answered", "", "2026-11-26T00:00");
    let mut dropped = owed(1, "question_answered", "", "2026-11-27T00:00");
    dropped.state = State::Cancelled;
    let all = [minutes, question.clone(), dropped];
    let groups = board(std::slice::from_ref(&question), &all, |_| true, &moment());
    assert_eq!(groups[0].rows, [Row::Card(question, all[..2].to_vec())], "and not those that were dropped");
}

#[test]
fn two_calls_are_two_rows_and_three_fold() {
    let calls = |n| (1..=n).map(|n| owed(n, "weekly_call", "2026-11-23", FRIDAY_NIGHT)).collect::<Vec<_>>();
    let rows = |n| board(&calls(n), &[], |_| true, &moment())[0].rows.clone();
    assert!(matches!(rows(2)[..], [Row::One(_), Row::One(_)]));
    assert!(matches!(&rows(3)[..], [Row::Fold(all)] if all.len() == 3));
}

#[test]
fn what_is_due_at_midnight_is_due_on_the_day_before() {
    let of = |due: &str| urgency(&owed(1, "weekly_call", "", due), &moment());
    assert_eq!(of("2026-11-24T10:00"), Urgency::Overdue);
    assert_eq!(of("2026-11-25T00:00"), Urgency::Today);
    assert_eq!(of("2026-11-25T00:01"), Urgency::ThisWeek);
    assert_eq!(of("2026-11-30T00:00"), Urgency::ThisWeek, "Sunday");
    assert_eq!(of("2026-11-30T09:00"), Urgency::Later);
    let mut missed = owed(1, "weekly_call", "2026-11-16", "2026-12-30T00:00");
    missed.state = State::Missed;
    assert_eq!(urgency(&missed, &moment()), Urgency::Overdue);
}

#[test]
fn the_date_is_said_as_people_say_it() {
    let words = |due_at: &str| due(Locale::ZhHans, &owed(1, "minutes_sent", "", due_at), &moment()).1;
    assert_eq!(words("2026-11-24T09:50"), "逾期 10 分钟");
    assert_eq!(words("2026-11-23T18:00"), "逾期 16 小时");
    assert_eq!(words("2026-11-24T00:00"), "逾期 1 天");
    assert_eq!(words("2026-11-21T00:00"), "逾期 4 天");
    assert_eq!(words("2026-11-24T18:00"), "今天 18:00");
    assert_eq!(words("2026-11-25T00:00"), "今天");
    assert_eq!(words(FRIDAY_NIGHT), "周五前");
    assert_eq!(words("2026-11-26T12:00"), "周四 12:00 前");
    assert_eq!(words(MONTH_END), "11月30日前");
    let english = due(Locale::En, &owed(1, "weekly_call", "", FRIDAY_NIGHT), &moment()).1;
    assert_eq!(english, "by Fri");
}
