//! Every route asked by every position, compared with the committed table. A page that nobody may open and a
//! record that is hidden from somebody look the same to them: it is not there.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use kehu::{compose, demo};
use kehu_core::Clock;
use kehu_platform::db::{Db, DbFault, Lock};
use kehu_platform::jobs;
use kehu_platform::sign_in::DEMO_PASSWORD;
use kehu_platform::web::App;
use serde_json::json;

use super::committed::equals_committed;
use super::routes::{Route, routes};
use super::samples::Samples;
use crate::client::Client;

/// Who asks: a heading, and who of the demo company it is.
const ASKING: [(&str, &str); 14] = [
    ("administrator", "songjie"),
    ("company leadership", "shenguoliang"),
    ("HR", "fangyaqin"),
    ("team leader", "liangzhenyu"),
    ("leader of another team", "sumin"),
    ("account manager", "linxiao"),
    ("colleague in the team", "huangsiyuan"),
    ("manager of another team", "luowei"),
    ("expert on the account", "duanmingzhe"),
    ("expert of another team", "xieyutong"),
    ("support on the account", "mengfan"),
    ("after-sales", "jianghaiyan"),
    ("department staff", "caoyue"),
    ("nobody signed in", ""),
];

const HEAD: &str = "# Who may use what

Written by `cargo xtask schema` from the product itself and compared by a test: every route is asked by every position.
● lets the request in, · refuses it, or says that there is no such page. Records in a path are those of one account manager:
her account, her contacts, her team; the leave is that of the manager of another team. What a page shows is narrower still: customers outside one's reach are not listed, and
personal data is masked. `difference` has nothing to show for the first
version. A form that is let in is still checked: nobody decides on what they asked for themselves.

Open to everybody: `/sign-in`, `/healthz`, `/readyz`, `/assets/…`, `/api/openapi.json`. Any signed-in member may open `/events`, which tells
only that something changed.

";

#[test]
fn every_route_lets_in_whom_the_table_names() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let table = runtime.block_on(async {
        let folder = std::env::temp_dir().join(format!("kehu-permissions-{}", std::process::id()));
        let table = table(&folder).await;
        std::fs::remove_dir_all(&folder).unwrap();
        table
    });
    equals_committed("docs/permissions.md", &table);
}

async fn table(folder: &Path) -> String {
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).unwrap();
    let mut stage = Stage::set(folder).await;
    let mut text = HEAD.to_owned();
    let headings: Vec<&str> = ASKING.iter().map(|(heading, _)| *heading).collect();
    writeln!(text, "| | | {} |\n|---|---|{}", headings.join(" | "), "---|".repeat(ASKING.len())).unwrap();
    for route in routes() {
        let mut cells = Vec::new();
        for asking in 0..ASKING.len() {
            cells.push(if stage.lets_in(asking, &route).await { "●" } else { "·" });
        }
        writeln!(text, "| {} | `{}` | {} |", route.method, route.path, cells.join(" | ")).unwrap();
    }
    text
}

/// The demo company with everybody signed in, put back whenever a request changed it.
struct Stage {
    folder: PathBuf,
    app: App,
    clients: Vec<Client>,
    samples: Samples,
    copies: usize,
}

impl Stage {
    async fn set(folder: &Path) -> Self {
        let now: DateTime<Utc> = "2026-11-24T06:30:00Z".parse().unwrap();
        let db = Db::connect(&format!("sqlite://{}", folder.join("first.sqlite").display())).await.unwrap();
        db.migrate(compose::migrations()).await.unwrap();
        demo::seed(&db, now).await.unwrap();
        let app = compose::app(db, Clock::standing_at(now), false);
        let mut clients = Vec::new();
        for (_, login) in ASKING {
            clients.push(match login {
                "" => Client::new(&app),
                login => Client::signed_in(&app, login, DEMO_PASSWORD).await,
            });
        }
        let queued: Result<_, DbFault> =
            app.db.write(Lock::default(), async |tx| jobs::enqueue(tx, now, "of no kind", json!({})).await).await;
        queued.unwrap();
        jobs::run_due(&app).await.unwrap();
        let ledger = "公司名称,联系人\n虹桥仪表有限公司,陆遥\n".as_bytes();
        let manager = ASKING.iter().position(|(_, login)| *login == "linxiao").unwrap();
        assert_eq!(clients[manager].upload("/import", "ledger.csv", ledger).await.status, StatusCode::SEE_OTHER);
        let call = Samples::communication(&app.db).await;
        let deleted = clients[manager]
            .post(&format!("/communications/{call}/delete"), &[("reason", "记错了"), ("version", "1")])
            .await;
        assert_eq!(deleted.status, StatusCode::SEE_OTHER, "{}", deleted.body);
        let leader = ASKING.iter().position(|(_, login)| *login == "liangzhenyu").unwrap();
        let group =
            [("name", "虹桥集团"), ("cadence", "each"), ("accounts", &Samples::account(&app.db).await.to_string())];
        let grouped = clients[leader].post("/settings/groups/new", &group).await;
        assert_eq!(grouped.status, StatusCode::SEE_OTHER, "{}", grouped.body);
        let samples = Samples::find(&app.db).await;
        app.db.clone().close().await.unwrap();
        let mut stage = Self { folder: folder.to_owned(), app, clients, samples, copies: 0 };
        stage.put_back().await;
        stage
    }

    async fn put_back(&mut self) {
        let _ = self.app.db.clone().close().await;
        self.copies += 1;
        let copy = self.folder.join(format!("copy-{}.sqlite", self.copies));
        std::fs::copy(self.folder.join("first.sqlite"), &copy).unwrap();
        let db = Db::connect(&format!("sqlite://{}", copy.display())).await.unwrap();
        self.app = compose::app(db, self.app.clock.clone(), false);
    }

    async fn lets_in(&mut self, asking: usize, route: &Route) -> bool {
        let (path, fields) = self.samples.fill(&route.path);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut client = self.clients[asking].before(&self.app);
        let answer = if route.method == "GET" { client.get(&path).await } else { client.post(&path, &fields).await };
        assert!(!answer.status.is_server_error(), "{} {path}: {}", route.method, answer.status);
        let away = answer.location.starts_with("/sign-in") && route.path != "/sign-out";
        let refused = matches!(
            answer.status,
            StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::UNAUTHORIZED | StatusCode::METHOD_NOT_ALLOWED
        );
        let changed = route.method == "POST" && (answer.status.is_success() || answer.status.is_redirection());
        if changed {
            self.put_back().await;
        }
        !refused && !away
    }
}
