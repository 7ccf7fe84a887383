//! The smaller parts side by side.

use kehu_core::Locale;
use kehu_platform::web::kit::*;
use maud::{Markup, html};

const L: Locale = Locale::ZhHans;

pub fn page() -> Markup {
    let states = [
        State::Open,
        State::Due,
        State::Overdue,
        State::Met,
        State::MetLate,
        State::Missed,
        State::Waived,
        State::Cancelled,
    ];
    let said = |tone, text: &str| flash(&Flash { tone, text: text.into(), link: Some(("#".into(), "撤销".into())) });
    html! {
        (page_head(&PageHead { title: "部件", ..PageHead::default() }))
        (said(Tone::Good, "已保存：远恒电力设备的通话，本周通话义务已履行。"))
        (said(Tone::Warn, "这条记录刚被何静改过，请核对后再保存。"))
        div.k-two {
            (panel("状态", html! {}, html! {
                p { @for state in states { (state_badge(L, state)) " " } }
                p { @for state in states { (state_mark(L, state)) " " } }
                p { @for tone in [Tone::Quiet, Tone::Good, Tone::Warn, Tone::Bad, Tone::Accent] { (tag(tone, "标签")) " " } }
            }))
            (panel("按钮", html! {}, html! {
                (toolbar(html! {
                    (button_link(Look::Primary, "#", "主要", Some(Icon::Plus))) (button_link(Look::Plain, "#", "普通", None))
                    (button_link(Look::Row, "#", "行内", None)) (button_link(Look::Quiet, "#", "次要", None))
                    (post_button("sample", "/end", Look::Danger, "撤回")) (icon_link("#", "编辑", Icon::Pencil))
                }))
                (disclosure("条款原文", true, html! { p { "每个大客户每周至少通话一次。" } }))
                (disclosure("历史", false, html! { p { "……" } }))
            }))
        }
        br;
        (panel("详情", html! {}, facts(&[
            ("条款", clause_chips(L, &[("4.4.1", "#"), ("4.2.3", "#")])),
            ("责任人", person("周启明", "客户经理")),
            ("期限", html! { "11月27日 星期五" }),
            ("证据", html! {}),
        ])))
    }
}

pub fn blanks() -> Markup {
    html! {
        (page_head(&PageHead { title: "拜访", ..PageHead::default() }))
        (panel("", html! {}, empty(Icon::MapPin, "还没有拜访", "约好的拜访会按日期排在这里。", button_link(Look::Plain, "#", "计划一次拜访", Some(Icon::Plus)))))
        (panel("", html! {}, forbidden(L, "/")))
        (panel("", html! {}, not_found(L, "/")))
        (panel("", html! {}, fault(L, "/", "0199-7c2e")))
    }
}
