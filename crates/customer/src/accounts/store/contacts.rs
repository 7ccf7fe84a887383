//! The rows of the people at the customers'.

use chrono::{DateTime, Utc};
use kehu_core::{AccountId, ContactId};
use kehu_platform::db::{DbFault, Tx, execute, placeholders, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use kehu_platform::values;
use uuid::Uuid;

use crate::accounts::{Contact, ContactFacts};

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

/// The people, under the name `p`, that a condition leaves.
pub(in crate::accounts) async fn contacts_where(
    on: &impl ConnectionTrait,
    condition: &str,
    values: Vec<Value>,
) -> Result<Vec<Contact>, DbFault> {
    let found: Vec<ContactRow> = rows(on, &format!("{CONTACT} p where {condition}"), values).await?;
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

pub(in crate::accounts) async fn insert_contact(tx: &Tx, contact: &Contact, now: DateTime<Utc>) -> Result<(), DbFault> {
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

pub(in crate::accounts) async fn update_contact(
    tx: &Tx,
    id: ContactId,
    version: i64,
    f: &ContactFacts,
) -> Result<bool, DbFault> {
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

pub(in crate::accounts) async fn archive_contact(
    tx: &Tx,
    id: ContactId,
    at: Option<DateTime<Utc>>,
) -> Result<(), DbFault> {
    execute(&**tx, "update contacts set archived_at = $2, version = version + 1 where id = $1", values![id.uuid(), at])
        .await?;
    Ok(())
}
