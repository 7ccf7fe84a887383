//! The browser driver, one for all browser tests.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail};

use super::leash::{Leash, scratch_dir};

/// A chromedriver that lives as long as this value, or as this process.
pub struct Chromedriver {
    url: String,
    _leash: Leash,
}

impl Chromedriver {
    /// The program, where the path or Debian has it.
    pub fn binary() -> Option<PathBuf> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&path).chain(["/usr/lib/chromium".into(), "/usr/bin".into()]);
        folders.map(|folder| folder.join("chromedriver")).find(|program| program.is_file())
    }

    /// Starts it on a free port, which it reports on its output.
    pub fn start() -> anyhow::Result<Chromedriver> {
        let program = Chromedriver::binary()
            .context("the browser is not installed: apt-get install chromium chromium-driver fonts-noto-cjk")?;
        let dir = scratch_dir("browser")?;
        let leash = Leash::start(&[&program.display().to_string(), "--port=0"], &dir, "TERM")?;
        for _ in 0..600 {
            let log = fs::read_to_string(dir.join("log")).unwrap_or_default();
            if let Some(port) = port_in(&log) {
                return Ok(Chromedriver { url: format!("http://127.0.0.1:{port}"), _leash: leash });
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("chromedriver does not start:\n{}", fs::read_to_string(dir.join("log")).unwrap_or_default())
    }

    pub fn url(&self) -> &str {
        &self.url
    }
}

fn port_in(log: &str) -> Option<u16> {
    let (_, rest) = log.split_once("started successfully on port ")?;
    rest.split_once('.')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port_in;

    #[test]
    fn the_port_is_read_once_the_line_is_complete() {
        assert_eq!(port_in("Starting\nChromeDriver was started successfully on port 40123.\n"), Some(40123));
        assert_eq!(port_in("ChromeDriver was started successfully on port 401"), None);
    }
}
