//! Forms as they are filled in, refused and sent.

use kehu_core::Locale;
use kehu_platform::Invalid;
use kehu_platform::web::kit::*;
use maud::{Markup, html};

const L: Locale = Locale::ZhHans;

pub fn record() -> Markup {
    let mut invalid = Invalid::default();
    invalid.add("contact", "required", |_| "请选择与谁沟通");
    invalid.add("said", "required", |_| "请写下谈了什么");
    let kinds = [
        Choice::new("call", "电话"),
        Choice::new("visit", "面访"),
        Choice::new("video", "视频会议"),
        Choice::new("mail", "邮件"),
        Choice::new("message", "消息"),
    ];
    let contacts = [Choice::new("1", "王建国 · 采购总监"), Choice::new("2", "李敏 · 设备部主管")];
    let head = PageHead { title: "记录沟通", sub: html! { "远恒电力设备" }, ..PageHead::default() };
    let reached = [Choice::new("yes", "接通"), Choice::new("no", "未接通").hint("不计入每周通话")];
    html! {
        (page_head(&head))
        (post_form("sample", "/record", html! {
            (form_errors(L, "", &invalid))
            (radios(L, &Field::new("kind", "方式").value("call").required().wide(), &kinds))
            (select(L, &Field::new("contact", "与谁").error(invalid.of("contact", L)).required(), &contacts, Some("请选择")))
            (datetime(L, &Field::new("at", "什么时候").required()))
            (radios(L, &Field::new("reached", "结果").value("yes").wide(), &reached))
            (textarea(L, &Field::new("said", "谈了什么").error(invalid.of("said", L)).required().wide(), 4))
            (checks(L, &Field::new("agreed", "达成的共识").wide(), &[Choice::new("a", "价格"), Choice::new("b", "交期"), Choice::new("c", "付款方式")], &["b"]))
            (form_section("当场没有答复的问题", html! {
                (text(L, &Field::new("question", "问题").value("备件交期能否缩短到两周").wide()))
                (date(L, &Field::new("reply_by", "答复日期").value("2026-11-27").hint("工作日")))
                (text_with_suggestions(L, &Field::new("owner", "由谁答复"), &["林晓", "何静"]))
                (number(L, &Field::new("hours", "纪要期限").value("24").hint("4 到 72 小时"), Some(4), Some(72), Some("小时")))
                (money(L, &Field::new("amount", "涉及金额").value("12000.00"), "元"))
            }))
            (check(L, &Field::new("send", "保存后把纪要发给客户团队").wide(), true))
            (form_actions(html! { (submit(Look::Primary, "保存")) (button_link(Look::Plain, "/account.html", "取消", None)) }))
        }))
    }
}

pub fn import() -> Markup {
    let columns = [Column::new("行").numeric(), Column::new("列"), Column::new("内容"), Column::new("原因")];
    let rows = [
        TableRow::new(vec![
            html! { "17" },
            html! { "统一社会信用代码" },
            html! { "91320100MA1W2T3X4B" },
            html! { "校验位不对" },
        ])
        .tone(Tone::Bad),
        TableRow::new(vec![html! { "42" }, html! { "客户名称" }, html! {}, html! { "没有写公司名称" }]).tone(Tone::Bad),
    ];
    html! {
        (page_head(&PageHead { title: "导入客户台账", sub: html! { "Excel 或 CSV，编码自动识别" }, ..PageHead::default() }))
        (stepper(L, &["选择文件", "核对列", "试运行", "导入"], 2))
        (upload_form("sample", "/import", html! {
            (file(L, &Field::new("ledger", "台账文件").hint("每行一家客户；表头上面可以有标题行").wide(), ".csv,.xlsx", false))
            (form_actions(submit(Look::Primary, "试运行")))
        }))
        br;
        (panel("试运行结果", button_link(Look::Quiet, "/errors.csv", "下载问题行", Some(Icon::Download)), html! {
            (progress("已处理", 118, 120))
            br;
            (table(L, "问题行", &columns, &rows))
        }))
    }
}

pub fn sign_in() -> Markup {
    html! {
        h1 { "登录" }
        (post_form("sample", "/sign-in", html! {
            (text(L, &Field::new("login", "账号").autocomplete("username").required().autofocus()))
            (password(L, &Field::new("password", "密码").autocomplete("current-password").required().error(Some("账号或密码不对"))))
            (form_actions(submit(Look::Primary, "登录")))
        }))
    }
}
