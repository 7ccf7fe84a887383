#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::panic::catch_unwind;

use axum::Router;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::Html;
use axum::routing::get;

use super::*;

const GOOD: &str = r#"<!doctype html><html lang="zh-Hans"><head><title>客户</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><script src="/page.js" defer></script></head>
<body><main><h1>今日</h1><label for="name">客户名称</label> <input id="name"> <button>登记</button>
<p id="answer"></p></main></body></html>"#;

const SCRIPT: &str = "document.querySelector('button').addEventListener('click', () => fetch('/good').then(() => {
  document.querySelector('#answer').textContent = `已登记 ${document.querySelector('#name').value}`;
}));";

/// An image without words, a field without a label, a style that the policy refuses.
const BAD: &str = r#"<!doctype html><html><head><title>坏</title></head>
<body><img src="/x.png"><input><p style="width: 5000px">宽</p></body></html>"#;

/// Serves the pages to `test` on a free port.
fn with_site(view: View, test: impl AsyncFnOnce(&Browser, &str) -> anyhow::Result<()>) {
    session(view, async |browser| {
        let policy = [(CONTENT_SECURITY_POLICY, "default-src 'self'; object-src 'none'")];
        let script = [("content-type", "text/javascript")];
        let site = Router::new()
            .route("/good", get(async move || (policy, Html(GOOD))))
            .route("/bad", get(async || ([(CONTENT_SECURITY_POLICY, "default-src 'self'")], Html(BAD))))
            .route("/wide", get(async || Html(BAD)))
            .route("/page.js", get(async move || (script, SCRIPT)));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let server = tokio::spawn(axum::serve(listener, site).into_future());
        let outcome = test(browser, &address).await;
        server.abort();
        outcome
    });
}

fn failure(test: impl FnOnce() + std::panic::UnwindSafe) -> String {
    catch_unwind(test).unwrap_err().downcast_ref::<String>().unwrap().clone()
}

#[test]
fn a_page_is_used_as_a_person_would() {
    with_site(View::Desktop, async |browser, site| {
        browser.goto(&format!("{site}/good")).await?;
        browser.fill("#name", "海河重工").await?;
        browser.click("button").await?;
        browser.see("#answer", "已登记 海河重工").await?;
        browser.gone("dialog").await?;
        browser.check_accessible().await?;
        assert_eq!(browser.text("h1").await?, "今日");
        assert_eq!(
            browser.evaluate("return [innerWidth, innerHeight, navigator.language]").await?,
            json!([1280, 860, "zh-Hans"])
        );
        browser.screenshot("testkit").await
    });
}

#[test]
fn a_phone_is_360_pixels_wide_and_touched() {
    with_site(View::Phone, async |browser, site| {
        browser.goto(&format!("{site}/good")).await?;
        browser.check_width().await?;
        browser.check_accessible().await?;
        let device = browser.evaluate("return [innerWidth, innerHeight, navigator.maxTouchPoints]").await?;
        assert_eq!(device, json!([360, 740, 5]));
        browser.screenshot("testkit").await
    });
}

#[test]
fn a_refused_style_breaks_the_contract() {
    let told = failure(|| with_site(View::Desktop, async |browser, site| browser.goto(&format!("{site}/bad")).await));
    assert!(told.contains("/bad: policy style-src-attr refused inline"), "{told}");
}

#[test]
fn barriers_are_told_with_the_element_and_the_remedy() {
    let told = failure(|| {
        with_site(View::Phone, async |browser, site| {
            browser.goto(&format!("{site}/bad")).await?;
            browser.check_accessible().await
        });
    });
    assert!(told.contains("image-alt") && told.contains(r#"<img src="/x.png">"#), "{told}");
    assert!(told.contains("html-has-lang"), "{told}");
}

#[test]
fn a_page_wider_than_the_window_is_refused() {
    let told = failure(|| {
        with_site(View::Phone, async |browser, site| {
            browser.goto(&format!("{site}/wide")).await?;
            browser.check_width().await
        });
    });
    assert!(told.contains("pixels wide in a window of"), "{told}");
}
