//! Accounts in the database.

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{AccountGroupId, AccountId, ContactId, MemberId, Money, TeamId, TenureId};
use kehu_platform::db::{DbFault, Tx, execute, placeholders, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::values;
use kehu_rulebook::obligations::Holding;
use uuid::Uuid;

use super::model::{Account, AccountFacts, AccountRole, Contact, ContactFacts};
use crate::ledger::company_key;

#[derive(FromQueryResult)]
pub(super) struct AccountRow {
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
pub(super) const ACCOUNT: &str = "a.id, a.number, a.name, a.short_name, a.former_name, a.english_name, a.credit_code,
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

pub async fn is_on_account_team(
    on: &impl ConnectionTrait,
    account: AccountId,
    member: MemberId,
) -> Result<bool, DbFault> {
    let sql = "select count(*) as n from account_members where account_id = $1 and member_id = $2";
    Ok(row::<Count>(on, sql, values![account.uuid(), member.uuid()]).await?.is_some_and(|c| c.n > 0))
}

/// The accounts that the condition on `a` leaves.
pub(super) async fn accounts_where(
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

/// The account team as (member, role), the owner first.
pub async fn account_team(
    on: &impl ConnectionTrait,
    account: AccountId,
) -> Result<Vec<(MemberId, AccountRole)>, DbFault> {
    #[derive(FromQueryResult)]
    struct Seat {
        member_id: Uuid,
        role: String,
    }
    let sql = "select member_id, role from account_members where account_id = $1 order by since, member_id";
    let found: Vec<Seat> = rows(on, sql, values![account.uuid()]).await?;
    let mut seats: Vec<_> = found
        .into_iter()
        .map(|s| (MemberId(s.member_id), AccountRole::from_code(&s.role).unwrap_or(AccountRole::Member)))
        .collect();
    seats.sort_by_key(|(_, role)| *role != AccountRole::Owner);
    Ok(seats)
}

/// The next account number; the caller holds the company's lock.
pub(super) async fn next_number(tx: &Tx) -> Result<i64, DbFault> {
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

pub(super) async fn insert(tx: &Tx, account: &Account, by: Option<MemberId>) -> Result<(), DbFault> {
    let f = &account.facts;
    execute(
        &**tx,
        "insert into accounts (id, number, name, name_key, short_name, former_name, english_name, credit_code, industry,
            province, city, address, website, phone, tier, stage, owner_id, team_id, group_id, first_signed_on,
            annual_amount, remark, created_at, created_by, changed_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
            $24, $23, 1)",
        values![
            account.id.uuid(),
            account.number,
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
            account.owner.uuid(),
            account.team.map(TeamId::uuid),
            account.group.map(AccountGroupId::uuid),
            f.first_signed_on,
            f.annual_amount.map(|m| m.0),
            f.remark.clone(),
            account.created_at,
            by.map(MemberId::uuid),
        ],
    )
    .await?;
    Ok(())
}

/// Writes the facts over; answers whether the version was still the one the writer had read.
pub(super) async fn update_facts(
    tx: &Tx,
    id: AccountId,
    version: i64,
    f: &AccountFacts,
    now: DateTime<Utc>,
) -> Result<bool, DbFault> {
    let touched = execute(
        &**tx,
        "update accounts set name = $3, name_key = $4, short_name = $5, former_name = $6, english_name = $7,
            credit_code = $8, industry = $9, province = $10, city = $11, address = $12, website = $13, phone = $14,
            tier = $15, stage = $16, first_signed_on = $17, annual_amount = $18, remark = $19, changed_at = $20,
            version = version + 1
         where id = $1 and version = $2",
        values![
            id.uuid(),
            version,
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
            now,
        ],
    )
    .await?;
    Ok(touched == 1)
}

/// Changes owner, team and group.
pub(super) async fn update_place(tx: &Tx, account: &Account, now: DateTime<Utc>) -> Result<(), DbFault> {
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

pub(super) async fn archive(
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

/// Gives a member a role on the account team, in place of the one they had.
pub(super) async fn seat(
    tx: &Tx,
    account: AccountId,
    member: MemberId,
    role: AccountRole,
    now: DateTime<Utc>,
) -> Result<(), DbFault> {
    execute(
        &**tx,
        "insert into account_members (account_id, member_id, role, since) values ($1, $2, $3, $4)
         on conflict (account_id, member_id) do update set role = excluded.role",
        values![account.uuid(), member.uuid(), role.code(), now],
    )
    .await?;
    Ok(())
}

pub(super) async fn unseat(tx: &Tx, account: AccountId, member: MemberId) -> Result<(), DbFault> {
    execute(
        &**tx,
        "delete from account_members where account_id = $1 and member_id = $2",
        values![account.uuid(), member.uuid()],
    )
    .await?;
    Ok(())
}

/// A stretch of an account's history with the account that its cadences are owed by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    pub account: AccountId,
    pub carrier: AccountId,
    pub holding: Holding,
}

#[derive(FromQueryResult)]
struct TenureRow {
    account_id: Uuid,
    carrier_id: Uuid,
    from_at: DateTime<Utc>,
    to_at: Option<DateTime<Utc>>,
    owner_id: Uuid,
    team_id: Option<Uuid>,
    key: bool,
}

impl From<TenureRow> for Tenure {
    fn from(r: TenureRow) -> Self {
        Self {
            account: r.account_id.into(),
            carrier: r.carrier_id.into(),
            holding: Holding {
                from: r.from_at,
                to: r.to_at,
                owner: r.owner_id.into(),
                team: r.team_id.map(TeamId),
                key: r.key,
            },
        }
    }
}

const TENURE: &str = "select account_id, carrier_id, from_at, to_at, owner_id, team_id, key from account_tenures";

/// All tenures of one account, oldest first.
pub async fn tenures_of(on: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Tenure>, DbFault> {
    let sql = format!("{TENURE} where account_id = $1 order by from_at");
    let found: Vec<TenureRow> = rows(on, &sql, values![account.uuid()]).await?;
    Ok(found.into_iter().map(Tenure::from).collect())
}

/// The running tenures of several accounts.
pub(super) async fn running_tenures(on: &impl ConnectionTrait, accounts: &[AccountId]) -> Result<Vec<Tenure>, DbFault> {
    let mut all = Vec::new();
    for chunk in accounts.chunks(500) {
        let sql = format!("{TENURE} where to_at is null and account_id in ({})", placeholders(0, chunk.len()));
        let found: Vec<TenureRow> = rows(on, &sql, chunk.iter().map(|id| Value::from(id.uuid())).collect()).await?;
        all.extend(found.into_iter().map(Tenure::from));
    }
    Ok(all)
}

/// Every tenure of the accounts for which the given carriers owe, or of all accounts.
pub async fn tenures_carried(
    on: &impl ConnectionTrait,
    carriers: Option<&[AccountId]>,
) -> Result<Vec<Tenure>, DbFault> {
    let Some(carriers) = carriers else {
        let found: Vec<TenureRow> = rows(on, &format!("{TENURE} order by from_at"), vec![]).await?;
        return Ok(found.into_iter().map(Tenure::from).collect());
    };
    let mut all = Vec::new();
    for chunk in carriers.chunks(500) {
        let sql = format!(
            "{TENURE} where account_id in (select t.account_id from account_tenures t where t.carrier_id in ({})) order by from_at",
            placeholders(0, chunk.len())
        );
        let found: Vec<TenureRow> = rows(on, &sql, chunk.iter().map(|id| Value::from(id.uuid())).collect()).await?;
        all.extend(found.into_iter().map(Tenure::from));
    }
    Ok(all)
}

/// When the first account came to the team.
pub async fn first_tenure(on: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>, DbFault> {
    #[derive(FromQueryResult)]
    struct First {
        from_at: DateTime<Utc>,
    }
    let found: Option<First> = row(on, "select from_at from account_tenures order by from_at limit 1", vec![]).await?;
    Ok(found.map(|f| f.from_at))
}

/// The carriers whose accounts any of the members held at any time.
pub async fn carriers_held_by(on: &impl ConnectionTrait, members: &[MemberId]) -> Result<Vec<AccountId>, DbFault> {
    #[derive(FromQueryResult)]
    struct Carrier {
        carrier_id: Uuid,
    }
    let sql = format!(
        "select distinct carrier_id from account_tenures where owner_id in ({})",
        placeholders(0, members.len())
    );
    let found: Vec<Carrier> = rows(on, &sql, members.iter().map(|id| Value::from(id.uuid())).collect()).await?;
    Ok(found.into_iter().map(|c| c.carrier_id.into()).collect())
}

/// Ends the running tenure and begins the next.
pub(super) async fn turn_tenure(tx: &Tx, now: DateTime<Utc>, next: &Tenure) -> Result<(), DbFault> {
    end_tenure(tx, next.account, now).await?;
    insert_tenure(tx, next).await
}

pub(super) async fn end_tenure(tx: &Tx, account: AccountId, now: DateTime<Utc>) -> Result<(), DbFault> {
    execute(
        &**tx,
        "update account_tenures set to_at = $2 where account_id = $1 and to_at is null",
        values![account.uuid(), now],
    )
    .await?;
    Ok(())
}

pub(crate) async fn insert_tenure(tx: &Tx, tenure: &Tenure) -> Result<(), DbFault> {
    let h = &tenure.holding;
    execute(
        &**tx,
        "insert into account_tenures (id, account_id, from_at, to_at, owner_id, team_id, key, carrier_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![
            TenureId::new(h.from).uuid(),
            tenure.account.uuid(),
            h.from,
            h.to,
            h.owner.uuid(),
            h.team.map(TeamId::uuid),
            h.key,
            tenure.carrier.uuid()
        ],
    )
    .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct ContactRow {
    id: Uuid,
    account_id: Uuid,
    name: String,
    title: String,
    department: String,
    mobile: String,
    phone: String,
    email: String,
    wechat: String,
    birthday: String,
    remark: String,
    archived_at: Option<DateTime<Utc>>,
    version: i64,
}

const CONTACT: &str = "select id, account_id, name, title, department, mobile, phone, email, wechat, birthday, remark,
    archived_at, version from contacts";

impl From<ContactRow> for Contact {
    fn from(r: ContactRow) -> Self {
        Self {
            id: r.id.into(),
            account: r.account_id.into(),
            facts: ContactFacts {
                name: r.name,
                title: r.title,
                department: r.department,
                mobile: r.mobile,
                phone: r.phone,
                email: r.email,
                wechat: r.wechat,
                birthday: r.birthday,
                remark: r.remark,
            },
            archived: r.archived_at.is_some(),
            version: r.version,
        }
    }
}

pub async fn contact(on: &impl ConnectionTrait, id: ContactId) -> Result<Option<Contact>, DbFault> {
    Ok(row::<ContactRow>(on, &format!("{CONTACT} where id = $1"), values![id.uuid()]).await?.map(Contact::from))
}

/// The people at an account, those who are gone last.
pub async fn contacts(on: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Contact>, DbFault> {
    let sql = format!("{CONTACT} where account_id = $1 order by archived_at is not null, created_at, id");
    let found: Vec<ContactRow> = rows(on, &sql, values![account.uuid()]).await?;
    Ok(found.into_iter().map(Contact::from).collect())
}

/// The people at several accounts.
pub async fn contacts_of_accounts(on: &impl ConnectionTrait, accounts: &[AccountId]) -> Result<Vec<Contact>, DbFault> {
    let mut all = Vec::new();
    for chunk in accounts.chunks(500) {
        let sql = format!("{CONTACT} where account_id in ({}) order by created_at, id", placeholders(0, chunk.len()));
        let found: Vec<ContactRow> = rows(on, &sql, chunk.iter().map(|id| Value::from(id.uuid())).collect()).await?;
        all.extend(found.into_iter().map(Contact::from));
    }
    Ok(all)
}

pub(super) async fn insert_contact(tx: &Tx, contact: &Contact, now: DateTime<Utc>) -> Result<(), DbFault> {
    let f = &contact.facts;
    execute(
        &**tx,
        "insert into contacts (id, account_id, name, title, department, mobile, phone, email, wechat, birthday, remark,
            created_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)",
        values![
            contact.id.uuid(),
            contact.account.uuid(),
            f.name.clone(),
            f.title.clone(),
            f.department.clone(),
            f.mobile.clone(),
            f.phone.clone(),
            f.email.clone(),
            f.wechat.clone(),
            f.birthday.clone(),
            f.remark.clone(),
            now
        ],
    )
    .await?;
    Ok(())
}

pub(super) async fn update_contact(tx: &Tx, id: ContactId, version: i64, f: &ContactFacts) -> Result<bool, DbFault> {
    let touched = execute(
        &**tx,
        "update contacts set name = $3, title = $4, department = $5, mobile = $6, phone = $7, email = $8, wechat = $9,
            birthday = $10, remark = $11, version = version + 1 where id = $1 and version = $2",
        values![
            id.uuid(),
            version,
            f.name.clone(),
            f.title.clone(),
            f.department.clone(),
            f.mobile.clone(),
            f.phone.clone(),
            f.email.clone(),
            f.wechat.clone(),
            f.birthday.clone(),
            f.remark.clone()
        ],
    )
    .await?;
    Ok(touched == 1)
}

pub(super) async fn archive_contact(tx: &Tx, id: ContactId, at: Option<DateTime<Utc>>) -> Result<(), DbFault> {
    execute(&**tx, "update contacts set archived_at = $2, version = version + 1 where id = $1", values![id.uuid(), at])
        .await?;
    Ok(())
}
