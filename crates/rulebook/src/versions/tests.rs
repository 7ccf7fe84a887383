//! The way of a version into force, proved on both databases.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use kehu_core::{Actor, Clock, Door, Locale, MemberId, Position, RulebookVersionId};
use kehu_platform::consequence::{Consequence, DirectoryEvent};
use kehu_platform::db::{Db, Lock, Tx};
use kehu_platform::directory::{self, CompanyDraft, FirstAdministrator, MemberDraft, Roster};
use kehu_platform::web::{App, Area};
use kehu_platform::{Error, journal};
use kehu_testkit::TestDatabase;

use super::*;
use crate::clauses::known::{CALLS_PER_WEEK, MINUTES_WITHIN_HOURS};
use crate::clauses::{ClauseNumber, builtin};

kehu_testkit::both_databases!(super::migrated =>
    the_builtin_rulebook_counts_until_one_is_adopted,
    leadership_approves,
    nobody_approves_their_own,
    old_versions_stay,
    a_version_is_in_force_from_its_date,
    a_version_goes_back_with_a_note_and_is_worked_on,
    one_draft_at_a_time_and_none_while_leadership_decides,
    a_refused_value_changes_nothing,
    a_change_to_what_somebody_else_changed_is_refused,
    a_draft_that_is_wrong_or_empty_is_not_submitted,
    a_withdrawn_draft_never_counts,
    only_those_who_may_draft_do,
    members_confirm_having_read_a_version,
);

const CONTACT: ClauseNumber = ClauseNumber::literal("4.4.1");
const MINUTES: ClauseNumber = ClauseNumber::literal("4.2.3");

async fn migrated(url: &str) -> anyhow::Result<()> {
    let db = Db::connect(url).await?;
    db.migrate(kehu_platform::area().migrations.into_iter().chain(crate::area().migrations).collect()).await?;
    Ok(db.close().await?)
}

#[derive(Default)]
struct Told(Mutex<Vec<DirectoryEvent>>);

#[async_trait::async_trait]
impl Consequence for Told {
    async fn follow(&self, _: &Tx, _: &Actor, _: DateTime<Utc>, event: &DirectoryEvent) -> Result<(), Error> {
        self.0.lock().unwrap().push(event.clone());
        Ok(())
    }
}

/// A company on Tuesday, 24 November 2026, 10:00 in Shanghai, with version 1 in force since January.
struct Company {
    app: App,
    lead: Actor,
    leader: Actor,
    other_leader: Actor,
    told: Arc<Told>,
}

impl Company {
    async fn set_up(database: &TestDatabase) -> Self {
        let company = Self::unadopted(database).await;
        let now = company.now();
        let system = Actor::system();
        company
            .app
            .db
            .write(Lock::company(), async |tx| adopt_builtin(tx, &system, now, date("2026-01-01")).await)
            .await
            .unwrap();
        company
    }

    async fn unadopted(database: &TestDatabase) -> Self {
        let told = Arc::new(Told::default());
        let db = Db::connect(database.url()).await.unwrap();
        let listening = Area { consequences: vec![told.clone()], ..Area::default() };
        let clock = Clock::standing_at("2026-11-24T02:00:00Z".parse().unwrap());
        let app = App::new(db, clock, vec![listening], false);
        let first = FirstAdministrator {
            login: "admin".to_owned(),
            name: "张伟".to_owned(),
            password: "sehr-geheim".to_owned(),
            locale: Locale::ZhHans,
        };
        let draft = CompanyDraft { name: "远景电气".to_owned(), zone: "Asia/Shanghai".to_owned() };
        let administrator = directory::set_up(&app, app.clock.now(), draft, first).await.unwrap();
        let by = directory::actor(app.db.read(), administrator, app.clock.now(), Door::Web).await.unwrap().unwrap();
        let lead = joins(&app, &by, "lead", Position::TeamLead).await;
        let leader = joins(&app, &by, "leader", Position::CompanyLeadership).await;
        let other_leader = joins(&app, &by, "other", Position::CompanyLeadership).await;
        Self { app, lead, leader, other_leader, told }
    }

    fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    async fn sets(&self, by: &Actor, clause: ClauseNumber, name: &str, typed: &str) -> Result<(), Error> {
        let on = self.app.db.read();
        let said = match open(on).await.unwrap() {
            Some(open) => document(on, &open).await.unwrap(),
            None => newest(on).await.unwrap(),
        };
        let seen = said.parameter(clause, name).unwrap().entry();
        change_parameter(&self.app, Drafter::of(by).unwrap(), self.now(), clause, name, &seen, typed).await
    }

    async fn draft(&self) -> Version {
        open(self.app.db.read()).await.unwrap().unwrap()
    }

    async fn submits(&self, by: &Actor, from: &str) -> Result<Version, Error> {
        let draft = self.draft().await;
        let submission = Submission { summary: "更严的要求".to_owned(), in_force_from: Some(date(from)) };
        submit(&self.app, Drafter::of(by).unwrap(), self.now(), draft.id, draft.version, submission).await?;
        Ok(self.draft().await)
    }

    async fn approves(&self, by: &Actor, version: &Version, from: &str) -> Result<NaiveDate, Error> {
        let by = by.leadership()?;
        let from = Some(date(from));
        approve(&self.app, by, self.now(), version.id, version.version, from, String::new()).await
    }

    /// The lead sets a parameter and a leader approves it.
    async fn amends(&self, clause: ClauseNumber, name: &str, typed: &str, from: &str) -> RulebookVersionId {
        self.sets(&self.lead, clause, name, typed).await.unwrap();
        let submitted = self.submits(&self.lead, from).await.unwrap();
        self.approves(&self.leader, &submitted, from).await.unwrap();
        submitted.id
    }

    async fn on(&self, day: &str) -> InForce {
        in_force(self.app.db.read(), date(day)).await.unwrap()
    }

    async fn verbs(&self, id: RulebookVersionId) -> Vec<String> {
        let entries = journal::of_record(self.app.db.read(), "rulebook_version", id).await.unwrap();
        entries.into_iter().map(|entry| entry.verb).collect()
    }
}

async fn joins(app: &App, by: &Actor, login: &str, position: Position) -> Actor {
    let draft = MemberDraft {
        login: login.to_owned(),
        name: login.to_owned(),
        positions: [position].into_iter().collect(),
        zone: "Asia/Shanghai".to_owned(),
        ..MemberDraft::default()
    };
    let id: MemberId =
        directory::add_member(app, by.administrator().unwrap(), app.clock.now(), draft, None).await.unwrap();
    directory::actor(app.db.read(), id, app.clock.now(), Door::Web).await.unwrap().unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Why it was refused, in codes.
fn refused<T>(outcome: Result<T, Error>) -> Vec<String> {
    match outcome {
        Ok(_) => vec![],
        Err(Error::Invalid(invalid)) => invalid.errors().iter().map(|e| e.code.to_owned()).collect(),
        Err(Error::Conflict { code, .. }) => vec![code.to_owned()],
        Err(Error::Stale) => vec!["stale".to_owned()],
        Err(Error::Forbidden) => vec!["forbidden".to_owned()],
        Err(other) => panic!("refused otherwise: {other}"),
    }
}

async fn the_builtin_rulebook_counts_until_one_is_adopted(database: &TestDatabase) {
    let company = Company::unadopted(database).await;
    let current = company.on("2026-11-24").await;
    assert_eq!((current.number, &*current.rulebook), (0, builtin()));
}

async fn leadership_approves(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    company.sets(&company.lead, CONTACT, "calls_per_week", "2").await.unwrap();
    let submitted = company.submits(&company.lead, "2026-12-01").await.unwrap();
    assert_eq!(submitted.state, State::Submitted);
    assert!(refused(company.approves(&company.lead, &submitted, "2026-12-01").await) == ["forbidden"]);
    let from = company.approves(&company.leader, &submitted, "2026-12-01").await.unwrap();
    assert_eq!(from, date("2026-12-01"), "the day from which it counts");
    let approved = version(company.app.db.read(), submitted.id).await.unwrap().unwrap();
    assert_eq!((approved.number, approved.state), (Some(2), State::Approved));
    assert_eq!(company.verbs(submitted.id).await, ["drafted", "edited", "submitted", "approved"]);
    let told = company.told.0.lock().unwrap().clone();
    assert!(
        matches!(told[..], [DirectoryEvent::CalendarChanged { first_day, .. }] if first_day == from),
        "the rules are asked again from that day: {told:?}"
    );
}

async fn nobody_approves_their_own(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    company.sets(&company.leader, CONTACT, "calls_per_week", "2").await.unwrap();
    // Another submits it; whoever wrote in it still has a hand in it.
    let submitted = company.submits(&company.other_leader, "2026-12-01").await.unwrap();
    for author in [&company.leader, &company.other_leader] {
        assert_eq!(refused(company.approves(author, &submitted, "2026-12-01").await), ["own_submission"]);
    }
    let back = send_back(
        &company.app,
        company.leader.leadership().unwrap(),
        company.now(),
        submitted.id,
        submitted.version,
        "改".to_owned(),
    );
    assert_eq!(refused(back.await), ["own_submission"]);
}

async fn old_versions_stay(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    company.amends(CONTACT, "calls_per_week", "2", "2026-12-01").await;
    company.amends(CONTACT, "calls_per_week", "3", "2027-01-01").await;
    let on = company.app.db.read();
    let mut calls = Vec::new();
    for version in approved(on).await.unwrap() {
        calls.push((version.number, document(on, &version).await.unwrap().get(&CALLS_PER_WEEK)));
    }
    assert_eq!(calls, [(Some(1), 1), (Some(2), 2), (Some(3), 3)]);
}

async fn a_version_is_in_force_from_its_date(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    company.amends(CONTACT, "calls_per_week", "2", "2026-12-01").await;
    let calls = async |day| company.on(day).await.rulebook.get(&CALLS_PER_WEEK);
    assert_eq!([calls("2026-11-30").await, calls("2026-12-01").await], [1, 2]);
    // Never from a day that is past, nor before the version that it changes.
    company.sets(&company.lead, CONTACT, "calls_per_week", "3").await.unwrap();
    assert_eq!(refused(company.submits(&company.lead, "2026-11-23").await), ["past"]);
    assert_eq!(refused(company.submits(&company.lead, "2026-11-24").await), ["before_other"]);
    let submitted = company.submits(&company.lead, "2026-12-01").await.unwrap();
    // Leadership took its time: the proposed day has passed meanwhile.
    company.app.clock.advance(Duration::days(10));
    assert_eq!(refused(company.approves(&company.leader, &submitted, "2026-12-01").await), ["past"]);
    company.approves(&company.leader, &submitted, "2026-12-04").await.unwrap();
    assert_eq!([calls("2026-12-03").await, calls("2026-12-04").await], [2, 3]);
}

async fn a_version_goes_back_with_a_note_and_is_worked_on(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    company.sets(&company.lead, CONTACT, "calls_per_week", "5").await.unwrap();
    let submitted = company.submits(&company.lead, "2026-12-01").await.unwrap();
    let back = async |note: &str| {
        let by = company.leader.leadership().unwrap();
        send_back(&company.app, by, company.now(), submitted.id, submitted.version, note.to_owned()).await
    };
    assert_eq!(refused(back("  ").await), ["required"]);
    back("每周五次做不到").await.unwrap();
    let returned = company.draft().await;
    assert_eq!((returned.state, returned.note.as_str()), (State::Returned, "每周五次做不到"));
    company.sets(&company.lead, CONTACT, "calls_per_week", "2").await.unwrap();
    let again = company.submits(&company.lead, "2026-12-01").await.unwrap();
    assert_eq!(again.id, submitted.id);
    company.approves(&company.leader, &again, "2026-12-01").await.unwrap();
    assert_eq!(company.on("2026-12-01").await.rulebook.get(&CALLS_PER_WEEK), 2);
}

async fn one_draft_at_a_time_and_none_while_leadership_decides(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let begin = async |by: &Actor| begin_draft(&company.app, Drafter::of(by).unwrap(), company.now()).await;
    let first = begin(&company.lead).await.unwrap();
    assert_eq!(begin(&company.other_leader).await.unwrap(), first, "they work on the same draft");
    company.sets(&company.lead, CONTACT, "calls_per_week", "2").await.unwrap();
    company.submits(&company.lead, "2026-12-01").await.unwrap();
    assert_eq!(refused(begin(&company.lead).await), ["submitted"]);
    assert_eq!(refused(company.sets(&company.lead, CONTACT, "calls_per_week", "3").await), ["submitted"]);
}

async fn a_refused_value_changes_nothing(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    assert_eq!(refused(company.sets(&company.lead, CONTACT, "calls_per_week", "8").await), ["too-large"]);
    assert_eq!(open(company.app.db.read()).await.unwrap(), None, "not even a draft was begun");
    company.sets(&company.lead, MINUTES, "minutes_within_hours", "48").await.unwrap();
    let draft = document(company.app.db.read(), &company.draft().await).await.unwrap();
    assert_eq!(draft.get(&MINUTES_WITHIN_HOURS), 48);
    assert_eq!(company.on("2026-11-24").await.rulebook.get(&MINUTES_WITHIN_HOURS), 24, "in force is what was approved");
}

async fn a_change_to_what_somebody_else_changed_is_refused(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let seen = mark(newest(company.app.db.read()).await.unwrap().clause(CONTACT).unwrap());
    company.sets(&company.leader, CONTACT, "calls_per_week", "2").await.unwrap();
    let by = Drafter::of(&company.lead).unwrap();
    let renamed = ClauseDraft { titles: vec![(Locale::En, "Calling".to_owned())], ..ClauseDraft::default() };
    let change =
        async |seen: &str| change_clause(&company.app, by, company.now(), CONTACT, seen, renamed.clone()).await;
    assert_eq!(refused(change(&seen).await), ["stale"]);
    let draft = document(company.app.db.read(), &company.draft().await).await.unwrap();
    change(&mark(draft.clause(CONTACT).unwrap())).await.unwrap();
    let draft = document(company.app.db.read(), &company.draft().await).await.unwrap();
    assert_eq!(draft.clause(CONTACT).unwrap().title.get(Locale::En), "Calling");
    assert_eq!(draft.get(&CALLS_PER_WEEK), 2, "and the other's change stays");
}

async fn a_draft_that_is_wrong_or_empty_is_not_submitted(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    begin_draft(&company.app, Drafter::of(&company.lead).unwrap(), company.now()).await.unwrap();
    assert_eq!(refused(company.submits(&company.lead, "2026-12-01").await), ["unchanged"]);
    company.sets(&company.lead, ClauseNumber::literal("5.1.2"), "churn_weight", "20").await.unwrap();
    assert_eq!(refused(company.submits(&company.lead, "2026-12-01").await), ["weights-total"]);
}

async fn a_withdrawn_draft_never_counts(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    company.sets(&company.lead, CONTACT, "calls_per_week", "2").await.unwrap();
    let submitted = company.submits(&company.lead, "2026-12-01").await.unwrap();
    let by = Drafter::of(&company.lead).unwrap();
    withdraw(&company.app, by, company.now(), submitted.id, submitted.version).await.unwrap();
    let withdrawn = version(company.app.db.read(), submitted.id).await.unwrap().unwrap();
    assert_eq!((withdrawn.state, withdrawn.number), (State::Withdrawn, None));
    assert_eq!(refused(company.approves(&company.leader, &withdrawn, "2026-12-01").await), ["not_submitted"]);
    company.amends(CONTACT, "calls_per_week", "3", "2026-12-01").await;
    assert_eq!(company.on("2026-12-01").await.number, 2, "withdrawn drafts leave no gaps in the numbers");
}

async fn only_those_who_may_draft_do(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    for position in Position::ALL {
        let actor = Actor { positions: [position].into_iter().collect(), ..company.lead.clone() };
        let may = matches!(position, Position::TeamLead | Position::Administrator | Position::CompanyLeadership);
        assert_eq!(Drafter::of(&actor).is_ok(), may, "{position}");
    }
}

async fn members_confirm_having_read_a_version(database: &TestDatabase) {
    let company = Company::set_up(database).await;
    let id = company.amends(CONTACT, "calls_per_week", "2", "2026-12-01").await;
    let on = company.app.db.read();
    confirm_reading(&company.app, &company.lead, company.now(), id).await.unwrap();
    company.app.clock.advance(Duration::hours(1));
    confirm_reading(&company.app, &company.lead, company.now(), id).await.unwrap();
    assert!(has_read(on, id, company.lead.member.unwrap()).await.unwrap());
    let (roster, of) = (Roster::load(on).await.unwrap(), version(on, id).await.unwrap().unwrap());
    let readings = readings(on, &ReadingObserver::of(&company.leader).unwrap(), &roster, &of).await.unwrap();
    let read: Vec<_> = readings.iter().filter_map(|r| Some((r.member.login.as_str(), r.at?))).collect();
    assert_eq!(read, [("lead", "2026-11-24T02:00:00Z".parse().unwrap())], "once, and when it was");
    assert_eq!(readings.len(), 4, "the others have yet to confirm");
    assert!(ReadingObserver::of(&company.lead).is_err(), "a lead without a team answers for nobody");
    assert_eq!(company.verbs(id).await.iter().filter(|verb| *verb == "read").count(), 1);
}
