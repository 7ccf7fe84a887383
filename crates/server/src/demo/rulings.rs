//! What people said about what was missed: explanations, late records that the leader confirmed,
//! waivers approved, refused and still waiting. All by the same verbs as on the pages, at the
//! moment at which it would have been said.

use std::collections::HashMap;

use chrono::{DateTime, Days, Duration, Utc};
use kehu_core::{Actor, Door, MemberId};
use kehu_platform::db::{DbFault, Tx};
use kehu_platform::{Error, directory};
use kehu_rulebook::obligations::{
    Obligation, State, answer, ask_waiver, confirm_late, decide_waiver, explain, obligation, read_answer,
    unsettled_of_account,
};

use super::Day;
use super::cast::{Cast, MANAGERS};
use super::chance::Chance;
use super::customers::Customer;
use super::words::{ANSWERS, EXPLANATIONS, EXPLANATIONS_OF_MINUTES, EXPLANATIONS_OF_REPLIES, WAIVERS};

/// How many of a hundred misses a manager explains; the first leaves nothing old unexplained.
const EXPLAINED: [u32; 8] = [100, 70, 55, 60, 75, 50, 25, 80];

/// Whose request waits for the leader, with the reason.
const PENDING: [(&str, &str); 3] = [
    ("zhenghaoran", "客户整月停产检修，门岗不接待来访，联系人集中休假，申请本期免于执行。"),
    ("huangsiyuan", "客户正在接受集团审计，书面要求供应商暂停走访和电话，邮件已存档。"),
    ("chenlixin", "客户厂区搬迁，新址月底才开通电话，已用消息保持联系。"),
];

struct Rulings<'a> {
    day: &'a Day,
    cast: &'a Cast,
    actors: HashMap<MemberId, Actor>,
}

/// Says it all.
pub async fn say(tx: &Tx, day: &Day, cast: &Cast, customers: &[Customer]) -> Result<(), Error> {
    let rulings = Rulings { day, cast, actors: actors(tx, day, cast).await? };
    let mut asked = Vec::new();
    for customer in customers {
        let mut chance = Chance::of("rulings", customer.number);
        for owed in unsettled_of_account(&**tx, customer.account.id).await? {
            if owed.state == State::Missed {
                rulings.missed(tx, customer, &owed, &mut chance).await?;
            } else if !asked.contains(&owed.owner) && rulings.ask(tx, &owed).await? {
                asked.push(owed.owner);
            }
        }
    }
    Ok(())
}

/// Everybody who can act: those who left cannot.
async fn actors(tx: &Tx, day: &Day, cast: &Cast) -> Result<HashMap<MemberId, Actor>, DbFault> {
    let mut actors = HashMap::new();
    for member in &cast.members {
        if let Some(actor) = directory::actor(&**tx, member.id, day.now, Door::Web).await? {
            actors.insert(member.id, actor);
        }
    }
    Ok(actors)
}

impl Rulings<'_> {
    async fn missed(&self, tx: &Tx, customer: &Customer, owed: &Obligation, chance: &mut Chance) -> Result<(), Error> {
        let (roll, words) = (chance.below(1000), chance.below(1000));
        let leader = self.actors.get(&self.cast.leader(self.cast.team_of(customer.manager)));
        let Some(leader) = leader else { return Ok(()) };
        if owed.to_confirm {
            // Entered up to four working days after the last day for it.
            let long_ago = owed.record_by < self.day.now - Duration::days(20);
            if let Some(at) = self.said_at(owed.record_by, 6, chance).filter(|_| long_ago) {
                confirm_late(tx, leader, at, owed.id).await?;
            }
            return Ok(());
        }
        let Some(owner) = self.actors.get(&owed.owner) else { return Ok(()) };
        let (asked_at, decided_at) = (self.said_at(owed.record_by, 1, chance), self.said_at(owed.record_by, 2, chance));
        let cadence = !owed.window_key.is_empty();
        if let (Some(asked_at), Some(decided_at), true) = (asked_at, decided_at, cadence && roll < 50) {
            let waiver = ask_waiver(tx, owner, asked_at, owed.id, WAIVERS[words % WAIVERS.len()]).await?;
            let approve = roll < 36;
            let note = if approve { "" } else { "联系人没有全部休假，可以打电话。" };
            decide_waiver(tx, leader, decided_at, waiver, approve, note).await?;
            return Ok(());
        }
        let manager = MANAGERS.iter().position(|login| self.cast.id(login) == owed.owner).unwrap_or_default();
        let Some(at) = asked_at.filter(|at| *at < self.day.now - Duration::days(7)) else { return Ok(()) };
        if chance.percent(EXPLAINED[manager]) {
            let words = match owed.rule.as_str() {
                "minutes_sent" => EXPLANATIONS_OF_MINUTES[words % EXPLANATIONS_OF_MINUTES.len()],
                "question_answered" => EXPLANATIONS_OF_REPLIES[words % EXPLANATIONS_OF_REPLIES.len()],
                _ => EXPLANATIONS[words % EXPLANATIONS.len()],
            };
            let version = obligation(&**tx, owed.id).await?.map_or(owed.version, |o| o.version);
            explain(tx, owner, at, owed.id, version, words).await?;
            if let Some(answered_at) = decided_at.filter(|at| roll % 5 < 2 && *at < self.day.now - Duration::days(1)) {
                answer(tx, leader, answered_at, owed.id, version + 1, ANSWERS[roll % ANSWERS.len()]).await?;
                let read_at = answered_at + Duration::hours(1);
                if read_at < self.day.now - Duration::days(21) {
                    read_answer(tx, owner, read_at, owed.id).await?;
                }
            }
        }
        Ok(())
    }

    /// Asks for what is owed to be waived, when its owner is one of those who wait for an answer.
    async fn ask(&self, tx: &Tx, owed: &Obligation) -> Result<bool, Error> {
        let pending = PENDING.iter().find(|(login, _)| self.cast.id(login) == owed.owner);
        let (Some((_, reason)), Some(owner)) = (pending, self.actors.get(&owed.owner)) else { return Ok(false) };
        if owed.window_key.is_empty() || owed.is_overdue(self.day.now) {
            return Ok(false);
        }
        let at = (self.day.now - Duration::minutes(135)).max(owed.opened_at);
        ask_waiver(tx, owner, at, owed.id, reason).await?;
        Ok(true)
    }

    /// An office hour so many working days after the moment; `None` when that is yet to come.
    fn said_at(&self, after: DateTime<Utc>, working_days: i32, chance: &mut Chance) -> Option<DateTime<Utc>> {
        // The moment is a day's end, which belongs to the day after.
        let last = self.day.zone.local_date(after - Duration::seconds(1));
        let at = self.day.office_hour(self.day.calendar.add_working_days(last, working_days), chance);
        (at + Duration::minutes(1) < self.day.now && last < self.day.today - Days::new(1)).then_some(at)
    }
}
