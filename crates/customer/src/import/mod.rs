//! Bringing a ledger in: from the rows that `ledger` has read to accounts and contacts.

use axum::Router;
use kehu_platform::web::App;

pub fn routes() -> Router<App> {
    Router::new()
}
