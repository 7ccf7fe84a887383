//! Who sees what of the ledger and who decides what, proved on both databases.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod approving;
mod plans;
mod seeing;

use chrono::{DateTime, Duration, Utc};
use kehu_core::{AccountId, Actor, Clock, Door, Locale, MemberId, ObligationId, Position, TeamId};
use kehu_platform::Error;
use kehu_platform::db::{Db, DbFault, Lock, Tx};
use kehu_platform::directory::{self, CompanyDraft, FirstAdministrator, MemberDraft, TeamDraft};
use kehu_platform::web::App;
use kehu_testkit::TestDatabase;
use uuid::Uuid;

use super::*;

const RULE: &str = "weekly_call";

/// The schema of platform and rulebook in an empty database.
pub(crate) async fn migrated(url: &str) -> anyhow::Result<()> {
    let db = Db::connect(url).await?;
    db.migrate([kehu_platform::area(), crate::area()].into_iter().flat_map(|a| a.migrations).collect()).await?;
    Ok(db.close().await?)
}

/// A rule that knows nothing but waivers and confirmations.
fn judge<'a>(tx: &'a Tx, _: &'a Actor, now: DateTime<Utc>, o: &'a Obligation) -> Later<'a, ()> {
    Box::pin(async move {
        let state = match (o.waived_at, o.confirmed_at) {
            (Some(_), _) => State::Waived,
            (None, Some(_)) => State::MetLate,
            (None, None) => o.state,
        };
        store::update(tx, &Obligation { state, to_confirm: false, settled_at: Some(now), ..o.clone() }).await
    })
}

fn registered() {
    let presenter = Presenter {
        name: |_| "weekly call",
        why: |_, _, _| String::new(),
        action: |_, _| None,
        step: |_, _| String::new(),
        fold: None,
        left: None,
        promised: false,
    };
    register(Registry {
        rules: vec![Rule { key: RULE, clause: "4.4.1", presenter, reassess: judge }],
        ..Registry::default()
    });
}

/// Two teams on Tuesday, 24 November 2026, 10:00 in Shanghai.
pub(super) struct World {
    pub app: App,
    pub lead: MemberId,
    pub manager: MemberId,
    pub colleague: MemberId,
    pub other_lead: MemberId,
    pub leadership: MemberId,
    pub second_leadership: MemberId,
    pub hr: MemberId,
    pub administrator: MemberId,
    pub team: TeamId,
    pub other_team: TeamId,
}

impl World {
    pub async fn new(database: &TestDatabase) -> Self {
        registered();
        let db = Db::connect(database.url()).await.unwrap();
        let clock = Clock::standing_at("2026-11-24T02:00:00Z".parse().unwrap());
        let app = App::new(db, clock, vec![kehu_platform::area(), crate::area()], false);
        let now = app.clock.now();
        let company = CompanyDraft { name: "远景电气".to_owned(), zone: "Asia/Shanghai".to_owned() };
        let first = FirstAdministrator {
            login: "admin".to_owned(),
            name: "宋杰".to_owned(),
            password: "sehr-geheim".to_owned(),
            locale: Locale::ZhHans,
        };
        let administrator = directory::set_up(&app, now, company, first).await.unwrap();
        let admin = actor(&app, administrator).await;
        let admin = admin.administrator().unwrap();
        let mut people = Vec::new();
        for (login, position) in [
            ("lead", Position::TeamLead),
            ("manager", Position::AccountManager),
            ("colleague", Position::AccountManager),
            ("other-lead", Position::TeamLead),
            ("leadership", Position::CompanyLeadership),
            ("leadership2", Position::CompanyLeadership),
            ("hr", Position::HumanResources),
        ] {
            let draft = MemberDraft {
                login: login.to_owned(),
                name: login.to_owned(),
                positions: [position].into_iter().collect(),
                zone: "Asia/Shanghai".to_owned(),
                ..MemberDraft::default()
            };
            people.push(directory::add_member(&app, admin, now, draft, None).await.unwrap());
        }
        let team = |name: &str, leader, members| TeamDraft { name: name.to_owned(), leader: Some(leader), members };
        let one = team("一部", people[0], vec![people[0], people[1], people[2]]);
        let two = team("二部", people[3], vec![people[3]]);
        let team = directory::add_team(&app, admin, now, one).await.unwrap();
        let other_team = directory::add_team(&app, admin, now, two).await.unwrap();
        Self {
            app,
            lead: people[0],
            manager: people[1],
            colleague: people[2],
            other_lead: people[3],
            leadership: people[4],
            second_leadership: people[5],
            hr: people[6],
            administrator,
            team,
            other_team,
        }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    pub async fn reach(&self, member: MemberId) -> Reach {
        Reach::of(&actor(&self.app, member).await)
    }

    /// Enters an obligation of the owner that fell due two days ago.
    pub async fn owes(&self, owner: MemberId, team: Option<TeamId>, state: State) -> ObligationId {
        self.enters(self.wanted(owner, team, state)).await
    }

    pub fn wanted(&self, owner: MemberId, team: Option<TeamId>, state: State) -> Wanted {
        let now = self.now();
        let account = AccountId::new(now);
        let due_at = now - Duration::days(2);
        Wanted {
            rule: RULE,
            clause: "4.4.1",
            rulebook_version: 1,
            subject: account.uuid(),
            window_key: "2026-11-16".to_owned(),
            account: Some(account),
            team,
            owner,
            acting: owner,
            about_kind: "account",
            about: account.uuid(),
            title: "远恒电力".to_owned(),
            detail: String::new(),
            window: Some((now - Duration::days(8), now - Duration::days(1))),
            opened_at: now - Duration::days(8),
            due_at,
            record_by: due_at,
            closes_at: due_at,
            state,
            excused: false,
            needed: 1,
            settled_at: (state != State::Open).then_some(due_at),
            recorded_late: false,
            to_confirm: false,
            evidence_kind: "communication",
            evidence: Vec::new(),
        }
    }

    pub async fn enters(&self, wanted: Wanted) -> ObligationId {
        let (now, subject) = (self.now(), wanted.subject);
        let entered: Result<ObligationId, DbFault> = self
            .app
            .db
            .write(Lock::company(), async |tx| {
                settle(tx, &Actor::system(), now, Vec::new(), &[wanted]).await?;
                let all = store::find(&**tx, "subject_id = $1", kehu_platform::values![subject]).await?;
                Ok(all[0].id)
            })
            .await;
        entered.unwrap()
    }

    pub async fn obligation(&self, id: ObligationId) -> Obligation {
        obligation(self.app.db.read(), id).await.unwrap().unwrap()
    }

    pub async fn asks(&self, who: MemberId, id: ObligationId, reason: &str) -> Result<kehu_core::WaiverId, Error> {
        let (actor, now) = (actor(&self.app, who).await, self.now());
        self.app.db.write(Lock::company(), async |tx| ask_waiver(tx, &actor, now, id, reason).await).await
    }

    pub async fn grants(&self, who: MemberId, id: ObligationId, reason: &str) -> Result<kehu_core::WaiverId, Error> {
        let (actor, now) = (actor(&self.app, who).await, self.now());
        self.app.db.write(Lock::company(), async |tx| grant_waiver(tx, &actor, now, id, reason).await).await
    }

    pub async fn decides(
        &self,
        who: MemberId,
        id: kehu_core::WaiverId,
        approve: bool,
        note: &str,
    ) -> Result<(), Error> {
        let (actor, now) = (actor(&self.app, who).await, self.now());
        self.app.db.write(Lock::company(), async |tx| decide_waiver(tx, &actor, now, id, approve, note).await).await
    }

    pub async fn confirms(&self, who: MemberId, id: ObligationId) -> Result<(), Error> {
        let (actor, now) = (actor(&self.app, who).await, self.now());
        self.app.db.write(Lock::company(), async |tx| confirm_late(tx, &actor, now, id).await).await
    }

    pub async fn explains(&self, who: MemberId, id: ObligationId, version: i64, words: &str) -> Result<(), Error> {
        let (actor, now) = (actor(&self.app, who).await, self.now());
        self.app.db.write(Lock::company(), async |tx| explain(tx, &actor, now, id, version, words).await).await
    }

    pub async fn answers(&self, who: MemberId, id: ObligationId, version: i64, words: &str) -> Result<(), Error> {
        let (actor, now) = (actor(&self.app, who).await, self.now());
        self.app.db.write(Lock::company(), async |tx| answer(tx, &actor, now, id, version, words).await).await
    }

    pub async fn reads_answer(&self, who: MemberId, id: ObligationId) -> Result<(), Error> {
        let (actor, now) = (actor(&self.app, who).await, self.now());
        self.app.db.write(Lock::company(), async |tx| read_answer(tx, &actor, now, id).await).await
    }

    /// How many explanations wait for the member's answer.
    pub async fn to_answer(&self, who: MemberId) -> usize {
        let (actor, since) = (actor(&self.app, who).await, self.now() - Duration::days(1));
        to_answer(self.app.db.read(), &actor, since).await.unwrap().len()
    }

    /// How many things wait for the member's approval, waivers and late records.
    pub async fn waiting_for(&self, who: MemberId) -> (usize, usize) {
        let (actor, on) = (actor(&self.app, who).await, self.app.db.read());
        (pending_waivers(on, &actor).await.unwrap().len(), to_confirm(on, &actor).await.unwrap().len())
    }

    pub async fn verbs(&self, kind: &str, id: impl Into<Uuid>) -> Vec<String> {
        let entries = kehu_platform::journal::of_record(self.app.db.read(), kind, id).await.unwrap();
        entries.into_iter().map(|entry| entry.verb).collect()
    }
}

pub(super) async fn actor(app: &App, member: MemberId) -> Actor {
    directory::actor(app.db.read(), member, app.clock.now(), Door::Web).await.unwrap().unwrap()
}

/// What a refusal was: forbidden, or the code of a conflict or of a field.
pub(super) fn refusal<T>(outcome: Result<T, Error>) -> &'static str {
    match outcome {
        Ok(_) => "done",
        Err(Error::Forbidden) => "forbidden",
        Err(Error::Stale) => "stale",
        Err(Error::NotFound) => "not_found",
        Err(Error::Conflict { code, .. }) => code,
        Err(Error::Invalid(invalid)) => invalid.errors()[0].code,
        Err(other) => panic!("{other}"),
    }
}
