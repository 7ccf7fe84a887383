//! A database that an earlier version made, with rows in its main tables, takes every later step of the schema one by
//! one, loses nothing, and is read by the present product.

use kehu::compose;
use kehu_core::{AccountId, Actor, CommunicationId, ContactId, MemberId, ObligationId};
use kehu_customer::accounts::{self, Order, Wanted};
use kehu_customer::communications;
use kehu_platform::db::{Db, Migration, execute, row};
use kehu_platform::sea_orm::FromQueryResult;
use kehu_platform::{directory, values};
use kehu_rulebook::obligations;
use kehu_testkit::{TestDatabase, both_databases};

both_databases!(crate::invariants::earlier::empty => every_later_step_keeps_the_rows_that_are_there);

pub async fn empty(_: &str) -> anyhow::Result<()> {
    Ok(())
}

/// Steps up to this one made the first schema that was in use.
const FIRST: &str = "2026_11_24_99";

/// The tables into which [`fill`] writes.
const FILLED: [&str; 8] = [
    "company",
    "members",
    "accounts",
    "account_members",
    "account_tenures",
    "contacts",
    "communications",
    "obligations",
];

struct Rows {
    member: MemberId,
    accounts: [AccountId; 3],
    contact: ContactId,
    call: CommunicationId,
    owed: ObligationId,
}

fn moment() -> chrono::DateTime<chrono::Utc> {
    "2026-11-23T02:00:00Z".parse().unwrap()
}

/// A member, three customers, a person there, a call and an obligation, in the columns of the first schema.
async fn fill(db: &Db) -> Result<Rows, kehu_platform::Error> {
    let now = moment();
    let rows = Rows {
        member: MemberId::new(now),
        accounts: [AccountId::new(now), AccountId::new(now), AccountId::new(now)],
        contact: ContactId::new(now),
        call: CommunicationId::new(now),
        owed: ObligationId::new(now),
    };
    let lin = rows.member.uuid();
    db.write(kehu_platform::db::Lock::company(), async |tx| {
        let company = "insert into company (id, name, zone, demo, created_at) values (1, '恒信仪器', 'Asia/Shanghai', $1, $2)";
        execute(&**tx, company, values![false, now]).await?;
        execute(
            &**tx,
            "insert into members (id, login, name, positions, specialties, email, mobile, locale, zone, active, created_at,
                version) values ($1, 'linxiao', '林晓', 2, '', '', '', 'zh-Hans', 'Asia/Shanghai', $2, $3, 1)",
            values![lin, true, now],
        )
        .await?;
        for (number, (id, name)) in (1_i64..).zip(rows.accounts.iter().zip(["中鼎医药", "安信水务", "重庆长安"])) {
            execute(
                &**tx,
                "insert into accounts (id, number, name, name_key, short_name, former_name, english_name, industry, province,
                    city, address, website, phone, tier, stage, owner_id, remark, created_at, changed_at, version)
                 values ($1, $2, $3, $3, '', '', '', '', '', '', '', '', '', 'core', 'active', $4, '', $5, $5, 1)",
                values![id.uuid(), number, name, lin, now],
            )
            .await?;
            let seat = "insert into account_members (account_id, member_id, role, since) values ($1, $2, 'owner', $3)";
            execute(&**tx, seat, values![id.uuid(), lin, now]).await?;
            execute(
                &**tx,
                "insert into account_tenures (id, account_id, from_at, owner_id, key, carrier_id) values ($1, $1, $2, $3, $4, $1)",
                values![id.uuid(), now, lin, true],
            )
            .await?;
        }
        let of = rows.accounts[0].uuid();
        execute(
            &**tx,
            "insert into contacts (id, account_id, name, title, department, mobile, phone, email, wechat, birthday, remark,
                created_at, version) values ($1, $2, '王建国', '', '', '', '', '', '', '', '', $3, 1)",
            values![rows.contact.uuid(), of, now],
        )
        .await?;
        execute(
            &**tx,
            "insert into communications (id, account_id, kind, place, connected, occurred_at, ended_at, by_id, recorded_at,
                established_at, summary, version)
             values ($1, $2, 'phone_call', 'visit_at_customer', $3, $4, $4, $5, $4, $4, '谈了交期', 1)",
            values![rows.call.uuid(), of, true, now, lin],
        )
        .await?;
        execute(
            &**tx,
            "insert into obligations (id, rule, clause, rulebook_version, subject_id, window_key, account_id, owner_id,
                acting_id, about_kind, about_id, title, detail, opened_at, due_at, record_by, closes_at, state, excused, needed,
                done, recorded_late, to_confirm, version)
             values ($1, 'weekly_call', '4.4.1', 0, $2, '2026-11-23', $2, $3, $3, 'account', $2, '中鼎医药', '', $4, $4, $4, $4,
                'met', $5, 1, 1, $5, $5, 1)",
            values![rows.owed.uuid(), of, lin, now, false],
        )
        .await?;
        Ok(rows)
    })
    .await
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

async fn counts(db: &Db) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in FILLED {
        let found: Option<Count> = row(db.read(), &format!("select count(*) as n from {table}"), vec![]).await.unwrap();
        counts.push(found.unwrap().n);
    }
    counts
}

async fn every_later_step_keeps_the_rows_that_are_there(database: &TestDatabase) {
    let db = Db::connect(database.url()).await.unwrap();
    let (mut steps, mut later): (Vec<Migration>, Vec<Migration>) =
        compose::migrations().into_iter().partition(|step| step.name < FIRST);
    later.sort_by_key(|step| step.name);
    db.migrate(steps.clone()).await.unwrap();
    let rows = fill(&db).await.unwrap();
    let before = counts(&db).await;
    assert_eq!(before, [1, 1, 3, 3, 3, 1, 1, 1]);
    assert!(!later.is_empty());
    for step in later {
        steps.push(step);
        db.migrate(steps.clone()).await.unwrap();
        assert_eq!(counts(&db).await, before, "{}", step.name);
    }

    let on = db.read();
    let wanted = Wanted { order: Order::Name, ..Wanted::default() };
    let listed = accounts::list_accounts(on, &Actor::system(), moment(), &wanted).await.unwrap();
    let names: Vec<&str> = listed.accounts.iter().map(|account| account.facts.name.as_str()).collect();
    assert_eq!(names, ["安信水务", "重庆长安", "中鼎医药"], "what was there already is put in order as well");
    assert_eq!(directory::member(on, rows.member).await.unwrap().map(|member| member.name).as_deref(), Some("林晓"));
    let call = communications::communication(on, rows.call).await.unwrap().unwrap();
    assert_eq!((call.summary.as_str(), call.by), ("谈了交期", rows.member));
    assert_eq!(accounts::contact(on, rows.contact).await.unwrap().unwrap().facts.name, "王建国");
    let owed = obligations::obligation(on, rows.owed).await.unwrap().unwrap();
    assert_eq!((owed.title.as_str(), owed.account), ("中鼎医药", Some(rows.accounts[0])));
}
