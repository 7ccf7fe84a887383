//! A small supplier with a team, its customers and the people there; and a member's own way in.

use chrono::{DateTime, Utc};
use kehu::compose;
use kehu_core::calendar::{Window, WindowKind};
use kehu_core::{Actor, Clock, DepartmentId, MemberId, Position, Positions};
use kehu_customer::accounts::{self, Account, AccountFacts, AccountRole, Contact, ContactFacts, NewAccount};
use kehu_customer::communications::{self, Communication};
use kehu_customer::duties::{self, Books};
use kehu_platform::db::{Db, Lock};
use kehu_platform::directory::{self, CompanyDraft, DepartmentDraft, MemberDraft, TeamDraft};
use kehu_platform::web::App;
use kehu_rulebook::obligations::{self, State};
use kehu_testkit::TestDatabase;

use crate::client::Client;

/// Tuesday 24 November 2026, 14:30 in Shanghai.
pub const NOW: &str = "2026-11-24T14:30:00+08:00";
const PASSWORD: &str = "海河-风-4417";

pub fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// Everybody and everything of the little company.
pub struct Cast {
    pub app: App,
    /// Account manager of 远恒, 青瑞 and 海宏.
    pub lin: MemberId,
    /// Account manager of 嘉盛.
    pub zhou: MemberId,
    /// The team's leader.
    pub he: MemberId,
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
        Ok(Cast { app, lin, zhou, he, chen, wu, research, yuanheng, qingrui, haihong, jiasheng, wang, li, zhao })
    }

    /// A browser in which the member with that login is signed in, with a form's token at hand.
    pub async fn signed_in(&self, login: &str) -> Client {
        Client::signed_in(&self.app, login, PASSWORD).await
    }

    /// How the account's obligation of a rule stands in the window that runs now.
    pub async fn owed(&self, account: &Account, rule: &str) -> State {
        let on = self.app.db.read();
        let today = self.books().await.zone().local_date(self.app.clock.now());
        let kind = if rule == "weekly_call" { WindowKind::Week } else { WindowKind::Month };
        let window = Window::containing(kind, today).start.to_string();
        let found = obligations::of_window(on, rule, &window, Some(&[account.id.uuid()])).await.unwrap();
        found[0].state
    }

    pub async fn books(&self) -> Books {
        Books::load(self.app.db.read()).await.unwrap()
    }

    /// The latest contact with the account.
    pub async fn latest(&self, account: &Account) -> Communication {
        communications::latest(self.app.db.read(), account.id, None, 1).await.unwrap().remove(0)
    }
}
