//! Whether anything hangs on what an import has made, and its removal.

use std::collections::HashMap;

use kehu_platform::db::{DbFault, Tx, execute, placeholders, rows};
use kehu_platform::sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::import::model::{Change, RecordKind};

/// Ids in one statement.
const BULK: usize = 500;

/// What an import has made, by kind.
#[derive(Clone, Debug, Default)]
pub struct Made {
    pub accounts: Vec<Uuid>,
    pub contacts: Vec<Uuid>,
    pub members: Vec<Uuid>,
}

impl Made {
    pub fn of(changes: &[Change]) -> Made {
        let of = |kind| {
            changes.iter().filter(|change| change.kind == kind && change.before.is_none()).map(|c| c.record).collect()
        };
        Made { accounts: of(RecordKind::Account), contacts: of(RecordKind::Contact), members: of(RecordKind::Member) }
    }
}

#[derive(FromQueryResult)]
struct Named {
    name: String,
}

fn ids(chunk: &[Uuid]) -> Vec<Value> {
    chunk.iter().map(|id| Value::from(*id)).collect()
}

/// The names answered by a query with `{ids}` in it, asked for all of the ids.
async fn names(tx: &Tx, sql: &str, of: &[Uuid]) -> Result<Vec<String>, DbFault> {
    let mut found = Vec::new();
    for chunk in of.chunks(BULK) {
        let sql = sql.replace("{ids}", &placeholders(0, chunk.len()));
        found.extend(rows::<Named>(&**tx, &sql, ids(chunk)).await?.into_iter().map(|named| named.name));
    }
    Ok(found)
}

/// Records that were written since, by their version, or are gone.
pub async fn with_another_version(tx: &Tx, changes: &[Change]) -> Result<Vec<String>, DbFault> {
    #[derive(FromQueryResult)]
    struct Versioned {
        id: Uuid,
        name: String,
        version: i64,
    }
    let mut touched = Vec::new();
    for (kind, table) in
        [(RecordKind::Account, "accounts"), (RecordKind::Contact, "contacts"), (RecordKind::Member, "members")]
    {
        let wanted: HashMap<Uuid, i64> =
            changes.iter().filter(|change| change.kind == kind).map(|change| (change.record, change.version)).collect();
        let all: Vec<Uuid> = wanted.keys().copied().collect();
        for chunk in all.chunks(BULK) {
            let sql = format!("select id, name, version from {table} where id in ({})", placeholders(0, chunk.len()));
            let found: Vec<Versioned> = rows(&**tx, &sql, ids(chunk)).await?;
            touched.extend(found.into_iter().filter(|f| wanted.get(&f.id) != Some(&f.version)).map(|f| f.name));
        }
    }
    Ok(touched)
}

/// New accounts that have a history: contacts were logged, others joined the account team or were
/// entered there, something owed was settled, asked to be waived or explained.
pub async fn accounts_in_use(tx: &Tx, made: &Made) -> Result<Vec<String>, DbFault> {
    let mut used = Vec::new();
    for sql in [
        "select a.name from accounts a where a.id in ({ids})
           and exists (select 1 from communications c where c.account_id = a.id)",
        "select a.name from accounts a where a.id in ({ids})
           and exists (select 1 from account_members m where m.account_id = a.id and m.member_id <> a.owner_id)",
        "select a.name from accounts a where a.id in ({ids})
           and (select count(*) from account_tenures t where t.account_id = a.id) > 1",
        "select a.name from accounts a where a.id in ({ids}) and exists (select 1 from obligations o
           where o.account_id = a.id and (o.state in ('met', 'met_late', 'missed', 'waived') or o.done > 0
             or o.explanation is not null or o.confirmed_at is not null
             or exists (select 1 from waivers w where w.obligation_id = o.id)))",
    ] {
        used.extend(names(tx, sql, &made.accounts).await?);
    }
    // People whom somebody else has entered at a new account.
    #[derive(FromQueryResult)]
    struct Entered {
        id: Uuid,
        name: String,
    }
    let own: std::collections::HashSet<Uuid> = made.contacts.iter().copied().collect();
    for chunk in made.accounts.chunks(BULK) {
        let sql = format!("select id, name from contacts where account_id in ({})", placeholders(0, chunk.len()));
        let found: Vec<Entered> = rows(&**tx, &sql, ids(chunk)).await?;
        used.extend(found.into_iter().filter(|entered| !own.contains(&entered.id)).map(|entered| entered.name));
    }
    Ok(used)
}

/// New people with whom somebody has spoken.
pub async fn contacts_in_use(tx: &Tx, made: &Made) -> Result<Vec<String>, DbFault> {
    let sql = "select p.name from contacts p where p.id in ({ids}) and (
        exists (select 1 from communication_contacts c where c.contact_id = p.id)
        or exists (select 1 from questions q where q.told_to = p.id))";
    names(tx, sql, &made.contacts).await
}

/// New members who can sign in, or to whom anything else belongs by now.
pub async fn members_in_use(tx: &Tx, made: &Made) -> Result<Vec<String>, DbFault> {
    let mut used = Vec::new();
    for sql in [
        "select m.name from members m where m.id in ({ids}) and m.password_hash is not null",
        "select m.name from members m where m.id in ({ids})
           and (exists (select 1 from teams t where t.leader_id = m.id)
             or exists (select 1 from departments d where d.liaison_id = m.id)
             or exists (select 1 from leaves l where l.member_id = m.id or l.deputy_id = m.id)
             or exists (select 1 from communications c where c.by_id = m.id)
             or exists (select 1 from questions q where q.owner_id = m.id)
             or exists (select 1 from minutes_recipients r where r.member_id = m.id))",
    ] {
        used.extend(names(tx, sql, &made.members).await?);
    }
    // Accounts that were given to them by other ways than this import.
    #[derive(FromQueryResult)]
    struct Served {
        id: Uuid,
        name: String,
    }
    let own: std::collections::HashSet<Uuid> = made.accounts.iter().copied().collect();
    for chunk in made.members.chunks(BULK) {
        let sql = format!(
            "select a.id, m.name from account_members s join accounts a on a.id = s.account_id
               join members m on m.id = s.member_id where s.member_id in ({})",
            placeholders(0, chunk.len())
        );
        let found: Vec<Served> = rows(&**tx, &sql, ids(chunk)).await?;
        used.extend(found.into_iter().filter(|served| !own.contains(&served.id)).map(|served| served.name));
    }
    Ok(used)
}

/// Removes the records with what the import has opened for them.
pub async fn remove(tx: &Tx, made: &Made) -> Result<(), DbFault> {
    for (table, column, gone) in [
        ("obligations", "account_id", &made.accounts),
        ("account_tenures", "account_id", &made.accounts),
        ("account_members", "account_id", &made.accounts),
        ("contacts", "id", &made.contacts),
        ("accounts", "id", &made.accounts),
        ("members", "id", &made.members),
    ] {
        for chunk in gone.chunks(BULK) {
            let sql = format!("delete from {table} where {column} in ({})", placeholders(0, chunk.len()));
            execute(&**tx, &sql, ids(chunk)).await?;
        }
    }
    Ok(())
}
