//! Signing in and keeping the directory, through HTTP.

use axum::http::StatusCode;
use kehu_core::{Actor, Clock, Locale, MemberId, Position};
use kehu_platform::db::Db;
use kehu_platform::directory::{self, CompanyDraft, FirstAdministrator, MemberDraft};
use kehu_platform::web::App;
use kehu_testkit::{TestDatabase, both_databases};

use crate::client::Client;

both_databases!(crate::people::migrated =>
    an_installation_without_anybody_explains_how_to_begin,
    a_wrong_password_keeps_the_login_and_says_so,
    signing_in_leads_back_to_where_one_wanted_to_go,
    a_form_of_another_site_is_refused,
    an_administrator_adds_a_member_and_sees_the_password_once,
    a_refused_form_comes_back_as_typed,
    every_page_of_the_directory_opens_and_changes_only_for_administrators,
    every_page_reads_in_every_language,
    a_stale_form_changes_nothing,
);

/// Of the administrator, and of everybody who joins.
pub const ADMINISTRATORS: &str = "sehr-geheim";
pub const PASSWORD: &str = "auch-geheim";

pub async fn migrated(url: &str) -> anyhow::Result<()> {
    let db = Db::connect(url).await?;
    db.migrate(kehu::compose::migrations()).await?;
    Ok(db.close().await?)
}

async fn empty(database: &TestDatabase) -> App {
    let db = Db::connect(database.url()).await.unwrap();
    kehu::compose::app(db, Clock::standing_at("2026-11-24T02:00:00Z".parse().unwrap()), false)
}

/// A company with its administrator, whose language is English.
pub async fn company(database: &TestDatabase) -> App {
    let app = empty(database).await;
    let company = CompanyDraft { name: "Yuanjing".to_owned(), zone: "Asia/Shanghai".to_owned() };
    let first = FirstAdministrator {
        login: "admin".to_owned(),
        name: "Zhang Wei".to_owned(),
        password: ADMINISTRATORS.to_owned(),
        locale: Locale::En,
    };
    directory::set_up(&app, app.clock.now(), company, first).await.unwrap();
    app
}

async fn joins(app: &App, login: &str, position: Position, locale: Locale) -> MemberId {
    joins_as(app, login, login, position, locale).await
}

/// Somebody who is not called like their login.
pub async fn joins_as(app: &App, login: &str, name: &str, position: Position, locale: Locale) -> MemberId {
    let draft = MemberDraft {
        login: login.to_owned(),
        name: name.to_owned(),
        positions: [position].into_iter().collect(),
        locale,
        zone: "Asia/Shanghai".to_owned(),
        ..MemberDraft::default()
    };
    let system = Actor::system();
    let password = Some(PASSWORD.to_owned());
    directory::add_member(app, system.administrator().unwrap(), app.clock.now(), draft, password).await.unwrap()
}

async fn an_installation_without_anybody_explains_how_to_begin(database: &TestDatabase) {
    let app = empty(database).await;
    let mut client = Client::new(&app);
    let answer = client.get("/members").await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/sign-in?next=%2Fmembers"));
    let answer = client.get("/sign-in").await;
    assert!(answer.body.contains("kehu init --login admin"), "{}", answer.body);
}

async fn a_wrong_password_keeps_the_login_and_says_so(database: &TestDatabase) {
    let app = company(database).await;
    let mut client = Client::new(&app);
    client.get("/sign-in").await;
    let answer = client.post("/sign-in", &[("login", "admin"), ("password", "falsch")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("value=\"admin\"") && answer.body.contains("Login or password is wrong"));
    assert!(!answer.body.contains("falsch"), "a password is never sent back");
    for _ in 0..8 {
        client.post("/sign-in", &[("login", "admin"), ("password", "falsch")]).await;
    }
    let answer = client.post("/sign-in", &[("login", "admin"), ("password", "sehr-geheim")]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.body.contains("Too many attempts"));
}

async fn signing_in_leads_back_to_where_one_wanted_to_go(database: &TestDatabase) {
    let app = company(database).await;
    let mut client = Client::new(&app);
    client.get("/sign-in?next=%2Fmembers%3Ffind%3Da").await;
    let fields = [("login", "admin"), ("password", "sehr-geheim"), ("next", "/members?find=a")];
    assert_eq!(client.post("/sign-in", &fields).await.location, "/members?find=a");
    assert_eq!(client.get("/sign-in?next=//evil.example").await.location, "/");
    client.get("/profile").await;
    assert_eq!(client.post("/sign-out", &[]).await.location, "/sign-in");
    assert_eq!(client.get("/profile").await.status, StatusCode::SEE_OTHER);
}

async fn a_form_of_another_site_is_refused(database: &TestDatabase) {
    let app = company(database).await;
    let mut client = Client::signed_in(&app, "admin", "sehr-geheim").await;
    let answer = client.post_without_token("/members", &[("name", "X"), ("login", "xx")]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(directory::members(app.db.read()).await.unwrap().len(), 1);
}

async fn an_administrator_adds_a_member_and_sees_the_password_once(database: &TestDatabase) {
    let app = company(database).await;
    let mut client = Client::signed_in(&app, "admin", "sehr-geheim").await;
    let fields = [
        ("name", "林晓"),
        ("login", "linxiao"),
        ("positions", "account_manager"),
        ("positions", "team_lead"),
        ("locale", "zh-Hans"),
        ("zone", "Asia/Shanghai"),
        ("with_password", "yes"),
    ];
    let answer = client.post("/members", &fields).await;
    assert_eq!(answer.status, StatusCode::OK);
    let (_, rest) = answer.body.split_once("k-secret\">").unwrap();
    let password = rest.split('<').next().unwrap();
    let mut own = Client::signed_in(&app, "linxiao", password).await;
    let page = own.get("/profile").await.body;
    assert!(page.contains("lang=\"zh-Hans\"") && page.contains("团队负责人、客户经理"), "{page}");
}

async fn a_refused_form_comes_back_as_typed(database: &TestDatabase) {
    let app = company(database).await;
    let mut client = Client::signed_in(&app, "admin", "sehr-geheim").await;
    let fields = [("name", "林晓"), ("login", "林"), ("zone", "Mars/Olympus"), ("locale", "en"), ("team", "nonsense")];
    let answer = client.post("/members", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("value=\"林晓\""));
    let fields = [("name", "林晓"), ("login", "林"), ("zone", "Mars/Olympus"), ("locale", "en")];
    let answer = client.post("/members", &fields).await;
    for field in ["f-login", "f-zone", "f-positions"] {
        assert!(answer.body.contains(&format!("href=\"#{field}\"")), "{field}: {}", answer.body);
    }
}

async fn every_page_of_the_directory_opens_and_changes_only_for_administrators(database: &TestDatabase) {
    let app = company(database).await;
    let manager = joins(&app, "manager", Position::AccountManager, Locale::En).await;
    let other = joins(&app, "other", Position::AccountManager, Locale::En).await;
    joins(&app, "hr", Position::HumanResources, Locale::En).await;
    let mut admin = Client::signed_in(&app, "admin", "sehr-geheim").await;
    assert_eq!(admin.post("/teams", &[("name", "East"), ("members", &manager.to_string())]).await.location, "/teams");
    admin.get("/departments/new").await;
    assert_eq!(admin.post("/departments", &[("name", "R&D")]).await.location, "/departments");
    let team = directory::teams(app.db.read()).await.unwrap()[0].id;
    let department = directory::departments(app.db.read()).await.unwrap()[0].id;

    let open =
        ["/members", "/teams", "/departments", "/calendar", "/calendar?year=2027", "/profile"].map(str::to_owned);
    let open = open.into_iter().chain([format!("/members/{other}"), format!("/members/{manager}/leaves/new")]);
    let closed = ["/members/new", "/teams/new", "/departments/new", "/calendar/notice", "/company"].map(str::to_owned);
    let closed = closed.into_iter().chain([
        format!("/members/{other}/edit"),
        format!("/members/{other}/departure"),
        format!("/members/{other}/leaves/new"),
        format!("/teams/{team}/edit"),
        format!("/departments/{department}/edit"),
    ]);
    let mut own = Client::signed_in(&app, "manager", "auch-geheim").await;
    let mut hr = Client::signed_in(&app, "hr", "auch-geheim").await;
    for path in open {
        assert_eq!(own.get(&path).await.status, StatusCode::OK, "{path}");
        assert_eq!(admin.get(&path).await.status, StatusCode::OK, "{path}");
    }
    for path in closed {
        assert_eq!(own.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(admin.get(&path).await.status, StatusCode::OK, "{path}");
        let for_hr = if path.ends_with("/leaves/new") { StatusCode::OK } else { StatusCode::FORBIDDEN };
        assert_eq!(hr.get(&path).await.status, for_hr, "{path}");
    }
    own.get("/profile").await;
    for path in [
        "/members".to_owned(),
        "/teams".to_owned(),
        "/departments".to_owned(),
        "/company".to_owned(),
        "/calendar/days".to_owned(),
        "/calendar/days/reset".to_owned(),
        "/calendar/notice".to_owned(),
        format!("/members/{other}"),
        format!("/members/{other}/password"),
        format!("/members/{other}/departure"),
        format!("/members/{other}/return"),
        format!("/members/{other}/leaves"),
        format!("/teams/{team}"),
        format!("/teams/{team}/archive"),
        format!("/departments/{department}"),
        format!("/departments/{department}/archive"),
    ] {
        assert_eq!(own.post(&path, &[]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

async fn every_page_reads_in_every_language(database: &TestDatabase) {
    let app = company(database).await;
    for (login, locale, word) in
        [("hans", Locale::ZhHans, "登录名"), ("hant", Locale::ZhHant, "登入帳號"), ("en", Locale::En, "Login")]
    {
        let id = joins(&app, login, Position::Administrator, locale).await;
        let mut client = Client::signed_in(&app, login, "auch-geheim").await;
        for path in ["/members", "/teams", "/departments", "/calendar", "/calendar/notice", "/company", "/profile"] {
            let answer = client.get(path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(answer.body.contains(&format!("<html lang=\"{locale}\">")), "{path}");
        }
        assert!(client.get(&format!("/members/{id}")).await.body.contains(word), "{login}");
    }
}

async fn a_stale_form_changes_nothing(database: &TestDatabase) {
    let app = company(database).await;
    let mut client = Client::signed_in(&app, "admin", "sehr-geheim").await;
    let save = [("name", "Yuanjing Electric"), ("zone", "Asia/Shanghai"), ("version", "1")];
    client.get("/company").await;
    assert_eq!(client.post("/company", &save).await.location, "/company");
    let late = [("name", "Other"), ("zone", "Asia/Shanghai"), ("version", "1")];
    let answer = client.post("/company", &late).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.body.contains("Somebody changed this record"), "{}", answer.body);
    assert_eq!(directory::company(app.db.read()).await.unwrap().unwrap().name, "Yuanjing Electric");
}
