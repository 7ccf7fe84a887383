//! Compliance with the rulebook: what the page, the list behind its figures and the command line say
//! is the same.

use std::process::Command;

use axum::http::StatusCode;
use calamine::{Data, Reader as _, Xlsx};
use kehu_core::Clock;
use kehu_platform::web::App;
use kehu_testkit::{TestDatabase, both_databases};
use serde_json::Value;

use crate::demo::{client, company_at};

both_databases!(crate::demo::migrated =>
    the_command_line_agrees_with_the_page_to_the_last_figure,
    the_workbook_says_what_the_page_says,
    every_figure_opens_to_the_obligations_that_it_counts,
    every_position_has_the_groupings_that_are_theirs,
);

/// The demo company as of now: the command line has no other clock.
async fn company(database: &TestDatabase) -> App {
    company_at(database, Clock::system().now()).await
}

fn command(database: &TestDatabase, words: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_kehu"))
        .args(["compliance", "--json", "--database-url", database.url()])
        .args(words)
        .current_dir(database.dir())
        .env("RUST_LOG", "warn")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The row of the page with that id, cut out.
fn row<'a>(page: &'a str, id: &str) -> &'a str {
    let start = page.find(&format!("<tr id=\"{id}\"")).unwrap_or_else(|| panic!("no row {id}"));
    page[start..].split("</tr>").next().unwrap()
}

fn figure<'a>(row: &'a str, name: &str) -> &'a str {
    let after = row.split(&format!("data-figure=\"{name}\"")).nth(1).unwrap();
    after.split('>').nth(1).unwrap().split('<').next().unwrap()
}

/// A rate as the page tells it.
fn rate(figures: &Value) -> String {
    match (figures["percent"].as_u64(), figures["settled"].as_u64().unwrap()) {
        (Some(percent), _) => format!("{percent}%"),
        (None, 0) => "–".to_owned(),
        (None, settled) => format!("{}/{settled}", figures["met"]),
    }
}

fn same(page: &str, answer: &Value, what: &str) {
    let rows = answer["rows"].as_array().unwrap();
    assert_eq!(page.matches("<tr id=\"g-").count(), rows.len(), "{what}");
    let all = (String::from("all"), &answer["total"]);
    let groups = rows.iter().map(|line| (format!("g-{}", line["group"].as_str().unwrap()), line));
    for (id, figures) in groups.chain([all]) {
        let (row, current) = (row(page, &id), &figures["current"]);
        for name in ["met", "met_late", "missed", "open", "overdue", "waived"] {
            assert_eq!(figure(row, name), current[name].to_string(), "{what}: {name} of {id}");
        }
        assert_eq!(figure(row, "rate"), rate(current), "{what}: rate of {id}");
        assert_eq!(figure(row, "before"), rate(&figures["previous"]), "{what}: rate of {id} before");
    }
}

async fn the_command_line_agrees_with_the_page_to_the_last_figure(database: &TestDatabase) {
    let app = company(database).await;
    let mut leadership = client(&app, "shenguoliang").await;
    let mut people = client(&app, "fangyaqin").await;
    for by in ["clause", "team", "account"] {
        let page = leadership.get(&format!("/compliance?by={by}")).await.body;
        same(&page, &command(database, &["--group-by", by]), by);
    }
    let page = people.get("/compliance?by=member").await.body;
    same(&page, &command(database, &["--group-by", "member"]), "member");

    let zone = kehu_core::calendar::Zone::default();
    let today = zone.local_date(app.clock.now());
    let (from, to) = ((today - chrono::Days::new(75)).to_string(), today.to_string());
    for by in ["clause", "team", "account", "member"] {
        let reader = if by == "member" { &mut people } else { &mut leadership };
        for clause in ["", "4.2.3", "4.4.1"] {
            let page = reader.get(&format!("/compliance?by={by}&clause={clause}&from={from}&to={to}")).await.body;
            let mut words = vec!["--group-by", by, "--from", &from, "--to", &to];
            if !clause.is_empty() {
                words.extend(["--clause", clause]);
            }
            same(&page, &command(database, &words), &format!("{clause} by {by} over other days"));
        }
    }
}

async fn the_workbook_says_what_the_page_says(database: &TestDatabase) {
    const COLUMNS: [&str; 7] = ["met", "met_late", "missed", "settled", "open", "overdue", "waived"];
    let app = company(database).await;
    for (login, by) in [
        ("shenguoliang", "clause"),
        ("shenguoliang", "team"),
        ("shenguoliang", "account"),
        ("fangyaqin", "member"),
        ("liangzhenyu", "member"),
    ] {
        let mut reader = client(&app, login).await;
        for filter in [format!("by={by}&period=quarter"), format!("by={by}&clause=4.4.1&period=year")] {
            let page = reader.get(&format!("/compliance?{filter}")).await.body;
            let mut fields: Vec<(&str, &str)> =
                ["rate", "before"].iter().chain(&COLUMNS).map(|c| ("column", *c)).collect();
            fields.extend([("format", "xlsx"), ("filter", &filter)]);
            let file = reader.post("/compliance/export", &fields).await;
            assert_eq!(file.status, StatusCode::OK);
            let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(file.bytes)).unwrap();
            let sheet = book.worksheet_range_at(0).unwrap().unwrap();
            let shown: Vec<&str> = page.split("<tr id=\"").skip(1).collect();
            let groups = shown.iter().filter(|row| row.starts_with("g-"));
            let rows: Vec<&&str> = groups.chain(shown.iter().filter(|row| row.starts_with("all"))).collect();
            assert_eq!(sheet.height(), rows.len() + 1, "{login} {filter}");
            for (cells, row) in sheet.rows().skip(1).zip(rows) {
                let percent = |cell: &Data| match cell {
                    Data::Float(share) => format!("{:.0}%", share * 100.0),
                    _ => String::new(),
                };
                for (cell, name) in cells.iter().zip(["rate", "before"]) {
                    let told = figure(row, name);
                    assert!(
                        percent(cell) == told || (percent(cell).is_empty() && !told.ends_with('%')),
                        "{told} {cell}"
                    );
                }
                let shown = |name: &str| match name {
                    "settled" => COLUMNS[..3].iter().map(|name| figure(row, name).parse::<u64>().unwrap()).sum(),
                    name => figure(row, name).parse::<u64>().unwrap(),
                };
                for (cell, name) in cells[2..].iter().zip(COLUMNS) {
                    assert_eq!(cell.to_string(), shown(name).to_string(), "{login} {filter} {name}");
                }
            }
        }
    }
}

async fn every_figure_opens_to_the_obligations_that_it_counts(database: &TestDatabase) {
    let app = company(database).await;
    let mut leader = client(&app, "liangzhenyu").await;
    for by in ["clause", "member"] {
        let page = leader.get(&format!("/compliance?by={by}&period=quarter")).await;
        assert_eq!(page.status, StatusCode::OK);
        let links: Vec<(String, String)> = page
            .body
            .split("class=\"k-quietlink\" href=\"/obligations?")
            .skip(1)
            .map(|rest| {
                let href = rest.split('"').next().unwrap().replace("&amp;", "&");
                (href, rest.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned())
            })
            .collect();
        assert!(links.len() > 10, "{} figures by {by}", links.len());
        for (href, figure) in links {
            let list = leader.get(&format!("/obligations?{href}")).await.body;
            let told = if href.contains("state=settled") {
                let rate = figure.trim_end_matches('%');
                list.contains(&format!("（{rate}%）")) || list.contains(&figure.replace('/', " / "))
            } else {
                list.contains(&format!("共 {figure} 项"))
            };
            assert!(told, "{figure} of {href}");
        }
    }
    let as_list = leader.get("/compliance?state=missed&period=year").await;
    assert_eq!(
        (as_list.status, as_list.location.as_str()),
        (StatusCode::SEE_OTHER, "/obligations?state=missed&period=year")
    );
}

async fn every_position_has_the_groupings_that_are_theirs(database: &TestDatabase) {
    let app = company(database).await;
    // Login; whether members and customers are told apart; whether one's own name or customers stand there.
    for (login, members, customers, sees) in [
        ("liangzhenyu", true, true, vec!["唐婧", "林晓"]),
        ("shenguoliang", false, true, vec!["远恒电力"]),
        ("fangyaqin", true, false, vec!["林晓", "陈立新"]),
        ("linxiao", true, true, vec!["林晓"]),
    ] {
        let mut client = client(&app, login).await;
        let page = client.get("/compliance?period=year").await.body;
        assert_eq!(page.contains("by=member"), members, "{login}");
        assert_eq!(page.contains("by=account"), customers, "{login}");
        let by_member = client.get("/compliance?by=member&period=year").await.body;
        let by_account = client.get("/compliance?by=account&period=year").await.body;
        for named in sees {
            assert!(by_member.contains(named) || by_account.contains(named), "{login} sees {named}");
        }
        let rows =
            |page: &str, among: &[&str]| among.iter().filter(|name| page.contains(&format!(">{name}</a>"))).count();
        if login == "shenguoliang" {
            assert_eq!(rows(&by_member, &["唐婧", "林晓", "陈立新"]), 0, "no person's cells");
        }
        if login == "fangyaqin" {
            assert_eq!(rows(&by_account, &["远恒电力", "秦原智造"]), 0, "no customers");
        }
    }
    let mut other = client(&app, "sumin").await;
    assert!(!other.get("/compliance?by=member&period=year").await.body.contains(">唐婧</a>"), "another team's");
}
