//! The demo company, made up once for the process and served on a free port.

use std::net::SocketAddr;
use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use kehu::{compose, demo};
use kehu_core::Clock;
use kehu_platform::db::Db;
use kehu_platform::sign_in::{self, DEMO_PASSWORD};
use kehu_testkit::browser::{Browser, View, session};
use thirtyfour::Cookie;

/// Tuesday 24 November 2026, 14:30 in Shanghai: the middle of an ordinary week.
pub const NOW: &str = "2026-11-24T06:30:00Z";

/// The running demo.
pub struct DemoSite {
    pub address: String,
    pub db: Db,
}

/// Opens a browser in which the member with that login is signed in.
pub fn signed_in(view: View, login: &str, test: impl AsyncFnOnce(&Browser, &DemoSite) -> anyhow::Result<()>) {
    session(view, async |browser| {
        let site = site();
        let token = sign_in::sign_in(&site.db, now(), login, DEMO_PASSWORD, "browser test", "127.0.0.1").await?;
        browser.goto(&site.page("/healthz")).await?;
        browser.driver().add_cookie(Cookie::new("kehu_session", token)).await?;
        test(browser, site).await
    });
}

impl DemoSite {
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

pub fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

/// Starts the demo at its first use; it ends with the process.
pub fn site() -> &'static DemoSite {
    static SITE: OnceLock<DemoSite> = OnceLock::new();
    SITE.get_or_init(|| {
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
            runtime.block_on(async {
                let (site, serving) = start().await.unwrap();
                tell.send(site).unwrap();
                serving.await.unwrap();
            });
        });
        told.recv().unwrap()
    })
}

async fn start() -> anyhow::Result<(DemoSite, impl Future<Output = std::io::Result<()>>)> {
    let folder = std::env::temp_dir().join(format!("kehu-demo-site-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    let db = Db::connect(&format!("sqlite://{}", folder.join("demo.sqlite").display())).await?;
    db.migrate(compose::migrations()).await?;
    demo::seed(&db, now()).await?;
    let app = compose::app(db.clone(), Clock::standing_at(now()), false);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    let service = compose::router(&app).into_make_service_with_connect_info::<SocketAddr>();
    compose::background(&app);
    Ok((DemoSite { address, db }, axum::serve(listener, service).into_future()))
}
