//! The leader's board through HTTP, in the demo company.

use axum::http::StatusCode;
use kehu_platform::db::rows;
use kehu_platform::sea_orm::FromQueryResult;
use kehu_platform::values;
use kehu_platform::web::App;
use kehu_testkit::{Backend, TestDatabase, both_databases, database};
use uuid::Uuid;

use crate::demo::{client, company};

both_databases!(crate::demo::migrated =>
    a_leader_sees_the_teams_accounts_week_by_week,
    a_cell_opens_its_evidence_or_what_is_missing,
    a_leader_waives_and_confirms_from_a_cell_and_comes_back,
);

#[derive(FromQueryResult)]
struct Call {
    id: Uuid,
    account_id: Uuid,
    window_key: String,
}

/// A call of the first team in the state, of the last sixteen weeks.
async fn call(app: &App, state: &str, also: &str) -> Call {
    let sql = format!(
        "select o.id, o.account_id, o.window_key from obligations o join teams t on t.id = o.team_id
         join members m on m.id = t.leader_id
         where m.login = 'liangzhenyu' and o.rule = 'weekly_call' and o.state = $1 and o.window_key >= '2026-08-10'
            and {also} order by o.window_key desc, o.id limit 1"
    );
    rows::<Call>(app.db.read(), &sql, values![state]).await.unwrap().remove(0)
}

/// The text between two others, the first time it occurs.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split(before).nth(1).unwrap_or_default().split(after).next().unwrap_or_default()
}

async fn a_leader_sees_the_teams_accounts_week_by_week(database: &TestDatabase) {
    let app = company(database).await;
    let mut leader = client(&app, "liangzhenyu").await;
    let board = leader.get("/board").await;
    assert_eq!(board.status, StatusCode::OK);
    let accounts = board.body.matches("<th scope=\"row\"><a href=\"/accounts/").count();
    assert!((20..=40).contains(&accounts), "{accounts} accounts");
    assert!(board.body.matches("href=\"/board/").count() > accounts * 14, "nearly every week has a cell");
    for named in ["远恒电力", "唐婧", "林晓"] {
        assert!(board.body.contains(named), "{named}");
    }
    assert!(!board.body.contains("陈立新"), "the other team's manager");
    // Every rate leads to the obligations that it is of.
    let figure = between(&board.body, "state=settled\">按时 ", "</a>");
    let (met, settled) = figure.split_once(" / ").unwrap();
    let href = between(&board.body, "<a href=\"/obligations?", "\"").replace("&amp;", "&");
    let list = leader.get(&format!("/obligations?{href}")).await.body;
    assert!(list.contains(&format!("按时 {met} / {settled} 项")), "{settled} of {href}");
    let list = leader.get(&format!("/obligations?{}", href.replace("settled", "met"))).await.body;
    assert!(list.contains(&format!("共 {met} 项")), "{met} of {href}");

    let words = leader.get("/board?as=words&weeks=8&sort=rate").await.body;
    assert!(words.contains("未履行</a>") && words.contains("11月面访"), "the same in words");
    let tier = leader.get("/board?tier=strategic").await.body;
    let strategic = tier.matches("<th scope=\"row\"><a href=\"/accounts/").count();
    assert!(0 < strategic && strategic < accounts);
    for odd in ["/board?weeks=-1&team=x&owner=y&page=99&view=z", "/board?tier=%27&region=%25"] {
        assert_eq!(leader.get(odd).await.status, StatusCode::OK, "{odd}");
    }
}

async fn a_cell_opens_its_evidence_or_what_is_missing(database: &TestDatabase) {
    let app = company(database).await;
    let mut leader = client(&app, "liangzhenyu").await;
    let met = call(&app, "met", "o.done > 0").await;
    let page = leader.get(&format!("/board/{}/{}", met.account_id, met.window_key)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("href=\"/communications/"), "the call that proves it");
    let missed = call(&app, "missed", "o.explanation is not null and o.to_confirm = false").await;
    let page = leader.get(&format!("/board/{}/{}", missed.account_id, missed.window_key)).await;
    assert!(page.body.contains("还没有能证明它的记录") && page.body.contains("k-said"), "what is missing, and why");
    let other = leader.get(&format!("/board/{}/2020-01-06", met.account_id)).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    assert_eq!(leader.get("/board/nobody/2026-11-16").await.status, StatusCode::BAD_REQUEST);
}

async fn a_leader_waives_and_confirms_from_a_cell_and_comes_back(database: &TestDatabase) {
    let app = company(database).await;
    let mut leader = client(&app, "liangzhenyu").await;
    let missed = call(
        &app,
        "missed",
        "o.to_confirm = false and not exists (select 1 from waivers w where w.obligation_id = o.id)",
    )
    .await;
    let cell = format!("/board/{}/{}?back=%2Fboard%3Fweeks%3D26", missed.account_id, missed.window_key);
    let body = leader.get(&cell).await.body;
    assert!(body.contains("name=\"back\" value=\"/board?weeks=26\""), "the way back is kept");
    let grant = format!("/obligations/{}/grant", missed.id);
    let back = ("back", "/board?weeks=26");
    let refused = leader.post(&grant, &[("words", ""), back]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = leader.post(&grant, &[("words", "客户整周停产"), back]).await;
    assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/board?weeks=26"));
    let again = leader.post(&grant, &[("words", "客户整周停产")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let away = leader.post(&grant, &[("words", "x"), ("back", "https://example.com")]).await;
    assert!(!away.location.contains("example"));

    let late = call(&app, "missed", "o.to_confirm = true").await;
    let confirm = format!("/obligations/{}/confirmation", late.id);
    let done = leader.post(&confirm, &[back]).await;
    assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/board?weeks=26"));
    let now = call(&app, "met_late", &format!("o.window_key = '{}'", late.window_key)).await;
    assert_eq!(now.id, late.id, "late, and no more missed");
}

#[test]
fn every_position_sees_the_board_that_is_theirs() {
    database::run(Backend::Sqlite, crate::demo::migrated, async |database| {
        let app = company(database).await;
        let missed = call(&app, "missed", "o.to_confirm = false").await;
        let cell = format!("/board/{}/{}", missed.account_id, missed.window_key);
        // Login; the board; how many accounts' rows at least; the page of a cell of the first team.
        for (login, status, accounts, opens) in [
            ("liangzhenyu", StatusCode::OK, 20, StatusCode::OK),
            ("sumin", StatusCode::OK, 20, StatusCode::NOT_FOUND),
            ("linxiao", StatusCode::OK, 8, StatusCode::OK),
            ("duanmingzhe", StatusCode::OK, 1, StatusCode::OK),
            ("shenguoliang", StatusCode::OK, 0, StatusCode::OK),
            ("fangyaqin", StatusCode::FORBIDDEN, 0, StatusCode::NOT_FOUND),
            ("songjie", StatusCode::FORBIDDEN, 0, StatusCode::NOT_FOUND),
            ("baiyuxuan", StatusCode::FORBIDDEN, 0, StatusCode::NOT_FOUND),
        ] {
            let mut client = client(&app, login).await;
            let board = client.get("/board").await;
            assert_eq!(board.status, status, "{login}");
            let rows = board.body.matches("<th scope=\"row\"><a href=\"/accounts/").count();
            assert!(rows >= accounts && (accounts > 0 || rows == 0), "{login} sees {rows}");
            let linked = client.get("/").await.body.contains("href=\"/board\"");
            assert_eq!(linked, status == StatusCode::OK, "{login}'s navigation");
            let opened = client.get(&cell).await;
            if !["linxiao", "duanmingzhe"].contains(&login) {
                assert_eq!(opened.status, opens, "{login} and a cell of the first team");
            }
            for foreign in ["/board?view=team", "/board?view=company", "/board?view=mine"] {
                assert_eq!(client.get(foreign).await.status, status, "{login} {foreign}");
            }
        }
        let mut leadership = client(&app, "shenguoliang").await;
        let board = leadership.get("/board").await.body;
        assert!(board.contains("大客户一部") && board.contains("风险客户"));
        assert!(!board.contains("href=\"/board/"), "no person's cells");
        for manager in ["唐婧", "林晓", "陈立新", "黄思远"] {
            assert!(!board.contains(manager), "{manager}");
        }
        let opened = leadership.get(&cell).await.body;
        for manager in ["唐婧", "林晓", "郑浩然", "黄思远"] {
            assert!(!opened.contains(manager), "{manager} in a cell");
        }
    });
}
