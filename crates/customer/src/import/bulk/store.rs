//! Accounts and people written hundreds to a statement.

use chrono::{DateTime, Duration, Utc};
use kehu_core::{AccountGroupId, MemberId, TeamId, TenureId};
use kehu_platform::Error;
use kehu_platform::db::{DbFault, Tx, execute, insert_all, placeholders, row};
use kehu_platform::sea_orm::{FromQueryResult, Value};
use kehu_platform::values;

use crate::accounts::{Account, AccountFacts, AccountRole, Contact, ContactFacts};
use crate::duties::Books;
use crate::ledger::company_key;

/// Values that one statement carries: the parser looks each `$n` up among those before it.
const VALUES_AT_ONCE: usize = 1000;

const FACTS: [&str; 17] = [
    "name",
    "name_key",
    "short_name",
    "former_name",
    "english_name",
    "credit_code",
    "industry",
    "province",
    "city",
    "address",
    "website",
    "phone",
    "tier",
    "stage",
    "first_signed_on",
    "annual_amount",
    "remark",
];

fn facts(f: &AccountFacts) -> Vec<Value> {
    values![
        f.name.clone(),
        company_key(&f.name),
        f.short_name.clone(),
        f.former_name.clone(),
        f.english_name.clone(),
        f.credit_code.as_ref().map(|c| c.as_str().to_owned()),
        f.industry.clone(),
        f.province.clone(),
        f.city.clone(),
        f.address.clone(),
        f.website.clone(),
        f.phone.clone(),
        f.tier.clone(),
        f.stage.clone(),
        f.first_signed_on,
        f.annual_amount.map(|m| m.0),
        f.remark.clone(),
    ]
}

const CONTACT_FACTS: [&str; 9] =
    ["name", "title", "department", "mobile", "phone", "email", "wechat", "birthday", "remark"];

fn contact_facts(f: &ContactFacts) -> Vec<Value> {
    values![
        f.name.clone(),
        f.title.clone(),
        f.department.clone(),
        f.mobile.clone(),
        f.phone.clone(),
        f.email.clone(),
        f.wechat.clone(),
        f.birthday.clone(),
        f.remark.clone(),
    ]
}

/// The next account number; the caller holds the company's lock.
pub async fn next_number(tx: &Tx) -> Result<i64, DbFault> {
    #[derive(FromQueryResult)]
    struct Next {
        n: i64,
    }
    let sql = "select cast(coalesce(max(number), 0) + 1 as bigint) as n from accounts";
    Ok(row::<Next>(&**tx, sql, vec![]).await?.map_or(1, |next| next.n))
}

/// Writes new accounts with their owners' seats.
pub async fn insert_accounts(tx: &Tx, accounts: &[Account], by: Option<MemberId>) -> Result<(), DbFault> {
    let mut columns = vec!["id", "number"];
    columns.extend(FACTS);
    columns.extend(["owner_id", "team_id", "group_id", "created_at", "created_by", "changed_at", "version"]);
    let rows = accounts.iter().map(|account| {
        let mut values = values![account.id.uuid(), account.number];
        values.extend(facts(&account.facts));
        values.extend(values![
            account.owner.uuid(),
            account.team.map(TeamId::uuid),
            account.group.map(AccountGroupId::uuid),
            account.created_at,
            by.map(MemberId::uuid),
            account.created_at,
            account.version,
        ]);
        values
    });
    insert_all(&**tx, "accounts", &columns, rows.collect::<Vec<_>>()).await?;
    let seats = accounts
        .iter()
        .map(|account| values![account.id.uuid(), account.owner.uuid(), AccountRole::Owner.code(), account.created_at]);
    insert_all(&**tx, "account_members", &["account_id", "member_id", "role", "since"], seats.collect::<Vec<_>>()).await
}

/// Begins the first tenure of new accounts.
pub async fn insert_tenures(tx: &Tx, accounts: &[Account], books: &Books, now: DateTime<Utc>) -> Result<(), DbFault> {
    let columns = ["id", "account_id", "from_at", "owner_id", "team_id", "key", "carrier_id"];
    let rows = accounts.iter().map(|account| {
        values![
            TenureId::new(now).uuid(),
            account.id.uuid(),
            now,
            account.owner.uuid(),
            account.team.map(TeamId::uuid),
            books.is_key(&account.facts.tier, now),
            account.id.uuid(),
        ]
    });
    insert_all(&**tx, "account_tenures", &columns, rows.collect::<Vec<_>>()).await
}

/// Writes the facts of known accounts over.
pub async fn update_accounts(tx: &Tx, accounts: &[&Account], now: DateTime<Utc>) -> Result<(), Error> {
    let mut columns = FACTS.to_vec();
    columns.push("changed_at");
    let rows = accounts.iter().map(|account| {
        let mut values = facts(&account.facts);
        values.push(Value::from(now));
        (values![account.id.uuid(), account.version], values)
    });
    update_all(tx, "accounts", &columns, rows.collect::<Vec<_>>()).await
}

/// Writes new people; those of one account are shown by their time, so that each is a little later
/// than the one before it in the ledger.
pub async fn insert_contacts(tx: &Tx, contacts: &[Contact], now: DateTime<Utc>) -> Result<(), DbFault> {
    let mut columns = vec!["id", "account_id"];
    columns.extend(CONTACT_FACTS);
    columns.extend(["created_at", "version"]);
    let moments = (0..).map(|nth| now + Duration::microseconds(nth));
    let rows = contacts.iter().zip(moments).map(|(contact, at)| {
        let mut values = values![contact.id.uuid(), contact.account.uuid()];
        values.extend(contact_facts(&contact.facts));
        values.extend(values![at, contact.version]);
        values
    });
    insert_all(&**tx, "contacts", &columns, rows.collect::<Vec<_>>()).await
}

pub async fn update_contacts(tx: &Tx, contacts: &[&Contact]) -> Result<(), Error> {
    let rows =
        contacts.iter().map(|contact| (values![contact.id.uuid(), contact.version], contact_facts(&contact.facts)));
    update_all(tx, "contacts", &CONTACT_FACTS, rows.collect::<Vec<_>>()).await
}

/// Updates many rows by id to their next version; each row is (id and version, values).
async fn update_all(tx: &Tx, table: &str, columns: &[&str], rows: Vec<(Vec<Value>, Vec<Value>)>) -> Result<(), Error> {
    let width = columns.len() + 2;
    let sets: Vec<String> = columns.iter().enumerate().map(|(n, c)| format!("{c} = v.column{}", n + 3)).collect();
    for chunk in rows.chunks((VALUES_AT_ONCE / width).max(1)) {
        let places: Vec<String> = (0..chunk.len()).map(|n| format!("({})", placeholders(n * width, width))).collect();
        let sql = format!(
            "update {table} set {}, version = v.column2 from (values {}) as v
             where {table}.id = v.column1 and {table}.version = v.column2 - 1",
            sets.join(", "),
            places.join(", ")
        );
        let values = chunk.iter().flat_map(|(key, values)| key.iter().chain(values).cloned());
        if execute(&**tx, &sql, values.collect()).await? != chunk.len() as u64 {
            return Err(Error::Stale);
        }
    }
    Ok(())
}
