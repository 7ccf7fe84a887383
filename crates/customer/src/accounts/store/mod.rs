//! Accounts in the database.

mod contacts;
mod grades;
mod list;
mod people;
mod team;
mod tenures;

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{AccountGroupId, AccountId, MemberId, Money, TeamId};
use kehu_platform::db::{DbFault, Tx, execute, insert_all, placeholders, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::{search, values};
use uuid::Uuid;

pub(crate) use contacts::{CONTACT_FACTS, contact_fact_values, insert_contacts};
pub(in crate::accounts) use contacts::{archive_contact, contacts_where, update_contact};
pub use contacts::{contact, contacts, contacts_of_accounts};
pub use grades::holders;
pub(in crate::accounts) use grades::{own_grades, put_grade};
pub use list::{Listed, Order, PAGE, Wanted, list, list_after, regions};
pub use people::{People, PeopleWanted, Person, few_accounts, list_people};
pub use team::account_team;
pub(crate) use team::seat_owners;
pub(in crate::accounts) use team::{is_on_account_team, seat, unseat};
pub(crate) use tenures::insert_tenures;
pub use tenures::{Tenure, carriers_held_by, first_tenure, tenures_carried, tenures_of};
pub(in crate::accounts) use tenures::{of_moved_tiers, running_tenures, turn_tenure};

use super::model::{Account, AccountFacts};
use crate::ledger::company_key;

#[derive(FromQueryResult)]
pub(in crate::accounts) struct AccountRow {
    id: Uuid,
    number: i64,
    name: String,
    short_name: String,
    former_name: String,
    english_name: String,
    credit_code: Option<String>,
    industry: String,
    province: String,
    city: String,
    address: String,
    website: String,
    phone: String,
    tier: String,
    stage: String,
    owner_id: Uuid,
    team_id: Option<Uuid>,
    group_id: Option<Uuid>,
    first_signed_on: Option<NaiveDate>,
    annual_amount: Option<i64>,
    remark: String,
    created_at: DateTime<Utc>,
    archived_at: Option<DateTime<Utc>>,
    version: i64,
}

/// The columns of [`AccountRow`], of the table under the name `a`.
pub(in crate::accounts) const ACCOUNT: &str =
    "a.id, a.number, a.name, a.short_name, a.former_name, a.english_name, a.credit_code,
    a.industry, a.province, a.city, a.address, a.website, a.phone, a.tier, a.stage, a.owner_id, a.team_id, a.group_id,
    a.first_signed_on, a.annual_amount, a.remark, a.created_at, a.archived_at, a.version";

impl From<AccountRow> for Account {
    fn from(r: AccountRow) -> Self {
        Self {
            id: r.id.into(),
            number: r.number,
            facts: AccountFacts {
                name: r.name,
                short_name: r.short_name,
                former_name: r.former_name,
                english_name: r.english_name,
                credit_code: r.credit_code.and_then(|code| code.parse().ok()),
                industry: r.industry,
                province: r.province,
                city: r.city,
                address: r.address,
                website: r.website,
                phone: r.phone,
                tier: r.tier,
                stage: r.stage,
                first_signed_on: r.first_signed_on,
                annual_amount: r.annual_amount.map(Money),
                remark: r.remark,
            },
            owner: r.owner_id.into(),
            team: r.team_id.map(TeamId),
            group: r.group_id.map(AccountGroupId),
            created_at: r.created_at,
            archived: r.archived_at.is_some(),
            version: r.version,
        }
    }
}

pub async fn account(on: &impl ConnectionTrait, id: AccountId) -> Result<Option<Account>, DbFault> {
    let sql = format!("select {ACCOUNT} from accounts a where a.id = $1");
    Ok(row::<AccountRow>(on, &sql, values![id.uuid()]).await?.map(Account::from))
}

/// Accounts by id, in no particular order.
pub async fn accounts(on: &impl ConnectionTrait, ids: &[AccountId]) -> Result<Vec<Account>, DbFault> {
    let mut found = Vec::new();
    for chunk in ids.chunks(500) {
        let sql = format!("select {ACCOUNT} from accounts a where a.id in ({})", placeholders(0, chunk.len()));
        let some: Vec<AccountRow> = rows(on, &sql, chunk.iter().map(|id| Value::from(id.uuid())).collect()).await?;
        found.extend(some.into_iter().map(Account::from));
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

/// The accounts that the condition on `a` leaves.
pub(in crate::accounts) async fn accounts_where(
    on: &impl ConnectionTrait,
    (condition, values): (String, Vec<Value>),
) -> Result<Vec<AccountId>, DbFault> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
    }
    let found: Vec<Found> = rows(on, &format!("select a.id from accounts a where {condition}"), values).await?;
    Ok(found.into_iter().map(|f| f.id.into()).collect())
}

/// The accounts that a member owns, archived ones left out.
pub(in crate::accounts) async fn owned_by(
    on: &impl ConnectionTrait,
    member: MemberId,
) -> Result<Vec<Account>, DbFault> {
    let sql =
        format!("select {ACCOUNT} from accounts a where a.owner_id = $1 and a.archived_at is null order by a.number");
    Ok(rows::<AccountRow>(on, &sql, values![member.uuid()]).await?.into_iter().map(Account::from).collect())
}

/// The next account number; the caller holds the company's lock.
pub(crate) async fn next_number(tx: &Tx) -> Result<i64, DbFault> {
    let found: Option<Count> =
        row(&**tx, "select cast(coalesce(max(number), 0) + 1 as bigint) as n from accounts", vec![]).await?;
    Ok(found.map_or(1, |c| c.n))
}

/// An account with the same credit code, or of the same name and with no code to tell them apart.
pub async fn twin(
    on: &impl ConnectionTrait,
    facts: &AccountFacts,
    but: Option<AccountId>,
) -> Result<Option<Account>, DbFault> {
    let code = facts.credit_code.as_ref().map(|c| c.as_str().to_owned());
    let sql = format!(
        "select {ACCOUNT} from accounts a where a.id <> $3 and (a.credit_code = $1 or (a.name_key = $2 and
         (a.credit_code is null or cast($1 as text) is null))) order by a.number"
    );
    let but = but.map_or(Uuid::nil(), AccountId::uuid);
    Ok(row::<AccountRow>(on, &sql, values![code, company_key(&facts.name), but]).await?.map(Account::from))
}

/// The columns of an account's facts, in the order of [`fact_values`].
pub(crate) const FACTS: [&str; 18] = [
    "name",
    "name_key",
    "name_sort",
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

pub(crate) fn fact_values(f: &AccountFacts) -> Vec<Value> {
    values![
        f.name.clone(),
        company_key(&f.name),
        search::sort_key(&f.name),
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

/// Writes new accounts, many to a statement.
pub(crate) async fn insert_accounts(tx: &Tx, accounts: &[Account], by: Option<MemberId>) -> Result<(), DbFault> {
    let mut columns = vec!["id", "number"];
    columns.extend(FACTS);
    columns.extend(["owner_id", "team_id", "group_id", "created_at", "created_by", "changed_at", "version"]);
    let rows = accounts.iter().map(|account| {
        let mut values = values![account.id.uuid(), account.number];
        values.extend(fact_values(&account.facts));
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
    insert_all(&**tx, "accounts", &columns, rows.collect()).await
}

/// Writes the facts over; answers whether the version was still the one the writer had read.
pub(in crate::accounts) async fn update_facts(
    tx: &Tx,
    id: AccountId,
    version: i64,
    facts: &AccountFacts,
    now: DateTime<Utc>,
) -> Result<bool, DbFault> {
    let sets: Vec<String> = FACTS.iter().zip(4..).map(|(column, n)| format!("{column} = ${n}")).collect();
    let sql = format!(
        "update accounts set {}, changed_at = $3, version = version + 1 where id = $1 and version = $2",
        sets.join(", ")
    );
    let mut values = values![id.uuid(), version, now];
    values.extend(fact_values(facts));
    Ok(execute(&**tx, &sql, values).await? == 1)
}

/// Changes owner, team and group.
pub(in crate::accounts) async fn update_place(tx: &Tx, account: &Account, now: DateTime<Utc>) -> Result<(), DbFault> {
    execute(
        &**tx,
        "update accounts set owner_id = $2, team_id = $3, group_id = $4, changed_at = $5, version = version + 1 where id = $1",
        values![
            account.id.uuid(),
            account.owner.uuid(),
            account.team.map(TeamId::uuid),
            account.group.map(AccountGroupId::uuid),
            now
        ],
    )
    .await?;
    Ok(())
}

pub(in crate::accounts) async fn archive(
    tx: &Tx,
    id: AccountId,
    at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), DbFault> {
    execute(
        &**tx,
        "update accounts set archived_at = $2, changed_at = $3, version = version + 1 where id = $1",
        values![id.uuid(), at, now],
    )
    .await?;
    Ok(())
}
