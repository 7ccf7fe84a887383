//! 4.4.1: each key account is called every week and visited every month by its manager.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use kehu_core::calendar::{Window, WindowKind};
use kehu_core::{AccountId, Actor};
use kehu_platform::db::{DbFault, Tx};
use kehu_platform::directory;
use kehu_rulebook::clauses::{Rulebook, known};
use kehu_rulebook::obligations::{
    self, CadenceFacts, CadenceTerms, Deed, Holding, Obligation, State, Wanted, of_window,
};

use super::books::{Books, grouped};
use crate::accounts::{self, Account, Tenure};
use crate::communications::{self, Judged, Kind};

pub const WEEKLY_CALL: &str = "weekly_call";
pub const MONTHLY_VISIT: &str = "monthly_visit";

/// One of the rulebook's cadences over accounts.
#[derive(Clone, Copy, Debug)]
pub struct Cadence {
    pub rule: &'static str,
    pub clause: &'static str,
    pub window: WindowKind,
    needed: fn(&Rulebook) -> i64,
    counts: fn(&Judged, &Rulebook) -> bool,
}

/// At least one call a week and one face-to-face visit a month, per account.
pub const CADENCES: [Cadence; 2] = [
    Cadence {
        rule: WEEKLY_CALL,
        clause: "4.4.1",
        window: WindowKind::Week,
        needed: |rulebook| rulebook.get(&known::CALLS_PER_WEEK),
        counts: |contact, _| matches!(contact.kind, Kind::PhoneCall | Kind::MessengerCall),
    },
    Cadence {
        rule: MONTHLY_VISIT,
        clause: "4.4.1",
        window: WindowKind::Month,
        needed: |rulebook| rulebook.get(&known::VISITS_PER_MONTH),
        counts: |contact, rulebook| {
            contact.kind == Kind::Visit
                && rulebook.get(&known::FACE_TO_FACE_KINDS).iter().any(|kind| kind == contact.place.code())
        },
    },
];

impl Cadence {
    pub fn of_rule(rule: &str) -> Option<Cadence> {
        CADENCES.into_iter().find(|cadence| cadence.rule == rule)
    }

    fn terms(self, rulebook: &Rulebook) -> CadenceTerms {
        let number = |value: i64| u32::try_from(value).unwrap_or_default();
        CadenceTerms {
            needed: usize::try_from((self.needed)(rulebook)).unwrap_or(1),
            least_working_days: number(rulebook.get(&known::MIN_WORKING_DAYS_IN_WEEK)),
            record_within: number(rulebook.get(&known::RECORD_WITHIN_WORKING_DAYS)),
        }
    }
}

/// The windows of a kind that lie in the range of time or touch it, none that is yet to begin.
pub(super) fn windows(kind: WindowKind, books: &Books, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Window> {
    let last = books.zone().local_date(to);
    let mut window = Window::containing(kind, books.zone().local_date(from));
    let mut all = Vec::new();
    while window.start <= last {
        all.push(window);
        window = window.next();
    }
    all
}

/// Brings the cadences of the carriers (or of all) up to date for every window that the range
/// touches.
pub async fn cadences(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    carriers: Option<&[AccountId]>,
    range: (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), DbFault> {
    if carriers.is_some_and(<[AccountId]>::is_empty) {
        return Ok(());
    }
    let facts = Facts::load(tx, carriers).await?;
    for cadence in CADENCES {
        for window in windows(cadence.window, books, range.0, range.1.min(now)) {
            facts.settle(tx, actor, now, books, cadence, window, carriers).await?;
        }
    }
    Ok(())
}

/// The same for one window of one cadence: what the clock asks for.
pub(super) async fn one_window(
    tx: &Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    books: &Books,
    cadence: Cadence,
    window: Window,
    carriers: Option<&[AccountId]>,
) -> Result<(), DbFault> {
    Facts::load(tx, carriers).await?.settle(tx, actor, now, books, cadence, window, carriers).await
}

/// What does not depend on the window.
struct Facts {
    /// The tenures of each account that is or was carried.
    tenures: HashMap<AccountId, Vec<Tenure>>,
    names: HashMap<AccountId, Account>,
}

impl Facts {
    async fn load(tx: &Tx, carriers: Option<&[AccountId]>) -> Result<Self, DbFault> {
        let tenures = accounts::tenures_carried(&**tx, carriers).await?;
        let carrying: HashSet<AccountId> = tenures.iter().map(|t| t.carrier).collect();
        let names = accounts::accounts(&**tx, &carrying.into_iter().collect::<Vec<_>>()).await?;
        Ok(Self {
            tenures: grouped(tenures.into_iter().map(|t| (t.account, t))),
            names: names.into_iter().map(|a| (a.id, a)).collect(),
        })
    }

    /// For which account a contact with this one counted at the time; a contact from before the
    /// account was entered here counts as if it had been.
    fn carrier_at(&self, account: AccountId, at: DateTime<Utc>) -> Option<AccountId> {
        let tenures = self.tenures.get(&account)?;
        tenures
            .iter()
            .find(|t| t.holding.at(at))
            .or_else(|| tenures.first().filter(|t| t.holding.from > at))
            .map(|t| t.carrier)
    }

    #[expect(clippy::too_many_arguments, reason = "one window of one cadence is named by all of these")]
    async fn settle(
        &self,
        tx: &Tx,
        actor: &Actor,
        now: DateTime<Utc>,
        books: &Books,
        cadence: Cadence,
        window: Window,
        carriers: Option<&[AccountId]>,
    ) -> Result<(), DbFault> {
        let (start, end) = window.bounds(books.zone());
        let book = books.on(window.start);
        let window_key = window.start.to_string();
        let subjects: Option<Vec<_>> = carriers.map(|ids| ids.iter().map(|id| id.uuid()).collect());
        let had = of_window(&**tx, cadence.rule, &window_key, subjects.as_deref()).await?;
        let leaves = directory::leaves_between(&**tx, window.start, window.last_day()).await?;
        let accounts: Option<Vec<AccountId>> = carriers.map(|_| self.tenures.keys().copied().collect());
        let contacts = communications::judged(&**tx, accounts.as_deref(), start, end).await?;

        let holdings: HashMap<AccountId, Vec<Holding>> =
            self.tenures.iter().map(|(id, all)| (*id, all.iter().map(|t| t.holding.clone()).collect())).collect();
        let deeds = grouped(contacts.iter().filter(|contact| (cadence.counts)(contact, &book.rulebook)).filter_map(
            |contact| {
                let carrier = self.carrier_at(contact.account, contact.occurred_at)?;
                let deed = Deed {
                    record: contact.id,
                    by: contact.by,
                    occurred_at: contact.occurred_at,
                    recorded_at: contact.established_at,
                };
                Some((carrier, (deed, holdings.get(&contact.account)?.as_slice())))
            },
        ));
        let ledger: HashMap<uuid::Uuid, &Obligation> = had.iter().map(|o| (o.subject, o)).collect();
        let terms = cadence.terms(&book.rulebook);
        let mut wanted = Vec::new();
        for (id, tenures) in &self.tenures {
            if carriers.is_some_and(|some| !some.contains(id)) {
                continue;
            }
            let own: Vec<Holding> = tenures.iter().filter(|t| t.carrier == *id).map(|t| t.holding.clone()).collect();
            let before = ledger.get(&id.uuid());
            let facts = CadenceFacts {
                holdings: &own,
                deeds: deeds.get(id).map_or(&[], Vec::as_slice),
                leaves: &leaves,
                waived: before.is_some_and(|o| o.waived_at.is_some()),
                confirmed: before.is_some_and(|o| o.confirmed_at.is_some()),
            };
            let Some(account) = self.names.get(id) else { continue };
            if let Some(due) = obligations::cadence(window, terms, facts, &books.calendar, now) {
                wanted.push(want(cadence, account, book.number, &window_key, (start, end), terms, due));
            }
        }
        obligations::settle(tx, actor, now, had, &wanted).await
    }
}

fn want(
    cadence: Cadence,
    account: &Account,
    rulebook_version: i64,
    window_key: &str,
    window: (DateTime<Utc>, DateTime<Utc>),
    terms: CadenceTerms,
    due: obligations::CadenceDue,
) -> Wanted {
    Wanted {
        rule: cadence.rule,
        clause: cadence.clause,
        rulebook_version,
        subject: account.id.uuid(),
        window_key: window_key.to_owned(),
        account: Some(account.id),
        team: due.team,
        owner: due.owner,
        acting: due.owner,
        about_kind: "account",
        about: account.id.uuid(),
        title: account.called().to_owned(),
        detail: String::new(),
        window: Some(window),
        opened_at: due.opened_at,
        due_at: due.due_at,
        record_by: due.record_by,
        // Once it is settled the clock has no more say.
        closes_at: due.record_by,
        state: due.state,
        excused: due.excused,
        needed: terms.needed,
        settled_at: due.settled_at,
        recorded_late: due.recorded_late && due.state != State::Open,
        to_confirm: due.to_confirm,
        evidence_kind: "communication",
        evidence: due.evidence,
    }
}
