//! A real Chromium for tests: a page is opened, used and looked at as a person would.
//!
//! Nothing here sleeps; every look-up waits until the page shows what is asked for. Each session
//! ends with the browser contract: no violation of the content security policy and no script error.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, prelude::*};

use crate::database::runtime;
use crate::servers::{CHROMEDRIVER_VARIABLE, Chromedriver};

const PATIENCE: Duration = Duration::from_secs(10);

/// Runs in every document before its own scripts. The session storage keeps what earlier pages
/// of the session did wrong; pages without an origin have none.
const WATCH: &str = r"
(() => {
  const note = (text) => {
    try {
      const known = JSON.parse(sessionStorage.getItem('kehu-faults') || '[]');
      sessionStorage.setItem('kehu-faults', JSON.stringify([...known, `${location.pathname}: ${text}`]));
    } catch { }
  };
  addEventListener('securitypolicyviolation', (e) =>
    note(`policy ${e.effectiveDirective} refused ${e.blockedURI} ${e.sourceFile || ''}:${e.lineNumber} ${e.sample}`));
  addEventListener('error', (e) => { if (e.message) note(`script error ${e.message} ${e.filename}:${e.lineno}`); });
  addEventListener('unhandledrejection', (e) => note(`unhandled rejection ${e.reason}`));
})();
";

/// The two sizes that every page must serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// 1280 × 860, with a mouse.
    Desktop,
    /// 360 × 740, touched with a thumb.
    Phone,
}

impl View {
    fn name(self) -> &'static str {
        match self {
            View::Desktop => "desktop",
            View::Phone => "phone",
        }
    }

    fn metrics(self) -> Value {
        match self {
            View::Desktop => json!({ "width": 1280, "height": 860, "deviceScaleFactor": 1, "mobile": false }),
            View::Phone => json!({ "width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": true }),
        }
    }
}

/// One browser window in simplified Chinese.
pub struct Browser {
    driver: WebDriver,
    view: View,
}

/// Runs a browser test in a fresh session, checks the browser contract and closes the session,
/// also when the test fails; then the page it failed on is saved as `failed-….png`.
///
/// # Panics
/// When the test fails or the contract is broken.
pub fn session(view: View, test: impl AsyncFnOnce(&Browser) -> anyhow::Result<()>) {
    let outcome = runtime().block_on(async {
        let browser = Browser::open(view).await?;
        let mut outcome = test(&browser).await;
        if outcome.is_ok() {
            outcome = browser.check_contract().await;
        }
        if outcome.is_err() {
            let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
            browser.screenshot(&format!("failed-{test}")).await.context("no picture of the failure")?;
        }
        browser.driver.quit().await?;
        outcome
    });
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
}

impl Browser {
    /// Opens a session. Prefer [`session`], which also closes it.
    pub async fn open(view: View) -> anyhow::Result<Browser> {
        let driver = WebDriver::new(chromedriver()?, capabilities()?).await.context("no browser session")?;
        let browser = Browser { driver, view };
        browser.command("Emulation.setDeviceMetricsOverride", view.metrics()).await?;
        if view == View::Phone {
            let touch = json!({ "enabled": true, "maxTouchPoints": 5 });
            browser.command("Emulation.setTouchEmulationEnabled", touch).await?;
        }
        browser.command("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await?;
        Ok(browser)
    }

    /// For what the methods here do not offer.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    pub fn view(&self) -> View {
        self.view
    }

    pub async fn goto(&self, url: &str) -> anyhow::Result<()> {
        self.driver.goto(url).await.with_context(|| format!("going to {url}"))
    }

    /// The first element that matches, once there is one that can be seen.
    pub async fn find(&self, css: &str) -> anyhow::Result<WebElement> {
        let query = self.driver.query(By::Css(css)).wait(PATIENCE, Duration::from_millis(20));
        query.and_displayed().first().await.with_context(|| format!("nothing to see matches {css}"))
    }

    /// Clicks once the element can be clicked.
    pub async fn click(&self, css: &str) -> anyhow::Result<()> {
        let element = self.find(css).await?;
        element.wait_until().wait(PATIENCE, Duration::from_millis(20)).clickable().await?;
        element.click().await.with_context(|| format!("clicking {css}"))
    }

    /// Replaces what a field holds.
    pub async fn fill(&self, css: &str, text: &str) -> anyhow::Result<()> {
        let field = self.find(css).await?;
        field.clear().await.with_context(|| format!("clearing {css}"))?;
        field.send_keys(text).await.with_context(|| format!("typing into {css}"))
    }

    /// The text of an element as a person reads it.
    pub async fn text(&self, css: &str) -> anyhow::Result<String> {
        Ok(self.find(css).await?.text().await?)
    }

    /// Waits until an element that matches shows the text.
    pub async fn see(&self, css: &str, text: &str) -> anyhow::Result<WebElement> {
        let wanted = text.to_owned();
        self.driver
            .query(By::Css(css))
            .wait(PATIENCE, Duration::from_millis(20))
            .with_text(move |shown: &str| shown.contains(&wanted))
            .first()
            .await
            .with_context(|| format!("{css} does not show {text:?}"))
    }

    /// Waits until nothing matches any more.
    pub async fn gone(&self, css: &str) -> anyhow::Result<()> {
        let query = self.driver.query(By::Css(css)).wait(PATIENCE, Duration::from_millis(20));
        ensure!(query.not_exists().await?, "{css} is still there");
        Ok(())
    }

    /// Evaluates a script body that returns a value.
    pub async fn evaluate(&self, script: &str) -> anyhow::Result<Value> {
        Ok(self.driver.execute(script, vec![]).await?.json().clone())
    }

    /// Saves the window as `<name>-<view>.png` in the folder `KEHU_SCREENSHOTS`, when that is set.
    pub async fn screenshot(&self, name: &str) -> anyhow::Result<()> {
        let Some(folder) = std::env::var_os("KEHU_SCREENSHOTS").map(PathBuf::from) else { return Ok(()) };
        fs::create_dir_all(&folder)?;
        let picture = self.driver.screenshot_as_png().await?;
        fs::write(folder.join(format!("{name}-{}.png", self.view.name())), picture)?;
        Ok(())
    }

    /// Fails when the page must be scrolled sideways.
    pub async fn check_width(&self) -> anyhow::Result<()> {
        let script = "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]";
        let widths: Vec<u64> = serde_json::from_value(self.evaluate(script).await?)?;
        ensure!(widths[0] <= widths[1], "the page is {} pixels wide in a window of {}", widths[0], widths[1]);
        Ok(())
    }

    /// Fails when a page of this session broke the content security policy or threw a script error.
    pub async fn check_contract(&self) -> anyhow::Result<()> {
        let script = "try { return sessionStorage.getItem('kehu-faults') } catch { return null }";
        let faults = self.evaluate(script).await?;
        ensure!(faults.is_null(), "the browser complained: {}", faults.as_str().unwrap_or_default());
        Ok(())
    }

    async fn command(&self, method: &str, parameters: Value) -> anyhow::Result<()> {
        self.driver.cdp().send_raw(method, parameters).await.with_context(|| method.to_owned())?;
        Ok(())
    }
}

fn chromedriver() -> anyhow::Result<&'static str> {
    static NAMED: OnceLock<Option<String>> = OnceLock::new();
    static STARTED: OnceLock<Result<Chromedriver, String>> = OnceLock::new();
    if let Some(url) = NAMED.get_or_init(|| std::env::var(CHROMEDRIVER_VARIABLE).ok()) {
        return Ok(url);
    }
    match STARTED.get_or_init(|| Chromedriver::start().map_err(|error| format!("{error:#}"))) {
        Ok(driver) => Ok(driver.url()),
        Err(error) => anyhow::bail!("{error}"),
    }
}

fn capabilities() -> anyhow::Result<ChromeCapabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    for argument in [
        "--headless=new",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--hide-scrollbars",
        "--lang=zh-CN",
        "--accept-lang=zh-Hans,zh",
        // Root, as in containers, has no sandbox to use.
        "--no-sandbox",
    ] {
        capabilities.add_arg(argument)?;
    }
    Ok(capabilities)
}

#[cfg(test)]
mod tests;
