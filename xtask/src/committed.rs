//! Files that are made by the product and kept in the repository, so that a change of them is seen in review: the
//! schemas, the description of the API, the table of who may use what. The tests that compare them write them.

use std::process::Command;

use anyhow::Result;

/// Writes them all anew; answers whether that went well.
pub fn write() -> Result<bool> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["test", "--package", "kehu", "--test", "it", "invariants::"]);
    Ok(cargo.env("KEHU_WRITE_COMMITTED", "1").status()?.success())
}
