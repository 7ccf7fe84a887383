//! Many known accounts and people written over in one statement.

use chrono::{DateTime, Utc};
use kehu_platform::Error;
use kehu_platform::db::{Tx, execute, placeholders};
use kehu_platform::sea_orm::Value;
use kehu_platform::values;

use crate::accounts::{Account, CONTACT_FACTS, Contact, FACTS, contact_fact_values, fact_values};

/// Values that one statement carries: the parser looks each `$n` up among those before it.
const VALUES_AT_ONCE: usize = 1000;

/// Writes the facts of known accounts over.
pub async fn update_accounts(tx: &Tx, accounts: &[&Account], now: DateTime<Utc>) -> Result<(), Error> {
    let mut columns = FACTS.to_vec();
    columns.push("changed_at");
    let rows = accounts.iter().map(|account| {
        let mut values = fact_values(&account.facts);
        values.push(Value::from(now));
        (values![account.id.uuid(), account.version], values)
    });
    update_all(tx, "accounts", &columns, rows.collect::<Vec<_>>()).await
}

pub async fn update_contacts(tx: &Tx, contacts: &[&Contact]) -> Result<(), Error> {
    let rows = contacts
        .iter()
        .map(|contact| (values![contact.id.uuid(), contact.version], contact_fact_values(&contact.facts)));
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
