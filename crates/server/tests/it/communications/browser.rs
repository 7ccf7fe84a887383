//! The pages of the contact log in a real browser, at both sizes.

use kehu_testkit::browser::{Browser, View};
use kehu_testkit::{Backend, TestDatabase, database};
use thirtyfour::Cookie;

use super::cast::{Cast, migrate};

/// Runs a test with the little company served to a browser in which the member is signed in.
fn with_company(view: View, login: &str, test: impl AsyncFnOnce(&Browser, &Cast, &str) -> anyhow::Result<()>) {
    database::run(Backend::Sqlite, migrate, async |database: &TestDatabase| {
        let (cast, site) = {
            let cast = Cast::gather(database).await?;
            let site = cast.serve().await?;
            (cast, site)
        };
        let browser = Browser::open(view).await?;
        browser.goto(&format!("{site}/healthz")).await?;
        browser.driver().add_cookie(Cookie::new("kehu_session", cast.token(login).await?)).await?;
        let outcome = test(&browser, &cast, &site).await;
        let outcome = match outcome {
            Ok(()) => browser.check_contract().await,
            Err(error) => {
                browser.screenshot("failed-communications").await?;
                Err(error)
            }
        };
        browser.driver().clone().quit().await?;
        outcome
    })
    .expect("the test to pass");
}

async fn look(browser: &Browser, name: &str) -> anyhow::Result<()> {
    browser.check_width().await?;
    browser.screenshot(name).await?;
    browser.check_accessible().await
}

#[test]
fn a_call_is_logged_with_one_thumb() {
    for view in [View::Phone, View::Desktop] {
        with_company(view, "linxiao", async |browser, cast, site| {
            browser.goto(&format!("{site}/record")).await?;
            look(browser, "record-choose").await?;
            browser.goto(&format!("{site}/record?account={}&kind=phone_call", cast.yuanheng.id)).await?;
            look(browser, "record-call").await
        });
    }
}
