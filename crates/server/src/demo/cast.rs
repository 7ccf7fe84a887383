//! The people of the demo company: 衡川智控, a supplier of drives and control systems.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use kehu_core::calendar::{Calendar, Zone};
use kehu_core::{Actor, DepartmentId, Door, LeaveId, Locale, MemberId, Position, TeamId};
use kehu_platform::db::{DbFault, Tx};
use kehu_platform::directory::past_store::{self, PastMember};
use kehu_platform::directory::{self, Leave, MemberDraft};
use kehu_platform::journal::{Entry, Past};
use serde_json::json;

use super::words::Helper;

pub const COMPANY: &str = "衡川智控技术股份有限公司";

const TEAMS: [(&str, &str); 2] = [("大客户一部", "liangzhenyu"), ("大客户二部", "sumin")];
const DEPARTMENTS: [(&str, &str); 4] =
    [("人力资源部", "fangyaqin"), ("研发部", "baiyuxuan"), ("供应链部", "malijuan"), ("财务部", "yuanhui")];

/// The account managers, in the order of their customers.
pub const MANAGERS: [&str; 8] =
    ["linxiao", "zhenghaoran", "tangjing", "huangsiyuan", "chenlixin", "luowei", "xuzhiqiang", "dengjiayi"];

/// Left half a year ago; what he had went to the fourth manager, who came for it.
pub const PREDECESSOR: &str = "hejianguo";
pub const SUCCESSOR: usize = 3;

struct Part {
    login: &'static str,
    name: &'static str,
    position: Position,
    team: Option<usize>,
    department: Option<usize>,
    specialties: &'static str,
}

const fn part(
    login: &'static str,
    name: &'static str,
    position: Position,
    team: Option<usize>,
    department: Option<usize>,
    specialties: &'static str,
) -> Part {
    Part { login, name, position, team, department, specialties }
}

static PARTS: [Part; 27] = [
    part("liangzhenyu", "梁振宇", Position::TeamLead, Some(0), None, "电力、冶金大项目"),
    part("sumin", "苏敏", Position::TeamLead, Some(1), None, "食品医药、出口项目"),
    part("linxiao", "林晓", Position::AccountManager, Some(0), None, "电力、轨道交通"),
    part("zhenghaoran", "郑浩然", Position::AccountManager, Some(0), None, "建材、化工"),
    part("tangjing", "唐婧", Position::AccountManager, Some(0), None, "西北区域"),
    part("huangsiyuan", "黄思远", Position::AccountManager, Some(0), None, "电子、港口"),
    part("chenlixin", "陈立新", Position::AccountManager, Some(1), None, "半导体、港机"),
    part("luowei", "罗薇", Position::AccountManager, Some(1), None, "新材料、食品"),
    part("xuzhiqiang", "许志强", Position::AccountManager, Some(1), None, "工程机械"),
    part("dengjiayi", "邓佳怡", Position::AccountManager, Some(1), None, "冶金、物流装备"),
    part("duanmingzhe", "段明哲", Position::IndustryExpert, Some(0), None, "电力与能源行业方案"),
    part("xieyutong", "谢雨桐", Position::IndustryExpert, Some(1), None, "食品与医药行业方案"),
    part("mengfan", "孟凡", Position::TechnicalSupport, Some(0), None, "变频与伺服"),
    part("jialin", "贾琳", Position::TechnicalSupport, Some(1), None, "DCS 与工业网络"),
    part("tianye", "田野", Position::AfterSales, Some(0), None, "西部片区现场服务"),
    part("jianghaiyan", "江海燕", Position::AfterSales, Some(1), None, "东部片区现场服务"),
    part("shenguoliang", "沈国梁", Position::CompanyLeadership, None, None, "总经理"),
    part("qiaowenjing", "乔文静", Position::CompanyLeadership, None, None, "分管销售副总经理"),
    part("fangyaqin", "方雅琴", Position::HumanResources, None, Some(0), "绩效与培训"),
    part("songjie", "宋杰", Position::Administrator, None, None, "系统管理"),
    part("baiyuxuan", "白宇轩", Position::DepartmentStaff, None, Some(1), "研发接口人"),
    part("caoyue", "曹悦", Position::DepartmentStaff, None, Some(1), "驱动产品"),
    part("malijuan", "马丽娟", Position::DepartmentStaff, None, Some(2), "供应链接口人"),
    part("panjun", "潘俊", Position::DepartmentStaff, None, Some(2), "计划与交付"),
    part("yuanhui", "袁慧", Position::DepartmentStaff, None, Some(3), "财务接口人"),
    part("dingnan", "丁楠", Position::DepartmentStaff, None, Some(3), "应收与开票"),
    part(PREDECESSOR, "何建国", Position::AccountManager, Some(0), None, "华南区域"),
];

/// Everybody, with what happened to whom when.
pub struct Cast {
    pub members: Vec<PastMember>,
    pub teams: Vec<TeamId>,
    departments: Vec<DepartmentId>,
    pub leaves: Vec<(Leave, DateTime<Utc>)>,
    pub handed_over_at: DateTime<Utc>,
    /// When the company began to work with Kehu.
    pub since: DateTime<Utc>,
    zone: Zone,
}

impl Cast {
    /// The people as of `today`, with a hash of the password that all of them have.
    pub fn new(today: NaiveDate, since: NaiveDate, calendar: &Calendar, password_hash: &str) -> Self {
        let zone = calendar.zone();
        let at = |day: NaiveDate, hour| moment(zone, day, hour, 0);
        let started = at(since, 9);
        let handover_day = calendar.add_working_days(today - Days::new(182), -1);
        let teams: Vec<TeamId> = TEAMS.iter().map(|_| TeamId::new(started)).collect();
        let departments: Vec<DepartmentId> = DEPARTMENTS.iter().map(|_| DepartmentId::new(started)).collect();
        let mut members = Vec::new();
        for (n, part) in PARTS.iter().enumerate() {
            let joined_on = if part.login == MANAGERS[SUCCESSOR] { handover_day - Days::new(21) } else { since };
            let joined_at = moment(zone, joined_on, 9, 5 + n as u32);
            members.push(PastMember {
                id: MemberId::new(joined_at),
                draft: MemberDraft {
                    login: part.login.to_owned(),
                    name: part.name.to_owned(),
                    positions: [part.position].into_iter().collect(),
                    team: part.team.map(|team| teams[team]),
                    department: part.department.map(|department| departments[department]),
                    specialties: part.specialties.to_owned(),
                    email: format!("{}@hengchuan.example", part.login),
                    mobile: format!("1300000{:04}", 9001 + n),
                    locale: Locale::default(),
                    zone: zone.name().to_owned(),
                },
                password_hash: (part.login != PREDECESSOR).then(|| password_hash.to_owned()),
                joined_at,
                left_on: (part.login == PREDECESSOR).then_some(handover_day),
            });
        }
        let mut cast = Self {
            members,
            teams,
            departments,
            leaves: Vec::new(),
            handed_over_at: at(handover_day, 17),
            since: started,
            zone,
        };
        // Two weeks away in the past, and somebody who is away right now.
        let monday = |weeks: u64| {
            kehu_core::calendar::Window::containing(kehu_core::calendar::WindowKind::Week, today - Days::new(weeks * 7))
                .start
        };
        cast.leave(
            "tangjing",
            "zhenghaoran",
            (monday(7), monday(6) + Days::new(4)),
            "年休假，回老家探亲",
            at(monday(9), 10),
        );
        let away = calendar.add_working_days(today, -1);
        let back = calendar.add_working_days(today, 3);
        cast.leave("luowei", "dengjiayi", (away, back), "外出培训", at(away - Days::new(6), 14));
        cast
    }

    fn leave(
        &mut self,
        member: &str,
        deputy: &str,
        days: (NaiveDate, NaiveDate),
        reason: &str,
        announced_at: DateTime<Utc>,
    ) {
        let leave = Leave {
            id: LeaveId::new(announced_at),
            member: self.id(member),
            deputy: self.id(deputy),
            starts_on: days.0,
            ends_on: days.1,
            reason: reason.to_owned(),
        };
        self.leaves.push((leave, announced_at));
    }

    /// The member with a login of [`PARTS`].
    pub fn id(&self, login: &str) -> MemberId {
        let found = self.members.iter().find(|m| m.draft.login == login);
        found.map_or_else(|| unreachable!("{login} is in the cast"), |m| m.id)
    }

    pub fn manager(&self, number: usize) -> MemberId {
        self.id(MANAGERS[number])
    }

    pub fn name(&self, id: MemberId) -> &str {
        self.members.iter().find(|m| m.id == id).map_or("", |m| &m.draft.name)
    }

    /// The team of a manager, by number.
    pub fn team_of(&self, manager: usize) -> usize {
        manager / 4
    }

    pub fn leader(&self, team: usize) -> MemberId {
        self.id(TEAMS[team].1)
    }

    /// Whoever of a team holds the position.
    pub fn of_team(&self, team: usize, position: Position) -> MemberId {
        let team = self.teams[team];
        let found = self.members.iter().find(|m| m.draft.team == Some(team) && m.draft.positions.holds(position));
        found.map_or_else(|| unreachable!("every team has its {position}"), |m| m.id)
    }

    /// The department that helps, with its liaison.
    pub fn helper(&self, helper: Helper) -> Option<(DepartmentId, MemberId)> {
        let number = match helper {
            Helper::Nobody => return None,
            Helper::Research => 1,
            Helper::Supply => 2,
            Helper::Finance => 3,
        };
        Some((self.departments[number], self.id(DEPARTMENTS[number].1)))
    }

    pub fn liaison(&self, department: DepartmentId) -> Option<MemberId> {
        let number = self.departments.iter().position(|id| *id == department)?;
        Some(self.id(DEPARTMENTS[number].1))
    }

    /// Who speaks for a member on a day: the member or the deputy.
    pub fn in_charge(&self, member: MemberId, day: NaiveDate) -> MemberId {
        self.leaves.iter().find(|(leave, _)| leave.covers(member, day)).map_or(member, |(leave, _)| leave.deputy)
    }

    /// Writes the directory.
    pub async fn enter(&self, tx: &Tx) -> Result<(), DbFault> {
        past_store::found_company(tx, self.since, COMPANY, self.zone.name(), true).await?;
        let teams: Vec<_> =
            TEAMS.iter().zip(&self.teams).map(|((name, leader), id)| (*id, *name, self.id(leader))).collect();
        past_store::teams(tx, &teams).await?;
        let departments: Vec<_> = DEPARTMENTS
            .iter()
            .zip(&self.departments)
            .map(|((name, liaison), id)| (*id, *name, self.id(liaison)))
            .collect();
        past_store::departments(tx, &departments).await?;
        past_store::members(tx, &self.members).await?;
        past_store::leaves(tx, &self.leaves).await
    }

    /// What the directory's journal says of it.
    pub fn journal(&self) -> Vec<Past> {
        let company = Entry::new("company", directory::COMPANY, "added")
            .after(json!({ "name": COMPANY, "zone": self.zone.name() }));
        let mut history = vec![self.by_system(self.since, company)];
        for ((name, leader), id) in TEAMS.iter().zip(&self.teams) {
            let entry = Entry::new("team", *id, "added").after(json!({ "name": name, "leader": self.id(leader) }));
            history.push(self.by("songjie", self.since, entry));
        }
        for ((name, liaison), id) in DEPARTMENTS.iter().zip(&self.departments) {
            let entry =
                Entry::new("department", *id, "added").after(json!({ "name": name, "liaison": self.id(liaison) }));
            history.push(self.by("songjie", self.since, entry));
        }
        for member in &self.members {
            let draft = &member.draft;
            let entry = Entry::new("member", member.id, "added").after(json!({
                "login": draft.login,
                "name": draft.name,
                "positions": draft.positions.iter().map(Position::code).collect::<Vec<_>>(),
                "team": draft.team,
                "department": draft.department,
            }));
            history.push(self.by("songjie", member.joined_at, entry));
            if let Some(left_on) = member.left_on {
                let entry = Entry::new("member", member.id, "left").after(json!({ "left_on": left_on }));
                history.push(self.by("songjie", self.handed_over_at, entry));
            }
        }
        for (leave, announced_at) in &self.leaves {
            let entry = Entry::new("member", leave.member, "leave_announced").after(json!({
                "leave": leave.id, "deputy": leave.deputy, "starts_on": leave.starts_on, "ends_on": leave.ends_on,
            }));
            history.push(self.entry_by(leave.member, *announced_at, entry));
        }
        history
    }

    fn by(&self, login: &str, at: DateTime<Utc>, entry: Entry) -> Past {
        self.entry_by(self.id(login), at, entry)
    }

    fn by_system(&self, at: DateTime<Utc>, entry: Entry) -> Past {
        Past { at, member: None, name: "kehu".to_owned(), door: Door::CommandLine, entry }
    }

    /// An entry that nobody in person made.
    pub fn entry_by_clock(&self, at: DateTime<Utc>, entry: Entry) -> Past {
        let system = Actor::system();
        Past { at, member: None, name: system.name, door: system.door, entry }
    }

    /// An entry of the journal as if the member had made it on a page.
    pub fn entry_by(&self, member: MemberId, at: DateTime<Utc>, entry: Entry) -> Past {
        Past { at, member: Some(member), name: self.name(member).to_owned(), door: Door::Web, entry }
    }
}

/// An instant by the company's clock.
pub fn moment(zone: Zone, day: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour.min(23), minute % 60, 0).unwrap_or_default();
    zone.instant(day.and_time(time))
}
