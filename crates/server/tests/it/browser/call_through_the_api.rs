//! A call that another program logs clears Today on a page that is open.

use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use kehu_core::{Actor, ContactId};
use kehu_platform::db::{Lock, rows};
use kehu_platform::sea_orm::FromQueryResult;
use kehu_platform::tokens::{self, TokenDraft};
use kehu_platform::{directory, values};
use kehu_testkit::browser::View;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use uuid::Uuid;

use super::demo_site::{DemoSite, now, signed_in};

/// Whose calls these are: somebody whom no other browser test has log anything.
const LOGIN: &str = "huangsiyuan";

/// Resolves once a stream of events is open.
const PROBE: &str = "return new Promise((opened) => {
  const probe = new EventSource('/events?topics=none');
  probe.addEventListener('open', () => { probe.close(); opened(true); });
})";

/// The obligations that the page shows.
const SHOWN: &str =
    "return [...document.querySelectorAll(`#main a[href^='/obligations/']`)].map((a) => a.getAttribute('href'))";

#[derive(FromQueryResult)]
struct Owed {
    obligation: Uuid,
    account: Uuid,
    contact: Uuid,
}

/// One of the calls owed this week that stand on the open page, and somebody there to call.
async fn owed(site: &DemoSite, shown: &[String]) -> anyhow::Result<Owed> {
    let sql = "select o.id as obligation, o.account_id as account, c.id as contact
        from obligations o join members m on m.id = o.acting_id join contacts c on c.account_id = o.account_id
        where m.login = $1 and o.rule = 'weekly_call' and o.state = 'open' and o.window_start <= $2 and o.window_end > $2
          and c.archived_at is null order by o.due_at, o.id";
    let all: Vec<Owed> = rows(site.db.read(), sql, values![LOGIN, now()]).await?;
    let on_page = |owed: &Owed| shown.iter().any(|href| href.ends_with(&owed.obligation.to_string()));
    all.into_iter().find(on_page).with_context(|| format!("no call is owed on the page, but {shown:?}"))
}

async fn token(site: &DemoSite) -> anyhow::Result<String> {
    let member = directory::member_by_login(site.db.read(), LOGIN).await?.context("no such member")?.id;
    let draft = TokenDraft { name: "call centre".to_owned(), read_only: false };
    let made =
        site.db.write(Lock::member(member), async |tx| tokens::make(tx, &Actor::system(), now(), member, draft).await);
    Ok(made.await?.1)
}

/// Posts a call as any program would.
async fn post(site: &DemoSite, token: &str, owed: &Owed) -> anyhow::Result<()> {
    let body = json!({
        "account_id": owed.account, "kind": "phone_call", "connected": true, "occurred_at": now(),
        "contact_ids": [ContactId(owed.contact)], "summary": "来电确认交期",
    })
    .to_string();
    let address = site.address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await?;
    let request = format!(
        "POST /api/v1/communications HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    ensure!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    Ok(())
}

#[test]
fn a_call_logged_by_another_program_vanishes_from_an_open_today_within_a_second() {
    signed_in(View::Desktop, LOGIN, async |browser, site| {
        let token = token(site).await?;
        browser.goto(&site.page("/")).await?;
        browser.find("#main a[href^='/obligations/']").await?;
        let owed = owed(site, &serde_json::from_value::<Vec<String>>(browser.evaluate(SHOWN).await?)?).await?;
        let row = format!("#main a[href='/obligations/{}']", owed.obligation);
        // The page's own stream began before this one, and is open when this one is.
        browser.evaluate(PROBE).await?;
        post(site, &token, &owed).await?;
        let since = Instant::now();
        browser.gone(&row).await?;
        ensure!(since.elapsed() < Duration::from_secs(1), "gone only after {:?}", since.elapsed());
        browser.check_contract().await
    });
}
