//! The HTML door of accounts.

use axum::Router;
use kehu_platform::web::App;

pub fn routes() -> Router<App> {
    Router::new()
}
