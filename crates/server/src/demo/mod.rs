//! The demo company: a believable supplier with sixty customers and twelve months of work behind
//! it, made up by a seeded chance and dated relative to today. Only records are made up. What was
//! met and what was missed the rules find out from them, as they do for everybody.

mod amendment;
mod cast;
mod chance;
mod companies;
mod credit;
mod customers;
mod groups;
mod history;
mod log;
mod people_there;
mod recent;
mod rulings;
mod words;

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, Utc};
use kehu_core::Actor;
use kehu_core::calendar::{Calendar, Window, WindowKind, Zone};
use kehu_customer::communications::{self, Kind, PastCommunication};
use kehu_customer::duties::{self, Books, CADENCES};
use kehu_platform::db::DbFault;
use kehu_platform::db::{Db, Lock, Tx};
use kehu_platform::journal::{Entry, Past};
use kehu_platform::{Error, journal, sign_in};
use kehu_rulebook::obligations::{Obligation, State, about, set_opened_through};
use kehu_rulebook::versions::adopt_builtin;
use serde_json::json;

use crate::compose;

use cast::Cast;
use chance::Chance;
use customers::Customer;
use log::Log;

/// Today, as the demo is dated by it.
struct Day {
    now: DateTime<Utc>,
    today: NaiveDate,
    /// First day of the history.
    from: NaiveDate,
    zone: Zone,
    calendar: Calendar,
}

impl Day {
    fn new(now: DateTime<Utc>) -> Self {
        let calendar = Calendar::default();
        let zone = calendar.zone();
        let today = zone.local_date(now);
        let year_ago = today - Months::new(12);
        let from = year_ago.with_day(1).unwrap_or(year_ago);
        Self { now, today, from, zone, calendar }
    }

    fn at(&self, day: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
        cast::moment(self.zone, day, hour, minute)
    }

    /// The day itself, or the last working day before it.
    fn working_before(&self, day: NaiveDate) -> NaiveDate {
        if self.calendar.is_working(day) { day } else { self.calendar.add_working_days(day, -1) }
    }

    /// The working day so many working days from today.
    fn days_away(&self, working_days: i32) -> NaiveDate {
        self.calendar.add_working_days(self.today, working_days)
    }

    fn working_days(&self, start: NaiveDate, end: NaiveDate) -> Vec<NaiveDate> {
        start.iter_days().take_while(|day| *day < end).filter(|day| self.calendar.is_working(*day)).collect()
    }

    /// A time of the day at which people are in.
    fn office_hour(&self, day: NaiveDate, chance: &mut Chance) -> DateTime<Utc> {
        let hour = *chance.pick(&[9, 9, 10, 10, 11, 13, 14, 14, 15, 16]);
        self.at(day, hour, chance.below(60) as u32)
    }

    fn week(&self) -> Window {
        Window::containing(WindowKind::Week, self.today)
    }
}

/// Fills an empty database with the demo company as of now.
pub async fn seed(db: &Db, now: DateTime<Utc>) -> anyhow::Result<()> {
    compose::register();
    let hash = sign_in::hash(sign_in::DEMO_PASSWORD.to_owned()).await?;
    let day = Day::new(now);
    let cast = Cast::new(day.today, day.from - Days::new(31), &day.calendar, &hash);
    let customers = customers::customers(&cast, &day);
    let mut log = Log { day: &day, cast: &cast, past: Vec::new() };
    for customer in &customers {
        // The first manager's last two weeks are told one by one.
        let until = if customer.manager == 0 { day.week().previous().start } else { day.today + Days::new(1) };
        history::year(&mut log, customer, until);
    }
    recent::weeks(&mut log, &customers[..companies::COMPANIES[0].len()]);
    let mut history = cast.journal();
    history.extend(customers.iter().flat_map(|customer| customers::journal(customer, &cast)));
    history.extend(log.journal());

    db.write::<_, Error, _>(Lock::company(), async |tx| {
        cast.enter(tx).await?;
        for customer in &customers {
            customers::enter(tx, customer).await?;
        }
        communications::enter_past(tx, &log.past).await?;
        adopt_builtin(tx, &Actor::system(), cast.since, day.zone.local_date(cast.since)).await?;
        judge(tx, &day, &log).await?;
        history.extend(outcomes(tx, &cast, &customers, &log).await?);
        rulings::say(tx, &day, &cast, &customers).await?;
        Ok(journal::record_past(tx, history).await?)
    })
    .await?;
    amendment::enter(db, &day, &cast).await?;
    groups::enter(db, &day, &cast, &customers).await
}

/// Lets the rules judge the whole history.
async fn judge(tx: &Tx, day: &Day, log: &Log<'_>) -> Result<(), Error> {
    let system = Actor::system();
    let books = Books::load(&**tx).await?;
    let range = (day.zone.start_of_day(day.from), day.now);
    duties::cadences(tx, &system, day.now, &books, None, range).await?;
    for past in log.past.iter().filter(|past| makes_promises(past)) {
        duties::promises(tx, &system, day.now, &books, past.contact.id).await?;
    }
    for cadence in CADENCES {
        set_opened_through(tx, cadence.rule, Window::containing(cadence.window, day.today).start).await?;
    }
    Ok(())
}

/// A visit owes its minutes, a question its answer.
fn makes_promises(past: &PastCommunication) -> bool {
    past.contact.kind == Kind::Visit || past.questions.iter().any(|question| !question.on_the_spot)
}

/// What the journal says of how every obligation ended, as it would have been written on the day.
async fn outcomes(tx: &Tx, cast: &Cast, customers: &[Customer], log: &Log<'_>) -> Result<Vec<Past>, DbFault> {
    let accounts = customers.iter().map(|customer| customer.account.id.uuid());
    let contacts = log.past.iter().filter(|past| makes_promises(past)).map(|past| past.contact.id.uuid());
    let mut history = Vec::new();
    let ended = |owed: Obligation| {
        let at = owed.settled_at?;
        let mut entry = Entry::new("obligation", owed.id, owed.state.code())
            .before(json!({ "state": State::Open.code(), "owner": owed.acting, "done": 0 }))
            .after(json!({ "state": owed.state.code(), "owner": owed.acting, "done": owed.done }));
        entry.account = owed.account;
        let done = matches!(owed.state, State::Met | State::MetLate);
        Some(if done { cast.entry_by(owed.owner, at, entry) } else { cast.entry_by_clock(at, entry) })
    };
    for record in accounts.chain(contacts) {
        history.extend(about(&**tx, record).await?.into_iter().filter_map(ended));
    }
    Ok(history)
}
