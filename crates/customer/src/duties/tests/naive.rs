//! The clauses once more, as slowly and plainly as possible: looking at the raw records quarter
//! hour by quarter hour. Knows nothing of the ledger, its windows or its shortcuts.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc, Weekday};
use kehu_core::calendar::{Calendar, DayKind, Zone};
use kehu_core::{AccountId, MemberId};
use kehu_rulebook::obligations::State;

use super::world::{Key, RawTurn, World};
use crate::communications::Kind;

const STEP: Duration = Duration::minutes(15);

/// What should be in the ledger: state, owner, who is to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Should {
    pub state: State,
    pub owner: MemberId,
    pub acting: MemberId,
}

pub fn reckon(world: &World, start: DateTime<Utc>) -> BTreeMap<Key, Should> {
    let naive = Naive { world, now: world.now(), calendar: calendar(world) };
    let mut all = BTreeMap::new();
    for account in &world.accounts {
        for month in [false, true] {
            let mut first = first_of(month, day_of(start));
            while first <= day_of(world.now()) {
                if let Some(should) = naive.cadence(*account, month, first) {
                    let rule = if month { "monthly_visit" } else { "weekly_call" };
                    all.insert((rule.to_owned(), account.uuid(), first.to_string()), should);
                }
                first = next(month, first);
            }
        }
    }
    naive.promises(&mut all);
    all
}

fn calendar(world: &World) -> Calendar {
    let mut calendar = Calendar::new(Zone::SHANGHAI);
    for (day, working) in &world.days {
        let kind = if *working { DayKind::WorkingDay } else { DayKind::Holiday { name: "公司日".into() } };
        calendar.override_day(*day, kind);
    }
    calendar
}

fn day_of(moment: DateTime<Utc>) -> NaiveDate {
    (moment + Duration::hours(8)).date_naive()
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(0, 0, 0).unwrap().and_utc() - Duration::hours(8)
}

fn first_of(month: bool, day: NaiveDate) -> NaiveDate {
    let mut first = day;
    while if month { first.day() != 1 } else { first.weekday() != Weekday::Mon } {
        first = first.pred_opt().unwrap();
    }
    first
}

fn next(month: bool, first: NaiveDate) -> NaiveDate {
    first_of(month, first + Duration::days(if month { 31 } else { 7 }))
}

struct Naive<'a> {
    world: &'a World,
    now: DateTime<Utc>,
    calendar: Calendar,
}

impl Naive<'_> {
    fn turn_at(&self, account: AccountId, moment: DateTime<Utc>) -> Option<RawTurn> {
        self.world.turns.iter().rfind(|t| t.account == account && t.from <= moment).copied()
    }

    fn key_owner(&self, account: AccountId, moment: DateTime<Utc>) -> Option<MemberId> {
        self.turn_at(account, moment).filter(|t| t.key).map(|t| t.owner)
    }

    fn deputised(&self, member: MemberId, day: NaiveDate) -> MemberId {
        let mut who = member;
        for _ in 0..=self.world.members.len() {
            match self.world.leaves.iter().find(|l| l.member == who && l.first <= day && day <= l.last) {
                Some(leave) => who = leave.deputy,
                None => return who,
            }
        }
        member
    }

    fn days(&self, first: NaiveDate, end: NaiveDate) -> Vec<NaiveDate> {
        first.iter_days().take_while(|day| *day < end).collect()
    }

    /// The end of the n-th working day after the day.
    fn after(&self, day: NaiveDate, n: usize) -> DateTime<Utc> {
        let mut day = day;
        for _ in 0..n {
            day = day.succ_opt().unwrap();
            while !self.calendar.is_working(day) {
                day = day.succ_opt().unwrap();
            }
        }
        midnight(day.succ_opt().unwrap())
    }

    fn steps(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        std::iter::successors(Some(from), |t| Some(*t + STEP)).take_while(|t| *t < to).collect()
    }

    fn cadence(&self, account: AccountId, month: bool, first: NaiveDate) -> Option<Should> {
        let end_day = next(month, first);
        let (start, end) = (midnight(first), midnight(end_day));
        let working: Vec<NaiveDate> =
            self.days(first, end_day).into_iter().filter(|day| self.calendar.is_working(*day)).collect();
        if start > self.now || (!month && working.len() < 3) {
            return None;
        }
        let due = midnight(working.last()?.succ_opt().unwrap());
        let seen_until = (self.now + STEP).min(end);
        let owners: Vec<(DateTime<Utc>, Option<MemberId>)> =
            self.steps(start, seen_until).into_iter().map(|t| (t, self.key_owner(account, t))).collect();
        let before_due: Vec<_> = owners.iter().filter(|(t, _)| *t < due).collect();
        let holder = before_due
            .iter()
            .rev()
            .find_map(|(_, owner)| *owner)
            .or_else(|| owners.iter().find_map(|(_, owner)| *owner))?;
        let excused = before_due.iter().any(|(_, owner)| *owner != Some(holder));
        let ended = before_due.last().is_some_and(|(_, owner)| owner.is_none())
            && owners.iter().filter(|(t, _)| *t >= due).all(|(_, owner)| owner.is_none());

        let record_by = self.after(end_day.pred_opt().unwrap(), 2);
        let counting: Vec<_> = self
            .world
            .contacts
            .values()
            .filter(|c| c.account == account && !c.deleted && c.connected && c.named)
            .filter(|c| if month { c.kind == Kind::Visit } else { c.kind == Kind::PhoneCall })
            .filter(|c| start <= c.occurred_at && c.occurred_at < end)
            .filter(|c| self.was_in_charge(account, c.by, day_of(c.occurred_at)))
            .collect();
        let key = (if month { "monthly_visit" } else { "weekly_call" }.to_owned(), account.uuid(), first.to_string());
        let state = if counting.iter().any(|c| c.established_at < record_by) {
            State::Met
        } else if self.world.waived.contains(&key) {
            State::Waived
        } else if ended {
            State::Cancelled
        } else if self.now < record_by {
            State::Open
        } else if excused {
            State::Cancelled
        } else if !counting.is_empty() && self.world.confirmed.contains(&key) {
            State::MetLate
        } else {
            State::Missed
        };
        let owner = self.deputised(holder, *working.last()?);
        Some(Should { state, owner, acting: owner })
    }

    fn was_in_charge(&self, account: AccountId, by: MemberId, day: NaiveDate) -> bool {
        let during = self.steps(midnight(day), midnight(day.succ_opt().unwrap()));
        let mut turns: Vec<RawTurn> = during.iter().filter_map(|t| self.turn_at(account, *t)).collect();
        if turns.is_empty() {
            turns.extend(self.world.turns.iter().find(|t| t.account == account));
        }
        turns.iter().any(|t| t.owner == by || self.deputised(t.owner, day) == by)
    }

    /// The account's manager at the moment, and before the account was here its first.
    fn manager(&self, account: AccountId, moment: DateTime<Utc>) -> MemberId {
        let first = self.world.turns.iter().find(|t| t.account == account).unwrap();
        self.turn_at(account, moment).unwrap_or(*first).owner
    }

    fn promises(&self, all: &mut BTreeMap<Key, Should>) {
        for (id, contact) in &self.world.contacts {
            let ended = contact.ended_at;
            if contact.kind == Kind::Visit {
                let mut due = ended + Duration::hours(24);
                let mut day = day_of(due);
                if !self.calendar.is_working(day) {
                    while !self.calendar.is_working(day) {
                        day = day.succ_opt().unwrap();
                    }
                    due = midnight(day) + Duration::hours(12);
                }
                let kept = contact.minutes_sent_at.map(|at| (at, at));
                let by_manager = self.manager(contact.account, ended) == contact.by;
                let member = |t| if by_manager { self.manager(contact.account, t) } else { contact.by };
                let key = ("minutes_sent".to_owned(), id.uuid(), String::new());
                let should = self.promise(&key, due, kept, contact.deleted, member);
                all.insert(key, should);
            }
        }
        for (id, question) in &self.world.questions {
            let contact = &self.world.contacts[&question.contact];
            let due = midnight(question.reply_by.succ_opt().unwrap());
            let key = ("question_answered".to_owned(), id.uuid(), String::new());
            let member = |t| self.manager(contact.account, t);
            let should = self.promise(&key, due, question.told, contact.deleted, member);
            all.insert(key, should);
        }
    }

    fn promise(
        &self,
        key: &Key,
        due: DateTime<Utc>,
        kept: Option<(DateTime<Utc>, DateTime<Utc>)>,
        deleted: bool,
        member: impl Fn(DateTime<Utc>) -> MemberId,
    ) -> Should {
        let last_moment = due - Duration::microseconds(1);
        let waived = self.world.waived.contains(key);
        let state = match kept {
            _ if deleted => State::Cancelled,
            Some((done, entered)) if done <= due && entered < self.after(day_of(due), 2) => State::Met,
            _ if waived => State::Waived,
            Some(_) => State::MetLate,
            None if self.now >= self.after(day_of(due), 5) => State::Missed,
            None => State::Open,
        };
        let settled = match state {
            State::Met | State::MetLate => kept.map_or(self.now, |(_, entered)| entered),
            _ => self.now,
        };
        let owner = self.deputised(member(settled.min(last_moment)), day_of(last_moment));
        let undone = matches!(state, State::Open | State::Missed);
        let heir = member(self.now);
        let acting = if undone && heir != member(last_moment.min(self.now)) { heir } else { owner };
        Should { state, owner, acting }
    }
}
