//! A large company of one year: 250 account managers with 20,000 accounts, 100,000 contacts and 500,000 logged
//! contacts for each unit of scale. What was met and what was missed the rules find out from that.

use anyhow::Context as _;
use chrono::{DateTime, Datelike as _, Duration, NaiveDate, Utc};
use kehu_core::calendar::{Calendar, Window};
use kehu_core::{
    AccountId, Actor, CommunicationId, ContactId, Door, Locale, MemberId, Money, Position, Positions, TeamId,
};
use kehu_customer::accounts::past::{enter_account, enter_contact, own_tenure};
use kehu_customer::accounts::{Account, AccountFacts, AccountRole, Contact, ContactFacts};
use kehu_customer::communications::{Communication, Kind, PastCommunication, Place, enter_past};
use kehu_customer::duties::{self, Books, CADENCES};
use kehu_platform::db::{Db, DbFault, Lock, Tx, execute, row};
use kehu_platform::directory::past_store::{self, PastMember};
use kehu_platform::directory::{self, MemberDraft};
use kehu_platform::journal::{self, Entry, Past};
use kehu_platform::sea_orm::{self, FromQueryResult};
use kehu_platform::{Error, sign_in, values};
use kehu_rulebook::obligations::{Holding, set_opened_through};
use kehu_rulebook::versions::adopt_builtin;
use serde_json::json;

use crate::words::{self, Chance};

/// Accounts of one manager, and those of them that are key accounts.
const OF_MANAGER: usize = 80;
const KEY: usize = 16;
const KEY_IN_FIRST_TEAM: usize = 15;
/// Managers of the first team, whose board shows 60 accounts, and of the second, with 2,000.
const FIRST_TEAM: usize = 4;
const SECOND_TEAM: usize = 125;
const OTHER_TEAMS: usize = 6;
/// Who asks: an account manager, the leaders of the first two teams, company leadership.
pub const MANAGER: &str = "manager-0";
pub const LEADER: &str = "lead-0";
pub const LEADER_OF_MANY: &str = "lead-1";
pub const LEADERSHIP: &str = "chief";
/// Of everybody in this company, which nobody else ever sees.
pub const PASSWORD: &str = "hengchuan-2026-bench";
/// Accounts written in one transaction.
const AT_ONCE: usize = 400;

/// What there is in it, for the head of the table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Size {
    pub accounts: i64,
    pub contacts: i64,
    pub communications: i64,
    pub obligations: i64,
    pub journal: i64,
}

pub struct Company {
    pub size: Size,
    /// An account manager in the first team.
    pub manager: MemberId,
    /// A key account of the manager, and somebody there.
    pub account: AccountId,
    pub contact: ContactId,
}

struct Staff {
    members: Vec<PastMember>,
    teams: Vec<(TeamId, String, MemberId)>,
    managers: Vec<(MemberId, TeamId)>,
    hash: String,
}

/// Finds the company of an earlier run, or makes it up in an empty database.
pub async fn found(db: &Db, scale: usize, now: DateTime<Utc>) -> anyhow::Result<Company> {
    kehu::compose::register();
    db.migrate(kehu::compose::migrations()).await?;
    if directory::company(db.read()).await?.is_none() {
        println!("making up {} accounts …", 20_000 * scale);
        make_up(db, scale, now).await?;
    }
    let manager = directory::member_by_login(db.read(), MANAGER).await?.context("no manager")?.id;
    let sql = "select c.account_id as account, c.id as contact from contacts c
        join accounts a on a.id = c.account_id where a.owner_id = $1 and a.tier = 'key' order by a.number limit 1";
    let at: Somebody = row(db.read(), sql, values![manager.uuid()]).await?.context("the manager has no key account")?;
    Ok(Company { size: size(db).await?, manager, account: at.account.into(), contact: at.contact.into() })
}

#[derive(FromQueryResult)]
struct Somebody {
    account: uuid::Uuid,
    contact: uuid::Uuid,
}

async fn size(db: &Db) -> Result<Size, DbFault> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let count = async |table: &str| -> Result<i64, DbFault> {
        let sql = format!("select count(*) as n from {table}");
        Ok(row::<Count>(db.read(), &sql, vec![]).await?.map_or(0, |count| count.n))
    };
    Ok(Size {
        accounts: count("accounts").await?,
        contacts: count("contacts").await?,
        communications: count("communications").await?,
        obligations: count("obligations").await?,
        journal: count("journal").await?,
    })
}

async fn make_up(db: &Db, scale: usize, now: DateTime<Utc>) -> anyhow::Result<()> {
    let calendar = Calendar::default();
    let zone = calendar.zone();
    let today = zone.local_date(now);
    let from = today.with_day(1).and_then(|day| day.with_year(day.year() - 1)).context("a year ago")?;
    let founded = zone.start_of_day(from) - Duration::days(30);
    let hash = sign_in::hash(PASSWORD.to_owned()).await.map_err(|error| anyhow::anyhow!("{error}"))?;
    let staff = staff(scale, founded, &hash);
    db.write::<_, Error, _>(Lock::company(), async |tx| {
        past_store::found_company(tx, founded, "恒川集团", "Asia/Shanghai", false).await?;
        let teams: Vec<(TeamId, &str, MemberId)> =
            staff.teams.iter().map(|(id, name, leader)| (*id, name.as_str(), *leader)).collect();
        past_store::teams(tx, &teams).await?;
        past_store::members(tx, &staff.members).await?;
        adopt_builtin(tx, &Actor::system(), founded, from - Duration::days(30)).await?;
        Ok(())
    })
    .await?;
    let total = staff.managers.len() * OF_MANAGER;
    for first in (0..total).step_by(AT_ONCE) {
        let accounts: Vec<usize> = (first..total.min(first + AT_ONCE)).collect();
        db.write::<_, Error, _>(Lock::company(), async |tx| {
            for number in &accounts {
                account(tx, &staff, *number, founded, (from, today), now, &calendar).await?;
            }
            Ok(())
        })
        .await?;
        if first % 4_000 == 0 {
            println!("  {first} of {total}");
        }
    }
    println!("the rules judge the year …");
    db.write::<_, Error, _>(Lock::company(), async |tx| {
        let books = Books::load(&**tx).await?;
        duties::cadences(tx, &Actor::system(), now, &books, None, (zone.start_of_day(from), now)).await?;
        for cadence in CADENCES {
            set_opened_through(tx, cadence.rule, Window::containing(cadence.window, today).start).await?;
        }
        Ok(())
    })
    .await?;
    if db.is_postgres() {
        // What autovacuum does within a minute of a working day.
        execute(db.read(), "analyze", vec![]).await?;
    }
    Ok(())
}

fn staff(scale: usize, founded: DateTime<Utc>, hash: &str) -> Staff {
    let mut staff = Staff { members: Vec::new(), teams: Vec::new(), managers: Vec::new(), hash: hash.to_owned() };
    let mut chance = Chance::new(7);
    staff.hire(LEADERSHIP, Position::CompanyLeadership, None, founded, &mut chance);
    let managers = 250 * scale;
    let mut hired = 0;
    while hired < managers {
        let size = match staff.teams.len() {
            0 => FIRST_TEAM,
            1 => SECOND_TEAM,
            _ => OTHER_TEAMS,
        };
        let team = TeamId::new(founded);
        let number = staff.teams.len();
        let leader = staff.hire(&format!("lead-{number}"), Position::TeamLead, Some(team), founded, &mut chance);
        staff.teams.push((team, format!("大客户{}部", number + 1), leader));
        for _ in 0..size.min(managers - hired) {
            let login = format!("manager-{hired}");
            let manager = staff.hire(&login, Position::AccountManager, Some(team), founded, &mut chance);
            staff.managers.push((manager, team));
            hired += 1;
        }
    }
    staff
}

impl Staff {
    fn hire(
        &mut self,
        login: &str,
        position: Position,
        team: Option<TeamId>,
        founded: DateTime<Utc>,
        chance: &mut Chance,
    ) -> MemberId {
        let id = MemberId::new(founded);
        let draft = MemberDraft {
            login: login.to_owned(),
            name: words::person(chance),
            positions: Positions::from_iter([position]),
            team,
            department: None,
            specialties: String::new(),
            email: format!("{login}@hengchuan.example"),
            mobile: String::new(),
            locale: Locale::ZhHans,
            zone: "Asia/Shanghai".to_owned(),
        };
        self.members.push(PastMember {
            id,
            draft,
            password_hash: Some(self.hash.clone()),
            joined_at: founded,
            left_on: None,
        });
        id
    }
}

/// One account with its people, its tenure, a year of logged contacts and the journal of all that.
async fn account(
    tx: &Tx,
    staff: &Staff,
    number: usize,
    founded: DateTime<Utc>,
    (from, today): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
    calendar: &Calendar,
) -> Result<(), Error> {
    let mut chance = Chance::new(number as u64 + 11);
    let place = number / OF_MANAGER;
    let (owner, team) = staff.managers[place];
    let key = number % OF_MANAGER < if place < FIRST_TEAM { KEY_IN_FIRST_TEAM } else { KEY };
    let tier = match (key, number % 5) {
        (true, 0) => "strategic",
        (true, 1) => "core",
        (true, _) => "key",
        (false, _) => "general",
    };
    let (short_name, name) = words::company(&mut chance, number + 1);
    let account = Account {
        id: AccountId::new(founded),
        number: number as i64 + 1,
        facts: AccountFacts {
            name,
            short_name,
            province: chance.pick(&words::PROVINCES).to_owned(),
            tier: tier.to_owned(),
            stage: "active".to_owned(),
            annual_amount: Some(Money::from_yuan(10_000 * (20 + chance.below(900)) as i64)),
            ..AccountFacts::default()
        },
        owner,
        team: Some(team),
        group: None,
        created_at: founded,
        archived: false,
        version: 1,
    };
    let holding = Holding { from: founded, to: None, owner, team: Some(team), key };
    enter_account(tx, &account, owner, &[(owner, AccountRole::Owner, founded)], &[own_tenure(account.id, holding)])
        .await?;
    let mut people = Vec::new();
    for n in 0..5 {
        let contact = Contact {
            id: ContactId::new(founded),
            account: account.id,
            facts: ContactFacts {
                name: words::person(&mut chance),
                title: ["总经理", "采购经理", "设备部长", "工程师", "财务经理"][n].to_owned(),
                mobile: format!("138{:08}", (number * 5 + n) % 100_000_000),
                ..ContactFacts::default()
            },
            archived: false,
            version: 1,
        };
        people.push(contact.id);
        enter_contact(tx, &contact, founded + Duration::seconds(n as i64)).await?;
    }
    let mut log = Vec::new();
    let mut day = from;
    while day <= today {
        let days_left = 7 - i64::from(day.weekday().num_days_from_monday());
        let called = if key { chance.percent(91) } else { chance.percent(31) };
        if called {
            talk(&mut log, &mut chance, &account, &people, Kind::PhoneCall, day, now, calendar);
        }
        if key && day.day() <= 7 && chance.percent(94) {
            talk(&mut log, &mut chance, &account, &people, Kind::Visit, day, now, calendar);
        }
        day += Duration::days(days_left);
    }
    enter_past(tx, &log).await?;
    let history = log.iter().map(|past| {
        let contact = &past.contact;
        let entry = Entry::new("communication", contact.id, "logged")
            .account(account.id)
            .after(json!({ "kind": contact.kind.code(), "occurred_at": contact.occurred_at }));
        Past { at: contact.recorded_at, member: Some(owner), name: "—".to_owned(), door: Door::Web, entry }
    });
    journal::enter(tx, history.collect()).await?;
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "one call in one place, all of it about one conversation")]
fn talk(
    log: &mut Vec<PastCommunication>,
    chance: &mut Chance,
    account: &Account,
    people: &[ContactId],
    kind: Kind,
    week: NaiveDate,
    now: DateTime<Utc>,
    calendar: &Calendar,
) {
    let day = week + Duration::days(chance.below(4) as i64);
    let at = calendar.zone().start_of_day(day) + Duration::minutes(9 * 60 + chance.below(480) as i64);
    let late = if chance.percent(4) { Duration::days(5) } else { Duration::minutes(20) };
    if at + late > now {
        return;
    }
    log.push(PastCommunication {
        contact: Communication {
            id: CommunicationId::new(at + late),
            account: account.id,
            kind,
            place: Place::AtCustomer,
            connected: true,
            occurred_at: at,
            ended_at: at + Duration::minutes(15),
            by: account.owner,
            recorded_at: at + late,
            established_at: at + late,
            summary: words::note(chance),
            contacts: vec![people[chance.below(people.len())]],
            deleted: false,
            version: 1,
        },
        questions: Vec::new(),
        agreements: Vec::new(),
        minutes: None,
    });
}
