//! A small company whose clock the test moves, and everything that is done in it done twice: in
//! the product by its verbs, and in a plain list of raw records for the naive reckoning.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use kehu_core::{AccountId, Actor, Clock, CommunicationId, ContactId, LeaveId, MemberId, QuestionId};
use kehu_platform::db::{Db, Lock, execute, rows};
use kehu_platform::directory::{self, DayDraft, LeaveDraft, LeaveKeeper};
use kehu_platform::sea_orm::FromQueryResult;
use kehu_platform::web::App;
use kehu_platform::{Error, values};
use kehu_rulebook::obligations::{Obligation, obligation};
use kehu_testkit::TestDatabase;
use uuid::Uuid;

use crate::accounts::{self, AccountFacts, ContactFacts, NewAccount};
use crate::communications::{self, Correction, Kind, NewCommunication, NewQuestion, Place, Telling};
use crate::duties::{self, Books};

/// A contact as the naive reckoning knows it.
#[derive(Clone, Debug)]
pub struct RawContact {
    pub account: AccountId,
    pub kind: Kind,
    pub connected: bool,
    pub named: bool,
    pub by: MemberId,
    pub occurred_at: DateTime<Utc>,
    pub ended_at: DateTime<Utc>,
    pub established_at: DateTime<Utc>,
    pub deleted: bool,
    pub minutes_sent_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug)]
pub struct RawQuestion {
    pub contact: CommunicationId,
    pub reply_by: NaiveDate,
    pub told: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// From this moment on the account is the member's, and key or not.
#[derive(Clone, Copy, Debug)]
pub struct RawTurn {
    pub account: AccountId,
    pub from: DateTime<Utc>,
    pub owner: MemberId,
    pub key: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct RawLeave {
    pub id: LeaveId,
    pub member: MemberId,
    pub deputy: MemberId,
    pub first: NaiveDate,
    pub last: NaiveDate,
}

/// Which obligation: rule, what it is owed for, window.
pub type Key = (String, Uuid, String);

pub struct World {
    pub app: App,
    pub members: Vec<MemberId>,
    pub accounts: Vec<AccountId>,
    pub people: HashMap<AccountId, ContactId>,
    pub turns: Vec<RawTurn>,
    pub contacts: BTreeMap<CommunicationId, RawContact>,
    pub questions: BTreeMap<QuestionId, RawQuestion>,
    pub leaves: Vec<RawLeave>,
    pub days: BTreeMap<NaiveDate, bool>,
    pub waived: BTreeSet<Key>,
    pub confirmed: BTreeSet<Key>,
}

pub async fn migrated(url: &str) -> anyhow::Result<()> {
    let db = Db::connect(url).await?;
    let areas = [kehu_platform::area(), kehu_rulebook::area(), crate::area()];
    db.migrate(areas.into_iter().flat_map(|area| area.migrations).collect()).await?;
    Ok(db.close().await?)
}

/// A moment by the company's clock.
pub fn at(day: &str, time: &str) -> DateTime<Utc> {
    let local = format!("{day}T{time}:00+08:00");
    DateTime::parse_from_rfc3339(&local).unwrap().with_timezone(&Utc)
}

pub fn system() -> Actor {
    Actor::system()
}

impl World {
    /// Three managers; the accounts are made by [`World::account`].
    pub async fn new(database: &TestDatabase, start: DateTime<Utc>) -> World {
        let db = Db::connect(database.url()).await.unwrap();
        let areas = vec![kehu_platform::area(), kehu_rulebook::area(), crate::area()];
        let app = App::new(db, Clock::standing_at(start), areas, false);
        let mut members = Vec::new();
        for name in ["林小满", "周文博", "许若溪"] {
            let member = app
                .db
                .write(Lock::company(), async |tx| {
                    directory::add_member_without_sign_in(tx, &system(), start, name, None).await
                })
                .await
                .unwrap();
            members.push(member);
        }
        World {
            app,
            members,
            accounts: Vec::new(),
            people: HashMap::new(),
            turns: Vec::new(),
            contacts: BTreeMap::new(),
            questions: BTreeMap::new(),
            leaves: Vec::new(),
            days: BTreeMap::new(),
            waived: BTreeSet::new(),
            confirmed: BTreeSet::new(),
        }
    }

    pub fn managers(&self) -> [MemberId; 3] {
        [self.members[0], self.members[1], self.members[2]]
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    pub fn set(&self, moment: DateTime<Utc>) {
        self.app.clock.set(moment);
    }

    pub fn advance(&self, by: Duration) {
        self.app.clock.advance(by);
    }

    pub async fn books(&self) -> Books {
        Books::load(self.app.db.read()).await.unwrap()
    }

    pub async fn tick(&self) {
        duties::tick(&self.app.db, self.now()).await.unwrap();
    }

    pub async fn account(&mut self, name: &str, owner: MemberId, tier: &str) -> AccountId {
        let (now, books, system) = (self.now(), self.books().await, system());
        let facts =
            AccountFacts { name: name.into(), tier: tier.into(), stage: "active".into(), ..AccountFacts::default() };
        let (account, person) = self
            .app
            .db
            .write(Lock::company(), async |tx| {
                let account = accounts::create(tx, &system, now, &books, NewAccount { facts, owner }).await?;
                let editor = accounts::editor(&**tx, &system, account.id).await?;
                let facts = ContactFacts { name: "陈工".into(), ..ContactFacts::default() };
                let person = accounts::add_contact(tx, &system, now, &editor, facts).await?;
                Ok::<_, Error>((account.id, person.id))
            })
            .await
            .unwrap();
        self.accounts.push(account);
        self.people.insert(account, person);
        self.turns.push(RawTurn { account, from: now, owner, key: tier != "general" });
        account
    }

    pub fn turn(&self, account: AccountId) -> RawTurn {
        *self.turns.iter().rev().find(|t| t.account == account).unwrap()
    }

    pub async fn set_tier(&mut self, account: AccountId, tier: &str) {
        let (now, books, system) = (self.now(), self.books().await, system());
        self.app
            .db
            .write(Lock::account(account), async |tx| {
                let editor = accounts::editor(&**tx, &system, account).await?;
                let facts = AccountFacts { tier: tier.into(), ..editor.account().facts.clone() };
                accounts::edit(tx, &system, now, &books, &editor, editor.account().version, facts).await
            })
            .await
            .unwrap();
        let turn = self.turn(account);
        self.turns.push(RawTurn { from: now, key: tier != "general", ..turn });
    }

    pub async fn hand_over(&mut self, account: AccountId, to: MemberId) {
        let turn = self.turn(account);
        if turn.owner == to {
            return;
        }
        let (now, books, system) = (self.now(), self.books().await, system());
        self.app
            .db
            .write(Lock::account(account), async |tx| {
                let editor = accounts::editor(&**tx, &system, account).await?;
                accounts::hand_over(tx, &system, now, &books, &editor, to).await
            })
            .await
            .unwrap();
        self.turns.push(RawTurn { from: now, owner: to, ..turn });
    }

    /// Logs a contact; `reply_by` leaves a question open until then.
    #[expect(clippy::too_many_arguments, reason = "a contact has this many sides")]
    pub async fn log(
        &mut self,
        account: AccountId,
        kind: Kind,
        by: MemberId,
        occurred_at: DateTime<Utc>,
        connected: bool,
        named: bool,
        reply_by: Option<NaiveDate>,
    ) -> CommunicationId {
        let (now, books, system) = (self.now(), self.books().await, system());
        let person = self.people[&account];
        let new = NewCommunication {
            kind,
            place: Place::AtCustomer,
            connected,
            occurred_at,
            ended_at: None,
            by,
            contacts: if named { vec![person] } else { vec![] },
            summary: String::new(),
            questions: reply_by
                .map(|day| NewQuestion { text: "交期？".into(), reply_by: Some(day), ..NewQuestion::default() })
                .into_iter()
                .collect(),
            agreements: vec![],
        };
        let batch = (!named).then(Uuid::nil);
        let (id, question) = self
            .app
            .db
            .write(Lock::account(account), async |tx| {
                let editor = accounts::editor(&**tx, &system, account).await?;
                let made = communications::log(tx, &system, now, &books, &editor, new, batch).await?;
                let asked = communications::questions(&**tx, made.id).await?;
                Ok::<_, Error>((made.id, asked.first().map(|q| q.id)))
            })
            .await
            .unwrap();
        self.contacts.insert(
            id,
            RawContact {
                account,
                kind,
                connected,
                named,
                by,
                occurred_at,
                ended_at: occurred_at,
                established_at: now,
                deleted: false,
                minutes_sent_at: None,
            },
        );
        if let (Some(question), Some(reply_by)) = (question, reply_by) {
            self.questions.insert(question, RawQuestion { contact: id, reply_by, told: None });
        }
        id
    }

    pub async fn correct(&mut self, id: CommunicationId, after: RawContact) {
        let before = self.contacts[&id].clone();
        let (now, books, system) = (self.now(), self.books().await, system());
        let person = self.people[&after.account];
        let wanted = after.clone();
        self.app
            .db
            .write(Lock::several([Lock::account(before.account), Lock::account(after.account)]), async |tx| {
                let stored = communications::communication(&**tx, id).await?.unwrap();
                let from = accounts::editor(&**tx, &system, before.account).await?;
                let to = accounts::editor(&**tx, &system, wanted.account).await?;
                let correction = Correction {
                    kind: wanted.kind,
                    place: Place::AtCustomer,
                    connected: wanted.connected,
                    occurred_at: wanted.occurred_at,
                    ended_at: wanted.occurred_at,
                    by: wanted.by,
                    contacts: if wanted.named { vec![person] } else { vec![] },
                    summary: String::new(),
                };
                let version = stored.version;
                communications::correct(tx, &system, now, &books, &from, Some(&to), &stored, version, correction).await
            })
            .await
            .unwrap();
        let counts = |c: &RawContact| (c.account, c.kind, c.connected, c.named, c.by, c.occurred_at);
        let established_at = if counts(&before) == counts(&after) { before.established_at } else { now };
        let ended_at = after.occurred_at;
        self.contacts.insert(id, RawContact { established_at, ended_at, ..after });
    }

    pub async fn delete_or_restore(&mut self, id: CommunicationId) {
        let (now, books, system) = (self.now(), self.books().await, system());
        let raw = self.contacts.get_mut(&id).unwrap();
        raw.deleted = !raw.deleted;
        let (account, gone) = (raw.account, raw.deleted);
        self.app
            .db
            .write(Lock::account(account), async |tx| {
                let stored = communications::communication(&**tx, id).await?.unwrap();
                let editor = accounts::editor(&**tx, &system, account).await?;
                if gone {
                    communications::delete(tx, &system, now, &books, &editor, &stored, "记错了").await
                } else {
                    communications::restore(tx, &system, now, &books, &editor, &stored).await
                }
            })
            .await
            .unwrap();
    }

    pub async fn send_minutes(&mut self, id: CommunicationId) {
        let (now, books, system) = (self.now(), self.books().await, system());
        let raw = self.contacts.get_mut(&id).unwrap();
        if raw.deleted || raw.minutes_sent_at.is_some() {
            return;
        }
        raw.minutes_sent_at = Some(now);
        let account = raw.account;
        self.app
            .db
            .write(Lock::account(account), async |tx| {
                let stored = communications::communication(&**tx, id).await?.unwrap();
                let editor = accounts::editor(&**tx, &system, account).await?;
                communications::send(tx, &system, now, &books, &editor, &stored, "纪要".into(), &[]).await
            })
            .await
            .unwrap();
    }

    pub async fn tell(&mut self, id: QuestionId, told_at: DateTime<Utc>) {
        let (now, books, system) = (self.now(), self.books().await, system());
        let contact = &self.contacts[&self.questions[&id].contact];
        let raw = self.questions.get_mut(&id).unwrap();
        if raw.told.is_some() || contact.deleted {
            return;
        }
        let told_at = told_at.max(contact.occurred_at);
        raw.told = Some((told_at, now));
        let (account, to) = (contact.account, self.people[&contact.account]);
        self.app
            .db
            .write(Lock::account(account), async |tx| {
                let editor = accounts::editor(&**tx, &system, account).await?;
                let question = communications::question(&**tx, id).await?.unwrap();
                let telling = Telling {
                    at: told_at,
                    to,
                    how: Kind::PhoneCall,
                    solution: "改由华东仓发货".into(),
                    text: String::new(),
                };
                communications::tell(tx, &system, now, &books, &editor, &question, telling).await
            })
            .await
            .unwrap();
    }

    /// Announces a leave; answers whether the directory accepted it.
    pub async fn leave(&mut self, member: MemberId, deputy: MemberId, first: NaiveDate, last: NaiveDate) -> bool {
        let system = system();
        let who = directory::member(self.app.db.read(), member).await.unwrap().unwrap();
        let keeper = LeaveKeeper::of(&system, &who).unwrap();
        let draft =
            LeaveDraft { deputy: Some(deputy), starts_on: Some(first), ends_on: Some(last), reason: "休假".into() };
        match directory::announce_leave(&self.app, keeper, self.now(), draft).await {
            Ok(id) => {
                self.leaves.push(RawLeave { id, member, deputy, first, last });
                true
            }
            Err(Error::Invalid(_)) => false,
            Err(other) => panic!("{other:?}"),
        }
    }

    pub async fn cancel_leave(&mut self, n: usize) {
        let (system, leave) = (system(), self.leaves[n]);
        let today = self.books().await.zone().local_date(self.now());
        if leave.last < today {
            return;
        }
        let who = directory::member(self.app.db.read(), leave.member).await.unwrap().unwrap();
        let keeper = LeaveKeeper::of(&system, &who).unwrap();
        directory::cancel_leave(&self.app, keeper, self.now(), leave.id).await.unwrap();
        if leave.first < today {
            self.leaves[n].last = today - Duration::days(1);
        } else {
            self.leaves.remove(n);
        }
    }

    pub async fn change_day(&mut self, day: NaiveDate, working: bool) {
        let system = system();
        let draft = DayDraft { day: Some(day), working, name: "公司日".into() };
        directory::change_day(&self.app, system.administrator().unwrap(), self.now(), draft).await.unwrap();
        self.days.insert(day, working);
    }

    /// What a leader's approval does: marks the row, then the rule is asked again.
    pub async fn mark(&mut self, o: &Obligation, column: &str) {
        let (now, system, id) = (self.now(), system(), o.id);
        self.app
            .db
            .write(Lock::company(), async |tx| {
                let sql = format!("update obligations set {column} = $2 where id = $1");
                execute(&**tx, &sql, values![id.uuid(), now]).await?;
                let marked = obligation(&**tx, id).await?.unwrap();
                duties::reassess(tx, &system, now, &marked).await
            })
            .await
            .unwrap();
        let key = (o.rule.clone(), o.subject, o.window_key.clone());
        if column == "waived_at" {
            self.waived.insert(key)
        } else {
            self.confirmed.insert(key)
        };
    }

    /// The whole ledger.
    pub async fn ledger(&self) -> Vec<Obligation> {
        #[derive(FromQueryResult)]
        struct Id {
            id: Uuid,
        }
        let ids: Vec<Id> = rows(self.app.db.read(), "select id from obligations order by id", vec![]).await.unwrap();
        let mut all = Vec::new();
        for id in ids {
            all.push(obligation(self.app.db.read(), id.id.into()).await.unwrap().unwrap());
        }
        all
    }

    /// The obligation of a rule for an account in the window that begins on the day.
    pub async fn owed(&self, rule: &str, account: AccountId, window: &str) -> Option<Obligation> {
        self.ledger()
            .await
            .into_iter()
            .find(|o| o.rule == rule && o.subject == account.uuid() && o.window_key == window)
    }
}
