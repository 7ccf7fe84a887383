//! Today of an account manager on a Monday.

use kehu_core::Locale;
use kehu_platform::web::kit::*;
use maud::{Markup, html};

const L: Locale = Locale::ZhHans;

pub fn page() -> Markup {
    let head = PageHead {
        title: "今日",
        sub: html! { "11月23日 星期一 · 第 48 周 · 本周还欠 7 次通话、3 次拜访" },
        ..PageHead::default()
    };
    html! {
        (page_head(&head))
        div.k-cols {
            div { (owed_now()) }
            aside.k-stack { (side()) }
        }
    }
}

fn owed_now() -> Markup {
    html! {
        (group_heading(Tone::Bad, "已逾期", 3))
        (owed(L, &row("远恒电力设备", "4.2.3", "答复「备件交期」——11月18日拜访时的承诺").due(Tone::Bad, "逾期 3 天").actions(act("写答复"))))
        (owed(L, &row("青瑞乳业", "4.2.3", "11月20日拜访").due(Tone::Bad, "逾期 5 小时").actions(act("写纪要")).steps(vec![
            Step::done("拜访", Some("/visit".into())),
            Step::open("纪要", Some("/minutes".into())).due(Tone::Bad, "逾期 5 小时"),
            Step::open("答复「冷链验证」", Some("/question".into())).due(Tone::Quiet, "11月27日"),
            Step::done("样品寄出", Some("/promise".into())),
        ])))
        (owed(L, &row("海宏轨道交通", "4.4.1", "上周没有通话；上次 11月9日 与采购总监").due(Tone::Bad, "已缺一周").actions(html! {
            (button_link(Look::Quiet, "#explain", "说明", None)) (act("记录通话"))
        })))
        (group_heading(Tone::Warn, "今天到期", 2))
        (owed(L, &row("嘉盛汽车零部件", "4.2.2", "明天 9:30 拜访：准备还差「问答要点」").tags(tag(Tone::Accent, "战略")).due(Tone::Warn, "今天 18:00").actions(act("去准备"))))
        (owed(L, &row("12 月拜访计划", "4.2.1", "提交给组长审核，已按要求拟好 9 项").due(Tone::Warn, "今天").actions(act("查看并提交"))))
        (group_heading(Tone::Quiet, "本周", 4))
        (folded(L, &row("本周还差 3 家通话", "4.4.1", "中鼎医药、瑞凯智能装备、安信水务").due(Tone::Quiet, "周五前"), false, html! {
            (owed(L, &row("中鼎医药", "4.4.1", "上次 11月18日 与设备科长").due(Tone::Quiet, "周五").actions(act("记录通话"))))
            (owed(L, &row("瑞凯智能装备", "4.4.1", "上次 11月17日 与采购经理").due(Tone::Quiet, "周五").actions(act("记录通话"))))
            (owed(L, &row("安信水务", "4.4.1", "上次 11月16日，未接通").due(Tone::Quiet, "周五").actions(act("记录通话"))))
        }))
        (owed(L, &row("瑞凯智能装备", "4.4.1", "11 月面访：月底前，已约 26 日").due(Tone::Quiet, "剩 7 天").actions(act("打开拜访"))))
        (dialog(L, "explain", "说明：海宏轨道交通", post_form("sample", "/explain", html! {
            (textarea(L, &Field::new("text", "为什么没有通话").hint("组长会看到，记录不可删除").required().wide(), 3))
            (form_actions(submit(Look::Primary, "提交说明")))
        })))
    }
}

fn side() -> Markup {
    html! {
        (side_card("", None, None, html! {
            div.k-figure {
                (ring("94%", &[
                    Share::new(Tone::Good, 62, "按时"), Share::new(Tone::Warn, 2, "迟完成"), Share::new(Tone::Bad, 2, "未履行"),
                ]))
                div { strong { "本月按时履行" } a href="/kept" { b { "62 / 66" } " 项；上月 91%" } }
            }
        }))
        (side_card("等我审批", Some(2), Some("/approvals"), html! {
            (side_line("/a/1", html! {}, "客户等级调整 · 安信水务 → 核心"))
            (side_line("/a/2", html! {}, "免责申请 · 停产检修周不通话"))
        }))
        (side_card("对客户的承诺", Some(5), Some("/promises"), html! {
            (side_line("/p/1", due("11/20", Tone::Bad), "备件交期答复 · 远恒"))
            (side_line("/p/2", due("11/25", Tone::Quiet), "样品寄送 · 嘉盛"))
            (side_line("/p/3", due("11/27", Tone::Quiet), "培训方案 · 中鼎"))
        }))
    }
}

fn due(day: &str, tone: Tone) -> Markup {
    html! { span.k-due.(tone.class()) { (day) } }
}

fn row(who: &str, clause: &str, why: &str) -> Owed {
    Owed::new(who).href("/account.html").clause(clause, format!("/rulebook.html#c{clause}")).why(html! { (why) })
}

fn act(label: &str) -> Markup {
    button_link(Look::Row, "/form.html", label, None)
}
