//! The people at all the customers that a member may see: found by their own name or their company's,
//! narrowed down, the latest first.

use std::collections::HashMap;

use kehu_core::{AccountId, Actor, MemberId, TeamId};
use kehu_platform::db::{DbFault, dialect, row, rows};
use kehu_platform::sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value};
use kehu_platform::search;
use uuid::Uuid;

use super::super::access;
use super::super::model::{Account, Contact};
use super::{accounts, contacts_where};

/// Which people are asked for.
#[derive(Clone, Debug, Default)]
pub struct PeopleWanted {
    pub search: String,
    pub account: Option<AccountId>,
    pub owner: Option<MemberId>,
    pub team: Option<TeamId>,
    pub tier: String,
    /// Those who are no longer there, instead of those who are.
    pub gone: bool,
    pub offset: u64,
    pub limit: u64,
}

/// Somebody at a customer's.
#[derive(Clone, Debug)]
pub struct Person {
    pub contact: Contact,
    pub account: Account,
    /// The reader is of the account team: numbers and addresses are shown in full.
    pub inside: bool,
}

/// A part of the list.
#[derive(Clone, Debug)]
pub struct People {
    pub people: Vec<Person>,
    pub total: u64,
}

pub async fn list_people(on: &impl ConnectionTrait, actor: &Actor, wanted: &PeopleWanted) -> Result<People, DbFault> {
    #[derive(FromQueryResult)]
    struct Total {
        n: i64,
    }
    let (condition, values) = condition(on.get_database_backend(), actor, wanted);
    let counting = format!("select count(*) as n from contacts p where {condition}");
    let total = row::<Total>(on, &counting, values.clone()).await?.map_or(0, |total| total.n.unsigned_abs());
    let tail = format!("{condition} order by p.id desc limit {} offset {}", wanted.limit, wanted.offset);
    let contacts = contacts_where(on, &tail, values).await?;
    let mut ids: Vec<AccountId> = contacts.iter().map(|contact| contact.account).collect();
    ids.sort_unstable();
    ids.dedup();
    let accounts: HashMap<AccountId, Account> =
        accounts(on, &ids).await?.into_iter().map(|account| (account.id, account)).collect();
    let inside = access::served_among(on, actor, &ids).await?;
    let people = contacts
        .into_iter()
        .filter_map(|contact| {
            let account = accounts.get(&contact.account)?.clone();
            Some(Person { inside: inside.contains(&account.id), contact, account })
        })
        .collect();
    Ok(People { people, total })
}

/// Accounts to choose from, by id with their names, in the order of their numbers: those that the actor
/// may see, when they are no more than `most`.
pub async fn few_accounts(
    on: &impl ConnectionTrait,
    actor: &Actor,
    most: usize,
) -> Result<Vec<(AccountId, String)>, DbFault> {
    #[derive(FromQueryResult)]
    struct Named {
        id: Uuid,
        number: i64,
        name: String,
    }
    if access::sees_every_account(actor) {
        return Ok(Vec::new());
    }
    let (visible, values) = access::visible(actor, 0);
    let sql = format!(
        "select a.id, a.number, a.name from accounts a where {visible} and a.archived_at is null limit {}",
        most + 1
    );
    let mut found: Vec<Named> = rows(on, &sql, values).await?;
    if found.len() > most {
        return Ok(Vec::new());
    }
    found.sort_by_key(|named| named.number);
    Ok(found.into_iter().map(|named| (named.id.into(), named.name)).collect())
}

fn condition(backend: DbBackend, actor: &Actor, wanted: &PeopleWanted) -> (String, Vec<Value>) {
    let (visible, mut values) = access::visible(actor, 0);
    let mut of_account = vec![visible];
    let mut bind = |make: &dyn Fn(usize) -> String, value: Value| {
        values.push(value);
        make(values.len())
    };
    if !wanted.tier.is_empty() {
        of_account.push(bind(&|n| format!("a.tier = ${n}"), Value::from(wanted.tier.clone())));
    }
    for (column, id) in [
        ("id", wanted.account.map(AccountId::uuid)),
        ("owner_id", wanted.owner.map(MemberId::uuid)),
        ("team_id", wanted.team.map(TeamId::uuid)),
    ] {
        if let Some(id) = id {
            of_account.push(bind(&|n| format!("a.{column} = ${n}"), Value::from(id)));
        }
    }
    let gone = if wanted.gone { "not null" } else { "null" };
    let mut parts = vec![format!("p.archived_at is {gone}")];
    // Whoever sees every account is spared a list of all of them.
    parts.push(if access::sees_every_account(actor) && of_account.len() == 1 {
        "p.account_id not in (select a.id from accounts a where a.archived_at is not null)".to_owned()
    } else {
        let of_account = of_account.join(" and ");
        format!("p.account_id in (select a.id from accounts a where a.archived_at is null and {of_account})")
    });
    if let Some(phrase) = search::phrase(&wanted.search, backend == DbBackend::Postgres) {
        let found = |n| {
            format!(
                "p.id in (select c.id from contacts c where {} union select c.id from contacts c where {})",
                dialect::search_condition(backend, "contact", "c.id", n),
                dialect::search_condition(backend, "account", "c.account_id", n)
            )
        };
        parts.push(bind(&found, Value::from(phrase)));
    }
    (parts.join(" and "), values)
}
