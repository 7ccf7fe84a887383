//! What the machine must have: installed where we may, named where we may not.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{bail, ensure};

use super::Step;
use crate::servers::{Chromedriver, Cluster, POSTGRES_VARIABLE};

/// nextest runs every test in a process of its own and tells more about failures.
pub(super) fn has_nextest() -> bool {
    succeeds("cargo", &["nextest", "--version"])
}

/// Installs what the steps lack when we are root on a Debian system; else says what to install.
pub(super) fn prepare(steps: &[Step]) -> anyhow::Result<()> {
    let missing = missing_packages(steps);
    if missing.is_empty() {
        return Ok(());
    }
    let command = format!("apt-get install --yes --no-install-recommends {}", missing.join(" "));
    if !(succeeds("sh", &["-c", "test \"$(id -u)\" = 0"]) && succeeds("apt-get", &["--version"])) {
        bail!("the tests need programs that are not installed. On Debian, as root:\n  apt-get update && {command}");
    }
    eprintln!("\n=== installing {}", missing.join(", "));
    for step in ["apt-get update", &command] {
        let waiting = step.replacen("apt-get", "apt-get -o DPkg::Lock::Timeout=600", 1);
        let done = Command::new("sh").args(["-c", &waiting]).env("DEBIAN_FRONTEND", "noninteractive").status()?;
        ensure!(done.success(), "{step} failed");
    }
    let missing = missing_packages(steps);
    ensure!(missing.is_empty(), "installed, but still not found: {}", missing.join(", "));
    Ok(())
}

/// Debian's names of the packages that are needed and absent.
fn missing_packages(steps: &[Step]) -> Vec<&'static str> {
    let mut missing = Vec::new();
    let postgres = steps.iter().any(|step| step.needs_postgres());
    if postgres && std::env::var_os(POSTGRES_VARIABLE).is_none() && Cluster::binaries().is_none() {
        missing.push("postgresql");
    }
    if steps.iter().any(|step| step.needs_browser()) {
        if Chromedriver::binary().is_none() {
            missing.extend(["chromium", "chromium-driver"]);
        }
        if !has_chinese_font() {
            missing.push("fonts-noto-cjk");
        }
    }
    missing
}

/// Without one, pages show boxes and their widths are wrong.
fn has_chinese_font() -> bool {
    let listed = Command::new("fc-list").args([":lang=zh-cn", "family"]).output();
    listed.map_or_else(|_| Path::new("/usr/share/fonts/opentype/noto").is_dir(), |fonts| !fonts.stdout.is_empty())
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    let quiet = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}
