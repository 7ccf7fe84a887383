//! The last two weeks of the first account manager, told one by one, so that their Today has
//! something of everything on whatever day the demo is opened.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use kehu_customer::communications::{Kind, Place};

use super::chance::Chance;
use super::customers::Customer;
use super::log::{Log, Talk};
use super::words::{Ask, Helper};

const LATE_PARTS: Ask = Ask {
    text: "{p}的备件交期能否确定到周？",
    spot: "",
    solution: "请供应链部核实在途批次，按周给出到货计划。",
    told: "",
    helper: Helper::Supply,
};
const SAMPLE: Ask = Ask {
    text: "样机什么时候寄到{l}？",
    spot: "",
    solution: "仓库备好后用专车送达，附检验报告。",
    told: "",
    helper: Helper::Supply,
};
const TRAINING: Ask = Ask {
    text: "{l}班组的操作培训方案能否先给一版？",
    spot: "",
    solution: "与技术支持商定课程，先给日程和教材目录。",
    told: "",
    helper: Helper::Nobody,
};
const PROTOCOL: Ask = Ask {
    text: "{p}的通讯点表能否按我们的格式提供？",
    spot: "",
    solution: "请研发部按客户模板导出点表。",
    told: "",
    helper: Helper::Research,
};
const SAVING: Ask = Ask {
    text: "{l}节能改造的投资回收期是多久？",
    spot: "",
    solution: "用三个月抄表数据测算，给出测算表。",
    told: "",
    helper: Helper::Nobody,
};
const INTERFACE: Ask = Ask {
    text: "新旧控制柜能否并行运行一周？",
    spot: "可以并行，切换前逐点核对。",
    solution: "",
    told: "",
    helper: Helper::Nobody,
};

/// Tells the last two weeks of the first manager's customers, in the order of their list.
pub fn weeks(log: &mut Log<'_>, customers: &[Customer]) {
    calls(log, customers);
    let [yuanheng, qingrui, _, jiasui, dingzhi, ruikai, minan, tuoyuan] = customers else { return };
    let mut chance = Chance::of("recent", 0);
    let chance = &mut chance;

    // A promise that is overdue since yesterday.
    let day = log.day.days_away(-6);
    if let Some(of) = visit(
        log,
        yuanheng,
        chance,
        day,
        (10, 0),
        95,
        "到现场查看{p}运行情况，客户催问备件到货计划，并讨论{l}明年的改造。",
    ) {
        log.left_open(of, yuanheng, chance, &LATE_PARTS, log.day.days_away(-1), None);
        log.agreed(of, yuanheng, chance, "{l}改造先做现场勘察，费用由我方承担。", Some(log.day.days_away(8)));
        let sent_at = log.day.at(log.day.days_away(-5), 9, 10);
        log.minutes(of, yuanheng, chance, Some(sent_at));
    }
    // Minutes that should have gone out.
    visit(
        log,
        qingrui,
        chance,
        log.day.days_away(-2),
        (14, 0),
        120,
        "季度回访{l}，班组反映{p}操作界面字体偏小；与设备部核对了备件清单。",
    );
    // Yesterday's visit: minutes begun, a question open, something agreed.
    let day = log.day.days_away(-1);
    if let Some(of) =
        visit(log, jiasui, chance, day, (15, 20), 130, "与客户技术部评审{l}控制方案，确认采用冗余配置，样机先行试装。")
    {
        log.answered_there(of, jiasui, chance, &INTERFACE);
        log.left_open(of, jiasui, chance, &SAMPLE, log.day.days_away(2), None);
        log.agreed(of, jiasui, chance, "样机试装一个月，双方每周五核对一次数据。", Some(log.day.days_away(20)));
        log.minutes(of, jiasui, chance, None);
    }
    // Promises of the coming days.
    let today = if log.day.calendar.is_working(log.day.today) { log.day.today } else { log.day.days_away(1) };
    let promises: [(&Customer, i32, &Ask, NaiveDate); 4] = [
        (dingzhi, -3, &TRAINING, today),
        (minan, -4, &PROTOCOL, log.day.days_away(1)),
        (ruikai, -5, &SAVING, log.day.days_away(3)),
        (tuoyuan, -7, &PROTOCOL, log.day.days_away(5)),
    ];
    for (customer, days, ask, reply_by) in promises {
        let at = log.day.at(log.day.days_away(days), 10, 40);
        if let Some(of) = call(log, customer, chance, at, "客户提出一个技术问题，当时不能确定，约定会后答复。")
        {
            log.left_open(of, customer, chance, ask, reply_by, None);
        }
    }
}

/// Last week everybody but one was called; of this week's calls half are made by its middle.
fn calls(log: &mut Log<'_>, customers: &[Customer]) {
    let this = log.day.week();
    let last = this.previous();
    let mut chance = Chance::of("recent calls", 0);
    let (last_days, days) = (log.day.working_days(last.start, last.end), log.day.working_days(this.start, this.end));
    for (n, customer) in customers.iter().enumerate() {
        if let Some(day) = (!last_days.is_empty()).then(|| last_days[n % last_days.len()]) {
            let at = log.day.at(day, 14, 5 + n as u32);
            if n == 2 {
                unanswered(log, customer, &mut chance, at);
            } else {
                let summary = *chance.pick(&super::words::CALLS);
                call(log, customer, &mut chance, at, summary);
            }
        }
        let made = match n {
            0 | 7 => days.first(),
            3 => days.get(1),
            4 => days.get(2),
            _ => None,
        };
        if let Some(day) = made {
            let summary = *chance.pick(&super::words::CALLS);
            call(log, customer, &mut chance, log.day.at(*day, 9, 20 + n as u32), summary);
        }
    }
    if let Some(customer) = customers.get(2) {
        let at = log.day.at(log.day.days_away(-1), 16, 10);
        let summary = "线上评审{l}改造的施工图，客户提出四处修改。";
        let talk = talk(log, customer, Kind::VideoMeeting, at, 55, summary);
        log.talk(customer, &mut chance, talk);
    }
}

fn call(
    log: &mut Log<'_>,
    customer: &Customer,
    chance: &mut Chance,
    at: DateTime<Utc>,
    summary: &'static str,
) -> Option<usize> {
    let talk = talk(log, customer, Kind::PhoneCall, at, 12, summary);
    log.talk(customer, chance, talk)
}

fn unanswered(log: &mut Log<'_>, customer: &Customer, chance: &mut Chance, at: DateTime<Utc>) {
    let talk = talk(log, customer, Kind::PhoneCall, at, 0, super::words::UNANSWERED[1]);
    log.talk(customer, chance, Talk { connected: false, ..talk });
}

fn visit(
    log: &mut Log<'_>,
    customer: &Customer,
    chance: &mut Chance,
    day: NaiveDate,
    (hour, minute): (u32, u32),
    minutes: i64,
    summary: &'static str,
) -> Option<usize> {
    let at = log.day.at(day, hour, minute);
    let talk = talk(log, customer, Kind::Visit, at, minutes, summary);
    log.talk(customer, chance, Talk { people: 3, ..talk })
}

fn talk(
    log: &Log<'_>,
    customer: &Customer,
    kind: Kind,
    at: DateTime<Utc>,
    minutes: i64,
    summary: &'static str,
) -> Talk {
    let ended = at + Duration::minutes(minutes);
    Talk {
        kind,
        place: Place::AtCustomer,
        connected: true,
        at,
        ended,
        by: log.cast.in_charge(customer.account.owner, log.day.zone.local_date(at)),
        recorded_at: ended + Duration::minutes(6),
        people: 1,
        summary,
    }
}
