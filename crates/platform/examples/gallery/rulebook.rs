//! The fourth chapter of the rulebook, as a reader sees it.

use kehu_platform::web::kit::*;
use maud::{Markup, html};

pub fn page() -> Markup {
    let head = PageHead {
        title: "大客户团队管理办法",
        tags: tag(Tone::Good, "施行中"),
        sub: html! { "第 3 版 · 2026年10月1日起施行 · 28 人中 26 人已阅知" },
        actions: html! {
            (button_link(Look::Plain, "/rulebook/draft", "修订", Some(Icon::Pencil)))
            (button_link(Look::Plain, "/rulebook/print", "打印", Some(Icon::Printer)))
        },
        ..PageHead::default()
    };
    html! {
        (print_head("华澜工业", "大客户团队管理办法 第 3 版", "2026年11月23日打印"))
        (page_head(&head))
        (document(html! {
            h2 { "第四章 日常工作" }
            h3 { "4.2 客户拜访" }
            (clause("4.2.1", "拜访计划", html! {
                "每月底前拟定下月拜访计划，写明对象、目的、时间和内容；组长在 " (parameter("3 个工作日", Some("#p1"))) " 内审核。"
            }, Tone::Good, html! { a href="#x" { "11 月：8 人中 8 人按时" } br; "审核平均 1.2 天" }))
            (clause("4.2.3", "拜访纪要", html! {
                "拜访结束 " (parameter("24 小时", Some("#p2"))) " 内把纪要发给团队和相关部门。"
            }, Tone::Warn, html! { b { "91%" } " 按时（40 / 44）· 3 份迟发 · " a href="#x" { "1 份未发" } }))
            (clause("4.2.3", "", html! { "当场不能答复的问题，约定答复日期并按期答复。" }, Tone::Bad, html! {
                b { "15 / 17" } " 按期 · " a href="#x" { "2 项逾期" }
            }))
            h3 { "4.4 客户关系" }
            (clause("4.4.1", "沟通机制", html! {
                "每个大客户每周至少 " (parameter("1 次", None)) " 通话，每月至少 " (parameter("1 次", None)) " 面访。"
            }, Tone::Good, html! { a href="#x" { "本周 52 / 60 已通话" } "，周五前还差 8" br; a href="#x" { "本月 41 / 60 已面访" } }))
            (clause("4.4.2", "客户关怀", html! { "关注客户的节日与纪念日，致以问候。" }, Tone::Quiet, html! { "指引条款，不设自动检查" }))
        }))
    }
}

fn clause(number: &str, name: &str, words: Markup, tone: Tone, live: Markup) -> Markup {
    let id = if name.is_empty() { String::new() } else { format!("c{number}") };
    clause_line(&ClauseLine { number, id: &id, name, words, live, tone, href: Some("/clause.html") })
}
