//! The sixty customers with their people, their account teams, and whose they were when.

use chrono::{DateTime, Days, NaiveDate, Utc};
use kehu_core::{AccountId, ContactId, MemberId, Money, Position};
use kehu_customer::accounts::past::{enter_account, enter_contact, own_tenure};
use kehu_customer::accounts::{Account, AccountFacts, AccountRole, Contact, ContactFacts, label};
use kehu_platform::Error;
use kehu_platform::db::Tx;
use kehu_platform::directory::propose_login;
use kehu_platform::journal::{Entry, Past};
use kehu_rulebook::obligations::Holding;
use serde_json::json;

use super::cast::{Cast, PREDECESSOR, SUCCESSOR, moment};
use super::chance::Chance;
use super::companies::{COMPANIES, Company};
use super::people_there::{birthday, person_name, posts};
use super::{Day, credit};

/// How many people at customers there are in all.
pub const CONTACTS: usize = 260;

/// What happened to a customer besides being served from the first day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Course {
    Steady,
    /// Became a customer so many days ago.
    New(u64),
    /// Was raised to a key tier so many days ago.
    Raised(u64),
    /// Came from a colleague so many days ago.
    MovedFrom(usize, u64),
}

fn course(short: &str) -> Course {
    match short {
        "瑞凯装备" => Course::New(68),
        "琼澜水务" => Course::New(94),
        "荆源光伏" => Course::New(124),
        "甬岚汽电" => Course::New(155),
        "震泽净水" => Course::Raised(131),
        "沱源精化" => Course::MovedFrom(1, 61),
        _ => Course::Steady,
    }
}

/// A customer with all that its history is made from.
pub struct Customer {
    pub account: Account,
    pub company: &'static Company,
    pub contacts: Vec<Contact>,
    pub holdings: Vec<Holding>,
    /// Place in the list of managers.
    pub manager: usize,
    pub team: Vec<(MemberId, AccountRole, DateTime<Utc>)>,
    pub products: [&'static str; 2],
    /// Place in the list of customers: what its chances are drawn by.
    pub number: usize,
}

impl Customer {
    /// Who held the account on a day, and whether it was a key account.
    pub fn holding_on(&self, noon: DateTime<Utc>) -> Option<&Holding> {
        self.holdings.iter().find(|h| h.at(noon))
    }

    pub fn line(&self, chance: &mut Chance) -> &'static str {
        chance.pick::<&str>(&self.company.industry.lines)
    }
}

/// All customers, as of today.
pub fn customers(cast: &Cast, day: &Day) -> Vec<Customer> {
    let all: Vec<(usize, &'static Company)> = COMPANIES
        .iter()
        .enumerate()
        .flat_map(|(manager, companies)| companies.iter().map(move |company| (manager, company)))
        .collect();
    let mut places: Vec<usize> = all.iter().map(|(_, company)| people_of(company.tier)).collect();
    // The rest goes to the largest, one each.
    let mut rest = CONTACTS.saturating_sub(places.iter().sum());
    for tier in ["strategic", "core", "key"] {
        for (place, (_, company)) in places.iter_mut().zip(&all) {
            if rest > 0 && company.tier == tier {
                *place += 1;
                rest -= 1;
            }
        }
    }
    let mut phone = 0;
    all.into_iter()
        .enumerate()
        .map(|(number, (manager, company))| {
            let first = phone;
            phone += places[number];
            customer(cast, day, number, manager, company, (first, places[number]))
        })
        .collect()
}

fn people_of(tier: &str) -> usize {
    match tier {
        "strategic" => 6,
        "core" | "key" => 4,
        _ => 2,
    }
}

fn customer(
    cast: &Cast,
    day: &Day,
    number: usize,
    manager: usize,
    company: &'static Company,
    (first_phone, people): (usize, usize),
) -> Customer {
    let mut chance = Chance::of("customer", number);
    let course = course(company.short);
    let created_on = match course {
        Course::New(days) => day.working_before(day.today - Days::new(days)),
        _ => day.zone.local_date(cast.since),
    };
    let created_at = moment(day.zone, created_on, 10, (number % 60) as u32) + chrono::Duration::seconds(number as i64);
    let owner = cast.manager(manager);
    let account = Account {
        id: AccountId::new(created_at),
        number: number as i64 + 1,
        facts: facts(company, created_on, course, &mut chance),
        owner,
        team: Some(cast.teams[cast.team_of(manager)]),
        group: None,
        created_at,
        archived: false,
        version: 1,
    };
    let holdings = holdings(cast, day, &account, manager, course);
    let contacts = (0..people).map(|n| contact(&account, company, n, first_phone + n, &mut chance)).collect();
    let team = account_team(cast, &account, company, manager, &holdings);
    let products = [*chance.pick(&super::words::PRODUCTS), *chance.pick(&super::words::PRODUCTS)];
    Customer { account, company, contacts, holdings, manager, team, products, number }
}

fn facts(company: &Company, created_on: NaiveDate, course: Course, chance: &mut Chance) -> AccountFacts {
    let place = company.place;
    let years = chance.between(1, 11) as i32;
    let signed = created_on - Days::new(365 * years as u64 + chance.below(300) as u64);
    let amount = match company.tier {
        "strategic" => chance.between(2_200, 5_800),
        "core" => chance.between(800, 2_100),
        "key" => chance.between(220, 780),
        _ => chance.between(20, 180),
    };
    let stage = match course {
        Course::New(_) if company.short == "荆源光伏" => "prospect",
        _ if company.short == "虞麓纺织" => "dormant",
        _ => "active",
    };
    let capitalised: String = {
        let mut letters = company.slug.chars();
        letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters).collect()
    };
    AccountFacts {
        name: company.name.to_owned(),
        short_name: company.short.to_owned(),
        former_name: String::new(),
        english_name: format!("{capitalised} {} Co., Ltd.", company.industry.english),
        credit_code: credit::code(place.district, chance),
        industry: company.industry.name.to_owned(),
        province: place.province.to_owned(),
        city: place.city.to_owned(),
        address: format!("{}{} {} 号", place.city, place.park, chance.between(6, 288)),
        website: format!("https://www.{}.example", company.slug),
        phone: format!("{}-0000{:04}", place.dial, chance.between(1000, 9999)),
        tier: company.tier.to_owned(),
        stage: stage.to_owned(),
        first_signed_on: match course {
            Course::New(_) if stage == "prospect" => None,
            Course::New(_) => Some(created_on),
            _ => Some(signed),
        },
        annual_amount: Some(Money::from_yuan(amount * 10_000)),
        remark: chance
            .pick(&["", "", "", "年度框架协议在执行。", "付款及时，重视服务响应。", "技改项目多，决策链较长。"])
            .to_string(),
    }
}

/// Whose the account was from when to when.
fn holdings(cast: &Cast, day: &Day, account: &Account, manager: usize, course: Course) -> Vec<Holding> {
    let (from, owner, team, key) = (account.created_at, account.owner, account.team, account.facts.tier != "general");
    let one = |from, to, owner, key| Holding { from, to, owner, team, key };
    let on = |days: u64| moment(day.zone, day.working_before(day.today - Days::new(days)), 16, 30);
    match course {
        Course::Raised(days) => vec![one(from, Some(on(days)), owner, false), one(on(days), None, owner, key)],
        Course::MovedFrom(other, days) => {
            vec![one(from, Some(on(days)), cast.manager(other), key), one(on(days), None, owner, key)]
        }
        Course::Steady if manager == SUCCESSOR => {
            let at = cast.handed_over_at;
            vec![one(from, Some(at), cast.id(PREDECESSOR), key), one(at, None, owner, key)]
        }
        _ => vec![one(from, None, owner, key)],
    }
}

/// The owner, and by tier an expert, support and after-sales.
fn account_team(
    cast: &Cast,
    account: &Account,
    company: &Company,
    manager: usize,
    holdings: &[Holding],
) -> Vec<(MemberId, AccountRole, DateTime<Utc>)> {
    let team = cast.team_of(manager);
    let owned_since = holdings.iter().find(|h| h.owner == account.owner).map_or(account.created_at, |h| h.from);
    let mut seats = vec![(account.owner, AccountRole::Owner, owned_since)];
    let mut seat = |position, role| seats.push((cast.of_team(team, position), role, account.created_at));
    let tier = company.tier;
    if tier == "strategic" || (tier == "core" && account.number % 2 == 0) {
        seat(Position::IndustryExpert, AccountRole::Expert);
    }
    if tier == "strategic" || tier == "core" {
        seat(Position::TechnicalSupport, AccountRole::Support);
    }
    if tier != "general" && account.number % 3 != 1 {
        seat(Position::AfterSales, AccountRole::AfterSales);
    }
    seats
}

fn contact(account: &Account, company: &Company, n: usize, phone: usize, chance: &mut Chance) -> Contact {
    let entered_at = account.created_at + chrono::Duration::seconds(n as i64 + 1);
    let name = person_name(chance);
    let (department, title) = posts(company.tier)[n % posts(company.tier).len()];
    let mailbox = propose_login(&name, |_| false);
    let mobile = format!("1300000{:04}", phone + 1001);
    Contact {
        id: ContactId::new(entered_at),
        account: account.id,
        facts: ContactFacts {
            wechat: if chance.percent(60) { format!("{mailbox}_{}", chance.between(70, 99)) } else { String::new() },
            email: if chance.percent(75) { format!("{mailbox}@{}.example", company.slug) } else { String::new() },
            phone: String::new(),
            title: title.to_owned(),
            department: department.to_owned(),
            birthday: birthday(chance),
            remark: String::new(),
            name,
            mobile,
        },
        archived: false,
        version: 1,
    }
}

/// Writes a customer with its people and tenures.
pub async fn enter(tx: &Tx, customer: &Customer) -> Result<(), Error> {
    let account = &customer.account;
    let tenures: Vec<_> = customer.holdings.iter().map(|h| own_tenure(account.id, h.clone())).collect();
    let by = customer.holdings.first().map_or(account.owner, |h| h.owner);
    enter_account(tx, account, by, &customer.team, &tenures).await?;
    for (n, contact) in customer.contacts.iter().enumerate() {
        enter_contact(tx, contact, account.created_at + chrono::Duration::seconds(n as i64 + 1)).await?;
    }
    Ok(())
}

/// What the journal says of how the customer came in and changed hands.
pub fn journal(customer: &Customer, cast: &Cast) -> Vec<Past> {
    let account = &customer.account;
    let Some(first) = customer.holdings.first() else { return Vec::new() };
    let created = Entry::new("account", account.id, "created")
        .account(account.id)
        .after(json!({ "number": label(account.number), "owner": first.owner, "facts": account.facts }));
    let mut history = vec![cast.entry_by(first.owner, account.created_at, created)];
    for (n, contact) in customer.contacts.iter().enumerate() {
        let entry = Entry::new("contact", contact.id, "created")
            .account(account.id)
            .after(json!({ "name": contact.facts.name, "title": contact.facts.title }));
        history.push(cast.entry_by(first.owner, account.created_at + chrono::Duration::seconds(n as i64 + 1), entry));
    }
    for pair in customer.holdings.windows(2) {
        let leader = cast.leader(cast.team_of(customer.manager));
        let entry = if pair[0].owner == pair[1].owner {
            Entry::new("account", account.id, "changed")
                .before(json!({ "tier": "general" }))
                .after(json!({ "tier": account.facts.tier }))
        } else {
            Entry::new("account", account.id, "handed_over")
                .before(json!({ "owner": pair[0].owner, "team": pair[0].team }))
                .after(json!({ "owner": pair[1].owner, "team": pair[1].team }))
        };
        history.push(cast.entry_by(leader, pair[1].from, entry.account(account.id)));
    }
    history
}
