//! The programs that tests need beside them: a PostgreSQL cluster and a browser driver.
//!
//! `cargo xtask test` starts them once and tells the tests by environment variable; a test run
//! without it starts its own. Both build this module, so it stands on the standard library alone.

mod chromedriver;
mod cluster;
pub mod leash;

pub use chromedriver::Chromedriver;
pub use cluster::Cluster;

/// Where the tests find a PostgreSQL server that they may create databases on.
pub const POSTGRES_VARIABLE: &str = "KEHU_TEST_POSTGRES";

/// Where the tests find a running chromedriver.
pub const CHROMEDRIVER_VARIABLE: &str = "KEHU_TEST_CHROMEDRIVER";
