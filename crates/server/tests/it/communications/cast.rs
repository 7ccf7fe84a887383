//! A small supplier with a team, its customers and the people there; and a member's own way in.

use std::net::SocketAddr;

use anyhow::Context;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use chrono::{DateTime, Duration, Utc};
use kehu::compose;
use kehu_core::{Actor, Clock, DepartmentId, Door, MemberId, Position, Positions};
use kehu_customer::accounts::{self, Account, AccountFacts, AccountRole, Contact, ContactFacts, NewAccount};
use kehu_customer::duties::{self, Books};
use kehu_platform::db::{Db, Lock};
use kehu_platform::directory::{self, CompanyDraft, DepartmentDraft, MemberDraft, TeamDraft};
use kehu_platform::web::{App, encode};
use kehu_platform::{Error, sign_in};
use kehu_testkit::TestDatabase;
use tower::ServiceExt as _;

/// Tuesday 24 November 2026, 14:30 in Shanghai.
pub const NOW: &str = "2026-11-24T14:30:00+08:00";
const PASSWORD: &str = "海河-风-4417";

pub fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).expect("a moment").to_utc()
}

pub async fn migrate(url: &str) -> anyhow::Result<()> {
    let db = Db::connect(url).await?;
    db.migrate(compose::migrations()).await?;
    Ok(db.close().await?)
}

/// Everybody and everything of the little company.
pub struct Cast {
    pub app: App,
    pub clock: Clock,
    pub router: Router,
    /// Account manager of 远恒, 青瑞 and 海宏.
    pub lin: MemberId,
    /// The team's leader.
    pub he: MemberId,
    /// Account manager of 嘉盛.
    pub zhou: MemberId,
    /// Industry expert on the account team of 远恒.
    pub chen: MemberId,
    /// Liaison of research and development; knows no customers.
    pub wu: MemberId,
    pub research: DepartmentId,
    pub yuanheng: Account,
    pub qingrui: Account,
    pub haihong: Account,
    pub jiasheng: Account,
    /// Purchasing director at 远恒.
    pub wang: Contact,
    pub li: Contact,
    /// At 青瑞.
    pub zhao: Contact,
}

fn company() -> CompanyDraft {
    CompanyDraft { name: "恒信仪器".to_owned(), zone: "Asia/Shanghai".to_owned() }
}

impl Cast {
    /// The company as it stood on 1 September, brought to [`NOW`] by the clock.
    pub async fn gather(database: &TestDatabase) -> anyhow::Result<Cast> {
        let clock = Clock::standing_at(at("2026-09-01T09:00:00+08:00"));
        let db = Db::connect(database.url()).await?;
        let app = compose::app(db, clock.clone(), false);
        let (now, system) = (app.clock.now(), Actor::system());
        let set_up = company();
        app.db
            .write(Lock::company(), async |tx| directory::set_up_company(tx, &system, now, &set_up, false).await)
            .await?;
        let member = async |login: &str, name: &str, positions: &[Position], team, department| {
            let draft = MemberDraft {
                login: login.to_owned(),
                name: name.to_owned(),
                positions: Positions::from_iter(positions.iter().copied()),
                team,
                department,
                zone: "Asia/Shanghai".to_owned(),
                ..MemberDraft::default()
            };
            let by = system.administrator()?;
            directory::add_member(&app, by, now, draft, Some(PASSWORD.to_owned())).await
        };
        let department = DepartmentDraft { name: "研发部".to_owned(), liaison: None };
        let research = directory::add_department(&app, system.administrator()?, now, department).await?;
        let he = member("hejing", "何静", &[Position::TeamLead], None, None).await?;
        let draft = TeamDraft { name: "华东组".to_owned(), leader: Some(he), members: vec![he] };
        let team = Some(directory::add_team(&app, system.administrator()?, now, draft).await?);
        let lin = member("linxiao", "林晓", &[Position::AccountManager], team, None).await?;
        let zhou = member("zhouyi", "周毅", &[Position::AccountManager], team, None).await?;
        let chen = member("chenbo", "陈博", &[Position::IndustryExpert], team, None).await?;
        let wu = member("wumin", "吴敏", &[Position::DepartmentStaff], None, Some(research)).await?;
        member("luo", "罗文", &[Position::CompanyLeadership], None, None).await?;
        let draft = DepartmentDraft { name: "研发部".to_owned(), liaison: Some(wu) };
        directory::edit_department(&app, system.administrator()?, now, research, 1, draft).await?;

        let account = async |name: &str, short: &str, tier: &str, owner| {
            let facts = AccountFacts {
                name: name.to_owned(),
                short_name: short.to_owned(),
                tier: tier.to_owned(),
                stage: "active".to_owned(),
                ..AccountFacts::default()
            };
            let system = &system;
            app.db
                .write(Lock::company(), async move |tx| {
                    let books = Books::load(&**tx).await?;
                    accounts::create(tx, system, now, &books, NewAccount { facts, owner }).await
                })
                .await
        };
        let yuanheng = account("苏州远恒电力设备有限公司", "远恒电力设备", "strategic", lin).await?;
        let qingrui = account("南京青瑞乳业股份有限公司", "青瑞乳业", "core", lin).await?;
        let haihong = account("上海海宏轨道交通装备有限公司", "海宏轨道交通", "core", lin).await?;
        account("杭州云栖数据有限公司", "云栖数据", "general", lin).await?;
        let jiasheng = account("宁波嘉盛汽车零部件有限公司", "嘉盛汽车零部件", "key", zhou).await?;
        let person = async |account: &Account, name: &str, title: &str| {
            let facts = ContactFacts { name: name.to_owned(), title: title.to_owned(), ..ContactFacts::default() };
            let (system, account) = (&system, account.id);
            app.db
                .write(Lock::account(account), async move |tx| {
                    let editor = accounts::editor(&**tx, system, account).await?;
                    accounts::add_contact(tx, system, now, &editor, facts).await
                })
                .await
        };
        let wang = person(&yuanheng, "王建国", "采购总监").await?;
        let li = person(&yuanheng, "李敏", "设备部主管").await?;
        person(&yuanheng, "孙立", "总工程师").await?;
        let zhao = person(&qingrui, "赵倩", "供应链经理").await?;
        person(&haihong, "钱峰", "总经理").await?;
        person(&haihong, "沈悦", "采购主管").await?;
        person(&jiasheng, "郑凯", "采购经理").await?;
        let (seated, system) = (yuanheng.id, &system);
        app.db
            .write(Lock::account(seated), async move |tx| {
                let editor = accounts::editor(&**tx, system, seated).await?;
                accounts::set_role(tx, system, now, &editor, chen, AccountRole::Expert).await
            })
            .await?;
        clock.set(at(NOW));
        duties::tick(&app.db, app.clock.now()).await?;
        let router = compose::router(&app);
        Ok(Cast {
            app,
            clock,
            router,
            lin,
            he,
            zhou,
            chen,
            wu,
            research,
            yuanheng,
            qingrui,
            haihong,
            jiasheng,
            wang,
            li,
            zhao,
        })
    }

    pub async fn actor(&self, member: MemberId) -> anyhow::Result<Actor> {
        directory::actor(self.app.db.read(), member, Door::Web).await?.context("an active member")
    }

    /// A session cookie of the member with that login.
    pub async fn token(&self, login: &str) -> anyhow::Result<String> {
        Ok(sign_in::sign_in(&self.app.db, self.app.clock.now(), login, PASSWORD, "test", "127.0.0.1").await?)
    }

    /// The product as the member with that login uses it.
    pub async fn signed_in(&self, login: &str) -> anyhow::Result<Hand> {
        let token = self.token(login).await?;
        let session =
            sign_in::identify(self.app.db.read(), &token, self.app.clock.now()).await?.context("a session")?;
        Ok(Hand { router: self.router.clone(), token, csrf: session.csrf })
    }

    pub async fn books(&self) -> Result<Books, Error> {
        Ok(Books::load(self.app.db.read()).await?)
    }

    pub fn wait(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Serves the product on a free port; answers its address.
    pub async fn serve(&self) -> anyhow::Result<String> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let service = self.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(axum::serve(listener, service).into_future());
        compose::background(&self.app);
        Ok(address)
    }
}

/// Somebody at the keyboard.
pub struct Hand {
    router: Router,
    token: String,
    csrf: String,
}

/// What came back.
#[derive(Debug)]
pub struct Seen {
    pub status: StatusCode,
    pub to: String,
    pub flash: String,
    pub body: String,
}

impl Seen {
    pub fn shows(&self, text: &str) -> bool {
        self.body.contains(text)
    }

    /// The last part of the address that the answer leads to.
    pub fn id(&self) -> &str {
        self.to.rsplit('/').next().unwrap_or_default()
    }
}

impl Hand {
    pub async fn get(&self, path: &str) -> anyhow::Result<Seen> {
        self.ask(Request::get(path), String::new(), false).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<Seen> {
        self.ask(Request::post(path), self.encoded(fields), false).await
    }

    /// As htmx posts a form.
    pub async fn post_part(&self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<Seen> {
        self.ask(Request::post(path), self.encoded(fields), true).await
    }

    fn encoded(&self, fields: &[(&str, &str)]) -> String {
        let all = fields.iter().copied().chain([("_csrf", self.csrf.as_str())]);
        all.map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
    }

    async fn ask(&self, request: axum::http::request::Builder, body: String, part: bool) -> anyhow::Result<Seen> {
        let mut request = request
            .header(header::COOKIE, format!("kehu_session={}", self.token))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if part {
            request = request.header("hx-request", "true");
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body))?).await?;
        let text = |name| response.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let (status, to, cookie) = (response.status(), text(header::LOCATION), text(header::SET_COOKIE));
        let flash = cookie.strip_prefix("kehu_flash=").and_then(|rest| rest.split(';').next()).unwrap_or_default();
        let flash = decode(flash);
        let body = String::from_utf8(to_bytes(response.into_body(), 1 << 24).await?.to_vec())?;
        Ok(Seen { status, to, flash, body })
    }
}

fn decode(encoded: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), encoded.as_bytes());
    while let Some((first, tail)) = rest.split_first() {
        match (*first, tail) {
            (b'%', [high, low, after @ ..]) => {
                let digit = |b: u8| (b as char).to_digit(16).unwrap_or(0) as u8;
                bytes.push(digit(*high) * 16 + digit(*low));
                rest = after;
            }
            (byte, _) => {
                bytes.push(byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
