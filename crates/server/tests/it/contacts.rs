//! The people at all customers: one list, under the permissions of the customers' own pages.

use axum::http::StatusCode;
use kehu_platform::web::encode;
use kehu_testkit::{TestDatabase, both_databases};

use crate::client::Client;
use crate::demo::{client, company};
use crate::exports::csv;

both_databases!(crate::demo::migrated =>
    people_are_found_by_their_name_and_by_their_company,
    the_list_is_narrowed_down_and_paged,
    whoever_is_not_of_the_account_team_sees_no_full_number,
    an_export_is_masked_like_the_list_and_leaves_a_trace,
);

/// How many people the page says there are.
async fn count(client: &mut Client, query: &str) -> usize {
    let page = client.get(&format!("/contacts?{query}")).await;
    assert_eq!(page.status, StatusCode::OK, "{query}");
    let told = page.body.split("k-sub").nth(1).unwrap().split("共 ").nth(1).unwrap();
    told.split(' ').next().unwrap().parse().unwrap()
}

/// The number of lines on the page.
async fn lines(client: &mut Client, query: &str) -> usize {
    client.get(&format!("/contacts?{query}")).await.body.matches("class=\"k-strong\"").count()
}

async fn people_are_found_by_their_name_and_by_their_company(database: &TestDatabase) {
    let app = company(database).await;
    let mut manager = client(&app, "linxiao").await;
    let everybody = csv(&mut manager, "/contacts", "", &["name", "account"]).await;
    assert_eq!(everybody.len(), count(&mut manager, "").await);
    let (name, account) = everybody[0].split_once(',').unwrap();
    let found = csv(&mut manager, "/contacts", &format!("q={}", encode(name)), &["name"]).await;
    assert!(found.iter().any(|line| line == name), "{name}: {found:?}");
    let there = csv(&mut manager, "/contacts", &format!("q={}", encode(account)), &["account"]).await;
    let of_account = everybody.iter().filter(|line| line.ends_with(account)).count();
    assert_eq!((there.len(), there.iter().all(|line| line == account)), (of_account, true), "{account}");
    let nobody = manager.get(&format!("/contacts?q={}", encode("查无此人"))).await.body;
    assert!(nobody.contains("没有符合条件的联系人"));
    let mut people = client(&app, "fangyaqin").await;
    assert_eq!(csv(&mut people, "/contacts", "", &["name"]).await.len(), 0, "human resources read no customers");
    for odd in ["from=-1&account=x&team=y", "from=99999", "q=%27%22&tier=%27"] {
        assert_eq!(manager.get(&format!("/contacts?{odd}")).await.status, StatusCode::OK, "{odd}");
    }
}

async fn the_list_is_narrowed_down_and_paged(database: &TestDatabase) {
    let app = company(database).await;
    let mut leadership = client(&app, "shenguoliang").await;
    let all = count(&mut leadership, "").await;
    assert!(all > 100, "{all}");
    assert_eq!((lines(&mut leadership, "").await, lines(&mut leadership, "from=50").await), (50, 50));
    let last = all / 50 * 50;
    assert_eq!(lines(&mut leadership, &format!("from={last}")).await, all - last);
    let mut parts = 0;
    for tier in csv(&mut leadership, "/accounts", "", &["tier"]).await.iter().collect::<std::collections::BTreeSet<_>>()
    {
        let of_tier = csv(&mut leadership, "/contacts", "", &["tier"]).await;
        parts += of_tier.iter().filter(|line| *line == tier).count();
    }
    assert_eq!(parts, all, "every contact is of one tier");
    let strategic = csv(&mut leadership, "/contacts", "tier=strategic", &["tier"]).await;
    assert!(!strategic.is_empty() && strategic.len() < all && strategic.iter().all(|line| line == &strategic[0]));
    let gone = count(&mut leadership, "gone=yes").await;
    assert!(gone < all);
    let mut manager = client(&app, "linxiao").await;
    let page = manager.get("/contacts").await.body;
    let account = page.split("href=\"/accounts/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let of_account = csv(&mut manager, "/contacts", &format!("account={account}"), &["account"]).await;
    assert!(!of_account.is_empty() && of_account.iter().all(|line| line == &of_account[0]));
    let mut other = client(&app, "luowei").await;
    assert_eq!(count(&mut other, &format!("account={account}")).await, 0, "another manager's");
}

/// Whether there is a number of eleven digits in the text.
fn full_number(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 11 && digits.starts_with('1'))
}

async fn whoever_is_not_of_the_account_team_sees_no_full_number(database: &TestDatabase) {
    let app = company(database).await;
    let mut manager = client(&app, "linxiao").await;
    let page = manager.get("/contacts").await.body;
    assert!(full_number(&page) && page.contains("/edit\""), "her own customers");
    let mut leadership = client(&app, "shenguoliang").await;
    let page = leadership.get("/contacts").await.body;
    assert!(!full_number(&page) && page.contains("****") && !page.contains("/edit\""));
    let mut administrator = client(&app, "songjie").await;
    assert_eq!(count(&mut administrator, "").await, 0);
}

async fn an_export_is_masked_like_the_list_and_leaves_a_trace(database: &TestDatabase) {
    let app = company(database).await;
    let columns = ["name", "mobile", "phone", "email", "wechat", "birthday", "remark"];
    let mut leadership = client(&app, "shenguoliang").await;
    let masked = csv(&mut leadership, "/contacts", "", &columns).await;
    assert!(masked.iter().all(|line| !full_number(line) && line.ends_with(",,,,")), "{:?}", masked[0]);
    let mut manager = client(&app, "linxiao").await;
    let own = csv(&mut manager, "/contacts", "", &columns).await;
    assert!(own.iter().any(|line| full_number(line)));
    let sql = "select count(*) as n from journal where record_kind = $1 and verb = 'exported'";
    #[derive(kehu_platform::sea_orm::FromQueryResult)]
    struct Count {
        n: i64,
    }
    let traces: Option<Count> =
        kehu_platform::db::row(app.db.read(), sql, kehu_platform::values!["export"]).await.unwrap();
    assert_eq!(traces.map(|count| count.n), Some(2));
}
