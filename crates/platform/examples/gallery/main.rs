//! Writes sample pages made with the kit to `target/gallery`, to be looked at in a browser:
//! `cargo run -p kehu-platform --example gallery`, then serve that folder with any file server.

use std::fs;
use std::path::{Path, PathBuf};

use kehu_core::Locale;
use kehu_platform::web::assets;
use kehu_platform::web::kit::{Frame, Icon, MenuItem, NavGroup, NavItem, Search, Who, bare_page};
use maud::Markup;

mod account;
mod forms;
mod parts;
mod rulebook;
mod today;

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let out = root.join("target/gallery");
    fs::create_dir_all(&out)?;
    copy_assets(&root.join("assets"), &out)?;
    let pages: [(&str, &str, Markup); 8] = [
        ("today", "今日", today::page()),
        ("rulebook", "管理办法", rulebook::page()),
        ("accounts", "客户档案", account::list()),
        ("account", "远恒电力设备", account::page()),
        ("form", "记录沟通", forms::record()),
        ("import", "导入客户台账", forms::import()),
        ("parts", "部件", parts::page()),
        ("empty", "拜访", parts::blanks()),
    ];
    for (name, title, body) in pages {
        fs::write(out.join(format!("{name}.html")), framed(name, title, body).into_string())?;
    }
    let sign_in = bare_page(Locale::ZhHans, "登录", "", true, forms::sign_in());
    fs::write(out.join("sign-in.html"), sign_in.into_string())
}

fn framed(name: &str, title: &str, body: Markup) -> Markup {
    let menu = [
        MenuItem::new("/me", "我的设置").icon(Icon::Settings),
        MenuItem::new("/me/devices", "已登录的设备").icon(Icon::Devices),
    ];
    let here = |target: &str| name.starts_with(target);
    let nav = [
        NavGroup {
            heading: None,
            items: vec![
                NavItem::new(Icon::ListCheck, "/today.html", "今日").count("3", true).current(here("today")).thumb(),
                NavItem::new(Icon::Book2, "/rulebook.html", "管理办法").count("94%", false).current(here("rulebook")),
            ],
        },
        NavGroup {
            heading: Some("客户".into()),
            items: vec![
                NavItem::new(Icon::Building, "/accounts.html", "客户档案")
                    .count("60", false)
                    .current(here("account"))
                    .thumb(),
                NavItem::new(Icon::MapPin, "/empty.html", "拜访").count("8", false).current(here("empty")).thumb(),
                NavItem::new(Icon::DatabaseImport, "/import.html", "导入台账").current(here("import")),
            ],
        },
        NavGroup {
            heading: Some("团队".into()),
            items: vec![
                NavItem::new(Icon::Users, "/parts.html", "成员与职责").current(here("parts")),
                NavItem::new(Icon::CalendarEvent, "/calendar.html", "工作日历"),
            ],
        },
    ];
    Frame {
        locale: Locale::ZhHans,
        title,
        csrf: "sample",
        member: Some(Who {
            name: "林晓", positions: "客户经理 · 华东组", menu: &menu, sign_out: "/sign-out"
        }),
        nav: &nav,
        record: Some("/form.html"),
        search: Some(Search { action: "/search", query: "" }),
        demo: name == "today",
        ..Frame::default()
    }
    .page(body)
}

/// The assets under the address that the pages use.
fn copy_assets(from: &Path, out: &Path) -> std::io::Result<()> {
    let to = out.join(assets::url("").trim_matches('/'));
    let mut styles: Vec<PathBuf> =
        fs::read_dir(from.join("css"))?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    styles.sort();
    let css: Vec<String> = styles.into_iter().map(fs::read_to_string).collect::<std::io::Result<_>>()?;
    for folder in ["css", "js", "vendor"] {
        fs::create_dir_all(to.join(folder))?;
        for entry in fs::read_dir(from.join(folder))? {
            let path = entry?.path();
            if let (true, Some(name)) = (path.is_file(), path.file_name()) {
                fs::copy(&path, to.join(folder).join(name))?;
            }
        }
    }
    fs::copy(from.join("mark.svg"), to.join("mark.svg"))?;
    fs::write(to.join("css/kehu.css"), css.join("\n"))
}
