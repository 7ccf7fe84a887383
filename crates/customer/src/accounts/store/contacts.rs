//! The rows of the people at the customers'.

use chrono::{DateTime, Duration, Utc};
use kehu_core::{AccountId, ContactId};
use kehu_platform::db::{DbFault, Tx, execute, insert_all, placeholders, row, rows};
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

/// The columns of a person's facts, in the order of [`contact_fact_values`].
pub(crate) const CONTACT_FACTS: [&str; 9] =
    ["name", "title", "department", "mobile", "phone", "email", "wechat", "birthday", "remark"];

pub(crate) fn contact_fact_values(f: &ContactFacts) -> Vec<Value> {
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

/// Writes new people; those of one account are shown by their time, so that each is a little later
/// than the one before it.
pub(crate) async fn insert_contacts(tx: &Tx, contacts: &[Contact], now: DateTime<Utc>) -> Result<(), DbFault> {
    let mut columns = vec!["id", "account_id"];
    columns.extend(CONTACT_FACTS);
    columns.extend(["created_at", "version"]);
    let moments = (0..).map(|nth| now + Duration::microseconds(nth));
    let rows = contacts.iter().zip(moments).map(|(contact, at)| {
        let mut values = values![contact.id.uuid(), contact.account.uuid()];
        values.extend(contact_fact_values(&contact.facts));
        values.extend(values![at, contact.version]);
        values
    });
    insert_all(&**tx, "contacts", &columns, rows.collect()).await
}

pub(in crate::accounts) async fn update_contact(
    tx: &Tx,
    id: ContactId,
    version: i64,
    facts: &ContactFacts,
) -> Result<bool, DbFault> {
    let sets: Vec<String> = CONTACT_FACTS.iter().zip(3..).map(|(column, n)| format!("{column} = ${n}")).collect();
    let sql = format!("update contacts set {}, version = version + 1 where id = $1 and version = $2", sets.join(", "));
    let mut values = values![id.uuid(), version];
    values.extend(contact_fact_values(facts));
    Ok(execute(&**tx, &sql, values).await? == 1)
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
