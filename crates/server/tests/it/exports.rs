//! Lists taken along: the list's filter, the reader's permission, and a trace of who took what.

use axum::http::StatusCode;
use calamine::{Data, Reader as _, Xlsx};
use kehu_platform::db::rows;
use kehu_platform::sea_orm::FromQueryResult;
use kehu_platform::values;
use kehu_testkit::{TestDatabase, both_databases};
use serde_json::Value;

use crate::client::Client;
use crate::demo::{client, company};

both_databases!(crate::demo::migrated =>
    a_list_is_exported_under_its_filter_and_the_readers_permission,
    a_workbook_has_dates_and_numbers,
    an_export_leaves_a_trace,
    what_cannot_be_exported_is_said_at_the_field,
);

/// The lines of a CSV file without its head.
pub async fn csv(client: &mut Client, list: &str, filter: &str, columns: &[&str]) -> Vec<String> {
    client.get(&format!("{list}/export?{filter}")).await;
    let mut fields: Vec<(&str, &str)> = columns.iter().map(|column| ("column", *column)).collect();
    fields.extend([("format", "csv"), ("filter", filter)]);
    let answer = client.post(&format!("{list}/export"), &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{list} {filter}");
    let text = answer.body.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    text.lines().skip(1).map(str::to_owned).collect()
}

async fn a_list_is_exported_under_its_filter_and_the_readers_permission(database: &TestDatabase) {
    let app = company(database).await;
    let mut manager = client(&app, "linxiao").await;
    let mut leadership = client(&app, "shenguoliang").await;
    let mut people = client(&app, "fangyaqin").await;
    let mut administrator = client(&app, "songjie").await;

    let own = csv(&mut manager, "/accounts", "", &["name", "owner"]).await;
    assert_eq!(own.len(), 8);
    assert!(own.iter().all(|line| line.ends_with(",林晓")), "{own:?}");
    assert_eq!(csv(&mut leadership, "/accounts", "", &["name"]).await.len(), 60, "more than one page");
    let strategic = csv(&mut leadership, "/accounts", "tier=strategic", &["tier"]).await;
    assert!(!strategic.is_empty() && strategic.iter().all(|tier| tier == &strategic[0]));
    assert_eq!(csv(&mut people, "/accounts", "", &["name"]).await.len(), 0, "human resources read no customers");
    assert_eq!(csv(&mut administrator, "/obligations", "period=year", &["account", "owner"]).await.len(), 0);

    let owed =
        csv(&mut leadership, "/obligations", "period=month&state=missed", &["account", "owner", "explanation"]).await;
    assert!(!owed.is_empty() && owed.iter().all(|line| line.ends_with(",,")), "no people for leadership: {owed:?}");
    let owed = csv(&mut people, "/obligations", "period=month&state=missed", &["account", "owner"]).await;
    assert!(!owed.is_empty() && owed.iter().all(|line| line.starts_with(',')), "no customers for human resources");

    let log = csv(&mut manager, "/communications", "period=month&kind=visit", &["account", "kind", "by"]).await;
    assert!(!log.is_empty() && log.iter().all(|line| line.ends_with(",林晓")), "{log:?}");
    assert_eq!(csv(&mut people, "/communications", "who=all", &["account"]).await.len(), 0);

    let logins = csv(&mut manager, "/members", "position=account_manager", &["name", "login"]).await;
    assert_eq!(logins.len(), 8, "active account managers");
    assert_eq!(logins.iter().filter(|line| !line.ends_with(',')).count(), 1, "one's own login alone");
    let logins = csv(&mut administrator, "/members", "position=account_manager", &["name", "login"]).await;
    assert!(logins.iter().all(|line| !line.ends_with(',')));
}

async fn a_workbook_has_dates_and_numbers(database: &TestDatabase) {
    let app = company(database).await;
    let mut leader = client(&app, "liangzhenyu").await;
    leader.get("/compliance/export").await;
    let fields = [
        ("column", "group"),
        ("column", "rate"),
        ("column", "met"),
        ("format", "xlsx"),
        ("filter", "by=member&period=quarter"),
    ];
    let answer = leader.post("/compliance/export", &fields).await;
    assert_eq!(answer.status, StatusCode::OK);
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(answer.bytes)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(sheet.height(), 6, "a head, four managers, and all together");
    assert_eq!(sheet.get((1, 0)), Some(&Data::String("黄思远".to_owned())), "in the order of their pinyin");
    assert!(matches!(sheet.get((1, 1)), Some(Data::Float(rate)) if (0.5..=1.0).contains(rate)));
    assert!(matches!(sheet.get((1, 2)), Some(Data::Float(met)) if *met > 10.0));

    let fields = [("column", "due_at"), ("format", "xlsx"), ("filter", "period=month")];
    let answer = leader.post("/obligations/export", &fields).await;
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(answer.bytes)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    assert!(matches!(sheet.get((1, 0)), Some(Data::DateTime(_))), "{:?}", sheet.get((1, 0)));
}

async fn an_export_leaves_a_trace(database: &TestDatabase) {
    #[derive(FromQueryResult)]
    struct Trace {
        actor_name: String,
        after_values: Value,
    }
    let app = company(database).await;
    let mut manager = client(&app, "linxiao").await;
    csv(&mut manager, "/accounts", "sort=name&tier=core", &["name", "phone"]).await;
    let sql = "select actor_name, after_values from journal where record_kind = $1 and verb = 'exported'";
    let found: Vec<Trace> = rows(app.db.read(), sql, values!["export"]).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].actor_name, "林晓");
    let after = &found[0].after_values;
    assert_eq!(after["list"], "accounts");
    assert_eq!(after["columns"], serde_json::json!(["name", "phone"]));
    assert_eq!(after["filter"], "sort=name&tier=core");
    assert!(after["rows"].as_u64().is_some_and(|rows| rows > 0 && rows < 8), "{after}");
}

async fn what_cannot_be_exported_is_said_at_the_field(database: &TestDatabase) {
    let app = company(database).await;
    let mut manager = client(&app, "linxiao").await;
    manager.get("/accounts/export?tier=core").await;
    let refused = manager.post("/accounts/export", &[("format", "csv"), ("filter", "tier=core")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("至少选一列") && refused.body.contains("value=\"tier=core\""));
    let refused = manager.post("/accounts/export", &[("column", "name"), ("format", "exe")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let refused = manager.post_without_token("/accounts/export", &[("column", "name"), ("format", "csv")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
