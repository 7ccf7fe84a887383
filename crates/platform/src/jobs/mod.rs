//! Work that follows a change but need not be waited for. A job is written in the transaction that
//! causes it, so it exists exactly when the change does. Any node may claim it; what fails is tried
//! again with growing pauses, and what keeps failing is dead and waits on a page for an
//! administrator.

mod handler;
mod migrations;
mod pages;
mod retry;
mod runner;
mod store;

pub use handler::{JobFailure, JobHandler};
pub use migrations::MIGRATION;
pub use pages::{nav, routes as pages};
pub use retry::{drop_dead, retry_dead};
pub use runner::{run, run_due};
pub use store::{Job, enqueue};
