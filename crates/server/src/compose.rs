//! The areas of the product. Adding an area is one line here.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use kehu_core::Clock;
use kehu_platform::db::{Db, DbFault, Migration};
use kehu_platform::web::{self, App, Area};
use tokio::task::JoinHandle;

fn areas() -> Vec<Area> {
    vec![kehu_platform::area(), kehu_rulebook::area(), kehu_customer::area()]
}

/// The schema's history over all areas.
pub fn migrations() -> Vec<Migration> {
    areas().into_iter().flat_map(|area| area.migrations).collect()
}

/// Tells the ledger how the areas word and judge their rules; once in the life of the process.
pub fn register() {
    let mut registry = kehu_customer::communications::presenters::registry();
    registry.approvals.push(kehu_rulebook::versions::awaiting);
    kehu_rulebook::obligations::register(registry);
}

/// The running product over a database that has been migrated.
pub fn app(db: Db, clock: Clock, secure_cookies: bool) -> App {
    register();
    App::new(db, clock, areas(), secure_cookies)
}

/// The OpenAPI document of the product.
pub fn openapi() -> serde_json::Value {
    web::api::document(areas().into_iter().map(|area| area.api)).1
}

/// What the operations of the document do, by their ids.
pub fn api_words() -> Vec<web::OperationWords> {
    areas().into_iter().flat_map(|area| area.api_words).collect()
}

/// Every route of the product, guarded.
pub fn router(app: &App) -> Router {
    let (mut pages, mut doors) = (Router::new(), Vec::new());
    for area in areas() {
        pages = pages.merge(area.pages);
        doors.push(area.api);
    }
    let (api, document) = web::api::document(doors);
    let open = Router::new()
        .merge(web::assets::routes())
        .merge(web::events::routes())
        .merge(web::api::routes(document))
        .merge(api)
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(ready));
    web::protect(pages.merge(open).fallback(async || StatusCode::NOT_FOUND), app).with_state(app.clone())
}

/// Ready when the database answers.
async fn ready(State(app): State<App>) -> Result<&'static str, StatusCode> {
    let answer: Result<_, DbFault> = kehu_platform::directory::company(app.db.read()).await;
    answer.map(|_| "ready").map_err(|_| StatusCode::SERVICE_UNAVAILABLE)
}

/// The work that goes on beside the requests.
pub fn background(app: &App) -> Vec<JoinHandle<()>> {
    vec![
        tokio::spawn(web::events::follow(app.clone())),
        tokio::spawn(kehu_customer::duties::run(app.clone())),
        tokio::spawn(kehu_platform::jobs::run(app.clone())),
        tokio::spawn(kehu_platform::journal::keep_sealed(app.clone())),
    ]
}
