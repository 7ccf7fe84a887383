//! The demo company has what a visitor is promised, on whatever day it is made up.

use chrono::{DateTime, Utc};
use kehu::{compose, demo};
use kehu_core::{Clock, MemberId, Position};
use kehu_platform::db::{Db, rows};
use kehu_platform::directory;
use kehu_platform::sea_orm::FromQueryResult;
use kehu_platform::sign_in::DEMO_PASSWORD;
use kehu_platform::values;
use kehu_platform::web::App;
use kehu_testkit::{Backend, TestDatabase, both_databases, database};

use crate::client::Client;

both_databases!(crate::demo::migrated => the_company_is_all_there, made_up_twice_it_is_the_same);

/// Tuesday 24 November 2026, 14:30 in Shanghai.
const TUESDAY: &str = "2026-11-24T06:30:00Z";

pub async fn migrated(url: &str) -> anyhow::Result<()> {
    let db = Db::connect(url).await?;
    db.migrate(compose::migrations()).await?;
    Ok(db.close().await?)
}

/// The demo company on that Tuesday afternoon.
pub async fn company(database: &TestDatabase) -> App {
    company_at(database, at(TUESDAY)).await
}

/// The demo company as of the moment, and its clock standing there.
pub async fn company_at(database: &TestDatabase, now: DateTime<Utc>) -> App {
    let db = Db::connect(database.url()).await.unwrap();
    demo::seed(&db, now).await.unwrap();
    compose::app(db, Clock::standing_at(now), false)
}

/// A browser in which that person of the demo company has signed in.
pub async fn client(app: &App, login: &str) -> Client {
    Client::signed_in(app, login, DEMO_PASSWORD).await
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// How many rows of each name a query counts; the names are its first column.
async fn counts(db: &Db, sql: &str) -> Vec<(String, i64)> {
    #[derive(FromQueryResult)]
    struct Count {
        name: String,
        n: i64,
    }
    rows::<Count>(db.read(), sql, vec![]).await.unwrap().into_iter().map(|c| (c.name, c.n)).collect()
}

async fn count(db: &Db, of: &str) -> i64 {
    counts(db, &format!("select 'all' as name, count(*) as n from {of}")).await[0].1
}

/// When what the member still owes falls due.
async fn open_of(db: &Db, member: MemberId) -> Vec<DateTime<Utc>> {
    #[derive(FromQueryResult)]
    struct Open {
        due_at: DateTime<Utc>,
    }
    let sql = "select due_at from obligations where state = 'open' and acting_id = $1";
    rows::<Open>(db.read(), sql, values![member.uuid()]).await.unwrap().into_iter().map(|o| o.due_at).collect()
}

async fn the_company_is_all_there(database: &TestDatabase) {
    let db = Db::connect(database.url()).await.unwrap();
    demo::seed(&db, at(TUESDAY)).await.unwrap();
    assert!(directory::company(db.read()).await.unwrap().unwrap().demo);
    let members = directory::members(db.read()).await.unwrap();
    let holders = |position| members.iter().filter(|m| m.active && m.positions.holds(position)).count();
    let wanted = [
        (Position::TeamLead, 2),
        (Position::AccountManager, 8),
        (Position::IndustryExpert, 2),
        (Position::TechnicalSupport, 2),
        (Position::AfterSales, 2),
        (Position::CompanyLeadership, 2),
        (Position::HumanResources, 1),
        (Position::Administrator, 1),
    ];
    for (position, number) in wanted {
        assert_eq!(holders(position), number, "{position}");
    }
    assert!(members.iter().all(|m| m.can_sign_in == m.active));
    assert_eq!(count(&db, "teams where leader_id is not null").await, 2);
    assert_eq!(count(&db, "departments where liaison_id is not null and name <> '人力资源部'").await, 3);
    assert_eq!(count(&db, "accounts where credit_code is not null").await, 60);
    assert_eq!(count(&db, "contacts").await, 260);
    assert!(count(&db, "contacts where birthday like 'lunar:%'").await > 20);
    let tiers = counts(&db, "select tier as name, count(*) as n from accounts group by tier order by tier").await;
    let tiers: Vec<&str> = tiers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(tiers, ["core", "general", "key", "strategic"]);

    let states =
        counts(&db, "select state as name, count(*) as n from obligations group by state order by state").await;
    let found: Vec<&str> = states.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(found, ["cancelled", "met", "met_late", "missed", "open", "waived"], "{states:?}");
    assert!(count(&db, "obligations where recorded_late = true").await > 20);
    assert!(count(&db, "obligations where to_confirm = true").await > 0);
    assert!(count(&db, "obligations where confirmed_at is not null and state = 'met_late'").await > 5);
    assert!(count(&db, "obligations where explanation is not null").await > 50);
    assert_eq!(count(&db, "waivers where decided_at is null").await, 3);
    assert!(count(&db, "waivers where approved = true").await > 0);
    assert!(count(&db, "waivers where approved = false").await > 0);
    assert_eq!(count(&db, "obligations where rulebook_version <> 1").await, 0);
    let unordered =
        "journal a join journal b on b.seq = a.seq + 1 where b.at < a.at and b.record_kind <> 'rulebook_version'";
    assert_eq!(count(&db, unordered).await, 0, "the journal tells things in the order in which they happened");
    assert_eq!(count(&db, "obligations o where not exists (select 1 from members m where m.id = o.owner_id)").await, 0);
}

async fn made_up_twice_it_is_the_same(database: &TestDatabase) {
    let other = format!("sqlite://{}", database.dir().join("other.sqlite").display());
    migrated(&other).await.unwrap();
    let (one, other) = (Db::connect(database.url()).await.unwrap(), Db::connect(&other).await.unwrap());
    demo::seed(&one, at(TUESDAY)).await.unwrap();
    demo::seed(&other, at(TUESDAY)).await.unwrap();
    for sql in [
        "select rule || state as name, count(*) as n from obligations group by rule, state order by rule, state",
        "select verb as name, count(*) as n from journal group by verb order by verb",
        "select name, number as n from accounts order by number",
        "select c.name || c.mobile as name, a.number as n from contacts c join accounts a on a.id = c.account_id
         order by c.mobile",
    ] {
        assert_eq!(counts(&one, sql).await, counts(&other, sql).await, "{sql}");
    }
}

/// A Monday at half past midnight, a Sunday, the eve of the Spring Festival, New Year's Day, a
/// Friday evening.
#[test]
fn the_first_managers_today_is_alive_on_any_day() {
    for now in [
        "2026-11-22T16:30:00Z",
        "2026-11-29T03:00:00Z",
        "2026-02-16T02:00:00Z",
        "2027-01-01T03:00:00Z",
        "2026-06-12T12:00:00Z",
    ] {
        database::run(Backend::Sqlite, migrated, async |database: &TestDatabase| {
            let db = Db::connect(database.url()).await.unwrap();
            demo::seed(&db, at(now)).await.unwrap();
            let lin = directory::member_by_login(db.read(), "linxiao").await.unwrap().unwrap();
            let open = open_of(&db, lin.id).await;
            let overdue = open.iter().filter(|due_at| **due_at <= at(now)).count();
            assert!((8..=40).contains(&open.len()), "{} open at {now}", open.len());
            assert!((2..=8).contains(&overdue), "{overdue} overdue at {now}");
        });
    }
}
