//! An administrator sees the product as a member does: reads only, leaves a trace, and is shown of
//! customers nothing that they might not see by themselves.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use kehu_core::{Position, Positions};
use kehu_platform::db::{self, DbFault, Lock, execute, rows};
use kehu_platform::directory;
use kehu_platform::kept;
use kehu_platform::sea_orm::FromQueryResult;
use kehu_platform::values;
use kehu_platform::web::App;
use kehu_testkit::{Backend, TestDatabase, both_databases, database};

use crate::client::Client;
use crate::demo::{client, company};

both_databases!(crate::demo::migrated =>
    beginning_and_end_are_journaled_and_the_banner_leads_out,
    whatever_would_change_something_is_refused,
    what_both_may_see_is_shown,
    it_ends_when_the_one_is_no_administrator_or_the_other_has_left,
);

async fn id(app: &App, login: &str) -> String {
    directory::member_by_login(app.db.read(), login).await.unwrap().unwrap().id.to_string()
}

/// The administrator, looking through the eyes of the member with that login.
async fn looking(app: &App, login: &str) -> Client {
    let mut administrator = client(app, "songjie").await;
    let member = id(app, login).await;
    let begun = administrator.post(&format!("/members/{member}/view-as"), &[]).await;
    assert_eq!((begun.status, begun.location.as_str()), (StatusCode::SEE_OTHER, "/"));
    administrator.get("/").await;
    administrator
}

#[derive(FromQueryResult)]
struct Text {
    text: String,
}

async fn texts(app: &App, sql: &str) -> Vec<String> {
    rows::<Text>(app.db.read(), sql, vec![]).await.unwrap().into_iter().map(|t| t.text).collect()
}

async fn change(app: &App, sql: &str, login: &str) {
    let changed: Result<u64, DbFault> = app
        .db
        .write(Lock::company(), async |tx| {
            kept::move_on(tx).await?;
            execute(&**tx, sql, values![login]).await
        })
        .await;
    assert_eq!(changed.unwrap(), 1);
}

async fn beginning_and_end_are_journaled_and_the_banner_leads_out(database: &TestDatabase) {
    let app = company(database).await;
    let member = id(&app, "linxiao").await;
    for login in ["linxiao", "liangzhenyu", "shenguoliang", "fangyaqin"] {
        let refused = client(&app, login).await.post(&format!("/members/{member}/view-as"), &[]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{login}");
    }
    let mut administrator = client(&app, "songjie").await;
    assert!(administrator.get(&format!("/members/{member}")).await.body.contains("view-as"));
    let own = id(&app, "songjie").await;
    assert_eq!(administrator.post(&format!("/members/{own}/view-as"), &[]).await.status, StatusCode::CONFLICT);
    let mut administrator = looking(&app, "linxiao").await;
    for page in ["/", "/members", "/rulebook", "/calendar", "/accounts", "/nothing-here"] {
        let body = administrator.get(page).await.body;
        assert!(body.contains("您正在以林晓的身份查看"), "{page}");
        assert!(body.contains("action=\"/view-as/end\""), "{page}");
        assert!(body.contains("href=\"/communications\""), "the navigation is the member's: {page}");
        assert!(!body.contains("href=\"/company\""), "and not the administrator's: {page}");
    }
    let ended = administrator.post("/view-as/end", &[]).await;
    assert_eq!((ended.status, ended.location), (StatusCode::SEE_OTHER, format!("/members/{member}")));
    let body = administrator.get("/members").await.body;
    assert!(!body.contains("k-viewing") && body.contains("href=\"/company\""));
    let mut again = looking(&app, "linxiao").await;
    assert_eq!(again.post("/sign-out", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        again.get("/members").await.status,
        StatusCode::SEE_OTHER,
        "signed out, the member's sessions untouched"
    );
    let trace = "select actor_name || ' ' || verb as text from journal where verb like 'view_as%' order by seq";
    let (begun, ended) = ("宋杰 view_as_started", "宋杰 view_as_ended");
    assert_eq!(texts(&app, trace).await, [begun, ended, begun, ended]);
}

async fn whatever_would_change_something_is_refused(database: &TestDatabase) {
    let app = company(database).await;
    let mut administrator = looking(&app, "liangzhenyu").await;
    let count = "select cast(count(*) as text) as text from journal";
    let before = texts(&app, count).await;
    let somebody = id(&app, "linxiao").await;
    for path in [
        "/record".to_owned(),
        "/record/quick".to_owned(),
        "/accounts/new".to_owned(),
        "/accounts/export".to_owned(),
        "/members/export".to_owned(),
        "/profile".to_owned(),
        "/profile/password".to_owned(),
        "/rulebook/draft".to_owned(),
        format!("/members/{somebody}/leaves/new"),
        format!("/members/{somebody}/view-as"),
        format!("/obligations/{somebody}/grant"),
        "/nothing-here".to_owned(),
    ] {
        let refused = administrator.post(&path, &[("words", "x"), ("format", "csv"), ("column", "name")]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{path}");
        assert!(refused.body.contains("只能看，不能改。要做这件事，请先结束查看。"), "{path}");
    }
    assert_eq!(texts(&app, count).await, before, "nothing was written");
    let fault = db::read_only(app.db.write(Lock::default(), async |_| Ok::<(), DbFault>(()))).await;
    assert!(matches!(fault, Err(DbFault::ReadOnly)), "not even by a page that writes while it is read");
}

/// Whatever a page would show of customers is withheld: every page that can be reached is searched for
/// every customer and every person there.
#[test]
fn no_page_shows_an_administrator_a_customer() {
    database::run(Backend::Sqlite, crate::demo::migrated, async |database| {
        let app = company(database).await;
        let mut secrets = texts(&app, "select name as text from accounts").await;
        secrets.extend(texts(&app, "select short_name as text from accounts where short_name <> ''").await);
        secrets.extend(texts(&app, "select mobile as text from contacts where mobile <> ''").await);
        secrets.extend(
            texts(&app, "select summary as text from communications where length(summary) > 12 limit 2000").await,
        );
        secrets.extend(texts(&app, "select explanation as text from obligations where explanation is not null").await);
        assert!(secrets.len() > 300);
        for login in ["linxiao", "liangzhenyu", "shenguoliang", "fangyaqin", "duanmingzhe", "baiyuxuan"] {
            let mut administrator = looking(&app, login).await;
            let mut waiting = vec!["/?view=mine".to_owned(), "/?view=team".to_owned(), "/?view=company".to_owned()];
            waiting.extend(
                ["/board", "/compliance?period=year", "/obligations?period=year", "/minutes", "/import"]
                    .map(str::to_owned),
            );
            let (mut seen, mut shown, mut withheld) = (BTreeSet::new(), 0, 0);
            while let Some(path) = waiting.pop() {
                if seen.len() > 120 || !seen.insert(path.clone()) {
                    continue;
                }
                let page = administrator.get(&path).await;
                match page.status {
                    StatusCode::OK => shown += 1,
                    StatusCode::FORBIDDEN => withheld += 1,
                    _ => {}
                }
                for secret in &secrets {
                    assert!(!page.body.contains(secret.as_str()), "{login} {path} shows {secret}");
                }
                let links = page.body.split("href=\"/").skip(1).map(|rest| rest.split('"').next().unwrap());
                waiting.extend(
                    links
                        .filter(|link| !link.starts_with("assets"))
                        .map(|link| format!("/{}", link.replace("&amp;", "&"))),
                );
            }
            assert!(shown > 10 && withheld > 2, "{login}: {shown} shown, {withheld} withheld");
            let accounts = administrator.get("/accounts").await;
            assert!(accounts.body.contains("这一页含客户内容，已隐去"), "{login}");
        }
    });
}

async fn what_both_may_see_is_shown(database: &TestDatabase) {
    let app = company(database).await;
    let both: Positions = [Position::Administrator, Position::TeamLead].into_iter().collect();
    change(&app, &format!("update members set positions = {} where login = $1", both.bits()), "songjie").await;
    let rows = |body: &str| body.matches("class=\"k-strong\" href=\"/accounts/").count();
    let mut administrator = looking(&app, "linxiao").await;
    assert_eq!(rows(&administrator.get("/accounts").await.body), 0, "leads nobody");
    assert_eq!(administrator.get("/accounts").await.status, StatusCode::OK);
    let lead = "update teams set leader_id = (select id from members where login = 'songjie') where leader_id =
        (select id from members where login = $1)";
    change(&app, lead, "liangzhenyu").await;
    assert_eq!(rows(&administrator.get("/accounts").await.body), 8, "the member's accounts in the onlooker's team");
    let board = administrator.get("/board").await.body;
    assert!(board.contains("href=\"/board/"), "the member's cells");
    administrator.post("/view-as/end", &[]).await;
    let mut administrator = looking(&app, "chenlixin").await;
    assert_eq!(rows(&administrator.get("/accounts").await.body), 0, "of another team");
    assert!(!administrator.get("/board").await.body.contains("href=\"/board/"));
    assert!(!administrator.get("/obligations?period=year").await.body.contains("href=\"/obligations/0"));
}

async fn it_ends_when_the_one_is_no_administrator_or_the_other_has_left(database: &TestDatabase) {
    let app = company(database).await;
    let mut administrator = looking(&app, "linxiao").await;
    change(&app, "update members set active = false where login = $1", "linxiao").await;
    assert!(!administrator.get("/members").await.body.contains("k-viewing"));
    change(&app, "update members set active = true where login = $1", "linxiao").await;
    assert!(administrator.get("/members").await.body.contains("k-viewing"));
    let staff: Positions = [Position::DepartmentStaff].into_iter().collect();
    change(&app, &format!("update members set positions = {} where login = $1", staff.bits()), "songjie").await;
    let body = administrator.get("/members").await.body;
    assert!(!body.contains("k-viewing") && !body.contains("href=\"/communications\""));
}
