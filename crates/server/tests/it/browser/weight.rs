//! What a cold browser fetches before Today stands there: the way to work on a train.

use anyhow::ensure;
use kehu_testkit::browser::View;

use super::demo_site::signed_in;

/// Every request of the page with its size on the wire, headers included.
const FETCHED: &str =
    "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .map((entry) => [new URL(entry.name).pathname, entry.transferSize])";

#[test]
fn today_takes_few_requests_and_little_traffic_in_a_cold_browser() {
    for (view, login) in [(View::Desktop, "linxiao"), (View::Phone, "linxiao"), (View::Desktop, "liangzhenyu")] {
        signed_in(view, login, async |browser, site| {
            browser.goto(&site.page("/")).await?;
            browser.find("h1").await?;
            browser.evaluate("return document.fonts.ready.then(() => true)").await?;
            let fetched: Vec<(String, u64)> = serde_json::from_value(browser.evaluate(FETCHED).await?)?;
            let bytes: u64 = fetched.iter().map(|(_, size)| size).sum();
            ensure!(fetched.iter().all(|(_, size)| *size > 0), "not cold: {fetched:?}");
            // The stream of events is one more, and has no end that would be measured.
            ensure!(fetched.len() < 12, "{} requests: {fetched:?}", fetched.len());
            ensure!(bytes <= 250_000, "{bytes} bytes: {fetched:?}");
            Ok(())
        });
    }
}
