//! The list of accounts and the page of one.

use kehu_core::Locale;
use kehu_platform::web::kit::*;
use maud::{Markup, html};

const L: Locale = Locale::ZhHans;

pub fn list() -> Markup {
    let head = PageHead {
        title: "客户档案",
        sub: html! { "60 家大客户，另有 12 家未对应等级" },
        actions: html! {
            (button_link(Look::Plain, "/import.html", "导入台账", Some(Icon::FileImport)))
            (button_link(Look::Plain, "/new", "新建客户", Some(Icon::Plus)))
        },
        ..PageHead::default()
    };
    let tiers = [Choice::new("a", "战略"), Choice::new("b", "核心"), Choice::new("c", "重点")];
    let bar = FilterBar {
        action: "/accounts.html",
        search: Some(("q", "", "名称、信用代码、拼音首字母")),
        controls: html! {
            (filter_select("tier", "等级", &tiers, "b"))
            (filter_select("stage", "阶段", &[Choice::new("1", "合作中")], ""))
            (filter_select("owner", "客户经理", &[Choice::new("1", "林晓")], ""))
            (filter_select("team", "团队", &[Choice::new("1", "华东组")], ""))
            (filter_select("overdue", "履行情况", &[Choice::new("1", "有逾期")], ""))
        },
        active: &[ActiveFilter { label: "等级：核心".into(), without: "/accounts.html".into() }],
        keep: &[("sort", "name")],
    };
    let columns = [
        Column::new("客户").sort("?sort=-name", Sorted::Up),
        Column::new("等级"),
        Column::new("客户经理").sort("?sort=owner", Sorted::No),
        Column::new("地区").minor(),
        Column::new("最近沟通").sort("?sort=last", Sorted::No),
        Column::new("本月面访").numeric(),
        Column::new("年成交额").numeric().sort("?sort=amount", Sorted::No),
        Column::new("本周通话"),
    ];
    let rows: Vec<TableRow> = [
        ("远恒电力设备", "KA-0001", "战略", "林晓", "江苏南京", "11月18日", "1", "2,380.00 万", State::Overdue),
        ("青瑞乳业", "KA-0002", "核心", "林晓", "内蒙古呼和浩特", "11月20日", "1", "860.50 万", State::Met),
        ("海宏轨道交通", "KA-0007", "核心", "周启明", "湖南株洲", "11月9日", "0", "1,204.00 万", State::Missed),
        ("嘉盛汽车零部件", "KA-0009", "战略", "林晓", "浙江宁波", "11月19日", "2", "3,015.20 万", State::Due),
        ("中鼎医药", "KA-0013", "重点", "何静", "山东济南", "11月18日", "0", "415.00 万", State::Open),
        ("安信水务", "KA-0021", "重点", "何静", "安徽合肥", "11月16日", "1", "96.80 万", State::Waived),
        ("天华半导体", "KA-0024", "核心", "周启明", "上海", "11月17日", "1", "5,120.00 万", State::MetLate),
    ]
    .into_iter()
    .map(|(name, number, tier, owner, region, last, visits, amount, state)| {
        let tone = if state == State::Overdue || state == State::Missed { Tone::Bad } else { Tone::Quiet };
        TableRow::new(vec![
            html! { a href="/account.html" { (name) } small { (number) } },
            tag(if tier == "战略" { Tone::Accent } else { Tone::Quiet }, tier),
            html! { (owner) },
            html! { (region) },
            html! { (last) },
            html! { (visits) },
            html! { (amount) },
            state_badge(L, state),
        ])
        .tone(tone)
    })
    .collect();
    html! {
        (page_head(&head))
        (filter_bar(L, &bar))
        (table(L, "客户", &columns, &rows))
        (pager(L, &Pager { first: 1, last: 7, total: 60, previous: None, next: Some("?page=2") }))
    }
}

pub fn page() -> Markup {
    let crumbs = [Crumb::new("/accounts.html", "客户档案"), Crumb::new("/accounts.html?tier=a", "战略客户")];
    let head = PageHead {
        title: "远恒电力设备",
        tags: html! { (tag(Tone::Accent, "战略")) (tag(Tone::Quiet, "合作中")) },
        sub: html! { "KA-0001 · 客户经理 林晓 · 江苏南京" },
        crumbs: &crumbs,
        actions: html! {
            (button_link(Look::Plain, "/form.html", "记录通话", Some(Icon::Phone)))
            (button_link(Look::Plain, "/form.html", "记录面访", Some(Icon::MapPin)))
            (icon_link("/edit", "编辑客户资料", Icon::Pencil))
        },
    };
    let parts = [
        Tab::new("#", "概况", true),
        Tab::new("#", "联系人", false).count(6),
        Tab::new("#", "往来", false).count(48),
        Tab::new("#", "义务", false).count(104),
    ];
    html! {
        (page_head(&head))
        (tabs("客户的各部分", &parts))
        div.k-cols {
            div.k-stack {
                (panel("欠着的事", html! {}, html! {
                    (owed(L, &Owed::new("答复「备件交期」").clause("4.2.3", "/rulebook.html").why(html! { "11月18日拜访时的承诺，林晓" })
                        .due(Tone::Bad, "逾期 3 天").actions(button_link(Look::Row, "/form.html", "写答复", None))))
                }))
                (panel("往来", button_link(Look::Quiet, "/all", "全部 48 条", None), happened()))
            }
            aside.k-stack { (side()) }
        }
    }
}

fn happened() -> Markup {
    timeline(&[
        TimelineDay {
            day: "11月18日 星期三".into(),
            entries: vec![
                Entry::new(
                    Icon::MapPin,
                    "14:00–16:10",
                    html! { "林晓 拜访了 " a href="#" { "王建国" } "、" a href="#" { "李敏" } },
                )
                .tone(Tone::Accent)
                .body(html! { "谈妥明年框架协议的付款方式。\n对方提出备件交期太长，约定 11月20日 前答复。" }),
                Entry::new(
                    Icon::Note,
                    "16:55",
                    html! { "林晓 发出拜访纪要，8 人中 7 人已读 " (state_badge(L, State::Met)) },
                ),
            ],
        },
        TimelineDay {
            day: "11月11日 星期三".into(),
            entries: vec![
                Entry::new(Icon::PhoneOff, "10:20", html! { "林晓 给王建国打电话，未接通" }),
                Entry::new(
                    Icon::Phone,
                    "15:05",
                    html! { "林晓 与王建国通话 " (state_badge(L, State::Met)) " " (tag(Tone::Quiet, "补录")) },
                )
                .tone(Tone::Good),
            ],
        },
    ])
}

fn side() -> Markup {
    html! {
        (side_card("资料", None, None, facts(&[
            ("统一社会信用代码", html! { "91320100MA1W2T3X4A" }),
            ("行业", html! { "电力设备制造" }),
            ("地址", html! { "南京市江宁区诚信大道 19 号" }),
            ("所属集团", html! {}),
        ])))
        (side_card("客户团队", Some(3), None, html! {
            (person("林晓", "客户经理")) (person("陈国梁", "团队负责人")) (person("Ada Lovelace", "行业专家"))
        }))
        (side_card("联系人", Some(6), Some("#"), html! {
            (contact_row("王建国", "#", "采购总监 · 供应链中心", tag(Tone::Quiet, "决策者"), html! {
                a href="tel:13800000000" { (icon(Icon::Phone)) "138 0000 0000" }
            }))
            (contact_row("李敏", "#", "设备部主管", html! {}, html! { a href="tel:02580000000" { (icon(Icon::Phone)) "025 8000 0000" } }))
        }))
    }
}
